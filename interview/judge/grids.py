"""Small pictures of what was expected and what was given: two windows on the place where they first differ."""

from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

from interview.judge.elements import Same
from interview.judge.frames import Columns, is_table
from interview.judge.text import cut, shown

WIDE, LONG = 5, 6
_CELL, _NAME = 14, 40
# What is longer than this is told in words alone.
_LONGEST = 10_000
# How many cells before the first difference can be seen.
_BEFORE = 2


@dataclass(frozen=True)
class Cell:
    text: str
    is_wrong: bool


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """A window on a table; its size is that of the whole."""

    size: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_part: bool


@dataclass(frozen=True)
class _Table:
    columns: Columns
    dimensions: int  # 0: a frame

    @property
    def length(self) -> int:
        return max(map(len, self.columns.values()), default=0)

    @property
    def size(self) -> str:
        width = len(self.columns)
        return (f"{self.length} × {width}", f"({width},)", f"({self.length}, {width})")[self.dimensions]


def side_by_side(expected: Any, got: Any, same: Same) -> tuple[Grid, Grid] | None:
    """The expected and the given table; None where one is none, or doesn't fit into small cells."""
    wanted, given = _table(expected), _table(got)
    if wanted is None or given is None:
        return None
    order = [*wanted.columns, *(name for name in given.columns if name not in wanted.columns)]
    top, left = _first_wrong(wanted, given, order, same)
    names = order[left : left + WIDE]
    grids = (
        _window(wanted, given, names, top, same),
        _window(given, wanted, names, top, lambda one, other: same(other, one)),
    )
    fits = all(len(cell.text) <= _CELL for grid in grids for row in grid.rows for cell in row.cells)
    return grids if fits else None


def _table(value: Any) -> _Table | None:
    if is_table(value) and value:
        return _Table(value, 0)
    if not isinstance(value, list) or not 0 < len(value) <= _LONGEST:
        return None
    if not any(isinstance(item, list | dict) for item in value):
        return _Table({at: [item] for at, item in enumerate(value)}, 1)
    widths = {len(row) if isinstance(row, list) else 0 for row in value}
    if (
        len(widths) > 1
        or widths == {0}
        or any(isinstance(cell, list | dict) for row in value for cell in row)
    ):
        return None
    return _Table(dict(enumerate(map(list, zip(*value, strict=True)))), 2)


def _first_wrong(wanted: _Table, given: _Table, order: list[Any], same: Same) -> tuple[int, int]:
    """The row and the column to begin with, so that the first difference is in sight."""
    is_wrong = partial(_is_wrong, wanted, given, same)
    length = max(wanted.length, given.length)
    places = product(range(length), range(len(order)))
    row, column = next((place for place in places if is_wrong(place[0], order[place[1]])), (0, 0))
    return (0 if row < LONG else row - _BEFORE), (0 if column < WIDE else column - _BEFORE)


def _window(table: _Table, other: _Table, names: list[Any], top: int, same: Same) -> Grid:
    here = [name for name in names if name in table.columns]
    rows = range(top, min(top + LONG, table.length))

    def cell(row: int, name: Any) -> Cell:
        return Cell(_text(table.columns[name][row]), _is_wrong(table, other, same, row, name))

    return Grid(
        size=table.size,
        columns=tuple(cut(name if isinstance(name, str) else _text(name), _NAME) for name in here),
        rows=tuple(
            Row("" if table.dimensions == 1 else str(row), tuple(cell(row, name) for name in here))
            for row in rows
        ),
        is_part=len(here) < len(table.columns) or len(rows) < table.length,
    )


def _is_wrong(table: _Table, other: _Table, same: Same, row: int, name: Any) -> bool:
    """Whether the other table has something else at this place; where the shapes are of two kinds, that says all."""
    if table.dimensions != other.dimensions:
        return False
    here, there = (each.columns.get(name, [])[row : row + 1] for each in (table, other))
    return not (here and there and same(here[0], there[0]))


def _text(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else shown(value)
