"""Whether a feature has moved since an earlier period: the population stability index, and the usual words for it."""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum

# How often each value occurred; as whole numbers (hundredths, say), so that values that are nearly equal are one.
Counts = Mapping[int, int]

LEAST = 50
BINS = 10
# Where nothing moves, the index still is about (bins - 1) * (1/n + 1/m): ten bins of fifty values each would say
# "changed" by chance. With so many values in each bin, chance alone stays below what is looked at.
VALUES_PER_BIN = 25
SMOOTHING = 0.5
LOOK_FROM, CHANGED_FROM = 0.1, 0.25


class Drift(StrEnum):
    TOO_FEW = "too_few"
    STEADY = "steady"
    LOOK = "look"
    CHANGED = "changed"


def drift(index: float | None) -> Drift:
    """The word for an index."""
    if index is None:
        return Drift.TOO_FEW
    if index < LOOK_FROM:
        return Drift.STEADY
    return Drift.LOOK if index < CHANGED_FROM else Drift.CHANGED


def stability(earlier: Counts, recent: Counts) -> float | None:
    """The index of one feature, from the values of both periods; None where one has too few to tell."""
    fewest = min(sum(earlier.values()), sum(recent.values()))
    if fewest < LEAST:
        return None
    return psi(*binned(earlier, recent, bins=min(BINS, fewest // VALUES_PER_BIN)))


def psi(earlier: Sequence[int], recent: Sequence[int]) -> float:
    """How far the shares of the bins have moved; half a value more in each keeps an empty one finite."""
    pairs = zip(_shares(earlier), _shares(recent), strict=True)
    return sum((now - was) * math.log(now / was) for was, now in pairs)


def binned(earlier: Counts, recent: Counts, *, bins: int) -> tuple[list[int], list[int]]:
    """Both periods in bins that the earlier one fills about equally.

    A value that would fill a bin has one of its own, and so has what lies beyond all earlier values: plain quantiles
    put all of a feature that is mostly 0 in one bin, and never see it become 1.
    """
    enough = sum(earlier.values()) / bins
    filled = [(0, 0)]
    for value in sorted(earlier.keys() | recent.keys()):
        was, now = earlier.get(value, 0), recent.get(value, 0)
        if filled[-1][0] >= enough or (was >= enough and any(filled[-1])):
            filled.append((0, 0))
        filled[-1] = (filled[-1][0] + was, filled[-1][1] + now)
    return [was for was, _ in filled], [now for _, now in filled]


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts) + SMOOTHING * len(counts)
    return [(count + SMOOTHING) / total for count in counts]
