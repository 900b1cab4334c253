"""When an interview ends and what may still be done: a fold over what is on record, each time it is asked.

On record are the start, the plan's time, and everything that moved the deadline since, each with its moment. Nothing
else moves it: no reload, no other device, no crash, and nobody's own clock.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from functools import cached_property, reduce

GRACE = timedelta(seconds=15)
AUTOSAVE = timedelta(seconds=5)
SWEEP = timedelta(seconds=20)
HEARTBEAT = timedelta(seconds=10)
# So long a page waits for the reply to a save before it says that the text isn't saved.
PATIENCE = timedelta(seconds=5)
REVEAL_PAUSE = timedelta(minutes=10)
EXTENSION = timedelta(minutes=5)
# So long before the end a practice interview offers more time.
WARNING = timedelta(seconds=20)

NOTHING, FOREVER = timedelta(), timedelta.max


class Phase(Enum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    PAUSED = "paused"
    CLOSING = "closing"
    OVER = "over"


class Kind(StrEnum):
    """What can happen to a clock."""

    REVEAL = "reveal"  # It stands still while a reference is read, for REVEAL_PAUSE at most.
    PAUSE = "pause"  # It stands still until somebody goes on.
    GO_ON = "go_on"
    EXTENSION = "extension"  # More time, by `length`.
    FACTOR = "factor"  # What is left is stretched from the last factor to `factor`; None for no limit at all.


@dataclass(frozen=True)
class Event:
    """One fact about an interview's time."""

    at: datetime
    kind: Kind
    length: timedelta = NOTHING
    factor: float | None = None


@dataclass(frozen=True)
class Reading:
    """A clock as it stood at the moment `at`, from which it goes on by itself.

    `left` is what the person has from there on, None where there is no limit; `still` is for how long from there the
    clock stands, None for as long as nobody goes on. `held` is what is left by `scale`, the last `factor` that was a
    number: an interview that turns untimed and back has what it had. Up to `at` the clock has run for `active`, has
    stood for `revealed` and `paused`, was given `extended` on top, and has known all these `factors`.
    """

    at: datetime
    held: timedelta | None
    scale: float
    factor: float | None
    still: timedelta | None = NOTHING
    active: timedelta = NOTHING
    revealed: timedelta = NOTHING
    paused: timedelta = NOTHING
    extended: timedelta = NOTHING
    factors: tuple[float | None, ...] = ()

    @property
    def left(self) -> timedelta | None:
        return None if self.factor is None else self.held

    @property
    def is_paused(self) -> bool:
        return self.still is None

    @property
    def is_stretched(self) -> bool:
        return set(self.factors) != {1.0}

    @property
    def whole(self) -> timedelta:
        return self.active + self.revealed + self.paused

    def later(self, moment: datetime) -> "Reading":
        """The same clock after time has passed. It never goes backwards, in whatever order moments are told."""
        passed = max(moment - self.at, NOTHING)
        if self.still is None:
            return replace(self, at=self.at + passed, paused=self.paused + passed)
        stood = min(passed, self.still)
        ran = passed - stood
        return replace(
            self,
            at=self.at + passed,
            held=self.held if self.left is None else max(self.left - ran, NOTHING),
            still=self.still - stood,
            active=self.active + ran,
            revealed=self.revealed + stood,
        )

    def after(self, event: Event) -> "Reading":
        """The same clock once the event has happened, at its moment or, if that came before `at`, now."""
        then = self.later(event.at)
        match event.kind:
            case Kind.REVEAL:
                return replace(then, still=REVEAL_PAUSE)
            case Kind.PAUSE:
                return replace(then, still=None)
            case Kind.GO_ON:
                return replace(then, still=NOTHING)
            case Kind.EXTENSION:
                held = None if then.held is None else then.held + event.length
                return replace(then, held=held, extended=then.extended + event.length)
            case Kind.FACTOR:
                return then._stretched(event.factor)

    def _stretched(self, factor: float | None) -> "Reading":
        if factor is None:
            return replace(self, factor=None, factors=(*self.factors, None))
        held = None if self.held is None else self.held * (factor / self.scale)
        return replace(self, held=held, scale=factor, factor=factor, factors=(*self.factors, factor))


@dataclass(frozen=True)
class Clock:
    """The facts about one interview's time, or about one question's in it.

    Without a `limit` there is none, whatever the factor; with `factor` None there is none until the factor changes.
    """

    started_at: datetime
    limit: timedelta | None
    factor: float | None = 1.0
    events: tuple[Event, ...] = ()
    finished_at: datetime | None = None

    @cached_property
    def last(self) -> Reading:
        """The clock right after the last event: what every later reading follows from."""
        scale = self.factor or 1.0
        held = None if self.limit is None else self.limit * scale
        begin = Reading(self.started_at, held, scale, self.factor, factors=(self.factor,))
        return reduce(Reading.after, self.events, begin)

    def at(self, now: datetime) -> Reading:
        """The clock as it stands now."""
        return self.last.later(now)

    def of_question(self, opened_at: datetime, limit: timedelta | None) -> "Clock":
        """The clock of one question with a limit of its own: what happens to the interview's happens to it too."""
        before = tuple(event for event in self.events if event.at <= opened_at)
        factors = [self.factor, *(event.factor for event in before if event.kind is Kind.FACTOR)]
        return replace(
            self,
            started_at=opened_at,
            limit=limit,
            factor=factors[-1],
            events=tuple(event for event in self.events if event.at > opened_at),
        )


def deadline(clock: Clock, *, now: datetime) -> datetime | None:
    """The moment the time is up, as far as it is known now; None where there is no limit."""
    last = clock.last
    if last.left is None:
        return None
    if last.still is None:
        return max(now, last.at) + last.left
    return last.at + last.still + last.left


def remaining(clock: Clock, *, now: datetime) -> timedelta | None:
    """What is left on the clock, never below zero; None where there is no limit."""
    return clock.at(now).left


def accepts_answers(clock: Clock, *, now: datetime) -> bool:
    """Whether what arrives now is in time: until GRACE after the deadline, unless the interview was ended before."""
    return phase(clock, now=now) is not Phase.OVER


def phase(clock: Clock, *, now: datetime) -> Phase:
    """Where the interview stands."""
    end = deadline(clock, now=now)
    if clock.finished_at is not None or (end is not None and now >= end + GRACE):
        return Phase.OVER
    reading = clock.at(now)
    if reading.is_paused:
        return Phase.PAUSED
    if reading.still:
        return Phase.SUSPENDED
    return Phase.RUNNING if end is None or now < end else Phase.CLOSING


def final(clock: Clock, *, now: datetime) -> Reading:
    """The clock as it stood when the interview ended, or as it stands now: where its time went."""
    return clock.at(clock.finished_at or now)
