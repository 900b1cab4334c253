"""How far the scorer and a person agree, in figures."""

import math

import pandas as pd
import pytest

from interview.scoring.agreement import Comparison, agreement, by, table


def _answer(kind: str, grade: float, score: float, *, covered: int, found: int, both: int) -> Comparison:
    return Comparison("q", "en", kind, grade, score, True, covered, found, both)


@pytest.fixture
def three() -> pd.DataFrame:
    return table(
        [
            _answer("good", 90, 80, covered=4, found=3, both=3),
            _answer("good", 60, 70, covered=2, found=3, both=2),
            _answer("bad", 0, 10, covered=0, found=0, both=0),
        ]
    )


def test_points_are_counted_over_all_answers_and_scores_compared_one_by_one(three: pd.DataFrame) -> None:
    figures = agreement(three)

    assert figures["answers"] == 3
    assert (figures["precision"], figures["recall"]) == (5 / 6, 5 / 6)
    assert figures["f1"] == pytest.approx(5 / 6)
    assert figures["rmse"] == pytest.approx(10)
    assert figures["spearman"] == pytest.approx(1)


def test_each_kind_has_its_own_row(three: pd.DataFrame) -> None:
    rows = by(three, "kind").to_dict("index")

    assert rows["good"] == {
        "answers": 2,
        "grade": 75,
        "score": 75,
        "worst": 70,
        "best": 80,
        "f1": 0.833,
    }
    assert math.isnan(rows["bad"]["f1"])


def test_where_nothing_is_found_there_is_no_precision(three: pd.DataFrame) -> None:
    figures = agreement(three[three["kind"] == "bad"])

    assert all(math.isnan(figures[name]) for name in ("precision", "recall", "f1"))
