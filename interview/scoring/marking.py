"""What became of one key point in an answer, by rules that a person can follow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise, starmap
from operator import or_

from interview.bank.schema import KeyPoint
from interview.rules.grading import Verdict
from interview.scoring.negation import denied, is_disapproved, is_undone
from interview.scoring.reading import ALIKE, Reading
from interview.scoring.rubric import Nearest, Rubric
from interview.scoring.subject import governing
from interview.scoring.terms import Span

# How near a sentence comes to a phrasing of the point, by character n-grams of its content words. Of those
# that say it, one in ten stays below .31; of those that only happen to use its terms, most stay below .35.
SAYS_IT = 0.60  # even where one of the terms goes by another name
AKIN = 0.40  # enough to join two sentences, or to earn half of the point with half of its terms
FARTHEST = 0.15  # below, the terms met by chance
# Three terms in one sentence rarely meet by chance.
TELLING = 3


class Reason(StrEnum):
    """Why a point isn't covered, or not for sure, where the answer speaks about it."""

    CONTRADICTED = "contradicted"
    DENIED = "denied"
    OTHER_SUBJECT = "other_subject"
    DOUBTED = "doubted"


_NO_OBJECTION = (None, None)
_RANK = {Verdict.COVERED: 3, Verdict.PARTLY: 2, Verdict.WRONG: 1, Verdict.MISSED: 0}


@dataclass(frozen=True, slots=True)
class Finding:
    """What some sentences (by number) say about a point, and which of its term groups they meet.

    `is_contradicted`: some sentence of the answer claims an error about it, if not one of these.
    """

    verdict: Verdict
    akin: float
    met: tuple[bool, ...]
    sentences: tuple[int, ...]
    is_usable: bool = True
    is_contradicted: bool = False
    reason: Reason | None = None

    @property
    def rank(self) -> tuple[int, int, float]:
        return _RANK[self.verdict], sum(self.met), self.akin


def mark(readings: Sequence[Reading], rubric: Rubric) -> list[Finding]:
    """The best that the answer says about each point; a contradiction takes half of it back."""
    singles = [
        [_in_sentence(number, at, reading, rubric) for number, reading in enumerate(readings)]
        for at in range(len(rubric.points))
    ]
    forgiven = [_without_innocent(at, singles, rubric) for at in range(len(rubric.points))]
    return [_best(each, point) for each, point in zip(forgiven, rubric.points, strict=True)]


def _without_innocent(at: int, singles: Sequence[Sequence[Finding]], rubric: Rubric) -> list[Finding]:
    """The sentences' findings on a point; one that is right about the other thing says nothing wrong of this one."""
    subject = rubric.points[at].subject
    others = [
        each
        for each, point in zip(singles, rubric.points, strict=True)
        if point.subject not in (None, subject)
    ]
    return [
        replace(one, verdict=Verdict.MISSED, reason=None)
        if one.reason is Reason.OTHER_SUBJECT
        and any(each[number].verdict is Verdict.COVERED for each in others)
        else one
        for number, one in enumerate(singles[at])
    ]


def _best(singles: Sequence[Finding], point: KeyPoint) -> Finding:
    nothing = Finding(Verdict.MISSED, 0.0, (False,) * len(point.terms), ())
    best = max([nothing, *singles, *starmap(_over_two, pairwise(singles))], key=lambda finding: finding.rank)
    if not any(finding.is_contradicted for finding in singles):
        return best
    verdict = Verdict.PARTLY if best.verdict is Verdict.COVERED else best.verdict
    return replace(best, verdict=verdict, is_contradicted=True, reason=Reason.CONTRADICTED)


def _in_sentence(number: int, at: int, reading: Reading, rubric: Rubric) -> Finding:
    point = rubric.points[at]
    hits = [reading.hits(group) for group in point.terms]
    met = tuple(map(bool, hits))
    nearest = reading.nearest[at]
    akin = nearest.akin
    unusable = Finding(Verdict.MISSED, akin, met, (number,), is_usable=False)
    if not reading.claims:
        return unusable
    if error := _error(point, reading):
        is_sure = error is Verdict.WRONG
        reason = Reason.CONTRADICTED if is_sure else None
        return replace(unusable, verdict=error, is_contradicted=is_sure, reason=reason)
    if reading.is_off_topic:
        return unusable
    objection, against = _objection(point, hits, reading, nearest) if any(met) else _NO_OBJECTION
    verdict = _verdict(hits, akin)
    if not objection:
        return Finding(verdict, akin, met, (number,))
    # Far from the phrasings the terms met by chance, and so did the negation: that is no reason to tell anybody.
    if verdict is Verdict.MISSED:
        return unusable
    verdict = objection if verdict is Verdict.COVERED and all(met) else Verdict.MISSED
    return replace(unusable, verdict=verdict, reason=against)


def _verdict(hits: Sequence[list[Span]], akin: float) -> Verdict:
    share = sum(map(bool, hits)) / len(hits)
    if share == 1 and not _is_one_word(hits):
        alike = FARTHEST if len(hits) >= TELLING else ALIKE
        return _by(akin, covered=alike, partly=FARTHEST)
    return _by(akin, covered=SAYS_IT, partly=AKIN) if share >= 0.5 else Verdict.MISSED


def _by(akin: float, *, covered: float, partly: float) -> Verdict:
    if akin >= covered:
        return Verdict.COVERED
    return Verdict.PARTLY if akin >= partly else Verdict.MISSED


def _is_one_word(hits: Sequence[list[Span]]) -> bool:
    """Whether a single stretch of the sentence is all that met the groups."""
    begins = max(min(start for start, _ in group) for group in hits)
    ends = min(max(end for _, end in group) for group in hits)
    return len(hits) > 1 and begins < ends and all(len(group) == 1 for group in hits)


def _over_two(one: Finding, two: Finding) -> Finding:
    """An idea that begins in one sentence and ends in the next."""
    met = tuple(map(or_, one.met, two.met))
    akin = max(one.akin, two.akin)
    verdict = Verdict.MISSED
    if one.is_usable and two.is_usable and all(met) and not all(one.met) and not all(two.met):
        verdict = _by(akin, covered=AKIN, partly=ALIKE)
    return Finding(verdict, akin, met, (*one.sentences, *two.sentences))


def _objection(
    point: KeyPoint, hits: Sequence[list[Span]], reading: Reading, nearest: Nearest
) -> tuple[Verdict, Reason] | tuple[None, None]:
    """Why the terms don't speak for the point: it is denied, or said of the other thing."""
    if nearest.is_prevention:
        if is_undone(reading.sentence):
            return Verdict.WRONG, Reason.DENIED
    elif denials := denied(reading.sentence, hits) - nearest.denied:
        # Another phrasing has this negation: then it may be meant, and isn't called wrong.
        return (Verdict.WRONG if denials - nearest.denied_by_any else Verdict.MISSED), Reason.DENIED
    elsewhere = _said_of_another(point, hits, reading)
    if not any(elsewhere):
        return _NO_OBJECTION
    # Carried over from the sentence before, or for some of the terms only, the other subject is but a guess.
    return (Verdict.WRONG if all(elsewhere) and reading.turns else Verdict.MISSED), Reason.OTHER_SUBJECT


def _said_of_another(point: KeyPoint, hits: Sequence[list[Span]], reading: Reading) -> list[bool]:
    """For each group that was met: whether its terms stand only beside another of the compared things."""
    if point.subject is None:
        return []
    said = [group for terms, group in zip(point.terms, hits, strict=True) if group and terms != point.subject]
    return [all(_is_of_another(point.subject, hit, reading) for hit in group) for group in said]


def _is_of_another(subject: str, hit: Span, reading: Reading) -> bool:
    subjects = _subjects(hit, reading)
    return bool(subjects) and subject not in subjects


def _subjects(hit: Span, reading: Reading) -> frozenset[str]:
    return governing(hit, reading.sentence, reading.turns, reading.said_before)


def _error(point: KeyPoint, reading: Reading) -> Verdict | None:
    """What comes of it that the sentence claims one of the errors that the author expects; None where it doesn't."""
    for groups in point.contradictions:
        if any(group not in reading.found for group in groups):
            continue
        is_claimed = not is_disapproved(reading.sentence, [*map(reading.hits, groups)])
        if is_claimed and (point.subject is None or _is_of(point, groups, reading)):
            # Carried over from the sentence before, the subject is but a guess: nobody pays for that.
            is_sure = point.subject is None or reading.turns or not reading.said_before
            return Verdict.WRONG if is_sure else Verdict.MISSED
    return None


def _is_of(point: KeyPoint, groups: Sequence[str], reading: Reading) -> bool:
    """Whether each of the groups is said of what the point is about; or of nothing, by its very terms."""
    said = [
        [_subjects(hit, reading) for hit in reading.hits(group)] for group in groups if group != point.subject
    ]
    if all(any(point.subject in subjects for subjects in each) for each in said):
        return True
    is_about_nothing = not any(subjects for each in said for subjects in each)
    return is_about_nothing and all(map(reading.hits, point.terms))
