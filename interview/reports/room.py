"""What the interview room shows while it is open: one question, the clock, the draft. Never the reference."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from interview.models import Attempt, Draft, Interview, Run, Wording
from interview.rules import timing


class Stage(Enum):
    ANSWERING = "answering"
    CLOSING = "closing"
    GRADING = "grading"
    GRADED = "graded"
    LOCKED = "locked"


@dataclass(frozen=True)
class Time:
    """The clock as the page needs it, in milliseconds; None where the interview is untimed."""

    remaining_ms: int | None
    limit_ms: int | None
    grace_ms: int
    still_ms: int

    @property
    def is_standing_still(self) -> bool:
        return self.still_ms > 0

    @property
    def digits(self) -> str:
        seconds = (self.remaining_ms or 0) // 1000
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
    autosave_ms: int = timing.AUTOSAVE // timedelta(milliseconds=1)

    @property
    def is_last(self) -> bool:
        return self.attempt.position == len(self.places)

    @property
    def asks_code(self) -> bool:
        return self.attempt.version.has_code


def room(interview: Interview, *, now: datetime) -> Room:
    """The room at this moment, at the question asked last."""
    attempts = list(interview.attempts.select_related("version__question", "draft").defer("version__source"))
    attempt = [each for each in attempts if each.opened_at is not None][-1]
    return Room(
        interview=interview,
        attempt=attempt,
        wording=Wording.objects.get(version=attempt.version_id, language=interview.language),
        stage=_stage(interview, attempt, now),
        time=clock_face(interview, now=now),
        places=tuple(_place(each, attempt) for each in attempts),
        draft=getattr(attempt, "draft", None)
        or Draft(attempt=attempt, revision=0, code=attempt.version.starter),
        run=attempt.runs.exclude(verdict="cancelled").first() if attempt.version.has_code else None,
    )


def clock_face(interview: Interview, *, now: datetime) -> Time:
    """What is left, as the page shows it."""
    left = timing.remaining(interview.clock, now=now)
    return Time(
        remaining_ms=None if left is None else _ms(left),
        limit_ms=None if interview.limit is None else _ms(interview.limit),
        grace_ms=_ms(timing.GRACE),
        still_ms=_ms(timing.standing_still(interview.clock, now=now)),
    )


def _stage(interview: Interview, attempt: Attempt, now: datetime) -> Stage:
    if attempt.locked_at is None:
        is_closing = timing.phase(interview.clock, now=now) is timing.Phase.CLOSING
        return Stage.CLOSING if is_closing else Stage.ANSWERING
    if not interview.reveals_after_each:
        return Stage.LOCKED
    return Stage.GRADING if attempt.self_graded_at is None else Stage.GRADED


def _place(attempt: Attempt, current: Attempt) -> str:
    if attempt.position == current.position:
        return "now"
    return "done" if attempt.position < current.position else ""


def _ms(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
