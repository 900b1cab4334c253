"""Compares tables: columns by name, rows by position, whatever the index or the dtype."""

from typing import Any

from interview.judge.elements import Diff, Same, first_difference, items
from interview.judge.keys import Key
from interview.judge.text import VALUE, cut, shown

Columns = dict[Any, list[Any]]
_NAN = float("nan")


def is_frame(value: Any) -> bool:
    """Whether it is a DataFrame, asked so that pandas need not be loaded to say no."""
    return hasattr(value, "columns")


def is_series(value: Any) -> bool:
    """Whether it is a Series, asked likewise."""
    return hasattr(value, "to_dict") and not is_frame(value)


def is_table(value: Any) -> bool:
    """Whether it could be the columns of a frame: lists of one length by their names."""
    if not isinstance(value, dict) or not all(isinstance(column, list) for column in value.values()):
        return False
    return len({len(column) for column in value.values()}) <= 1


def filled(columns: Columns) -> Columns:
    """The same columns with NaN for all that is missing, as pandas has it in most columns anyway."""
    return {
        name: [_NAN if cell is None or cell != cell else cell for cell in column]
        for name, column in columns.items()
    }


def frame_difference(
    expected: Any, names: list[Any], got: Columns, same: Same, *, is_order_free: bool
) -> Diff | None:
    """What is wrong with a frame; its names come beside it, for one may be there twice."""
    if not is_table(expected):
        return {"key": Key.TYPE, "expected": type(expected).__name__, "got": "DataFrame"}
    if (diff := _columns(list(expected), names)) is not None:
        return diff
    wanted, given = _rows(expected, expected), _rows(got, expected)
    if len(wanted) != len(given):
        return {"key": Key.ROWS, "expected": len(wanted), "got": len(given)}
    if is_order_free:
        return items(wanted, given, same)
    if (found := first_difference(wanted, given, same)) is None:
        return None
    if items(wanted, given, same) is None:
        return {"key": Key.ORDER}
    (row, column, *_), diff = found
    return diff | {"key": Key.CELL, "row": row, "column": shown(list(expected)[column])}


def _rows(columns: Columns, names: Any) -> list[list[Any]]:
    return [list(row) for row in zip(*(columns[name] for name in names), strict=True)]


def _columns(expected: list[Any], got: list[Any]) -> Diff | None:
    missing = [name for name in expected if name not in got]
    extra = [name for at, name in enumerate(got) if name not in expected or name in got[:at]]
    if not missing and not extra:
        return None
    parts = {"missing": missing, "extra": extra}
    return {"key": Key.COLUMNS} | {part: _list(names) for part, names in parts.items() if names}


def _list(names: list[Any]) -> str:
    return cut(", ".join(shown(name) for name in names), VALUE)
