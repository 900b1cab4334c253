from datetime import timedelta

import pytest

from interview.actions.advance import open_next
from interview.actions.errors import AlreadyLocked, TooEarly, TooLate
from interview.actions.lock import lock
from interview.actions.self_grade import skip_self_grading
from interview.models import Run, RunKind
from interview.rules.timing import Phase, phase, remaining
from tests.factories import NOON, make_interview, minutes

pytestmark = pytest.mark.django_db


def test_the_first_lock_counts() -> None:
    attempt = make_interview().attempts.get(position=1)

    lock(attempt, answer="first", code="", confidence=75, now=NOON + minutes(1))
    with pytest.raises(AlreadyLocked):
        lock(attempt, answer="second", code="", now=NOON + minutes(2))

    attempt.refresh_from_db()
    assert (attempt.answer, attempt.confidence, attempt.locked_at) == ("first", 75, NOON + minutes(1))


def test_the_clock_stands_still_from_the_lock_to_the_next_question() -> None:
    interview = make_interview()
    attempt = interview.attempts.get(position=1)

    lock(attempt, answer="an answer", code="", now=NOON + minutes(4))
    assert phase(interview.clock, now=NOON + minutes(7)) is Phase.SUSPENDED
    skip_self_grading(attempt, now=NOON + minutes(8))
    open_next(interview, now=NOON + minutes(9))

    interview.refresh_from_db()
    assert remaining(interview.clock, now=NOON + minutes(9)) == minutes(16)
    assert phase(interview.clock, now=NOON + minutes(10)) is Phase.RUNNING


def test_with_the_reveal_at_the_end_the_clock_goes_on() -> None:
    interview = make_interview(reveal_policy="at_end")

    lock(interview.attempts.get(position=1), answer="an answer", code="", now=NOON + minutes(4))

    assert phase(interview.clock, now=NOON + minutes(7)) is Phase.RUNNING


@pytest.mark.parametrize(("seconds", "counts"), [(14, True), (16, False)])
def test_an_answer_counts_until_the_grace_after_the_deadline(seconds: int, counts: bool) -> None:
    attempt = make_interview().attempts.get(position=1)
    now = NOON + minutes(20) + timedelta(seconds=seconds)

    if counts:
        lock(attempt, answer="just in time", code="", now=now)
        assert attempt.answer == "just in time"
    else:
        with pytest.raises(TooLate):
            lock(attempt, answer="too late", code="", now=now)


def test_a_question_that_was_not_asked_yet_takes_no_answer() -> None:
    with pytest.raises(TooEarly):
        lock(make_interview().attempts.get(position=2), answer="early", code="", now=NOON)


def test_the_program_that_stands_at_the_lock_is_submitted_once() -> None:
    attempt = make_interview(code=True).attempts.get(position=1)

    lock(attempt, answer="", code="def twice(n): return 2 * n", now=NOON)

    run = Run.objects.get()
    assert (run.kind, run.source) == (RunKind.SUBMIT, "def twice(n): return 2 * n")


def test_a_program_submitted_just_before_the_lock_is_not_submitted_again() -> None:
    attempt = make_interview(code=True).attempts.get(position=1)
    Run.objects.create(attempt=attempt, kind=RunKind.SUBMIT, source="same", queued_at=NOON)

    lock(attempt, answer="", code="same", now=NOON)

    assert Run.objects.count() == 1


def test_after_i_dont_know_there_is_nothing_to_run_and_nothing_to_grade() -> None:
    attempt = make_interview(code=True).attempts.get(position=1)

    lock(attempt, answer="", code="anything", gave_up=True, now=NOON)

    assert not Run.objects.exists()
    assert (attempt.gave_up, attempt.self_grade_skipped, attempt.self_graded_at) == (True, True, NOON)
