"""When an interview ends and what may still be done: worked out from recorded moments, each time it is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

GRACE = timedelta(seconds=15)
AUTOSAVE = timedelta(seconds=5)
REVEAL_PAUSE = timedelta(minutes=10)


class Phase(Enum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    CLOSING = "closing"
    OVER = "over"


@dataclass(frozen=True)
class Suspension:
    """A stretch in which the clock stood still; it is still open while `ended_at` is None."""

    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """The facts about one interview's time. Without a `limit` the interview is untimed."""

    started_at: datetime
    limit: timedelta | None
    suspensions: tuple[Suspension, ...] = ()
    finished_at: datetime | None = None


def suspended(clock: Clock, *, now: datetime) -> timedelta:
    """How long the clock has stood still up to now; a single reveal stops it for REVEAL_PAUSE at most."""
    return sum((_length(each, now) for each in clock.suspensions), timedelta())


def deadline(clock: Clock, *, now: datetime) -> datetime | None:
    """The moment the time is up, as far as it is known now; None where there is no limit."""
    if clock.limit is None:
        return None
    return clock.started_at + clock.limit + suspended(clock, now=now)


def remaining(clock: Clock, *, now: datetime) -> timedelta | None:
    """What is left on the clock, never below zero; None where there is no limit."""
    end = deadline(clock, now=now)
    return None if end is None else max(end - now, timedelta())


def standing_still(clock: Clock, *, now: datetime) -> timedelta:
    """For how long from now the clock stands still if nobody goes on; zero while it runs."""
    ends = (each.began_at + REVEAL_PAUSE for each in clock.suspensions if each.ended_at is None)
    return max((end - now for end in ends if end > now), default=timedelta())


def accepts_answers(clock: Clock, *, now: datetime) -> bool:
    """Whether what arrives now is in time: until GRACE after the deadline, unless the interview was ended before."""
    return phase(clock, now=now) is not Phase.OVER


def phase(clock: Clock, *, now: datetime) -> Phase:
    """Where the interview stands."""
    end = deadline(clock, now=now)
    if clock.finished_at is not None or (end is not None and now >= end + GRACE):
        return Phase.OVER
    if standing_still(clock, now=now):
        return Phase.SUSPENDED
    return Phase.RUNNING if end is None or now < end else Phase.CLOSING


def active(clock: Clock, *, now: datetime) -> timedelta:
    """Time spent with the clock running."""
    until = clock.finished_at or now
    return until - clock.started_at - suspended(clock, now=until)


def _length(suspension: Suspension, now: datetime) -> timedelta:
    end = min(suspension.ended_at or now, now)
    return min(max(end - suspension.began_at, timedelta()), REVEAL_PAUSE)
