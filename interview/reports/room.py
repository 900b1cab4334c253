"""What the interview room shows while it is open: one question, the clock, the draft. Never the reference."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from django.urls import reverse

from interview.models import Attempt, Draft, Interview, Reference, Run, Wording
from interview.rules import timing


class Stage(Enum):
    ANSWERING = "answering"
    FOLLOWING_UP = "following_up"
    PAUSED = "paused"
    CLOSING = "closing"
    GRADING = "grading"
    GRADED = "graded"
    LOCKED = "locked"


@dataclass(frozen=True)
class Time:
    """The clock that ends first, as the page needs it, in milliseconds; None where there is no limit.

    `limit_ms` is all its time: what has run, and what is left.
    """

    remaining_ms: int | None
    limit_ms: int | None
    still_ms: int
    is_paused: bool
    is_for_question: bool
    grace_ms: int = timing.GRACE // timedelta(milliseconds=1)
    warning_ms: int = timing.WARNING // timedelta(milliseconds=1)
    heartbeat_ms: int = timing.HEARTBEAT // timedelta(milliseconds=1)

    @property
    def is_standing_still(self) -> bool:
        return self.still_ms > 0 or self.is_paused

    @property
    def digits(self) -> str:
        seconds = math.ceil((self.remaining_ms or 0) / 1000)  # As the page's own countdown does.
        return f"{seconds // 60:02}:{seconds % 60:02}"

    @property
    def elapsed_ms(self) -> int:
        return (self.limit_ms or 0) - (self.remaining_ms or 0)


@dataclass(frozen=True)
class Room:
    interview: Interview
    attempt: Attempt
    wording: Wording
    stage: Stage
    time: Time
    places: tuple[str, ...]
    draft: Draft
    run: Run | None
    follow_up: str
    closes_ms: int
    autosave_ms: int = timing.AUTOSAVE // timedelta(milliseconds=1)
    patience_ms: int = timing.PATIENCE // timedelta(milliseconds=1)

    @property
    def is_last(self) -> bool:
        return self.attempt.position == len(self.places)

    @property
    def extension_minutes(self) -> int:
        return timing.EXTENSION // timedelta(minutes=1)

    @property
    def is_writing(self) -> bool:
        return self.stage in (Stage.ANSWERING, Stage.FOLLOWING_UP)

    @property
    def answer_url(self) -> str:
        return reverse("follow_up" if self.follow_up else "lock", args=[self.attempt.pk])

    @property
    def whereabouts(self) -> str:
        return whereabouts(self.attempt, is_paused=self.time.is_paused)

    @property
    def asks_code(self) -> bool:
        return self.attempt.version.has_code and self.stage is not Stage.FOLLOWING_UP

    @property
    def place(self) -> str:
        """What is being answered, as the browser keeps it apart from everything else."""
        return f"{self.interview.pk}-{self.attempt.position}{'-more' if self.attempt.is_following_up else ''}"


def room(interview: Interview, *, now: datetime) -> Room:
    """The room at this moment, at the question asked last."""
    attempts = list(interview.attempts.select_related("version__question", "draft").defer("version__source"))
    attempt = [each for each in attempts if each.opened_at is not None][-1]
    return Room(
        interview=interview,
        attempt=attempt,
        wording=Wording.objects.get(version=attempt.version_id, language=interview.language),
        stage=_stage(interview, attempt, now),
        time=clock_face(interview, attempt, now=now),
        follow_up=_follow_up(attempt, interview.language),
        closes_ms=_closes_ms(attempt, now),
        places=tuple(_place(each, attempt) for each in attempts),
        draft=getattr(attempt, "draft", None)
        or Draft(attempt=attempt, revision=0, code="" if attempt.locked_at else attempt.version.starter),
        run=attempt.runs.exclude(verdict="cancelled").first() if attempt.version.has_code else None,
    )


def whereabouts(attempt: Attempt | None, *, is_paused: bool) -> str:
    """How far an interview has come, in a word that two tabs can compare."""
    if attempt is None:
        return ""
    if is_paused:
        return f"{attempt.position}-paused"
    return (
        f"{attempt.position}-{'more' if attempt.is_following_up else 'open' if attempt.is_open else 'done'}"
    )


def clock_face(interview: Interview, attempt: Attempt | None, *, now: datetime) -> Time:
    """What is left to answer `attempt`, the question that is open or was last, as the page shows it."""
    clocks = attempt.clocks if attempt and attempt.is_open else (interview.clock,)
    readings = [clock.at(now) for clock in clocks]
    first = min(readings, key=lambda reading: timing.FOREVER if reading.left is None else reading.left)
    return Time(
        remaining_ms=None if first.left is None else _ms(first.left),
        limit_ms=None if first.left is None else _ms(first.active + first.left),
        still_ms=_ms(first.still or timing.NOTHING),
        is_paused=first.is_paused,
        is_for_question=first is not readings[0],
    )


def _stage(interview: Interview, attempt: Attempt, now: datetime) -> Stage:
    if attempt.is_open:
        phases = {timing.phase(clock, now=now) for clock in attempt.clocks}
        if phases & {timing.Phase.CLOSING, timing.Phase.OVER}:
            return Stage.CLOSING
        if timing.Phase.PAUSED in phases:
            return Stage.PAUSED
        return Stage.FOLLOWING_UP if attempt.is_following_up else Stage.ANSWERING
    if not interview.reveals_after_each:
        return Stage.LOCKED
    return Stage.GRADING if attempt.self_graded_at is None else Stage.GRADED


def _closes_ms(attempt: Attempt, now: datetime) -> int:
    """For how long something may still arrive for it; zero where it needs no last words, or has no end."""
    ends = [timing.deadline(clock, now=now) for clock in attempt.clocks] if attempt.is_open else []
    closes = [end + timing.GRACE for end in ends if end is not None]
    return _ms(max(min(closes) - now, timing.NOTHING)) if closes else 0


def _follow_up(attempt: Attempt, language: str) -> str:
    """The author's further question, once it has been asked; the rest of the reference stays where it is."""
    if not attempt.is_following_up:
        return ""
    asked = Reference.objects.filter(version=attempt.version_id, language=language)
    return asked.values_list("follow_up_html", flat=True).get()


def _place(attempt: Attempt, current: Attempt) -> str:
    if attempt.position == current.position:
        return "now"
    return "done" if attempt.position < current.position else ""


def _ms(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
