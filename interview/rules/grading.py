"""What an answer is worth."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Half of the points is a decent answer, not a failed one: the curve is generous below and flat on top.
CURVE = 0.7
# Saying the opposite of a point costs more than leaving it out.
WRONG_COST = 0.8


class Verdict(StrEnum):
    COVERED = "covered"
    PARTLY = "partly"
    MISSED = "missed"
    WRONG = "wrong"


class Change(StrEnum):
    """What became of a key point from one answer to the next."""

    GAINED = "gained"
    LOST = "lost"
    KEPT = "kept"


CREDIT = {Verdict.COVERED: 1.0, Verdict.PARTLY: 0.5, Verdict.MISSED: 0.0, Verdict.WRONG: 0.0}


@dataclass(frozen=True, slots=True)
class Mark:
    """How heavy a key point is, and what became of it."""

    weight: int
    verdict: Verdict


def prose_score(marks: Sequence[Mark]) -> float:
    """The score of a prose answer, 0 to 100, from what became of its key points."""
    return _prose_score(_held(marks), marks)


def prose_range(marks: Sequence[Mark], chances: Sequence[float], spread: float) -> tuple[float, float]:
    """From where to where the score may well be, given the chance of each key point to have been said.

    `spread` standard deviations of the points held, to either side; the deviation takes the points for independent.
    """
    total = sum(mark.weight for mark in marks)
    variance = sum((mark.weight / total) ** 2 * p * (1 - p) for mark, p in zip(marks, chances, strict=True))
    held, deviation = _held(marks), spread * math.sqrt(variance)
    return _prose_score(max(0.0, held - deviation), marks), _prose_score(min(1.0, held + deviation), marks)


def _held(marks: Sequence[Mark]) -> float:
    """The share of the points that the answer made, by their weights."""
    return sum(mark.weight * CREDIT[mark.verdict] for mark in marks) / sum(mark.weight for mark in marks)


def _prose_score(held: float, marks: Sequence[Mark]) -> float:
    wrong = sum(mark.weight for mark in marks if mark.verdict is Verdict.WRONG)
    share = wrong / sum(mark.weight for mark in marks)
    return round(100 * min(1.0, max(0.0, math.pow(held, CURVE) - WRONG_COST * share)), 1)


def change(before: Verdict, after: Verdict) -> Change:
    """Whether a key point does more for the score than before, or less: a wrong word taken back is a gain, too."""
    gain = _worth(after) - _worth(before)
    return Change.GAINED if gain > 0 else Change.LOST if gain < 0 else Change.KEPT


def code_score(passed: int, total: int) -> float:
    """The score of a program, 0 to 100: the share of the hidden cases that it passed."""
    return round(100 * passed / total, 1) if total else 0.0


def question_score(prose: float | None, code: float | None, *, asks_code: bool) -> float | None:
    """The mean of prose and code where a question asks for both; where only one has a score, that one; else None."""
    parts = (prose, code) if asks_code else (prose,)
    return interview_score(parts)


def interview_score(values: Iterable[float | None]) -> float | None:
    """The mean over the scored answers; None where there is none."""
    scored = [value for value in values if value is not None]
    return round(sum(scored) / len(scored), 1) if scored else None


def _worth(verdict: Verdict) -> float:
    return CREDIT[verdict] - WRONG_COST * (verdict is Verdict.WRONG)
