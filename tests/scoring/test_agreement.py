"""How far the scorer and a person agree: the figures themselves, and those of the answers that nobody tuned it to."""

import json
import math
from pathlib import Path

import pandas as pd
import pytest
from django.conf import settings

from interview.bank.reader import read_bank
from interview.scoring.agreement import Comparison, agreement, by, compare, table
from interview.scoring.score import score

HELD_OUT = Path(__file__).with_name("held_out.jsonl")


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


@pytest.fixture(scope="module")
def held_out() -> pd.DataFrame:
    questions = {question.slug: question for question in read_bank(settings.QUESTION_BANK)}
    lines = map(json.loads, HELD_OUT.read_text(encoding="utf-8").splitlines())
    return table(
        compare(
            line,
            line["grade"],
            line["covered"],
            score(line["answer"], questions[line["question"]], line["language"]),
        )
        for line in lines
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


def test_the_scorer_agrees_on_answers_that_nobody_tuned_it_to(held_out: pd.DataFrame) -> None:
    figures, kinds = agreement(held_out), by(held_out, "kind").to_dict("index")

    assert figures["answers"] >= 60
    assert figures["f1"] >= 0.82
    assert figures["spearman"] >= 0.80
    assert kinds["excellent"]["score"] >= 85
    assert kinds["nonsense"]["score"] <= 20
    assert kinds["off-topic"]["best"] <= 15


def test_neither_language_is_at_a_disadvantage(held_out: pd.DataFrame) -> None:
    languages = by(held_out, "language").to_dict("index")

    assert abs(languages["ko"]["f1"] - languages["en"]["f1"]) <= 0.05
