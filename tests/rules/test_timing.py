from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.rules.timing import (
    GRACE,
    REVEAL_PAUSE,
    Clock,
    Phase,
    Suspension,
    accepts_answers,
    active,
    deadline,
    phase,
    remaining,
    standing_still,
)

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
LIMIT = timedelta(minutes=20)


def at(minutes: float, seconds: float = 0) -> datetime:
    return START + timedelta(minutes=minutes, seconds=seconds)


def clock(*stretches: tuple[float, float | None], limit: timedelta | None = LIMIT) -> Clock:
    suspensions = tuple(Suspension(at(a), None if b is None else at(b)) for a, b in stretches)
    return Clock(START, limit, suspensions)


@pytest.mark.parametrize(
    ("stretches", "now", "expected"),
    [
        ([], 5, 20),
        ([(4, 6)], 10, 22),
        ([(4, 6), (8, 11)], 12, 25),
        ([(4, None)], 6, 22),
        ([(4, None)], 30, 30),
        ([(4, 18)], 30, 30),
    ],
    ids=["no pause", "one", "two", "still open", "open for too long", "closed too late"],
)
def test_the_deadline_moves_by_the_time_the_clock_stood_still_and_ten_minutes_a_reveal_at_most(
    stretches: list[tuple[float, float | None]], now: float, expected: float
) -> None:
    assert deadline(clock(*stretches), now=at(now)) == at(expected)


def test_an_untimed_interview_has_no_deadline_and_is_never_over() -> None:
    untimed = clock(limit=None)

    assert deadline(untimed, now=at(500)) is None
    assert remaining(untimed, now=at(500)) is None
    assert phase(untimed, now=at(500)) is Phase.RUNNING


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(0), Phase.RUNNING),
        (at(19, 59), Phase.RUNNING),
        (at(20), Phase.CLOSING),
        (at(20, 14), Phase.CLOSING),
        (at(20, 15), Phase.OVER),
        (at(20, 16), Phase.OVER),
    ],
)
def test_answers_count_until_the_grace_after_the_deadline(now: datetime, expected: Phase) -> None:
    assert phase(clock(), now=now) is expected
    assert accepts_answers(clock(), now=now) is (expected is not Phase.OVER)


def test_the_clock_stands_still_during_a_reveal_and_goes_on_by_itself_after_ten_minutes() -> None:
    revealed = clock((5, None))

    assert phase(revealed, now=at(14)) is Phase.SUSPENDED
    assert remaining(revealed, now=at(14)) == timedelta(minutes=15)
    assert phase(revealed, now=at(16)) is Phase.RUNNING
    assert remaining(revealed, now=at(16)) == timedelta(minutes=14)


def test_how_long_the_clock_still_stands_is_known() -> None:
    assert standing_still(clock((5, None)), now=at(14)) == timedelta(minutes=1)
    assert standing_still(clock((5, None)), now=at(16)) == timedelta()
    assert standing_still(clock((5, 8)), now=at(7)) == timedelta()


def test_a_finished_interview_is_over_whatever_the_clock_says() -> None:
    finished = Clock(START, LIMIT, (), finished_at=at(3))

    assert phase(finished, now=at(4)) is Phase.OVER
    assert active(finished, now=at(60)) == timedelta(minutes=3)


moments = st.floats(min_value=0, max_value=60)


@given(begins=moments, length=moments, now=moments, later=moments)
def test_what_is_left_never_grows_as_time_passes(
    begins: float, length: float, now: float, later: float
) -> None:
    paused = clock((begins, begins + length))
    first, second = sorted((at(begins + length + now), at(begins + length + now + later)))

    left = remaining(paused, now=first)
    left_later = remaining(paused, now=second)

    assert left is not None
    assert left_later is not None
    assert left_later <= left


@given(begins=moments, length=moments)
def test_a_suspension_adds_its_length_and_never_more_than_the_longest_reveal(
    begins: float, length: float
) -> None:
    end = deadline(clock((begins, begins + length)), now=at(begins + length))

    assert end is not None
    assert end - at(20) == min(at(begins + length) - at(begins), REVEAL_PAUSE)
    assert phase(clock(), now=at(20) + GRACE) is Phase.OVER
