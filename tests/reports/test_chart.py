"""Bars: as long as what they stand for, and as wide as the whole."""

import pytest

from interview.reports.chart import BAR, GAP, Piece, length, pieces


def test_a_bar_is_cut_into_its_shares_and_fills_its_width() -> None:
    cut = pieces({"covered": 3, "partly": 0, "missed": 1})

    assert cut == (Piece("covered", 0.0, 178.5), Piece("missed", 178.5 + GAP, 59.5))
    assert cut[-1].x + cut[-1].width == BAR


def test_what_is_alone_takes_the_whole_bar_and_nothing_takes_none() -> None:
    assert pieces({"covered": 0, "missed": 7}) == (Piece("missed", 0.0, BAR),)
    assert pieces({"covered": 0}) == ()


@pytest.mark.parametrize(("share", "expected"), [(0, 0), (0.5, BAR / 2), (1, BAR)])
def test_a_share_has_the_length_that_is_its_own(share: float, expected: float) -> None:
    assert length(share) == expected
