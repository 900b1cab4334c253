"""Walks through an expected and a given value side by side, down to what can't be taken apart."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from interview.judge.keys import Key
from interview.judge.text import shown

Diff = dict[str, Any]
Same = Callable[[Any, Any], bool]
Place = tuple[Any, ...]


class Misfit(Exception):
    """A part of one value has no partner in the other, so that the rest can't be told apart."""

    def __init__(self, diff: Diff) -> None:
        self.diff = diff


def pairs(expected: Any, got: Any, place: Place = ()) -> Iterator[tuple[Place, Any, Any]]:
    """Every innermost value that is expected, its place, and what was given there."""
    if isinstance(expected, list) and isinstance(got, list):
        if len(expected) != len(got):
            raise Misfit(
                {"key": Key.LENGTH, "where": where(place), "expected": len(expected), "got": len(got)}
            )
        for number, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from pairs(one, other, (*place, number))
    elif isinstance(expected, dict) and isinstance(got, dict):
        _demand_same_keys(expected, got, place)
        for name, one in expected.items():
            yield from pairs(one, got[name], (*place, name))
    else:
        yield place, expected, got


def where(place: Place) -> str:
    """A place as one would write it behind the value's name."""
    return "".join(f"[{step!r}]" for step in place)


def first_difference(expected: Any, got: Any, same: Same) -> tuple[Place, Diff] | None:
    """The first place where two values differ, and how far they differ in all; Misfit where that can't be said."""
    first, total, wrong, greatest = None, 0, 0, 0.0
    for place, one, other in pairs(expected, got):
        total += 1
        if not same(one, other):
            wrong += 1
            first = first or (place, one, other)
            greatest = max(greatest, _distance(one, other))
    if first is None:
        return None
    place, one, other = first
    diff: Diff = {"key": Key.VALUE, "where": where(place), "expected": shown(one), "got": shown(other)}
    if total > 1:
        diff |= {"count": wrong, "total": total}
    if wrong > 1 and greatest:
        diff["greatest"] = f"{greatest:.6g}"
    return place, diff


def items(expected: list[Any], got: list[Any], same: Same) -> Diff | None:
    """The difference of two collections whose order doesn't count."""
    if len(expected) != len(got):
        return {"key": Key.LENGTH, "where": "", "expected": len(expected), "got": len(got)}
    if are_same_when_sorted(expected, got, same):
        return None
    left, missing = list(got), []
    for item in expected:
        place = next((place for place, other in enumerate(left) if is_same(item, other, same)), None)
        if place is None:
            missing.append(item)
        else:
            del left[place]
    return {"key": Key.ITEMS, "missing": shown(missing), "extra": shown(left)} if missing else None


def is_same(expected: Any, got: Any, same: Same) -> bool:
    """Whether two values agree in every place."""
    try:
        return all(same(one, other) for _, one, other in pairs(expected, got))
    except Misfit:
        return False


def are_same_when_sorted(expected: list[Any], got: list[Any], same: Same) -> bool:
    """Whether only the order differs, of things that have one."""
    try:
        return is_same(sorted(expected), sorted(got), same)
    except TypeError:
        return False


def is_number(value: Any) -> bool:
    """Whether it is an int or a float, which a bool is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _demand_same_keys(expected: dict[Any, Any], got: dict[Any, Any], place: Place) -> None:
    for key, names in (
        (Key.MISSING_KEY, expected.keys() - got.keys()),
        (Key.EXTRA_KEY, got.keys() - expected.keys()),
    ):
        if names:
            raise Misfit({"key": key, "where": where(place), "name": min(shown(name) for name in names)})


def _distance(expected: Any, got: Any) -> float:
    if not (is_number(expected) and is_number(got)):
        return 0.0
    try:
        distance = abs(float(got) - float(expected))
    except OverflowError:
        return 0.0
    return distance if math.isfinite(distance) else 0.0
