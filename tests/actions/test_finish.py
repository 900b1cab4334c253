from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from interview.actions.finish import finish, settle
from interview.actions.lock import lock
from interview.actions.save_draft import save_draft
from interview.models import Interview
from tests.factories import NOON, make_interview, minutes


@pytest.mark.django_db
def test_finishing_makes_the_last_draft_the_answer() -> None:
    interview = make_interview()
    attempt = interview.attempts.get(position=1)
    save_draft(attempt, revision=0, answer="as far as I came", code="", now=NOON + minutes(3))

    finish(interview, now=NOON + minutes(4))

    attempt.refresh_from_db()
    assert (attempt.answer, attempt.locked_at) == ("as far as I came", NOON + minutes(4))
    assert interview.finished_at == NOON + minutes(4)
    assert interview.attempts.get(position=2).locked_at is None


@pytest.mark.django_db
def test_an_interview_nobody_came_back_to_ended_at_its_deadline() -> None:
    interview = make_interview()

    assert not settle(interview, now=NOON + minutes(20) + timedelta(seconds=14))
    assert settle(interview, now=NOON + minutes(95))
    assert interview.finished_at == NOON + minutes(20)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "seconds", [14, -1], ids=["in the grace", "arrived before the lock, written after it"]
)
def test_ending_just_around_a_lock_ends_the_interview(seconds: int) -> None:
    interview = make_interview(limit=minutes(10))
    locked_at = NOON + minutes(10) + timedelta(seconds=10 if seconds > 0 else 0)
    lock(interview.attempts.get(position=1), answer="just in time", code="", now=locked_at)

    finish(interview, now=NOON + minutes(10) + timedelta(seconds=seconds))

    assert interview.finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_finishing_many_times_at_once_ends_it_once() -> None:
    interview = make_interview()

    def once(number: int) -> bool:
        try:
            return finish(Interview.objects.get(pk=interview.pk), now=NOON + minutes(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(once, range(1, 9)))

    assert ended.count(True) == 1
    interview.refresh_from_db()
    assert interview.finished_at == NOON + minutes(ended.index(True) + 1)
