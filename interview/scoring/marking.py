"""What became of one key point in an answer, by rules that a person can follow."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interview.bank.schema import KeyPoint
from interview.rules.grading import Verdict
from interview.scoring.negation import is_denied, is_disapproved
from interview.scoring.reading import Reading
from interview.scoring.rubric import Rubric
from interview.scoring.subject import governing
from interview.scoring.terms import Span, find

# A sentence so near to a phrasing says the same, even where one of its terms goes by another name.
NEAR = 0.60
# Half of the terms earn half of the point only if the rest of the sentence sounds like it, too.
AKIN = 0.30
# All terms, but spread over two sentences: said, if one of the two sounds like the point.
AKIN_OVER_TWO = 0.25
# A point with one group of terms is met by a single word: the sentence must sound like the point as well.
AKIN_FOR_ONE_GROUP = 0.15

_RANK = {Verdict.COVERED: 3, Verdict.PARTLY: 2, Verdict.WRONG: 1, Verdict.MISSED: 0}


@dataclass(frozen=True, slots=True)
class Finding:
    """What some sentences (by number) say about a point, and which of its term groups they meet."""

    verdict: Verdict
    akin: float
    met: tuple[bool, ...]
    sentences: tuple[int, ...]
    is_usable: bool = True

    @property
    def rank(self) -> tuple[int, int, float]:
        return _RANK[self.verdict], sum(self.met), self.akin


def mark(at: int, readings: Sequence[Reading], rubric: Rubric) -> Finding:
    """The best that the answer says about the point; a contradiction takes half of it back."""
    point = rubric.points[at]
    singles = [_in_sentence(number, at, reading, rubric) for number, reading in enumerate(readings)]
    pairs = [_over_two(one, two) for one, two in zip(singles, singles[1:], strict=False)]
    nothing = Finding(Verdict.MISSED, 0.0, (False,) * len(point.terms), ())
    best = max([nothing, *singles, *pairs], key=lambda finding: finding.rank)
    for finding, reading in zip(singles, readings, strict=True):
        if finding.verdict is not Verdict.COVERED and reading.counts and _contradicts(point, reading):
            said = best.verdict in (Verdict.COVERED, Verdict.PARTLY)
            return replace(best if said else finding, verdict=Verdict.PARTLY if said else Verdict.WRONG)
    return best


def _in_sentence(number: int, at: int, reading: Reading, rubric: Rubric) -> Finding:
    point, akin = rubric.points[at], reading.similarity[at]
    hits = [find(group, reading.sentence.text) for group in point.terms]
    met = tuple(map(bool, hits))
    objection = _objection(point, hits, reading, rubric) if reading.counts and any(met) else None
    verdict = _verdict(sum(met) / len(met), akin, len(met)) if reading.counts else Verdict.MISSED
    if objection and verdict is not Verdict.MISSED:
        verdict = objection if all(met) else Verdict.MISSED
    return Finding(verdict, akin, met, (number,), is_usable=reading.counts and not objection)


def _verdict(share: float, akin: float, groups: int) -> Verdict:
    if share == 1 and (groups > 1 or akin >= AKIN_FOR_ONE_GROUP):
        return Verdict.COVERED
    if share >= 0.5 and akin >= NEAR:
        return Verdict.COVERED
    return Verdict.PARTLY if share >= 0.5 and akin >= AKIN else Verdict.MISSED


def _over_two(one: Finding, two: Finding) -> Finding:
    """An idea that begins in one sentence and ends in the next."""
    met = tuple(a or b for a, b in zip(one.met, two.met, strict=True))
    akin = max(one.akin, two.akin)
    verdict = Verdict.MISSED
    if one.is_usable and two.is_usable and all(met) and not all(one.met) and not all(two.met):
        verdict = Verdict.COVERED if akin >= AKIN_OVER_TWO else Verdict.PARTLY
    return Finding(verdict, akin, met, (*one.sentences, *two.sentences))


def _objection(
    point: KeyPoint, hits: Sequence[list[Span]], reading: Reading, rubric: Rubric
) -> Verdict | None:
    """Why the terms don't speak for the point: it is denied, or said of the other thing."""
    by_prevention = point.id in rubric.spoken_as_prevention
    if point.id not in rubric.spoken_in_the_negative and is_denied(
        reading.sentence, hits, is_prevention=by_prevention
    ):
        return Verdict.WRONG
    elsewhere = _said_of_another(point, hits, reading)
    # Carried over from the sentence before, or for some of the terms only, the other subject is but a guess.
    return (Verdict.WRONG if all(elsewhere) and reading.turns else Verdict.MISSED) if any(elsewhere) else None


def _said_of_another(point: KeyPoint, hits: Sequence[list[Span]], reading: Reading) -> list[bool]:
    """For each group that was met: whether its terms stand only beside another of the compared things."""
    if point.subject is None:
        return []
    said = [group for terms, group in zip(point.terms, hits, strict=True) if group and terms != point.subject]
    return [all(_is_of_another(point.subject, hit, reading) for hit in group) for group in said]


def _is_of_another(subject: str, hit: Span, reading: Reading) -> bool:
    subjects = governing(hit, reading.sentence, reading.turns, reading.said_before)
    return bool(subjects) and subject not in subjects


def _contradicts(point: KeyPoint, reading: Reading) -> bool:
    """Whether the sentence claims one of the errors that the author expects."""
    for groups in point.contradictions:
        hits = [find(group, reading.sentence.text) for group in groups]
        if all(hits) and not is_disapproved(reading.sentence, hits):
            flat = [span for group in hits for span in group]
            if point.subject is None or not all(_is_of_another(point.subject, hit, reading) for hit in flat):
                return True
    return False
