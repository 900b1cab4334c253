"""The history tells where the time went (T30), and what counted late (T22)."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from interview.actions.finish import finish
from interview.actions.late import count_late, keep_late
from interview.actions.lock import lock
from interview.actions.retime import change_factor, extend, go_on, pause
from interview.actions.self_grade import skip_self_grading
from interview.models import Attempt
from interview.tasks import score
from tests.factories import make_interview, make_user, minutes

pytestmark = pytest.mark.django_db


def facts(html: str) -> dict[str, str]:
    """The times of the one interview in the page, by their names."""
    terms = html.split("<dl", 1)[1].split("</dl>")[0].split("<dt>")[1:]
    return {term.split("</dt>")[0]: term.split("<dd>")[1].split("</dd>")[0] for term in terms}


@pytest.mark.parametrize("page", ["/history/", "/interviews/{pk}/result/"])
def test_wall_time_active_time_factor_and_pauses_are_told_apart(client: Client, page: str) -> None:
    user, now = make_user(time_factor=1.5), timezone.now() - minutes(200)
    client.force_login(user)
    interview = make_interview(user, mode="practice", now=now)
    extend(interview, now=now + minutes(1))
    pause(interview, now=now + minutes(11))
    go_on(interview, now=now + minutes(41))
    lock(interview.attempts.get(position=1), answer="x", code="", now=now + minutes(43))
    user.time_factor = 2.0
    change_factor(user, now=now + minutes(48))
    finish(interview, now=now + minutes(48))

    told = facts(client.get(page.format(pk=interview.pk)).content.decode())

    assert told == {
        "with the clock running": "13 min",
        "from start to end": "48 min",
        "reading references": "5 min 00 s",
        "paused": "30 min",
        "limit": "20 min",
        "more time taken": "5 min 00 s",
        "time factor": "1.5 → 2",
    }


def test_an_answer_that_counts_late_is_marked_late_everywhere(client: Client) -> None:
    user, now = make_user(), timezone.now() - minutes(60)
    client.force_login(user)
    interview = make_interview(user, now=now)
    finish(interview, now=now + minutes(2))
    attempt = interview.attempts.get(position=1)
    score(attempt.pk)
    late = keep_late(attempt, answer="the recall", code="", now=now + minutes(3))
    assert late is not None
    pages = (f"/interviews/{interview.pk}/result/", "/history/", "/home/", f"/answers/{attempt.pk}/")

    def marks() -> list[int]:
        """How often each page says so; by its words, for "Lately" is one of home's."""
        htmls = [client.get(page).content.decode().split("<main")[1] for page in pages]
        return [len(re.findall(r"\blate\b", html)) for html in htmls]

    before = marks()
    count_late(late, now=now + minutes(4))
    score(attempt.pk)
    skip_self_grading(Attempt.objects.get(pk=attempt.pk), now=now + minutes(5))
    after = marks()

    # The result: at the mean and at the answer; the history: in the table under the chart and in the list.
    assert before[:3] == [0, 0, 0]
    assert after == [2, 2, 1, 1]
