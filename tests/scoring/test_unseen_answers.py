"""The scorer on answers nobody tuned it to: bounds wide enough to hold by more than luck."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from interview.scoring.agreement import (
    Comparison,
    agreement,
    by,
    compare,
    compare_bank,
    point_agreement,
    table,
)
from interview.scoring.score import score
from tests.scoring.conftest import Questions

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def graded(questions: Questions) -> pd.DataFrame:
    stored = yaml.safe_load((HERE / "answers.yaml").read_text(encoding="utf-8"))
    entries = [{"question": slug, **entry} for slug, entries in stored.items() for entry in entries]
    return table(_compared(entry, entry["points"], questions) for entry in entries)


@pytest.fixture(scope="module")
def held_out(questions: Questions) -> pd.DataFrame:
    entries = map(json.loads, (HERE / "held_out.jsonl").read_text(encoding="utf-8").splitlines())
    return table(_compared(entry, entry["covered"], questions) for entry in entries)


def _compared(entry: dict[str, Any], points: list[str], questions: Questions) -> Comparison:
    result = score(entry["answer"], questions[entry["question"]], entry["language"])
    return compare(entry, entry["grade"], points, result)


def test_no_list_of_keywords_and_nothing_beside_the_question_earns_points(graded: pd.DataFrame) -> None:
    kinds = by(graded, "kind").to_dict("index")

    assert kinds["keywords"]["best"] <= 15
    assert kinds["off-topic"]["best"] <= 10


def test_a_wrong_answer_earns_little_and_a_good_one_much(graded: pd.DataFrame) -> None:
    kinds = by(graded, "kind").to_dict("index")

    assert kinds["wrong"]["score"] <= 30
    assert kinds["good-long"]["score"] >= 75
    assert kinds["half"]["score"] < kinds["good-short"]["score"] < kinds["good-long"]["score"]


def test_scores_lie_near_those_a_person_gives(graded: pd.DataFrame) -> None:
    assert agreement(graded)["rmse"] <= 18


def test_points_are_found_where_a_person_finds_them(graded: pd.DataFrame) -> None:
    figures = agreement(graded)

    assert figures["precision"] >= 0.85
    assert figures["recall"] >= 0.75


def test_the_scorer_agrees_on_answers_that_nobody_tuned_it_to(held_out: pd.DataFrame) -> None:
    figures, kinds = agreement(held_out), by(held_out, "kind").to_dict("index")

    assert figures["answers"] >= 60
    assert figures["f1"] >= 0.87
    assert figures["precision"] >= 0.85
    assert figures["rmse"] <= 18
    assert figures["spearman"] >= 0.80
    assert kinds["excellent"]["score"] >= 85
    assert kinds["nonsense"]["score"] <= 20
    assert kinds["swapped"]["score"] <= 10
    assert kinds["swapped"]["best"] <= 50
    assert kinds["keywords"]["best"] <= 15
    assert kinds["off-topic"]["best"] <= 15


def test_the_scorer_agrees_on_answers_to_single_points(questions: Questions) -> None:
    # Every other question: all of them are `manage.py evaluate_scorer`.
    answers = table(chain(*map(compare_bank, [*questions.values()][::2])))
    kinds = answers.groupby("kind")["is_found"].mean()

    assert point_agreement(answers)["f1"] >= 0.95
    assert kinds["listed"] <= 0.10
    assert kinds["missed"] <= 0.05
    assert kinds["negated"] <= 0.06
    assert kinds["swapped"] <= 0.05


def test_neither_language_is_at_a_disadvantage(held_out: pd.DataFrame) -> None:
    languages = by(held_out, "language").to_dict("index")

    assert abs(languages["ko"]["f1"] - languages["en"]["f1"]) <= 0.05
