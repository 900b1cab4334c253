"""What a person does to the time of an interview: pause, go on, take more, and live by another factor."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from interview.actions.clock import Kind, record, run_clock
from interview.actions.errors import NotInMock, TooEarly, TooLate
from interview.models import Interview
from interview.rules import timing
from interview.rules.timing import Phase


def pause(interview: Interview, *, now: datetime) -> None:
    """The clock of a practice interview stands until the person goes on. Asked twice, it is one pause.

    Raises NotInMock for a mock interview, TooEarly while a reference is read, TooLate when the time is up, also the
    open question's own.
    """
    with transaction.atomic():
        locked = _practice(interview)
        phases = _phases(locked, now=now)
        if phases & {Phase.CLOSING, Phase.OVER}:
            raise TooLate
        if Phase.SUSPENDED in phases:
            raise TooEarly
        if Phase.RUNNING in phases:
            record(locked, Kind.PAUSE, now=now)


def go_on(interview: Interview, *, now: datetime) -> None:
    """End a pause; without one, nothing happens."""
    with transaction.atomic():
        locked = Interview.objects.held().get(pk=interview.pk)
        if timing.phase(locked.clock, now=now) is Phase.PAUSED:
            run_clock(locked, now=now)


def extend(interview: Interview, *, now: datetime) -> None:
    """More time in a practice interview, as often as it is asked for.

    Raises NotInMock for a mock interview, TooLate once it is over.
    """
    with transaction.atomic():
        locked = _practice(interview)
        if Phase.OVER in _phases(locked, now=now):
            raise TooLate
        record(locked, Kind.EXTENSION, length=timing.EXTENSION, now=now)


def change_factor(user: User, *, now: datetime) -> None:
    """Stretch what is left of the person's open interview by the time factor they have now."""
    with transaction.atomic():
        interview = Interview.objects.held().by(user).open().first()
        if interview is None or _phases(interview, now=now) & {Phase.CLOSING, Phase.OVER}:
            return
        reading = interview.clock.at(now)
        if user.time_factor != reading.factor:
            record(interview, Kind.FACTOR, factor=user.time_factor, now=now)


def _practice(interview: Interview) -> Interview:
    locked = Interview.objects.held().get(pk=interview.pk)
    if not locked.is_practice:
        raise NotInMock
    return locked


def _phases(interview: Interview, *, now: datetime) -> set[Phase]:
    """Where the interview stands, and its open question: what is over for one of them isn't brought back."""
    attempt = interview.attempts.open().first()
    clocks = attempt.clocks if attempt else (interview.clock,)
    return {timing.phase(clock, now=now) for clock in clocks}
