"""Scores a written answer by the key points of its question, with the words each verdict rests on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress

from interview.bank.schema import Language, Question
from interview.rules.grading import Mark, Verdict, prose_score
from interview.scoring import words
from interview.scoring.marking import Finding, mark
from interview.scoring.reading import Reading, read
from interview.scoring.rubric import SHINGLE, Rubric, rubric
from interview.scoring.terms import Span
from interview.scoring.text import Text, normalise, sentences

SCORER = "terms-3"

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


@dataclass(frozen=True, slots=True)
class PointResult:
    """What became of a key point; `evidence` is where in the answer, in code points."""

    id: str
    verdict: Verdict
    probability: float | None
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The automatic marks of an answer; `score` is None where it can't be told."""

    scored: bool
    score: float | None
    points: tuple[PointResult, ...]
    flags: tuple[str, ...]
    scorer: str = SCORER


def score(answer: str, question: Question, language: str) -> Result:
    """The marks of an answer to the question as shown in that language; the answer may mix languages."""
    text, scale = normalise(answer), rubric(question)
    readings = read(sentences(text.characters), scale)
    findings = [mark(at, readings, scale) for at in range(len(scale.points))]
    spoken = words.tokens(text.characters)
    if doubt := _doubt(answer, text, spoken, findings):
        return Result(scored=False, score=None, points=(), flags=(doubt,))
    marks = [
        Mark(point.weight, finding.verdict) for point, finding in zip(question.points, findings, strict=True)
    ]
    return Result(
        scored=True,
        score=prose_score(marks),
        points=tuple(_result(at, finding, readings, scale, text) for at, finding in enumerate(findings)),
        flags=tuple(_remarks(readings, spoken, scale.references[Language(language)])),
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


def _result(at: int, finding: Finding, readings: Sequence[Reading], scale: Rubric, text: Text) -> PointResult:
    said = finding.sentences if finding.verdict is not Verdict.MISSED else ()
    places = [readings[number].sentence for number in said]
    evidence = tuple(text.original(one.start, one.start + len(one.text)) for one in places)
    return PointResult(scale.points[at].id, finding.verdict, probability=None, evidence=evidence)
