"""Go on to the next question: the clock runs again."""

from datetime import datetime, timedelta

from django.db import transaction

from interview.actions.clock import run_clock
from interview.actions.errors import TooEarly, TooLate
from interview.models import Attempt, Interview
from interview.rules.timing import accepts_answers, remaining


def open_next(interview: Interview, *, now: datetime) -> Attempt | None:
    """Open the first question not asked yet; None when all have been asked.

    Raises TooEarly while the current answer isn't locked (or, where the reference follows each answer, not graded),
    TooLate when no time is left for another question. Asked twice, it opens one question.
    """
    with transaction.atomic():
        locked = Interview.objects.held().get(pk=interview.pk)
        if not accepts_answers(locked.clock, now=now) or remaining(locked.clock, now=now) == timedelta():
            raise TooLate
        _demand_done(locked)
        run_clock(locked, now=now)
        upcoming = locked.attempts.filter(opened_at=None).order_by("position").first()
        if upcoming is not None:
            upcoming.opened_at = now
            upcoming.save(update_fields=["opened_at"])
        return upcoming


def _demand_done(interview: Interview) -> None:
    if interview.attempts.open().exists():
        raise TooEarly
    asked = interview.attempts.filter(opened_at__isnull=False)
    if interview.reveals_after_each and asked.filter(self_graded_at=None).exists():
        raise TooEarly
