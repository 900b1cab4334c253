"""The scorer on answers nobody tuned it to: bounds wide enough to hold by more than luck."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import yaml
from django.conf import settings

from interview.bank.reader import read_bank
from interview.scoring.agreement import Comparison, agreement, by, compare, table
from interview.scoring.score import score


@pytest.fixture(scope="module")
def graded() -> pd.DataFrame:
    return table(_graded())


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


def _graded() -> Iterator[Comparison]:
    questions = {question.slug: question for question in read_bank(settings.QUESTION_BANK)}
    answers = Path(__file__).with_name("answers.yaml")
    for slug, entries in yaml.safe_load(answers.read_text(encoding="utf-8")).items():
        for entry in entries:
            result = score(entry["answer"], questions[slug], entry["language"])
            yield compare({"question": slug, **entry}, entry["grade"], entry["points"], result)
