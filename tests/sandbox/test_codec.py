"""Values keep what they are on their way out of the jail, and nothing false is believed on arrival."""

import base64
import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.sandbox.codec import MAX_DEPTH, Opaque, Unreadable, decode, encode

numbers = st.integers() | st.floats(allow_nan=False) | st.complex_numbers(allow_nan=False)
scalars = st.none() | st.booleans() | numbers | st.text() | st.binary()
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(scalars, inner)
        | st.sets(scalars)
        | st.frozensets(scalars)
    ),
    max_leaves=20,
)


def _travel(value: Any) -> Any:
    return decode(json.loads(json.dumps(encode(value))))


@given(values)
def test_plain_values_arrive_as_they_were(value: Any) -> None:
    arrived = _travel(value)

    assert arrived == value
    assert repr(arrived) == repr(value) or isinstance(value, (dict, set, frozenset, list, tuple))
    assert type(arrived) is type(value)


@given(st.integers() | st.booleans() | st.floats(allow_nan=False))
def test_true_one_and_one_point_nought_stay_apart(value: float) -> None:
    assert type(_travel([value])[0]) is type(value)


def test_numbers_that_are_none_and_infinity_arrive() -> None:
    arrived = _travel([math.nan, math.inf, -math.inf, -0.0])

    assert str(arrived) == "[nan, inf, -inf, -0.0]"


@pytest.mark.parametrize(
    "dtype", ["?", "i1", "u8", "f2", "f4", "f8", "c16", "U3", "S2", "M8[D]", "m8[s]", ">i4"]
)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (1, 0, 2)])
def test_arrays_keep_kind_shape_and_values(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape)).reshape(shape).astype("i8").astype(dtype)

    arrived = _travel(array)

    assert (arrived.dtype, arrived.shape) == (array.dtype, shape)
    assert np.array_equal(arrived, array)


@pytest.mark.parametrize(
    "value", [np.float32(0.1), np.int64(-3), np.bool_(True), np.str_("a"), np.float64(2)]
)
def test_numpy_scalars_keep_their_kind(value: np.generic) -> None:
    arrived = _travel(value)

    assert (type(arrived), arrived) == (type(value), value)


def test_arrays_of_objects_and_turned_arrays_arrive() -> None:
    objects = np.array([None, "a", (1, 2)], dtype=object)
    turned = np.arange(6).reshape(2, 3).T

    assert _travel(objects).tolist() == [None, "a", (1, 2)]
    assert np.array_equal(_travel(turned), turned)


def test_series_and_frames_arrive_with_index_names_and_kinds() -> None:
    frame = pd.DataFrame({"n": [1, 2], "x": [0.5, None], "t": ["a", "b"]}, index=["r", "s"])

    pd.testing.assert_frame_equal(_travel(frame), frame)
    pd.testing.assert_series_equal(_travel(frame["x"]), frame["x"])


def test_iterators_and_objects_are_told_of_and_not_used_up() -> None:
    letters = iter("abc")
    counting = (n for n in range(3))

    arrived = _travel([letters, counting, object()])

    assert [type(item) for item in arrived] == [Opaque] * 3
    assert arrived[1].type == "generator"
    assert (list(letters), list(counting)) == (["a", "b", "c"], [0, 1, 2])


def test_ranges_views_and_named_subclasses_arrive_as_what_they_hold() -> None:
    class Row(dict[str, int]):
        pass

    assert _travel([range(3), {"a": 1}.keys(), Row(b=2)]) == [[0, 1, 2], ["a"], {"b": 2}]


def test_an_object_whose_looks_fail_is_still_told_of() -> None:
    class Sulking:
        def __repr__(self) -> str:
            raise RuntimeError

    assert _travel(Sulking()) == Opaque("Sulking", "<Sulking>")


def test_what_is_too_deep_or_too_long_does_not_travel() -> None:
    endless: list[Any] = []
    endless.append(endless)

    for value in (endless, [0] * 1_000_000, np.zeros(1_000_000)):
        with pytest.raises(Unreadable):
            encode(value)


_NUMBER = base64.b64encode(bytes(8)).decode()
FALSE = {
    "an unknown tag": {"pickle": "gASVAAAAAAAAAA=="},
    "two tags": {"tuple": [], "set": []},
    "no tag": {},
    "objects as bytes": {"array": ["O", [1], _NUMBER]},
    "a structure": {"array": ["i4,O", [1], _NUMBER]},
    "fields by name": {"array": ["V8", [1], _NUMBER]},
    "too few bytes": {"array": ["f8", [9], _NUMBER]},
    "a negative shape": {"array": ["f8", [-1], _NUMBER]},
    "a huge shape of nothing": {"array": ["U0", [10**9, 10**9], ""]},
    "no base64": {"bytes": "€"},
    "a number that is none": {"int": "0x"},
    "keys that can't be keys": {"dict": [[[1], 2]]},
    "a pair of three": {"dict": [[1, 2, 3]]},
    "a set of lists": {"set": [[1]]},
    "items that are no list": {"tuple": {"bytes": ""}},
    "columns of different length": {"frame": [["a", "b"], [0, 1], [[1, 2], [1, 2, 3]]]},
    "no content": {"opaque": None},
}


@pytest.mark.parametrize("data", FALSE.values(), ids=FALSE.keys())
def test_nothing_false_is_believed(data: Any) -> None:
    with pytest.raises(Unreadable):
        decode(data)


def test_depth_is_counted_on_arrival_too() -> None:
    data: Any = 0
    for _ in range(MAX_DEPTH + 1):
        data = {"tuple": [data]}

    with pytest.raises(Unreadable, match="deep"):
        decode(data)
