"""A person may object to an automatic mark. The score stays as it was computed; the objection is kept beside it."""

from datetime import datetime

from interview.actions.errors import TooEarly
from interview.models import AutomaticMark, Contest, Mark, PointMark


def contest(mark: PointMark, *, now: datetime) -> None:
    """Keep that the mark should have been the other one. Raises TooEarly where the person may not see it now."""
    _demand_shown(mark)
    claim = Mark.MISSED if mark.verdict == AutomaticMark.COVERED else Mark.COVERED
    Contest.objects.update_or_create(mark=mark, defaults={"claim": claim, "contested_at": now})


def withdraw(mark: PointMark) -> None:
    """Take an objection back. Raises TooEarly where the person may not see the mark now."""
    _demand_shown(mark)
    Contest.objects.filter(mark=mark).delete()


def _demand_shown(mark: PointMark) -> None:
    attempt = mark.score.attempt
    if attempt.self_graded_at is None or attempt.is_hidden():
        raise TooEarly
