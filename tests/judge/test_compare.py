"""What counts as the same answer, and what is said where it isn't."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from interview.judge.compare import difference
from interview.judge.keys import Key
from interview.sandbox.codec import Opaque
from interview.sandbox.jobs import Answer, Ending, Error
from tests.judge.tasks import case

NAN = float("nan")

SAME = [
    (3, 3.0),
    (3, np.int64(3)),
    (0.3, 0.1 + 0.2),
    (1.0, np.float32(1)),
    (True, np.bool_(True)),
    ([1, 2], (1, 2)),
    ([1, 2], np.array([1, 2])),
    ([1.0, 2.0], np.array([1, 2], dtype="i1")),
    ([1, 2], pd.Series([1, 2], index=["a", "b"])),
    ({"a": 1, "b": 2}, pd.Series([2.0, 1.0], index=["b", "a"])),
    ([[1, 2], [3, 4]], np.array([[1, 2], [3, 4]])),
    ([[1, 2], [3, 4]], [(1, 2), (3, 4)]),
    ({"a": [1, 2], "b": ["x", "y"]}, pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})),
    ({1: "a"}, {np.int64(1): "a"}),
    ([NAN, 1.0], np.array([NAN, 1.0])),
    (float("inf"), np.inf),
    (10**400, 10**400),
    ("text", np.str_("text")),
    (None, None),
    ([], np.array([])),
]
DIFFERENT = [
    (True, 1, {"key": Key.TYPE, "expected": "bool", "got": "number"}),
    (1, True, {"key": Key.TYPE, "expected": "number", "got": "bool"}),
    (
        [0, 1],
        [False, True],
        {"key": Key.VALUE, "where": "[0]", "expected": "0", "got": "False", "count": 2, "total": 2},
    ),
    (3, None, {"key": Key.NOTHING, "expected": "number"}),
    ([1], Opaque("generator", "<…>"), {"key": Key.GENERATOR, "got": "generator"}),
    ([1], Opaque("list_iterator", "<…>"), {"key": Key.GENERATOR, "got": "list_iterator"}),
    (
        [[1.0, 2.0], [3.0, 4.0]],
        np.array([[1.0, 2.5], [3.0, 3.0]]),
        {
            "key": Key.VALUE,
            "where": "[0][1]",
            "expected": "2.0",
            "got": "2.5",
            "count": 2,
            "total": 4,
            "greatest": "1",
        },
    ),
    (
        {"a": 1, "b": [2, 3]},
        {"a": 1, "b": [2, 10**400]},
        {
            "key": Key.VALUE,
            "where": "['b'][1]",
            "expected": "3",
            "got": str(10**400)[:400] + "… (+1)",
            "count": 1,
            "total": 3,
        },
    ),
    (
        [1.0, 2.0, 3.0],
        [NAN, float("inf"), 3.0],
        {"key": Key.VALUE, "where": "[0]", "expected": "1.0", "got": "nan", "count": 2, "total": 3},
    ),
    ([1], Opaque("Row", "<…>"), {"key": Key.NOT_DATA, "got": "Row"}),
    ([1, 2], "12", {"key": Key.TYPE, "expected": "list", "got": "str"}),
    ([[1], [2]], [1, 2], {"key": Key.SHAPE, "expected": "(2, 1)", "got": "(2,)"}),
    ([[1], [2]], np.zeros((3, 1)), {"key": Key.SHAPE, "expected": "(2, 1)", "got": "(3, 1)"}),
    ([1, 2], [1], {"key": Key.LENGTH, "where": "", "expected": 2, "got": 1}),
    ({"a": [1]}, {"a": []}, {"key": Key.LENGTH, "where": "['a']", "expected": 1, "got": 0}),
    ([1, 2], [2, 1], {"key": Key.ORDER}),
    ({"a": 1}, {}, {"key": Key.MISSING_KEY, "where": "", "name": "'a'"}),
    ({}, {"a": 1}, {"key": Key.EXTRA_KEY, "where": "", "name": "'a'"}),
    ([{"a": 1.0}], [{"a": 1.1}], {"key": Key.VALUE, "where": "[0]['a']", "expected": "1.0", "got": "1.1"}),
    (1.0, NAN, {"key": Key.VALUE, "where": "", "expected": "1.0", "got": "nan"}),
    (float("inf"), 1.0, {"key": Key.VALUE, "where": "", "expected": "inf", "got": "1.0"}),
    (10**9, 10**9 + 1, {"key": Key.VALUE, "where": "", "expected": "1000000000", "got": "1000000001"}),
    (1.0, 1.0000001, {"key": Key.VALUE, "where": "", "expected": "1.0", "got": "1.0000001"}),
    ("a", "A", {"key": Key.VALUE, "where": "", "expected": "'a'", "got": "'A'"}),
]
UNORDERED = [
    ([1, 2, 2], [2, 1, 2], None),
    ([1, 2], {1, 2}, None),
    ([1, 2], {np.int64(1), np.int64(2)}, None),
    ([[1, "a"], [None, "b"]], [(None, "b"), (1, "a")], None),
    ([0.3, 1], [1, 0.1 + 0.2], None),
    ([1, 2, 2], [1, 1, 2], {"key": Key.ITEMS, "missing": "[2]", "extra": "[1]"}),
    ([1, 2], [1], {"key": Key.LENGTH, "where": "", "expected": 2, "got": 1}),
    ([[1, 2]], [[2, 1]], {"key": Key.ITEMS, "missing": "[[1, 2]]", "extra": "[[2, 1]]"}),
]
PRINTED = [
    ("a\nb", "a  \nb\n\n", None),
    ("a\nb", "a\nc\n", {"key": Key.PRINTED, "line": 2, "expected": "b", "got": "c"}),
    ("a", "a\nb\n", {"key": Key.PRINTED, "line": 2, "expected": "", "got": "b"}),
    ("a\nb", "a\n", {"key": Key.PRINTED, "line": 2, "expected": "b", "got": ""}),
    ("  a", "a", {"key": Key.PRINTED, "line": 1, "expected": "  a", "got": "a"}),
]


@pytest.mark.parametrize(("expected", "got"), SAME)
def test_right_answers_in_another_dress_pass(expected: Any, got: Any) -> None:
    assert difference(case(expect=expected), Answer(value=got)) is None


@pytest.mark.parametrize(("expected", "got", "diff"), DIFFERENT)
def test_a_wrong_answer_is_told_what_differs(expected: Any, got: Any, diff: dict[str, Any]) -> None:
    assert difference(case(expect=expected), Answer(value=got)) == diff


@pytest.mark.parametrize(("expected", "got", "diff"), UNORDERED)
def test_where_order_is_free_items_are_counted(expected: Any, got: Any, diff: object) -> None:
    assert difference(case(expect=expected, compare="unordered"), Answer(value=got)) == diff


@pytest.mark.parametrize(
    ("got", "passes"), [(1.05, True), (1.2, False), (np.float32(0.95), True), (True, False), (NAN, False)]
)
def test_closeness_is_what_the_case_says(got: Any, passes: bool) -> None:
    close = case(expect=1.0, compare="allclose", rtol=0.1, atol=0.0)

    assert (difference(close, Answer(value=got)) is None) is passes


@pytest.mark.parametrize(("expected", "got", "diff"), PRINTED)
def test_printed_text_is_compared_line_by_line(expected: str, got: str, diff: object) -> None:
    answer = Answer(value=None, prints=got, warnings="Warning: not compared")

    assert difference(case(expect=expected, compare="printed"), answer) == diff


@pytest.mark.parametrize(
    ("expected", "bases", "key"),
    [
        ("ValueError", ("ValueError", "Exception"), None),
        ("ValueError", ("BadRow", "ValueError", "Exception"), None),
        ("ValueError: row 3", ("ValueError",), None),
        ("ValueError: row 4", ("ValueError",), Key.OTHER_EXCEPTION),
        ("KeyError", ("ValueError",), Key.OTHER_EXCEPTION),
    ],
)
def test_an_exception_may_be_what_is_asked_for(expected: str, bases: tuple[str, ...], key: object) -> None:
    answer = Answer(error=Error(type=bases[0], message="in row 3", bases=bases))

    diff = difference(case(expect=expected, compare="raises"), answer)

    assert (diff and diff["key"]) == key


def test_an_exception_that_did_not_come_is_missed() -> None:
    diff = difference(case(expect="ValueError", compare="raises"), Answer(value=1))

    assert diff == {"key": Key.NOT_RAISED, "expected": "ValueError"}


@pytest.mark.parametrize("compare", ["exact", "unordered", "allclose", "printed", "raises"])
def test_a_limit_that_was_met_is_no_answer_to_anything(compare: str) -> None:
    answer = Answer(error=Error(type="", message="wall clock", ending=Ending.TIME))

    assert difference(case(expect="MemoryError", compare=compare), answer) == {"key": Key.TIME}
