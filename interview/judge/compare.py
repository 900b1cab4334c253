"""Compares what a call gave with what the bank expects, outside the jail, and says what differs.

Forgiven, as an interviewer would forgive it: list, tuple, array or column; kind and width of numbers; noise
of rounding; NaN for NaN. Not forgiven: another shape, and 1 for True.
"""

import math
from collections.abc import Callable
from typing import Any

from interview.bank.schema import Case, Compare
from interview.judge.keys import Key
from interview.judge.text import cut, shown
from interview.sandbox.codec import Opaque
from interview.sandbox.jobs import Answer, Error

Diff = dict[str, Any]
Same = Callable[[Any, Any], bool]
_NOISE = 1e-9


def difference(case: Case, answer: Answer) -> Diff | None:
    """What is wrong with an answer, as a key and its values; None where nothing is."""
    if case.compare is Compare.RAISES:
        return _exception(case.expect, answer)
    if answer.error is not None:
        return _no_value(answer.error)
    if case.compare is Compare.PRINTED:
        return _text(case.expect, answer.prints)
    return _value(case, plain(case.expect), plain(answer.value))


def plain(value: Any) -> Any:
    """A value in Python's own types: arrays, tuples and columns are lists, a frame is a dict of them."""
    if hasattr(value, "columns"):
        value = value.to_dict("list")
    elif hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {name.item() if hasattr(name, "item") else name: plain(item) for name, item in value.items()}
    return value


def _value(case: Case, expected: Any, got: Any) -> Diff | None:
    is_close = case.compare is Compare.ALLCLOSE
    rtol, atol = (case.rtol, case.atol) if is_close else (_NOISE, _NOISE)

    def same(one: Any, other: Any) -> bool:
        return _same(one, other, rtol=rtol, atol=atol, are_counts_exact=not is_close)

    if (diff := _kind(expected, got, is_order_free=case.compare is Compare.UNORDERED)) is not None:
        return diff
    if case.compare is Compare.UNORDERED and isinstance(expected, list):
        return _items(expected, [plain(item) for item in got], same)
    diff = _walk(expected, got, same, "")
    if diff and isinstance(expected, list) and _are_same_when_sorted(expected, got, same):
        return {"key": Key.ORDER}
    return diff


def _kind(expected: Any, got: Any, *, is_order_free: bool) -> Diff | None:
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


def _walk(expected: Any, got: Any, same: Same, where: str) -> Diff | None:
    if isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            return {"key": Key.LENGTH, "where": where, "expected": len(expected), "got": len(got)}
        pairs = enumerate(zip(expected, got, strict=True))
        inside = (_walk(one, other, same, f"{where}[{place}]") for place, (one, other) in pairs)
        return next((diff for diff in inside if diff), None)
    if isinstance(expected, dict) and isinstance(got, dict):
        return _dicts(expected, got, same, where)
    if same(expected, got):
        return None
    return {"key": Key.VALUE, "where": where, "expected": shown(expected), "got": shown(got)}


def _dicts(expected: dict[Any, Any], got: dict[Any, Any], same: Same, where: str) -> Diff | None:
    for key, names in (
        (Key.MISSING_KEY, expected.keys() - got.keys()),
        (Key.EXTRA_KEY, got.keys() - expected.keys()),
    ):
        if names:
            return {"key": key, "where": where, "name": min(shown(name) for name in names)}
    inside = (_walk(value, got[name], same, f"{where}[{name!r}]") for name, value in expected.items())
    return next((diff for diff in inside if diff), None)


def _items(expected: list[Any], got: list[Any], same: Same) -> Diff | None:
    """The difference of two collections whose order doesn't count."""
    if len(expected) != len(got):
        return {"key": Key.LENGTH, "where": "", "expected": len(expected), "got": len(got)}
    if _are_same_when_sorted(expected, got, same):
        return None
    left, missing = list(got), []
    for item in expected:
        place = next((place for place, other in enumerate(left) if not _walk(item, other, same, "")), None)
        if place is None:
            missing.append(item)
        else:
            del left[place]
    if not missing and not left:
        return None
    return {"key": Key.ITEMS, "missing": shown(missing), "extra": shown(left)}


def _are_same_when_sorted(expected: list[Any], got: list[Any], same: Same) -> bool:
    try:
        return _walk(sorted(expected), sorted(got), same, "") is None
    except TypeError:
        return False


def _same(expected: Any, got: Any, *, rtol: float, atol: float, are_counts_exact: bool) -> bool:
    if not (_is_number(expected) and _is_number(got)):
        return _name(expected) == _name(got) and bool(expected == got)
    if expected == got or (expected != expected and got != got):
        return True
    if are_counts_exact and isinstance(expected, int) and isinstance(got, int):
        return False
    try:
        return math.isfinite(expected) and abs(got - expected) <= atol + rtol * abs(expected)
    except OverflowError:
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _name(value: Any) -> str:
    """The name of a value's type, where any number is a number."""
    return "number" if _is_number(value) else type(value).__name__


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
        return _no_value(answer.error)
    return {**_no_value(answer.error), "key": Key.OTHER_EXCEPTION, "expected": expected}


def _no_value(error: Error) -> Diff:
    if error.type == "Unreadable":
        return {"key": Key.UNREADABLE, "message": error.message}
    if not error.type:
        return {"key": Key(error.ending.value)}
    facts = {"type": error.type, "message": error.message, "line": error.line, "traceback": error.traceback}
    return {"key": Key.RAISED, **facts}
