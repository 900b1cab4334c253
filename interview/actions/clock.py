"""Write down what happens to an interview's clock. The record is only ever added to."""

from datetime import datetime, timedelta

from interview.actions.errors import TooManyChanges
from interview.models import Attempt, ClockEvent, Interview
from interview.rules import timing

Kind = ClockEvent.Kind
# All are read for every page of the interview; reveals have their own end with its questions.
MOST_CHANGES = 200
_MOMENTS = ("opened_at", "locked_at", "follow_up_asked_at", "follow_up_answered_at")


def hold(attempt: Attempt) -> Interview:
    """Lock the attempt's interview for the length of a transaction, and read where both stand now."""
    attempt.interview = Interview.objects.held().get(pk=attempt.interview_id)
    attempt.refresh_from_db(fields=_MOMENTS)
    return attempt.interview


def record(
    interview: Interview,
    kind: str,
    *,
    length: timedelta = timing.NOTHING,
    factor: float | None = None,
    now: datetime,
) -> None:
    """Add one event to an interview that is held for it.

    It never lies before the last one, in whatever order requests come to be written. Raises TooManyChanges after
    MOST_CHANGES of the person's own.
    """
    changes = (Kind.PAUSE, Kind.EXTENSION, Kind.FACTOR)
    if kind in changes and sum(each.kind in changes for each in interview.events.all()) >= MOST_CHANGES:
        raise TooManyChanges
    at = max(now, interview.clock.last.at)
    ClockEvent.objects.create(interview=interview, at=at, kind=kind, length=length, factor=factor)
    interview.refresh_from_db(fields=["events"])


def run_clock(interview: Interview, *, now: datetime) -> None:
    """The clock of a locked interview runs again, if it stands."""
    if timing.phase(interview.clock, now=now) in (timing.Phase.SUSPENDED, timing.Phase.PAUSED):
        record(interview, Kind.GO_ON, now=now)
