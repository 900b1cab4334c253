"""The model as its card tells of it, or why there is none."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from interview.reports.scorer import Card, Judge, ScorerPage, scorer_page
from interview.scoring import model
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db
F1 = {
    "grouped": {"length": 0.5, "words": 0.6, "model": 0.9},
    "random": {"length": 0.504, "words": 0.75, "model": 0.89},
}


def page() -> ScorerPage:
    return scorer_page(make_user(is_staff=True), "en", now=NOON)


def card(f1: dict[str, Any]) -> Card:
    """The card of a page whose model was measured so."""
    told = {"trained": "2026-11-01", "commit": "abc", "evaluation": {"answers": 7, "questions": 2, "f1": f1}}
    other = dataclasses.replace(model.load(), card=told)
    with patch("interview.reports.scorer.load", return_value=other):
        found = page().card
    assert found
    return found


def test_the_card_tells_where_the_model_comes_from() -> None:
    found = card(F1)

    assert (found.trained, found.answers, found.questions, found.commit) == (date(2026, 11, 1), 7, 2, "abc")
    assert found.name == model.load().name


def test_each_judge_stands_with_both_figures_and_bars_of_their_length() -> None:
    found = card(F1)

    assert [(judge.grouped, judge.random) for judge in found.judges] == [
        (0.5, 0.504),
        (0.6, 0.75),
        (0.9, 0.89),
    ]
    assert [judge.bars for judge in found.judges] == [(120, 121), (144, 180), (216, 213.6)]


def test_whom_the_random_split_flatters_most_is_named_and_nobody_for_a_rounding() -> None:
    modest = {kind: {"length": f1["length"]} for kind, f1 in F1.items()}

    flattered = card(F1).flattered

    assert flattered == Judge("Words", 0.6, 0.75)
    assert flattered.gain == pytest.approx(0.15)
    assert card(modest).flattered is None


def test_the_model_of_the_house_has_a_label_for_each_judge_and_comes_out_best() -> None:
    found = page().card

    assert found
    assert [str(judge.label)[0].isupper() for judge in found.judges] == [True] * 5
    assert max(found.judges, key=lambda judge: judge.grouped).label == "This scorer"


def test_a_model_that_can_not_be_used_says_why_and_the_rest_is_there(tmp_path: Path) -> None:
    broken = tmp_path / "model.json"
    broken.write_text("{}")

    with patch.object(model, "PATH", broken):
        found = page()

    assert found.card is None
    assert "it is damaged" in found.unusable
    assert found.drift.recent.answers == 0
    assert found.coverage.points == ()
