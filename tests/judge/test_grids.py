"""Windows on the first difference of two tables."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview.judge.compare import alike, sides
from interview.judge.grids import LONG, WIDE, Grid, side_by_side
from tests.judge.tasks import case


def grids(expected: Any, got: Any) -> tuple[Grid, Grid] | None:
    return side_by_side(*sides(expected, got), alike(case(expect=expected)))


def drawn(grid: Grid) -> list[str]:
    """A grid as lines of text; what is wrong stands in brackets."""
    head = " ".join(["", *grid.columns])
    lines = [
        " ".join([row.label, *(f"[{cell.text}]" if cell.is_wrong else cell.text for cell in row.cells)])
        for row in grid.rows
    ]
    return [grid.size, head, *lines]


def both(expected: Any, got: Any) -> list[list[str]]:
    found = grids(expected, got)
    assert found
    return [drawn(grid) for grid in found]


def test_an_array_is_a_row_and_a_matrix_is_a_matrix() -> None:
    assert both([[1], [2]], np.array([1, 2])) == [["(2, 1)", " 0", "0 1", "1 2"], ["(2,)", " 0 1", " 1 2"]]


def test_what_differs_is_marked_in_both() -> None:
    assert both([[1, 2], [3, 4]], [[1, 2.5], [3, np.nan]]) == [
        ["(2, 2)", " 0 1", "0 1 [2]", "1 3 [4]"],
        ["(2, 2)", " 0 1", "0 1 [2.5]", "1 3 [nan]"],
    ]


def test_what_has_no_partner_is_marked() -> None:
    assert both([1, 2], [1, 2, 3]) == [["(2,)", " 0 1", " 1 2"], ["(3,)", " 0 1 2", " 1 2 [3]"]]


def test_columns_of_a_frame_stand_under_their_names_in_the_expected_order() -> None:
    got = pd.DataFrame({"extra": ["x"], "b": [2], "a": [1]})

    assert both({"a": [1], "b": [3], "c": [None]}, got) == [
        ["1 × 3", " a b c", "0 1 [3] [nan]"],
        ["1 × 3", " a b extra", "0 1 [2] ['x']"],
    ]


def test_a_long_array_is_shown_around_its_first_difference() -> None:
    found = grids(list(range(100)), [*range(40), -1, *range(41, 100)])

    assert found
    assert found[1].columns == tuple(str(number) for number in range(38, 38 + WIDE))
    assert [cell.text for cell in found[1].rows[0].cells if cell.is_wrong] == ["-1"]
    assert found[1].is_part


def test_a_tall_matrix_is_shown_around_its_first_difference() -> None:
    matrix = np.zeros((50, 3))
    changed = matrix.copy()
    changed[20, 1] = 1

    found = grids(matrix.tolist(), changed)

    assert found
    assert [row.label for row in found[0].rows] == [str(number) for number in range(18, 18 + LONG)]
    assert (found[0].size, found[0].is_part) == ("(50, 3)", True)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (1, 2),
        ([1], None),
        ([], []),
        ([[1], [2, 3]], [[1], [2]]),
        ([[[1]]], [[[2]]]),
        (["a sentence that is too long for a cell"], ["x"]),
        ([1], [10**50]),
        ([1], [0] * 10_001),
        ({"a": 1}, {"a": 2}),
        ({}, {}),
    ],
)
def test_what_is_no_small_table_is_not_drawn(expected: Any, got: Any) -> None:
    assert grids(expected, got) is None
