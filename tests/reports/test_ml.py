"""The words on predictions for rows that the code never saw."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string

from interview.reports.ml import figures


def ml(**facts: Any) -> dict[str, Any]:
    usual = {"metric": "roc_auc", "bar": 0.7, "max_gap": None, "hidden": 0.71, "reported": None, "gap": None}
    return usual | facts


def test_a_record_without_predictions_has_no_figures() -> None:
    assert figures(None) is None


@pytest.mark.parametrize(
    ("metric", "hidden", "has_reached", "bar"),
    [
        ("roc_auc", 0.7, True, "≥ 0.7"),
        ("roc_auc", 0.69, False, "≥ 0.7"),
        ("rmse", 0.7, True, "≤ 0.7"),
        ("rmse", 0.71, False, "≤ 0.7"),
    ],
)
def test_the_bar_is_a_floor_for_scores_and_a_ceiling_for_errors(
    metric: str, hidden: float, has_reached: bool, bar: str
) -> None:
    told = figures(ml(metric=metric, hidden=hidden))

    assert told is not None
    assert (told.has_reached, told.bar, told.hidden) == (has_reached, bar, str(hidden))
    assert told.words == ("That reaches the bar." if has_reached else "That misses the bar.")


@pytest.mark.parametrize(
    ("reported", "gap", "words"),
    [
        (0.93, 0.22, "doesn't hold for rows that the model has never met"),
        (0.5, -0.21, "the model does better than you say"),
        (0.76, 0.05, "within the 0.1"),
    ],
)
def test_a_gap_to_the_reported_score_is_explained(reported: float, gap: float, words: str) -> None:
    told = figures(ml(max_gap=0.1, reported=reported, gap=gap))

    assert told is not None
    assert words in told.words
    assert f"You reported {reported}" in told.words
    assert "on hidden rows it is 0.71" in told.words


def test_the_page_shows_the_figures_and_their_meaning() -> None:
    told = figures(ml(max_gap=0.1, reported=0.93, gap=0.22))

    page = " ".join(render_to_string("interview/run.html#ml", {"feedback": SimpleNamespace(ml=told)}).split())

    assert '<span class="badge ok"><code>roc_auc</code> 0.71</span>' in page
    assert "≥ 0.7" in page
    assert "You reported 0.93, but on hidden rows it is 0.71" in page


def test_a_claim_that_is_too_high_for_predictions_that_are_too_bad_asks_to_look_at_these_first() -> None:
    told = figures(ml(hidden=0.2, max_gap=0.1, reported=0.93, gap=0.73))

    assert told is not None
    assert "misses the bar too. Look at the predictions first" in told.words
