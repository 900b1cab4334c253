"""The start page: terms, own presets, and what becomes of an interview that is open (T2, T27)."""

import pytest
from django.test import Client
from django.utils import timezone

from interview.actions.retime import pause
from interview.models import Interview, OwnPreset
from tests.factories import make_interview, make_user, make_version, minutes

pytestmark = pytest.mark.django_db
CHOICE = {
    "mode": "practice",
    "pace": "2",
    "number": 1,
    "minutes": 33,
    "language": "ko",
    "reveal_policy": "at_end",
    "topics": ["python"],
    "follows_up": "on",
    "limits_questions": "on",
}


@pytest.fixture(autouse=True)
def _person(client: Client) -> None:
    client.force_login(make_user())
    for _ in range(3):
        make_version()


@pytest.mark.parametrize(
    ("pace", "limit"), [("1", 15), ("1.5", 22.5), ("10", 150), ("none", None)], ids=lambda each: str(each)
)
def test_the_planned_minutes_can_be_stretched_tenfold_and_turned_off(
    client: Client, pace: str, limit: float | None
) -> None:
    client.post("/interviews/new/", {"preset": "warm-up", "mode": "practice", "pace": pace})

    interview = Interview.objects.get()
    assert interview.limit == (None if limit is None else minutes(limit))
    assert (interview.mode, interview.follows_up) == ("practice", True)


def test_without_a_limit_there_is_none_for_a_question_either(client: Client) -> None:
    client.post("/interviews/new/", CHOICE | {"pace": "none"})

    assert Interview.objects.get().attempts.get().limit is None


@pytest.mark.parametrize("preset", ["9" * 5000, "²", "-1", "warm-up\0", "1.5"])
def test_an_odd_preset_is_no_error(client: Client, preset: str) -> None:
    assert client.post("/interviews/new/", {"preset": preset}).status_code == 422


def test_an_odd_pace_is_shown_with_its_reason(client: Client) -> None:
    response = client.post("/interviews/new/", {"preset": "warm-up", "pace": "99"})

    assert response.status_code == 422
    assert 'class="errorlist' in response.content.decode()


def test_every_part_of_an_own_choice_is_kept_to(client: Client) -> None:
    client.post("/interviews/new/", CHOICE)

    interview = Interview.objects.get()
    assert (interview.mode, interview.limit, interview.language) == ("practice", minutes(66), "ko")
    assert (interview.reveal_policy, interview.follows_up) == ("at_end", True)
    assert interview.attempts.get().limit == minutes(10)


def test_a_choice_kept_under_a_name_starts_with_one_click(client: Client) -> None:
    client.post("/presets/", CHOICE | {"name": "Friday"})
    own = OwnPreset.objects.get()
    page = client.get("/interviews/new/").content.decode()

    client.post("/interviews/new/", {"preset": own.pk})

    interview = Interview.objects.get()
    assert "Friday" in page
    assert "1 question · 66 min · Practice" in page
    assert (interview.mode, interview.limit, interview.language) == ("practice", minutes(66), "ko")
    assert interview.attempts.get().limit == minutes(10)


def test_the_same_name_again_replaces_the_choice(client: Client) -> None:
    client.post("/presets/", CHOICE | {"name": "Friday"})
    client.post("/presets/", CHOICE | {"name": "Friday", "minutes": 12})

    assert OwnPreset.objects.get().choice["minutes"] == 12


@pytest.mark.parametrize("data", [CHOICE, CHOICE | {"name": "x" * 41}, CHOICE | {"name": "y", "minutes": 1}])
def test_a_choice_that_cannot_be_kept_is_shown_again(client: Client, data: dict[str, object]) -> None:
    response = client.post("/presets/", data)

    assert response.status_code == 422
    assert 'class="errorlist' in response.content.decode()
    assert not OwnPreset.objects.exists()


def test_nobody_keeps_more_presets_than_can_be_told_apart(client: Client) -> None:
    for number in range(20):
        client.post("/presets/", CHOICE | {"name": f"number {number}"})

    response = client.post("/presets/", CHOICE | {"name": "one more"})

    assert response.status_code == 422
    assert OwnPreset.objects.count() == 20


def test_a_preset_can_be_forgotten(client: Client) -> None:
    client.post("/presets/", CHOICE | {"name": "Friday"})

    client.post(f"/presets/{OwnPreset.objects.get().pk}/delete/")

    assert not OwnPreset.objects.exists()


def test_a_preset_of_which_something_is_gone_says_so_and_starts_nothing(client: Client) -> None:
    client.post("/presets/", CHOICE | {"name": "Friday"})
    OwnPreset.objects.update(choice={**OwnPreset.objects.get().choice, "topics": ["alchemy"]})

    page = client.get("/interviews/new/").content.decode()
    start = client.post("/interviews/new/", {"preset": OwnPreset.objects.get().pk})

    assert "Some of this choice is no longer there." in page
    assert start.status_code == 422


def test_another_persons_preset_starts_nothing(client: Client) -> None:
    theirs = OwnPreset.objects.create(user=make_user(), name="theirs", choice=CHOICE)

    response = client.post("/interviews/new/", {"preset": theirs.pk})

    assert response.status_code == 422
    assert not Interview.objects.exists()


def test_a_running_interview_is_led_back_to(client: Client) -> None:
    client.post("/interviews/new/", {"preset": "warm-up"})

    again = client.post("/interviews/new/", {"preset": "warm-up"})

    assert again["Location"] == f"/interviews/{Interview.objects.get().pk}/"


def test_home_says_that_an_interview_is_paused(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    interview = make_interview(user, mode="practice", now=timezone.now())
    running = client.get("/home/").content.decode()

    pause(interview, now=timezone.now())

    assert "Your interview is running" in running
    assert "Your interview is paused" in client.get("/home/").content.decode()


@pytest.mark.parametrize("kind", ["untimed", "paused"])
def test_one_that_no_clock_will_end_can_be_continued_or_ended(client: Client, kind: str) -> None:
    user = make_user()
    client.force_login(user)
    limit = None if kind == "untimed" else minutes(20)
    interview = make_interview(user, mode="practice", limit=limit, now=timezone.now())
    if kind == "paused":
        pause(interview, now=timezone.now())

    page = client.post("/interviews/new/", {"preset": "warm-up"}).content.decode()
    client.post(f"/interviews/{interview.pk}/finish/")

    assert f'href="/interviews/{interview.pk}/"' in page
    assert f'action="/interviews/{interview.pk}/finish/"' in page
    assert Interview.objects.get().finished_at is not None
