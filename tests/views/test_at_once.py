"""Requests at the same moment have one outcome, and none of them an error (T2, T20, T23)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interview.models import Attempt, Draft, Interview, LateDraft, Score
from interview.tasks import score
from tests.factories import make_interview, make_user, make_version

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"HX-Request": "true"}
TIMES = 2


def at_once(user: User, *deeds: Callable[[Client], Any]) -> list[Any]:
    """Each deed in a browser and a thread of its own, all let go at the same moment."""
    gate = Barrier(len(deeds))

    def browser() -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    def run(deed: Callable[[Client], Any], client: Client) -> Any:
        gate.wait(timeout=10)
        try:
            return deed(client)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        waiting = [pool.submit(run, deed, browser()) for deed in deeds]
        return [each.result(timeout=30) for each in waiting]


@pytest.mark.parametrize("time", range(TIMES))
def test_two_starts_make_one_interview(time: int) -> None:
    user = make_user()
    for _ in range(3):
        make_version()

    replies = at_once(user, *[lambda client: client.post("/interviews/new/", {"preset": "warm-up"})] * 2)

    interview = Interview.objects.get()
    assert {(each.status_code, each["Location"]) for each in replies} == {
        (302, f"/interviews/{interview.pk}/")
    }
    assert interview.attempts.count() == 3


@pytest.mark.parametrize("time", range(TIMES))
def test_five_ends_make_one_result(time: int) -> None:
    interview = make_interview(now=timezone.now())
    address = f"/interviews/{interview.pk}"

    replies = at_once(interview.user, *[lambda client: client.post(f"{address}/finish/")] * 5)
    for attempt in interview.attempts.locked():
        score(attempt.pk)
        score(attempt.pk)

    assert {(each.status_code, each["Location"]) for each in replies} == {(302, f"{address}/result/")}
    assert Score.objects.count() == Attempt.objects.locked().count() == 1


@pytest.mark.parametrize("time", range(TIMES))
def test_a_save_and_a_lock_lose_nothing(time: int) -> None:
    interview = make_interview(questions=1, now=timezone.now())
    address = f"/answers/{interview.attempts.get().pk}"

    saved, locked = at_once(
        interview.user,
        lambda client: client.post(
            f"{address}/draft/", {"revision": 0, "answer": "from the phone"}, headers=HTMX
        ),
        lambda client: client.post(
            f"{address}/lock/", {"revision": 0, "answer": "from the laptop"}, headers=HTMX
        ),
    )

    attempt = interview.attempts.get()
    assert (saved.status_code, locked.status_code) == (200, 200 if attempt.locked_at else 409)
    if attempt.locked_at:
        # The lock was first: its text is the answer, and the other is kept beside it.
        assert (attempt.answer, LateDraft.objects.get().answer) == ("from the laptop", "from the phone")
    else:
        # The save was first: the lock is told of the newer text and asks.
        assert Draft.objects.get().answer == "from the phone"
        assert "from the phone" in locked.content.decode()
