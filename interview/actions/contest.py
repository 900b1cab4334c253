"""A person may object to an automatic mark. The score stays as it was computed; the objection is kept beside it."""

from datetime import datetime

from django.db import transaction

from interview.actions.errors import TooEarly
from interview.models import AutomaticMark, Contest, Mark, PointMark


def contest(mark: PointMark, *, now: datetime) -> None:
    """Keep that the mark should have been the other one. Raises TooEarly before the person may see it."""
    claim = Mark.MISSED if mark.verdict == AutomaticMark.COVERED else Mark.COVERED
    with transaction.atomic():
        _demand_shown(mark)
        Contest.objects.update_or_create(mark=mark, defaults={"claim": claim, "contested_at": now})


def withdraw(mark: PointMark) -> None:
    """Take an objection back."""
    Contest.objects.filter(mark=mark).delete()


def _demand_shown(mark: PointMark) -> None:
    attempt = mark.score.attempt
    if attempt.self_graded_at is None or attempt.is_hidden():
        raise TooEarly
