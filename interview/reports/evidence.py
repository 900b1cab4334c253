"""An answer cut into the words that findings rest on, and those between."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from interview.models import PointMark

# Where two findings rest on the same words, the graver one is shown.
GRAVITY = {"wrong": 3, "covered": 2, "partly": 1}


@dataclass(frozen=True)
class Stretch:
    """A piece of the answer, and the key points (by id) whose findings rest on it; without any, no verdict either."""

    text: str
    verdict: str = ""
    points: tuple[int, ...] = ()


def stretches(answer: str, marks: Iterable[PointMark]) -> Iterable[Stretch]:
    """Cut the answer where a finding begins or ends. Offsets are code points, as Python counts."""
    spans = [(start, end, mark) for mark in marks for start, end in mark.evidence]
    cuts = sorted({0, len(answer), *(cut for start, end, _ in spans for cut in (start, end))})
    for start, end in pairwise(cuts):
        resting = [mark for begin, stop, mark in spans if begin <= start and end <= stop]
        verdict = max((mark.verdict for mark in resting), key=lambda each: GRAVITY.get(each, 0), default="")
        yield Stretch(answer[start:end], verdict, tuple(mark.point_id for mark in resting))
