"""Compares what a call gave with what the bank expects, outside the jail, and says what differs.

Forgiven, as an interviewer would forgive it: list, tuple, array or column; kind and width of numbers; noise
of rounding; NaN for NaN; a frame's index. Not forgiven: another shape, and 1 for True.
"""

import math
from functools import partial
from typing import Any

from interview.bank.schema import Case, Compare
from interview.judge.elements import (
    Diff,
    Misfit,
    Same,
    are_same_when_sorted,
    first_difference,
    is_number,
    items,
)
from interview.judge.frames import filled, frame_difference, is_frame, is_series, is_table
from interview.judge.keys import Key
from interview.judge.text import cut
from interview.sandbox.codec import Opaque
from interview.sandbox.jobs import Answer, Error

_NOISE = 1e-9


def difference(case: Case, answer: Answer) -> Diff | None:
    """What is wrong with an answer, as a key and its values; None where nothing is."""
    if case.compare is Compare.RAISES:
        return _exception(case.expect, answer)
    if answer.error is not None:
        return no_value(answer.error)
    if case.compare is Compare.PRINTED:
        return _text(case.expect, answer.prints)
    try:
        return _value(case, answer.value)
    except Misfit as misfit:
        return misfit.diff


def plain(value: Any) -> Any:
    """A value in Python's own types: arrays, tuples and columns are lists, a frame is a dict of them."""
    if is_frame(value):
        value = dict(value.items())
    elif hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name.item() if hasattr(name, "item") else name: plain(item) for name, item in value.items()}
    return value


def sides(expected: Any, got: Any) -> tuple[Any, Any]:
    """Both values as they are compared: what was given decides whether the expected one is meant as a frame."""
    wanted = plain(expected)
    if is_frame(got):
        return (filled(wanted) if is_table(wanted) else wanted), filled(plain(got))
    if isinstance(wanted, dict) and not is_table(wanted) and is_series(got) and got.index.is_unique:
        return wanted, plain(got.to_dict())
    return wanted, plain(got)


def alike(case: Case) -> Same:
    """When two innermost values count as the same in this case."""
    is_close = case.compare is Compare.ALLCLOSE
    rtol, atol = (case.rtol, case.atol) if is_close else (_NOISE, _NOISE)
    return partial(_same, rtol=rtol, atol=atol, are_counts_exact=not is_close)


def _value(case: Case, value: Any) -> Diff | None:
    expected, got = sides(case.expect, value)
    same, is_order_free = alike(case), case.compare is Compare.UNORDERED
    if is_frame(value):
        return frame_difference(expected, plain(list(value.columns)), got, same, is_order_free=is_order_free)
    if (diff := kind(expected, got, is_order_free=is_order_free)) is not None:
        return diff
    if is_order_free and isinstance(expected, list):
        return items(expected, [plain(item) for item in got], same)
    if (found := first_difference(expected, got, same)) is None:
        return None
    if isinstance(expected, list) and are_same_when_sorted(expected, got, same):
        return {"key": Key.ORDER}
    return found[1]


def kind(expected: Any, got: Any, *, is_order_free: bool = False) -> Diff | None:
    """What can be said of the whole, before looking inside."""
    if isinstance(got, Opaque):
        is_lazy = got.type in ("generator", "iterator") or got.type.endswith("iterator")
        key = Key.GENERATOR if is_lazy or got.type in ("map", "filter", "zip", "enumerate") else Key.NOT_DATA
        return {"key": key, "got": cut(got.type, 80)}
    if got is None and expected is not None:
        return {"key": Key.NOTHING, "expected": _name(expected)}
    if is_order_free and isinstance(expected, list) and isinstance(got, set | frozenset):
        return None
    if _name(expected) != _name(got):
        return {"key": Key.TYPE, "expected": _name(expected), "got": _name(got)}
    shapes = _shape(expected), _shape(got)
    if shapes[0] != shapes[1] and max(len(shape) for shape in shapes) > 1:
        return {"key": Key.SHAPE, "expected": str(shapes[0]), "got": str(shapes[1])}
    return None


def _same(expected: Any, got: Any, *, rtol: float, atol: float, are_counts_exact: bool) -> bool:
    if not (is_number(expected) and is_number(got)):
        return _name(expected) == _name(got) and bool(expected == got)
    if expected == got or (expected != expected and got != got):
        return True
    if are_counts_exact and isinstance(expected, int) and isinstance(got, int):
        return False
    try:
        return math.isfinite(expected) and abs(got - expected) <= atol + rtol * abs(expected)
    except OverflowError:
        return False


def _name(value: Any) -> str:
    """The name of a value's type, where any number is a number."""
    return "number" if is_number(value) else type(value).__name__


def _shape(value: Any) -> tuple[int, ...]:
    """The shape of nested lists as NumPy would see it; ragged ones end where they stop being regular."""
    if not isinstance(value, list):
        return ()
    inner = {_shape(item) for item in value}
    return (len(value), *(inner.pop() if len(inner) == 1 else ()))


def _text(expected: str, got: str) -> Diff | None:
    wanted, printed = ([line.rstrip() for line in text.rstrip().splitlines()] for text in (expected, got))
    for number in range(max(len(wanted), len(printed))):
        lines = [text[number] if number < len(text) else "" for text in (wanted, printed)]
        if lines[0] != lines[1] or number >= min(len(wanted), len(printed)):
            return {
                "key": Key.PRINTED,
                "line": number + 1,
                "expected": cut(lines[0], 200),
                "got": cut(lines[1], 200),
            }
    return None


def _exception(expected: str, answer: Answer) -> Diff | None:
    """`expected` names an exception, and after a colon may give words that its message must have."""
    name, _, words = (part.strip() for part in expected.partition(":"))
    if answer.error is None:
        return {"key": Key.NOT_RAISED, "expected": name}
    if name in answer.error.bases and words in answer.error.message:
        return None
    if not answer.error.type:
        return no_value(answer.error)
    return {**no_value(answer.error), "key": Key.OTHER_EXCEPTION, "expected": expected}


def no_value(error: Error) -> Diff:
    """What is wrong where an error came instead of a value."""
    if error.type == "Unreadable":
        return {"key": Key.UNREADABLE, "message": error.message}
    if not error.type:
        return {"key": Key(error.ending.value)}
    facts = {"type": error.type, "message": error.message, "line": error.line, "traceback": error.traceback}
    return {"key": Key.RAISED, **facts}
