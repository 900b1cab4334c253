"""The population stability index, against values worked out by hand."""

import math

import pytest

from interview.rules.drift import BINS, LEAST, VALUES_PER_BIN, Drift, binned, drift, psi, stability


@pytest.mark.parametrize(
    ("earlier", "recent", "expected"),
    [
        ([50, 50], [50, 50], 0.0),
        # What smoothing leaves of equal shares: 10.5/41 and 30.5/41 beside 100.5/401 and 300.5/401.
        ([10, 30], [100, 300], 0.000158),
        # Half a value more in each bin: 8.5/11 and 2.5/11 change places, so 2 * 6/11 * ln(8.5/2.5).
        ([8, 2], [2, 8], 1.335028),
        # 10.5/21 and 10.5/21 become 20.5/21 and 0.5/21: 10/21 * (ln(20.5/10.5) + ln(10.5/0.5)).
        ([10, 10], [20, 0], 1.768368),
    ],
)
def test_the_index_is_what_can_be_worked_out_by_hand(
    earlier: list[int], recent: list[int], expected: float
) -> None:
    assert psi(earlier, recent) == pytest.approx(expected, abs=5e-7)
    assert psi(recent, earlier) == pytest.approx(expected, abs=5e-7)


def test_bins_hold_about_the_same_share_of_the_earlier_values() -> None:
    earlier = dict.fromkeys(range(20), 10)

    was, now = binned(earlier, {0: 3, 19: 4, 50: 5, -1: 6}, bins=10)

    # What lies beyond all earlier values has a bin as well.
    assert was == [20] * 10 + [0]
    assert now == [6 + 3, 0, 0, 0, 0, 0, 0, 0, 0, 4, 5]


def test_a_value_that_fills_a_bin_has_one_of_its_own() -> None:
    was, now = binned({0: 95, 1: 5}, {0: 50, 1: 50}, bins=10)

    assert (was, now) == ([95, 5], [50, 50])


@pytest.mark.parametrize(("usual", "new"), [(0, 1), (1, 0)])
def test_a_feature_that_never_varied_is_seen_to_change(usual: int, new: int) -> None:
    index = stability({usual: 100}, {usual: 60, new: 40})

    assert drift(index) is Drift.CHANGED


def test_too_few_values_on_either_side_have_no_index() -> None:
    enough, few = {0: LEAST}, {0: LEAST - 1}

    assert stability(enough, enough) == 0
    assert stability(few, enough) is None
    assert stability(enough, few) is None
    assert stability({}, {}) is None


@pytest.mark.parametrize("number", [50, 100, 500])
def test_chance_alone_stays_below_what_is_looked_at(number: int) -> None:
    bins = min(BINS, number // VALUES_PER_BIN)

    assert (bins - 1) * (1 / number + 1 / number) < 0.1


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (None, Drift.TOO_FEW),
        (0.0, Drift.STEADY),
        (0.0999, Drift.STEADY),
        (0.1, Drift.LOOK),
        (0.2499, Drift.LOOK),
        (0.25, Drift.CHANGED),
        (math.inf, Drift.CHANGED),
    ],
)
def test_the_words_for_an_index(index: float | None, expected: Drift) -> None:
    assert drift(index) is expected
