import pytest

from interview.actions.errors import TooEarly
from interview.actions.finish import finish
from interview.actions.lock import lock
from interview.actions.self_grade import OwnMark, self_grade, skip_self_grading
from interview.models import Attempt, Mark, SelfMark
from tests.factories import NOON, make_interview

pytestmark = pytest.mark.django_db


def marks(attempt: Attempt, mark: Mark = Mark.COVERED) -> dict[int, OwnMark]:
    return {point.pk: OwnMark(mark) for point in attempt.version.points.all()}


def test_the_first_grading_counts() -> None:
    attempt = make_interview().attempts.get(position=1)
    lock(attempt, answer="an answer", code="", now=NOON)

    self_grade(attempt, marks(attempt), now=NOON)
    self_grade(attempt, marks(attempt, Mark.MISSED), now=NOON)
    skip_self_grading(attempt, now=NOON)

    assert set(SelfMark.objects.values_list("mark", flat=True)) == {"covered"}
    attempt.refresh_from_db()
    assert attempt.self_graded_at is not None
    assert not attempt.self_grade_skipped


def test_skipping_is_on_record() -> None:
    attempt = make_interview().attempts.get(position=1)
    lock(attempt, answer="an answer", code="", now=NOON)

    skip_self_grading(attempt, now=NOON)

    assert attempt.self_grade_skipped
    assert not SelfMark.objects.exists()


def test_nothing_is_graded_before_the_lock() -> None:
    attempt = make_interview().attempts.get(position=1)

    with pytest.raises(TooEarly):
        self_grade(attempt, marks(attempt), now=NOON)


def test_with_the_reveal_at_the_end_grading_waits_for_the_end() -> None:
    interview = make_interview(reveal_policy="at_end")
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer="an answer", code="", now=NOON)

    with pytest.raises(TooEarly):
        skip_self_grading(attempt, now=NOON)
    finish(interview, now=NOON)
    self_grade(attempt, marks(attempt), now=NOON)

    assert SelfMark.objects.count() == 4
