"""How far the scorer agrees with somebody strict who graded the same answers."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import pandas as pd

from interview.bank.schema import Question
from interview.rules.grading import Verdict
from interview.scoring.score import Result, score


@dataclass(frozen=True, slots=True)
class Comparison:
    """One answer: the grade and the key points that a person gave it, and those of the scorer (0 to 100, counts)."""

    question: str
    language: str
    kind: str
    grade: float
    score: float
    is_scored: bool
    covered: int
    found: int
    both: int


def compare(fields: dict[str, str], grade: float, covered: Iterable[str], result: Result) -> Comparison:
    """A point counts as found where the scorer calls it covered, not where it calls it partly covered."""
    found = {point.id for point in result.points if point.verdict is Verdict.COVERED}
    expected = set(covered)
    return Comparison(
        question=fields["question"],
        language=fields["language"],
        kind=fields.get("kind", ""),
        grade=grade,
        score=result.score or 0.0,
        is_scored=result.scored,
        covered=len(expected),
        found=len(found),
        both=len(found & expected),
    )


@dataclass(frozen=True, slots=True)
class PointComparison:
    """One of the bank's answers to a single key point: whether it earns the point, and what the scorer says."""

    question: str
    point: str
    language: str
    kind: str
    is_covered: bool
    is_found: bool


def compare_bank(question: Question) -> Iterator[PointComparison]:
    """All answers of a question that its author wrote for single key points."""
    for point, answers in question.answers.items():
        for kind, language, text in answers.each():
            found = {
                each.id for each in score(text, question, language).points if each.verdict is Verdict.COVERED
            }
            yield PointComparison(question.slug, point, language, kind, kind == "covered", point in found)


def table(comparisons: Iterable[Comparison | PointComparison]) -> pd.DataFrame:
    """One row for each answer."""
    return pd.DataFrame(map(asdict, comparisons))


def point_agreement(answers: pd.DataFrame) -> dict[str, float]:
    """Precision, recall and F1 over answers to single key points (NaN where there are none)."""
    return {"answers": len(answers), **rates(answers)}


def rates(rows: pd.DataFrame) -> dict[str, float]:
    """Precision, recall and F1 of `is_found` against `is_covered`."""
    found, covered = rows["is_found"], rows["is_covered"]
    return _rates((found & covered).sum(), found.sum(), covered.sum())


def found_by(answers: pd.DataFrame, column: str) -> pd.DataFrame:
    """For each value of a column, the share of answers of each kind in which the scorer finds the point."""
    return answers.pivot_table("is_found", column, "kind").round(2)


def agreement(answers: pd.DataFrame) -> dict[str, float]:
    """Precision, recall and F1 over all key points (NaN where there are none), and how near the scores come."""
    both, found, covered = answers[["both", "found", "covered"]].sum()
    return {
        "answers": len(answers),
        **_rates(both, found, covered),
        "spearman": answers["score"].corr(answers["grade"], method="spearman"),
        "rmse": ((answers["score"] - answers["grade"]) ** 2).mean() ** 0.5,
        "not scored": int((~answers["is_scored"]).sum()),
    }


def _rates(both: float, found: float, covered: float) -> dict[str, float]:
    return {
        "precision": both / found if found else float("nan"),
        "recall": both / covered if covered else float("nan"),
        "f1": 2 * both / (found + covered) if found + covered else float("nan"),
    }


def by(answers: pd.DataFrame, column: str) -> pd.DataFrame:
    """For each value of a column how many answers there are, and the grades and the scores they got."""
    groups = answers.groupby(column)
    summary = groups.agg(
        answers=("score", "size"),
        grade=("grade", "mean"),
        score=("score", "mean"),
        worst=("score", "min"),
        best=("score", "max"),
    )
    points = groups[["both", "found", "covered"]].sum()
    return summary.assign(f1=2 * points["both"] / (points["found"] + points["covered"])).round(3)
