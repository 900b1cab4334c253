"""The person's own judgement, key point by key point, before the automatic marks are shown."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from interview.actions.clock import hold
from interview.actions.errors import TooEarly
from interview.models import Attempt, Interview, Mark, Question, SelfMark


@dataclass(frozen=True)
class OwnMark:
    mark: Mark
    said_wrong: bool = False


def self_grade(attempt: Attempt, marks: dict[int, OwnMark], *, now: datetime) -> None:
    """Store one mark per key point (by its id). The first grading counts; raises TooEarly before the reveal."""
    with transaction.atomic():
        if _grade_once(attempt, skipped=False, now=now):
            SelfMark.objects.bulk_create(
                SelfMark(attempt=attempt, point_id=point, mark=own.mark, said_wrong=own.said_wrong)
                for point, own in marks.items()
            )


def skip_self_grading(attempt: Attempt, *, now: datetime) -> None:
    """Go straight to the automatic marks; that it was skipped is on record. Raises TooEarly before the reveal."""
    with transaction.atomic():
        _grade_once(attempt, skipped=True, now=now)


def skip_all(interview: Interview, *, now: datetime) -> None:
    """Skip the grading of everything that may be seen; what an open interview asks again stays to be graded."""
    hidden = Question.objects.hidden_from(interview.user_id)
    interview.attempts.locked().filter(self_graded_at=None).exclude(version__question__in=hidden).update(
        self_graded_at=now, self_grade_skipped=True
    )


def _grade_once(attempt: Attempt, *, skipped: bool, now: datetime) -> bool:
    hold(attempt)
    if attempt.locked_at is None or attempt.is_hidden():
        raise TooEarly
    first = Attempt.objects.filter(pk=attempt.pk, self_graded_at=None).update(
        self_graded_at=now, self_grade_skipped=skipped
    )
    attempt.refresh_from_db(fields=["self_graded_at", "self_grade_skipped"])
    return bool(first)
