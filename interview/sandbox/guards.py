"""What is demanded of data from the jail before it becomes values: each of these was an attack on whoever reads it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

# Kinds of NumPy data that are nothing but bytes: booleans, numbers, text, moments. Objects travel one by one.
PLAIN_KINDS = "biufcUSmM"
# What only some machines have travels as what all have.
WIDE = {"f": "float64", "c": "complex128"}
_MOST_ROWS, _MOST_COLUMNS = 10_000, 2000
_MOST_ALIKE = 100


class Unreadable(ValueError):
    """A value that can't be sent or can't be believed: too deep, too long, or not in the agreed form."""


def checked_dtype(np: Any, name: str) -> Any:
    dtype = np.dtype(name)
    is_wide = dtype.kind in WIDE and dtype.itemsize > np.dtype(WIDE[dtype.kind]).itemsize
    is_odd = dtype.kind in "mM" and np.datetime_data(dtype)[1] != 1
    if dtype.kind not in PLAIN_KINDS or dtype.fields or dtype.subdtype or is_wide or is_odd:
        raise Unreadable(f"arrays of {name} don't travel")
    return dtype


def demand_distinct(keys: Sequence[Any]) -> None:
    """Keys made up to have one hash would keep whoever builds a set or a dict of them busy for minutes."""
    first: dict[int, Any] = {}
    alike: Counter[int] = Counter()
    for key in keys:
        number = hash(key)
        alike[number] += bool(first.setdefault(number, key) != key)
        if alike[number] > _MOST_ALIKE:
            raise Unreadable("too many keys with the same hash")


def demand_table(index: Any, columns: list[Any]) -> None:
    """Columns of one length each, for pandas would stretch a single value to the length of the index."""
    if len(columns) > _MOST_COLUMNS or len(index) > _MOST_ROWS:
        raise Unreadable(f"a table of more than {_MOST_ROWS} rows or {_MOST_COLUMNS} columns")
    if any(len(column) != len(index) or getattr(column, "ndim", 1) != 1 for column in columns):
        raise Unreadable("columns of different lengths")
    demand_distinct(list(index))
