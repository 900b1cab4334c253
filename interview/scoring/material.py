"""What the model learns from: answers to single key points, whole graded answers, and answers put together."""

import hashlib
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from interview.bank.schema import Language, Question
from interview.rules.grading import CREDIT, Verdict
from interview.scoring.features import features
from interview.scoring.marking import mark
from interview.scoring.reading import read
from interview.scoring.rubric import rubric
from interview.scoring.text import normalise, sentences

# Answers put together, for each question and language, and of how many key points: more than half of what people say
# about a thing is right, even where some of it is wrong.
COMPOSED = 8
FEWEST, MOST = 3, 6


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """An answer and what a person says became of its key points: of all of them, or of those it was written for."""

    question: str
    language: str
    kind: str
    answer: str
    verdicts: Mapping[str, Verdict] = field(hash=False)
    grade: float | None = None


def single_answers(question: Question) -> Iterator[GradedAnswer]:
    """What the bank holds for single points: their own examples, and the answers written in sight of their texts."""
    for point in question.points:
        for kind, phrases in (("covered", point.covered), ("missed", point.missed)):
            for language in Language:
                for text in getattr(phrases, language.value):
                    yield _single(question, point.id, kind, language, text)
    for slug, answers in question.answers.items():
        for kind, language, text in answers.each():
            yield _single(question, slug, kind, language, text)


def whole_answers(path: Path, questions: Mapping[str, Question]) -> Iterator[GradedAnswer]:
    """The graded answers of a file, one JSON object a line, to the questions given; KeyError for an unknown point."""
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        if question := questions.get(said["question"]):
            verdicts = dict.fromkeys((point.id for point in question.points), Verdict.MISSED)
            for verdict in (Verdict.COVERED, Verdict.PARTLY, Verdict.WRONG):
                verdicts |= {slug: verdict for slug in said[verdict.value] if verdicts[slug]}
            yield GradedAnswer(
                question.slug, said["language"], said["kind"], said["answer"], verdicts, said["grade"]
            )


def composed_answers(question: Question) -> Iterator[GradedAnswer]:
    """Answers to some points, of which up to a third are wrong; the same ones each time."""
    choice = random.Random(question.slug)
    slugs = list(question.answers)
    for language in Language:
        for _ in range(COMPOSED if len(slugs) >= FEWEST else 0):
            chosen = choice.sample(slugs, choice.randint(FEWEST, min(MOST, len(slugs))))
            wrong = chosen[: choice.randint(1, len(chosen) // FEWEST)]
            verdicts = {slug: Verdict.WRONG if slug in wrong else Verdict.COVERED for slug in chosen}
            said = [_any(choice, question, slug, language, verdict) for slug, verdict in verdicts.items()]
            choice.shuffle(said)
            yield GradedAnswer(question.slug, language.value, "composed", "\n".join(said), verdicts)


def bank_hash(questions: Mapping[str, Question]) -> str:
    """SHA-256 of all that is in these questions."""
    contents = sorted(question.content_hash() for question in questions.values())
    return hashlib.sha256("".join(contents).encode()).hexdigest()


def table(answers: Iterable[GradedAnswer], questions: Mapping[str, Question]) -> pd.DataFrame:
    """One row for each judged key point of each answer: what a person says, the features, what baselines look at."""
    return pd.DataFrame(
        row
        for number, answer in enumerate(answers)
        for row in _rows(number, answer, questions[answer.question])
    )


def _single(question: Question, slug: str, kind: str, language: Language, text: str) -> GradedAnswer:
    verdict = Verdict.COVERED if kind == "covered" else Verdict.MISSED
    return GradedAnswer(question.slug, language.value, kind, text, {slug: verdict})


def _any(choice: random.Random, question: Question, slug: str, language: Language, verdict: Verdict) -> str:
    answers = question.answers[slug]
    phrases = answers.covered if verdict is Verdict.COVERED else answers.swapped
    texts: tuple[str, ...] = getattr(phrases, language.value) or phrases.all()
    return choice.choice(texts)


def _rows(number: int, graded: GradedAnswer, question: Question) -> Iterator[dict[str, Any]]:
    scale = rubric(question)
    readings = read(sentences(normalise(graded.answer).characters), scale)
    findings = mark(readings, scale)
    for point, finding, row in zip(question.points, findings, features(findings), strict=True):
        if verdict := graded.verdicts.get(point.id):
            yield {
                "answer": number,
                "question": graded.question,
                "point": f"{graded.question}/{point.id}",
                "language": graded.language,
                "kind": graded.kind,
                "text": graded.answer,
                "length": float(np.log1p(len(graded.answer))),
                "grade": graded.grade,
                "weight": point.weight,
                "credit": CREDIT[verdict],
                "is_covered": verdict is Verdict.COVERED,
                "by_rules": finding.verdict.value,
                **row,
            }
