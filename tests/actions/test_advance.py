import pytest

from interview.actions.advance import open_next
from interview.actions.errors import TooEarly, TooLate
from interview.actions.lock import lock
from interview.actions.self_grade import skip_self_grading
from tests.factories import NOON, make_interview, minutes

pytestmark = pytest.mark.django_db


def test_the_next_question_waits_for_the_lock_and_the_grading() -> None:
    interview = make_interview()
    attempt = interview.attempts.get(position=1)

    with pytest.raises(TooEarly):
        open_next(interview, now=NOON)
    lock(attempt, answer="an answer", code="", now=NOON)
    with pytest.raises(TooEarly):
        open_next(interview, now=NOON)
    skip_self_grading(attempt, now=NOON)

    following = open_next(interview, now=NOON + minutes(1))
    assert following is not None
    assert (following.position, following.opened_at) == (2, NOON + minutes(1))


def test_asking_twice_opens_one_question() -> None:
    interview = make_interview(questions=3)
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer="an answer", code="", now=NOON)
    skip_self_grading(attempt, now=NOON)
    open_next(interview, now=NOON)

    with pytest.raises(TooEarly):
        open_next(interview, now=NOON)

    assert interview.attempts.filter(opened_at=None).count() == 1


def test_after_the_last_question_there_is_no_next() -> None:
    interview = make_interview(questions=1, reveal_policy="at_end")
    lock(interview.attempts.get(), answer="an answer", code="", now=NOON)

    assert open_next(interview, now=NOON) is None


def test_an_interview_that_is_over_opens_nothing() -> None:
    with pytest.raises(TooLate):
        open_next(make_interview(), now=NOON + minutes(30))


def test_no_question_is_opened_once_the_time_is_up() -> None:
    interview = make_interview(limit=minutes(10))
    in_the_grace = NOON + minutes(10.1)
    lock(interview.attempts.get(position=1), answer="", code="", gave_up=True, now=in_the_grace)

    with pytest.raises(TooLate):
        open_next(interview, now=in_the_grace + minutes(1))

    assert interview.attempts.get(position=2).opened_at is None
