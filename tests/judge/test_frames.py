"""Frames are compared by their columns and rows; index, dtype and the order of columns are nobody's business."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview.judge.compare import difference
from interview.judge.keys import Key
from interview.sandbox import codec
from interview.sandbox.jobs import Answer
from tests.judge.tasks import case

EXPECTED = {"city": ["Seoul", "Busan", None], "mean": [1, 2.5, None]}
COLUMNS = pd.DataFrame({"mean": [1.0, 2.5, np.nan], "city": ["Seoul", "Busan", None]})
SAME = {
    "as it is": COLUMNS,
    "with another index": COLUMNS.set_axis([30, 10, 20]),
    "with dates as an index": COLUMNS.set_axis(pd.date_range("2026-01-01", periods=3)),
    "with an index of two levels": COLUMNS.set_axis(pd.MultiIndex.from_product([["a"], [1, 2, 3]])),
    "with narrow numbers": COLUMNS.astype({"mean": "float32"}),
    "with nullable numbers": COLUMNS.astype({"mean": "Float64"}),
    "with categories": COLUMNS.astype({"city": "category"}),
    "with strings": COLUMNS.astype({"city": "string"}),
    "with noise": COLUMNS.assign(mean=COLUMNS["mean"] + 1e-12),
    "with objects": COLUMNS.astype(object),
}
DIFFERENT: list[tuple[Any, dict[str, Any]]] = [
    (COLUMNS.rename(columns={"mean": "avg"}), {"key": Key.COLUMNS, "missing": "'mean'", "extra": "'avg'"}),
    (COLUMNS[["city"]], {"key": Key.COLUMNS, "missing": "'mean'"}),
    (COLUMNS.assign(n=1, m=2), {"key": Key.COLUMNS, "extra": "'n', 'm'"}),
    (pd.concat([COLUMNS, COLUMNS[["city"]]], axis=1), {"key": Key.COLUMNS, "extra": "'city'"}),
    (COLUMNS.set_axis([0, 1], axis=1), {"key": Key.COLUMNS, "missing": "'city', 'mean'", "extra": "0, 1"}),
    (COLUMNS.head(2), {"key": Key.ROWS, "expected": 3, "got": 2}),
    (COLUMNS.head(0), {"key": Key.ROWS, "expected": 3, "got": 0}),
    (COLUMNS.iloc[[1, 0, 2]], {"key": Key.ORDER}),
    (
        COLUMNS.assign(mean=[1.0, 3.0, 7.0]),
        {
            "key": Key.CELL,
            "where": "[1][1]",
            "column": "'mean'",
            "row": 1,
            "expected": "2.5",
            "got": "3.0",
            "count": 2,
            "total": 6,
            "greatest": "0.5",
        },
    ),
    (COLUMNS["city"], {"key": Key.TYPE, "expected": "dict", "got": "list"}),
]


def travelled(value: Any) -> Answer:
    """An answer as it comes out of the jail."""
    return Answer(value=codec.decode(codec.encode(value)))


@pytest.mark.parametrize("got", SAME.values(), ids=SAME.keys())
def test_the_right_frame_in_another_dress_passes(got: pd.DataFrame) -> None:
    assert difference(case(expect=EXPECTED), travelled(got)) is None


@pytest.mark.parametrize(("got", "diff"), DIFFERENT)
def test_a_wrong_frame_is_told_what_differs(got: pd.DataFrame, diff: dict[str, Any]) -> None:
    assert difference(case(expect=EXPECTED), travelled(got.set_axis(range(len(got))))) == diff


def test_where_order_is_free_rows_may_come_in_any() -> None:
    free = case(expect=EXPECTED, compare="unordered")

    assert difference(free, travelled(COLUMNS.iloc[[2, 1, 0]])) is None
    assert difference(free, travelled(COLUMNS.assign(mean=[2.5, 1.0, np.nan]))) == {
        "key": Key.ITEMS,
        "missing": "[['Seoul', 1], ['Busan', 2.5]]",
        "extra": "[['Seoul', 2.5], ['Busan', 1.0]]",
    }


def test_closeness_holds_for_cells_too() -> None:
    close = case(expect={"a": [1.0, 2.0]}, compare="allclose", rtol=0.1)

    assert difference(close, travelled(pd.DataFrame({"a": [1.05, 2.0]}))) is None
    assert difference(close, travelled(pd.DataFrame({"a": [1.2, 2.0]}))) is not None


def test_a_frame_is_named_where_none_was_asked_for() -> None:
    diff = difference(case(expect=[1]), travelled(pd.DataFrame({"a": [1]})))

    assert diff == {"key": Key.TYPE, "expected": "list", "got": "DataFrame"}


def test_a_series_stands_for_a_dict_only_where_its_labels_are_unique() -> None:
    twice = pd.Series([1, 2], index=["a", "a"])

    diff = difference(case(expect={"a": 2}), travelled(twice))

    assert diff == {"key": Key.TYPE, "expected": "dict", "got": "list"}
