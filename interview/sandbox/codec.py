"""Values as data: how they leave the jail and how they are read outside. Never pickle, which would run code.

JSON says None, booleans, text, floats, small integers and lists by itself. Every other value is an object
with one entry, its tag: {"tuple": […]}, {"array": [dtype, shape, base64]}. Reading believes nothing.
"""

import base64
import math
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interview.sandbox.guards import (
    PLAIN_KINDS,
    WIDE,
    Unreadable,
    checked_dtype,
    demand_distinct,
    demand_table,
)

__all__ = ["Opaque", "Unreadable", "decode", "encode"]

MAX_DEPTH = 40
MAX_ITEMS = 500_000
# Even empty ones take their time and room to build: counted as so many values.
_COST_OF_HASHED, _COST_OF_TABLE = 5, 1000
_SAFE_INTEGER = 2**53
_SHOWN = 400
_LISTED: tuple[type, ...] = (list, range, deque, type({}.keys()), type({}.values()), type({}.items()))


@dataclass(frozen=True)
class Opaque:
    """A value that isn't data, such as a generator or an object of one's own class: only its looks travel."""

    type: str
    shown: str

    def __repr__(self) -> str:
        return self.shown


def encode(value: Any) -> Any:
    """The value as JSON data with tags."""
    return _Encoder().encode(value, MAX_DEPTH)


def decode(data: Any) -> Any:
    """The value that was meant, made of plain Python, NumPy and pandas objects only."""
    try:
        return _Decoder().decode(data, MAX_DEPTH)
    except Unreadable:
        raise
    except Exception as problem:
        raise Unreadable(f"not in the agreed form: {type(problem).__name__}") from problem


class _Budget:
    """Counts values and depth, so that a small message can't unfold into a large one."""

    def __init__(self) -> None:
        self._left = MAX_ITEMS

    def spend(self, depth: int, *, values: int = 1) -> None:
        self._left -= values
        if depth < 0:
            raise Unreadable("nested too deeply")
        if self._left < 0:
            raise Unreadable(f"more than {MAX_ITEMS} values")


class _Encoder(_Budget):
    def encode(self, value: Any, depth: int) -> Any:
        self.spend(depth)
        if (tagged := self._of_libraries(value, depth)) is not None:
            return tagged
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            return int(value) if abs(value) < _SAFE_INTEGER else {"int": hex(value)}
        if isinstance(value, float):
            return float(value)
        if isinstance(value, str):
            return str.__str__(value)
        return self._container(value, depth)

    def _container(self, value: Any, depth: int) -> Any:
        if isinstance(value, _LISTED):
            return self._all(value, depth)
        for kind in (tuple, set, frozenset):
            if isinstance(value, kind):
                return {kind.__name__: self._all(value, depth)}
        if isinstance(value, Mapping):
            return {"dict": [self._all(pair, depth) for pair in value.items()]}
        if isinstance(value, bytes | bytearray):
            return {"bytes": _text_of(bytes(value))}
        if isinstance(value, complex):
            return {"complex": [value.real, value.imag]}
        return {"opaque": [type(value).__name__, _looks(value)]}

    def _all(self, values: Any, depth: int) -> list[Any]:
        return [self.encode(value, depth - 1) for value in values]

    def _of_libraries(self, value: Any, depth: int) -> Any:
        # Only a package that is loaded can have made a value.
        if (np := sys.modules.get("numpy")) and isinstance(value, np.ndarray | np.generic):
            return self._array(np, value, depth)
        if (pd := sys.modules.get("pandas")) is None:
            return None
        if isinstance(value, pd.Series):
            return {"series": self._all((value.name, value.index.to_numpy(), value.to_numpy()), depth)}
        if isinstance(value, pd.DataFrame):
            columns = [value.iloc[:, position].to_numpy() for position in range(value.shape[1])]
            return {"frame": self._all((list(value.columns), value.index.to_numpy(), columns), depth)}
        if isinstance(value, pd.Index | pd.api.extensions.ExtensionArray):
            return self.encode(value.to_numpy(), depth)
        return {"missing": None} if value is pd.NA or value is pd.NaT else None

    def _array(self, np: Any, value: Any, depth: int) -> Any:
        if wide := WIDE.get(value.dtype.kind):
            value = value.astype(wide) if value.dtype.itemsize > np.dtype(wide).itemsize else value
        shape = list(value.shape)
        if value.dtype.kind == "O":
            return {"objects": [shape, self._all(value.ravel().tolist(), depth)]}
        if value.dtype.kind not in PLAIN_KINDS:
            return {"opaque": [type(value).__name__, _looks(value)]}
        self.spend(depth, values=value.size)
        tag = "array" if isinstance(value, np.ndarray) else "scalar"
        return {tag: [value.dtype.str, shape, _text_of(np.ascontiguousarray(value).tobytes())]}


class _Decoder(_Budget):
    def decode(self, data: Any, depth: int) -> Any:
        self.spend(depth)
        if data is None or isinstance(data, bool | int | float | str):
            return data
        if isinstance(data, list):
            return self._all(data, depth)
        ((tag, content),) = data.items()
        return self._READERS[tag](self, content, depth)

    def _all(self, items: Any, depth: int) -> list[Any]:
        if not isinstance(items, list):
            raise Unreadable("a list was expected")
        return [self.decode(item, depth - 1) for item in items]

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        self.spend(depth, values=_COST_OF_HASHED)
        items = [self._all(pair, depth) for pair in pairs]
        demand_distinct([name for name, _ in items])
        return dict(items)

    def _set(self, items: Any, depth: int) -> set[Any]:
        self.spend(depth, values=_COST_OF_HASHED)
        members = self._all(items, depth)
        demand_distinct(members)
        return set(members)

    def _array(self, content: Sequence[Any], depth: int) -> Any:
        import numpy as np

        name, shape, text = content
        dtype = checked_dtype(np, str(name))
        array = np.frombuffer(_bytes_of(text), dtype=dtype).reshape(self._checked(shape))
        if dtype.kind in "UmM":
            array.tolist()  # Letters that are none, moments out of range: told apart here, not by whoever compares.
        return array.copy()  # The bytes of a text can't be written to.

    def _scalar(self, content: Sequence[Any], depth: int) -> Any:
        return self._array(content, depth)[()]

    def _objects(self, content: Sequence[Any], depth: int) -> Any:
        import numpy as np

        shape, items = content
        array = np.empty(len(items), dtype=object)
        array[:] = self._all(items, depth)
        return array.reshape(self._checked(shape))

    def _series(self, content: Sequence[Any], depth: int) -> Any:
        import pandas as pd

        self.spend(depth, values=_COST_OF_TABLE)
        name, index, values = self._all(content, depth)
        hash(name)
        demand_table(index, [values])
        return pd.Series(values, index=index, name=name)

    def _frame(self, content: Sequence[Any], depth: int) -> Any:
        import pandas as pd

        self.spend(depth, values=_COST_OF_TABLE)
        columns, index, arrays = self._all(content, depth)
        demand_distinct(columns)
        demand_table(index, arrays)
        frame = pd.DataFrame(dict(enumerate(arrays)), index=index)
        frame.columns = pd.Index(columns)
        return frame

    def _checked(self, shape: Any) -> tuple[int, ...]:
        sizes = tuple(int(size) for size in shape)
        if len(sizes) > MAX_DEPTH or min(sizes, default=0) < 0:
            raise Unreadable("an impossible shape")
        # An empty axis makes the others no smaller: as lists they would all be there.
        self.spend(0, values=math.prod(max(size, 1) for size in sizes))
        return sizes

    def _opaque(self, content: Sequence[Any], depth: int) -> Opaque:
        name, shown = content
        return Opaque(type=str(name)[:_SHOWN], shown=str(shown)[:_SHOWN])

    _READERS: Mapping[str, Callable[..., Any]] = {
        "int": lambda self, content, depth: int(content, 16),
        "tuple": lambda self, content, depth: tuple(self._all(content, depth)),
        "set": _set,
        "frozenset": lambda self, content, depth: frozenset(self._set(content, depth)),
        "bytes": lambda self, content, depth: _bytes_of(content),
        "complex": lambda self, content, depth: complex(*content),
        "missing": lambda self, content, depth: None,
        "dict": _dict,
        "array": _array,
        "scalar": _scalar,
        "objects": _objects,
        "series": _series,
        "frame": _frame,
        "opaque": _opaque,
    }


def _looks(value: Any) -> str:
    try:
        return repr(value)[:_SHOWN]
    except Exception:
        return f"<{type(value).__name__}>"


def _text_of(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes_of(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
