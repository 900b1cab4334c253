"""Answers made to hurt whoever reads them: the judge takes each for a wrong one, soon and in little room."""

import time
import tracemalloc
from base64 import b64encode
from contextlib import suppress
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.bank.schema import Compare
from interview.judge.compare import difference
from interview.judge.judge import judge
from interview.judge.text import shown
from interview.sandbox import codec
from interview.sandbox.jobs import Answer
from tests.judge.tasks import case, task
from tests.sandbox.conftest import sandbox

__all__ = ["sandbox"]

_MEGABYTE = 1024 * 1024
VALUES = {
    "a long row of nothing": "import numpy as np\ndef total(numbers): return np.empty((10 ** 7, 0))",
    "a long row of no objects": "import numpy as np\ndef total(numbers): return np.empty((10 ** 7, 0), dtype=object)",
    "text that is none": "import numpy as np\ndef total(numbers): return np.frombuffer(b'\\xff' * 8, '<U2')",
    "a moment of no calendar": "import numpy as np\ndef total(numbers): return np.array([2 ** 62 + 1]).view('M8[25s]')",
    "numbers that are too long": "import numpy as np\ndef total(numbers): return [np.longdouble(1), 2 ** 9999]",
    "a number without end": "def total(numbers): return 1 << (8 << 20)",
    "a nest": "def total(numbers):\n  for _ in range(10 ** 5): numbers = [numbers]\n  return numbers",
    "itself": "def total(numbers):\n  numbers.append(numbers)\n  return numbers",
    "an endless mapping": """
        from collections.abc import Mapping
        class Endless(Mapping):
            def __getitem__(self, key): return key
            def __len__(self): return 1
            def __iter__(self):
                while True: yield 1
        def total(numbers): return Endless()
    """,
    "a long looks": "class Long:\n  def __repr__(self): return 'x' * (64 << 20)\ndef total(numbers): return Long()",
}
# What no encoder sends, or not in time, but a program can.
FORGED = {
    "a set of colliding numbers": '{"set": [(2 ** 61 - 1) * n for n in range(60_000)]}',
    "a frozen set of colliding numbers": '{"frozenset": [(2 ** 61 - 1) * n for n in range(60_000)]}',
    "a dict of colliding numbers": '{"dict": [[(2 ** 61 - 1) * n, 1] for n in range(60_000)]}',
    "a dict of colliding pairs": '{"dict": [[{"tuple": [(2 ** 61 - 1) * n]}, 1] for n in range(40_000)]}',
    "a series with a colliding index": """
        {"series": ["a", [(2 ** 61 - 1) * 8 * n for n in range(9000)], [0] * 9000]}
    """,
    "a table with a colliding index": """
        {"frame": [["a"], [{"tuple": [(2 ** 61 - 1) * n]} for n in range(9000)], [[0] * 9000]]}
    """,
    "a table that unfolds": '{"frame": [[*range(8000)], [*range(8000)], [0] * 8000]}',
    "a column that unfolds": '{"series": ["a", [*range(100_000)], "x" * 1_000_000]}',
    "a wide table": '{"frame": [[*range(60_000)], [0], [[0]] * 60_000]}',
    "a table with names that are none": '{"frame": [[[1], [2]], [0], [[0], [0]]]}',
    "a table with a name that is a table": '{"frame": [[{"frame": [[], [0], []]}], [0], [[0]]]}',
    "a row in an impossible shape": '{"array": ["<f8", [2 ** 62, 0], ""]}',
    "a row of shapes": '{"array": ["<f8", [1] * 5000, "AAAAAAAAAAA="]}',
    "an array of arrays": '{"array": ["(10000,)f8", [1], ""]}',
    "an array of a type of its own": '{"array": ["V1000000000", [0], ""]}',
    "an integer that is none": '{"int": "forty-two"}',
    "a value of two kinds": '{"int": "0x1", "tuple": []}',
    "an unknown kind": '{"pickle": "gASVEAAAAAAAAACMAm9zlIwGc3lzdGVtlJOULg=="}',
    "a message of text": '"x" * 3_000_000',
}
_SEND = """
import interview.sandbox.codec
interview.sandbox.codec.encode = lambda value: {}
def total(numbers): return 3
"""
_DTYPES = [
    "<f8",
    "<f2",
    "<f16",
    "<c32",
    "|b1",
    "<i8",
    "<U1",
    ">U2",
    "|S2",
    "<M8[Y]",
    "<M8[25s]",
    "<m8[ns]",
    "<m8",
]


def _tagged(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    few = st.lists(inner, max_size=3)
    return st.one_of(
        few,
        st.fixed_dictionaries({"tuple": few}),
        st.fixed_dictionaries({"set": few}),
        st.fixed_dictionaries({"dict": st.lists(st.lists(inner, min_size=2, max_size=2), max_size=2)}),
        st.fixed_dictionaries({"series": st.tuples(inner, inner, inner)}),
        st.fixed_dictionaries({"frame": st.tuples(few, inner, few)}),
        st.fixed_dictionaries({"objects": st.tuples(st.lists(st.integers(0, 2), max_size=2), few)}),
    )


_numbers = st.sampled_from([0, 1, 3, -1, 2**63, 2**2000, 1e308, float("nan"), float("inf"), True, None])
_arrays = st.builds(
    lambda tag, dtype, shape, data: {tag: [dtype, shape, b64encode(data).decode()]},
    st.sampled_from(["array", "scalar"]),
    st.sampled_from(_DTYPES),
    st.sampled_from([[], [0], [1], [2], [1, 1], [0, 3]]),
    st.binary(max_size=32) | st.sampled_from([b"\xff" * 4, b"\xff" * 8, b"\xff" * 16, b"\0" * 16]),
)
_data = st.recursive(_numbers | st.text(max_size=3) | _arrays, _tagged, max_leaves=8)


@pytest.mark.parametrize("source", VALUES.values(), ids=VALUES.keys())
@pytest.mark.usefixtures("sandbox")
def test_a_value_made_to_hurt_is_a_wrong_answer(source: str) -> None:
    _demand_a_wrong_answer(dedent(source))


@pytest.mark.parametrize("data", FORGED.values(), ids=FORGED.keys())
@pytest.mark.usefixtures("sandbox")
def test_data_made_to_hurt_is_a_wrong_answer(data: str) -> None:
    _demand_a_wrong_answer(_SEND.format(data.strip()))


@given(
    data=_data, expect=st.sampled_from([3, 1.5, "a", [1, 2.5], [[1, 2], [3, 4]], {"a": 1}, True, None, []])
)
def test_whatever_can_be_read_can_be_compared_and_shown(data: Any, expect: Any) -> None:
    with suppress(codec.Unreadable):
        value = codec.decode(data)
        shown(value)
        for compare in (Compare.EXACT, Compare.UNORDERED, Compare.ALLCLOSE):
            difference(case(expect=expect, compare=compare), Answer(value=value))


def _demand_a_wrong_answer(source: str) -> None:
    limits = {"wall_seconds": 3, "cpu_seconds": 2}
    # What the first run imports out here isn't the value's doing.
    judge("import pandas\ndef total(numbers): return pandas.Series(numbers)", task(), submit=False, seed=1)
    tracemalloc.start()
    started = time.monotonic()

    record = judge(source, task(limits=limits), submit=True, seed=1).as_json()

    seconds, (_, most) = time.monotonic() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert record["verdict"] not in ("passed", "not_graded")
    assert record["hidden_passed"] == 0
    assert seconds < 30
    assert most < 100 * _MEGABYTE
