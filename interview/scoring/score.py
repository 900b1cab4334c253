"""Scores a written answer by the key points of its question, with the words each verdict rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import compress

from interview.bank.schema import KeyPoint, Language, Question
from interview.rules.grading import Mark, Verdict, prose_range, prose_score
from interview.scoring import model, words
from interview.scoring.features import features
from interview.scoring.marking import Finding, Reason, mark
from interview.scoring.model import Model
from interview.scoring.reading import Reading, read
from interview.scoring.rubric import SHINGLE, rubric
from interview.scoring.terms import Span
from interview.scoring.text import Text, normalise, sentences

PASTED_SHARE = 0.5
LONG_ANSWER = 800  # words; two minutes of speech are about 250
# Nearly no function word and no term of the question: another language, or no language.
FOREIGN_SHARE = 0.10
SENTENCE_LENGTH = 8

_READABLE = re.compile(r"[a-z가-힣\u1100-\u11ff]")


class Flag(StrEnum):
    EMPTY = "empty"
    CODE_ONLY = "code_only"
    UNKNOWN_LANGUAGE = "unknown_language"
    KEYWORD_LIST = "keyword_list"
    COPIED_QUESTION = "copied_question"
    PASTED_REFERENCE = "pasted_reference"
    OFF_TOPIC = "off_topic"
    VERY_LONG = "very_long"
    # This scorer stood in for a language model that gave no verdict, or none that could be checked.
    LANGUAGE_MODEL_FAILED = "language_model_failed"


@dataclass(frozen=True, slots=True)
class PointResult:
    """What became of a key point; `evidence` is where in the answer, in code points.

    `probability` is the chance that a strict interviewer would tick it, weighed from `features`. Where it isn't
    covered, `reason` tells why (empty: there is too little of it), and `lacks` a term that wasn't found.
    """

    id: str
    verdict: Verdict
    probability: float | None
    evidence: tuple[Span, ...]
    features: dict[str, float] = field(default_factory=dict)
    reason: str = ""
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The automatic marks of an answer; `score` is None where it can't be told.

    In four of five cases the grade of a strict interviewer lies in `between`.
    """

    scored: bool
    score: float | None
    points: tuple[PointResult, ...]
    flags: tuple[str, ...]
    scorer: str
    between: tuple[float | None, float | None] = (None, None)


def score(answer: str, question: Question, language: str) -> Result:
    """The marks of an answer to the question as shown in that language; the answer may mix languages.

    Raises ModelUnusable where there is no model to be trusted.
    """
    weigher = model.load()
    text, scale = normalise(answer), rubric(question)
    readings = read(sentences(text.characters), scale)
    findings = mark(readings, scale)
    spoken = words.tokens(text.characters)
    if doubt := _doubt(answer, text, spoken, findings):
        return Result(scored=False, score=None, points=(), flags=(doubt,), scorer=weigher.name)
    rows = features(findings)
    points = tuple(
        _result(point, finding, row, weigher, _evidence(finding, readings, text), names[Language(language)])
        for point, finding, row, names in zip(question.points, findings, rows, scale.names, strict=True)
    )
    marks = [Mark(point.weight, found.verdict) for point, found in zip(question.points, points, strict=True)]
    chances = [weigher.chance(row) for row in rows]
    return Result(
        scored=True,
        score=prose_score(marks),
        points=points,
        flags=tuple(_remarks(readings, spoken, scale.references[Language(language)])),
        scorer=weigher.name,
        between=prose_range(marks, chances, weigher.spread),
    )


def _doubt(answer: str, text: Text, spoken: list[str], findings: Sequence[Finding]) -> Flag | None:
    """Why the answer can't be told good or bad, if so."""
    letters = [character for character in text.characters if character.isalpha()]
    if not letters:
        return Flag.CODE_ONLY if any(map(str.isalpha, answer)) else None
    if len(_READABLE.findall(text.characters)) < len(letters) / 2:
        return Flag.UNKNOWN_LANGUAGE
    is_silent = not any(any(finding.met) for finding in findings)
    if is_silent and len(spoken) >= SENTENCE_LENGTH and words.function_share(spoken) < FOREIGN_SHARE:
        return Flag.UNKNOWN_LANGUAGE
    return None


def _remarks(
    readings: Sequence[Reading], spoken: list[str], reference: set[tuple[str, ...]]
) -> Iterator[Flag]:
    """What the person is told besides the marks; none of it changes the score."""
    if not spoken:
        yield Flag.EMPTY
    if _is_mostly(readings, [reading.is_list for reading in readings]):
        yield Flag.KEYWORD_LIST
    if _is_mostly(readings, [reading.is_off_topic for reading in readings]):
        yield Flag.OFF_TOPIC
    if _is_mostly(readings, [reading.is_copied for reading in readings]):
        yield Flag.COPIED_QUESTION
    runs = words.shingles(spoken, SHINGLE)
    if len(runs & reference) > PASTED_SHARE * len(runs):
        yield Flag.PASTED_REFERENCE
    if len(spoken) > LONG_ANSWER:
        yield Flag.VERY_LONG


def _is_mostly(readings: Sequence[Reading], holds: Sequence[bool]) -> bool:
    lengths = [len(reading.sentence.text) for reading in readings]
    return sum(compress(lengths, holds)) * 2 > sum(lengths)


def _result(
    point: KeyPoint,
    finding: Finding,
    row: dict[str, float],
    weigher: Model,
    evidence: tuple[Span, ...],
    names: dict[str, str],
) -> PointResult:
    chance = weigher.chance(row)
    verdict = weigher.verdict(finding.verdict, chance, is_contradicted=finding.is_contradicted)
    if verdict is Verdict.COVERED:
        return PointResult(point.id, verdict, chance, evidence, row)
    reason = Reason.DOUBTED if finding.verdict is Verdict.COVERED else finding.reason
    said = evidence if verdict is not Verdict.MISSED else ()
    return PointResult(point.id, verdict, chance, said, row, reason or "", _lacks(point, finding, names))


def _evidence(finding: Finding, readings: Sequence[Reading], text: Text) -> tuple[Span, ...]:
    places = [readings[number].sentence for number in finding.sentences]
    return tuple(text.original(one.start, one.start + len(one.text)) for one in places)


def _lacks(point: KeyPoint, finding: Finding, names: dict[str, str]) -> str:
    """What the point's text calls the first group of terms that wasn't met; empty where all were met, or it doesn't."""
    unmet = [group for group, is_met in zip(point.terms, finding.met, strict=True) if not is_met]
    return next((names[group] for group in unmet if group in names), "")
