"""What each open tab hears of the time and of the others (T5, T24), and the time in other replies."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from interview.actions.retime import pause
from interview.models import Attempt, Interview
from tests.factories import make_interview, make_user, minutes

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
ELSEWHERE, MOVED_ON = "is also open in another tab", "has gone on in another tab"


@pytest.fixture
def interview(client: Client) -> Interview:
    user = make_user()
    client.force_login(user)
    return make_interview(user, mode="practice", follows_up=True, now=timezone.now())


def open_tab(client: Client, interview: Interview) -> dict[str, str]:
    """Load the page; what its heartbeat will say of itself."""
    html = client.get(f"/interviews/{interview.pk}/").content.decode()
    tab = re.search(r"pulse/\?tab=([\w-]+)", html)
    place = re.search(r'name="whereabouts" value="([\w-]+)"', html)
    assert tab
    assert place
    return {"tab": tab[1], "whereabouts": place[1]}


def pulse(client: Client, interview: Interview, tab: dict[str, str]) -> str:
    return client.get(f"/interviews/{interview.pk}/pulse/", tab, headers=HTMX).content.decode()


def first(interview: Interview) -> Attempt:
    return interview.attempts.get(position=1)


def told_ms(html: str) -> int:
    told = re.search(r'data-remaining-ms="(\d+)"', html)
    assert told
    return int(told[1])


def test_a_heartbeat_and_a_save_say_what_is_left(client: Client, interview: Interview) -> None:
    Interview.objects.update(started_at=timezone.now() - minutes(12))
    tab = open_tab(client, interview)

    saved = client.post(
        f"/answers/{first(interview).pk}/draft/", {"revision": 0, "answer": "so far"}, headers=HTMX
    )

    for html in (pulse(client, interview, tab), saved.content.decode()):
        assert timedelta(minutes=7, seconds=50) < timedelta(milliseconds=told_ms(html)) <= minutes(8)


def test_a_second_tab_is_told_to_the_first_and_not_to_itself(client: Client, interview: Interview) -> None:
    one = open_tab(client, interview)
    alone = pulse(client, interview, one)
    two = open_tab(client, interview)

    assert ELSEWHERE not in alone
    assert ELSEWHERE in pulse(client, interview, one)
    assert ELSEWHERE not in pulse(client, interview, two)


@pytest.mark.parametrize(
    "answer", ["no idea", "I would look at the recall first"], ids=["asked on", "revealed"]
)
def test_a_tab_hears_that_the_interview_has_gone_on(
    client: Client, interview: Interview, answer: str
) -> None:
    tab = open_tab(client, interview)

    client.post(f"/answers/{first(interview).pk}/lock/", {"answer": answer}, headers=HTMX)

    assert MOVED_ON in pulse(client, interview, tab)


def test_a_pause_is_told(client: Client, interview: Interview) -> None:
    tab = open_tab(client, interview)

    pause(interview, now=timezone.now())

    assert "data-paused" in pulse(client, interview, tab)


def test_a_heartbeat_after_the_end_leads_to_the_result(client: Client, interview: Interview) -> None:
    tab = open_tab(client, interview)
    Interview.objects.update(started_at=timezone.now() - minutes(30))
    Attempt.objects.filter(position=1).update(opened_at=timezone.now() - minutes(30))

    response = client.get(f"/interviews/{interview.pk}/pulse/", tab, headers=HTMX)

    assert response["HX-Redirect"] == f"/interviews/{interview.pk}/result/"


def test_an_untimed_heartbeat_says_no_number(client: Client) -> None:
    user = make_user(time_factor=None)
    client.force_login(user)
    interview = make_interview(user, now=timezone.now())

    assert "data-remaining-ms" not in pulse(client, interview, open_tab(client, interview))
