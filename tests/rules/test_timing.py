"""The clock as a fold over what is on record (T1, T6, T8, T9, T26, T27, T29, T30)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.rules.timing import (
    EXTENSION,
    GRACE,
    REVEAL_PAUSE,
    Clock,
    Event,
    Kind,
    Phase,
    accepts_answers,
    deadline,
    final,
    phase,
    remaining,
)

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
LIMIT = timedelta(minutes=20)


def at(minutes: float, seconds: float = 0) -> datetime:
    return START + timedelta(minutes=minutes, seconds=seconds)


def reveal(minute: float) -> Event:
    return Event(at(minute), Kind.REVEAL)


def pause(minute: float) -> Event:
    return Event(at(minute), Kind.PAUSE)


def go_on(minute: float) -> Event:
    return Event(at(minute), Kind.GO_ON)


def extension(minute: float) -> Event:
    return Event(at(minute), Kind.EXTENSION, length=EXTENSION)


def change(minute: float, factor: float | None) -> Event:
    return Event(at(minute), Kind.FACTOR, factor=factor)


def clock(*events: Event, limit: timedelta | None = LIMIT, factor: float | None = 1.0) -> Clock:
    return Clock(START, limit, factor, events)


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        ([], 5, 20),
        ([reveal(4), go_on(6)], 10, 22),
        ([reveal(4), go_on(6), reveal(8), go_on(11)], 12, 25),
        ([reveal(4)], 6, 30),
        ([reveal(4)], 30, 30),
        ([reveal(4), go_on(18)], 30, 30),
        ([pause(4), go_on(18)], 30, 34),
        ([pause(4)], 50, 66),
        ([extension(4), extension(19)], 19, 30),
        ([extension(22)], 22, 27),
        ([change(10, 2.0)], 10, 30),
        ([change(10, 2.0), change(20, 1.0)], 20, 25),
        ([change(10, None), change(50, 1.0)], 50, 60),
        ([change(10, None), change(50, 1.5)], 50, 65),
    ],
    ids=[
        "nothing happened",
        "one reveal",
        "two reveals",
        "a reveal that is open",
        "a reveal that is open for too long",
        "a reveal that was left too late",
        "a pause",
        "a pause that is open",
        "more time",
        "more time in the grace",
        "a new factor",
        "a factor and back",
        "untimed and back",
        "untimed, and another factor",
    ],
)
def test_the_deadline_is_a_fold_over_the_events(events: list[Event], now: float, expected: float) -> None:
    assert deadline(clock(*events), now=at(now)) == at(expected)


@pytest.mark.parametrize(("factor", "expected"), [(1.0, 20), (1.25, 25), (1.5, 30), (2.0, 40)])
def test_the_persons_factor_stretches_the_limit(factor: float, expected: float) -> None:
    assert deadline(clock(factor=factor), now=at(1)) == at(expected)


@pytest.mark.parametrize("untimed", [clock(limit=None), clock(factor=None), clock(change(3, None))])
def test_an_untimed_interview_has_no_deadline_and_is_never_over(untimed: Clock) -> None:
    assert deadline(untimed, now=at(500)) is None
    assert remaining(untimed, now=at(500)) is None
    assert phase(untimed, now=at(500)) is Phase.RUNNING


def test_where_the_plan_has_no_limit_no_factor_and_no_extension_gives_it_one() -> None:
    assert deadline(clock(change(3, 1.5), extension(4), limit=None), now=at(5)) is None


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
    revealed = clock(reveal(5))

    assert phase(revealed, now=at(14)) is Phase.SUSPENDED
    assert remaining(revealed, now=at(14)) == timedelta(minutes=15)
    assert revealed.at(at(14)).still == timedelta(minutes=1)
    assert phase(revealed, now=at(16)) is Phase.RUNNING
    assert remaining(revealed, now=at(16)) == timedelta(minutes=14)
    assert revealed.at(at(16)).still == timedelta()


def test_a_pause_lasts_until_somebody_goes_on() -> None:
    assert phase(clock(pause(5)), now=at(500)) is Phase.PAUSED
    assert remaining(clock(pause(5)), now=at(500)) == timedelta(minutes=15)
    assert phase(clock(pause(5), go_on(499)), now=at(500)) is Phase.RUNNING


def test_a_finished_interview_is_over_whatever_the_clock_says() -> None:
    finished = Clock(START, LIMIT, finished_at=at(3))

    assert phase(finished, now=at(4)) is Phase.OVER
    assert final(finished, now=at(60)).active == timedelta(minutes=3)


def test_where_the_time_went_is_told_apart() -> None:
    spent = final(clock(reveal(2), go_on(5), pause(7), go_on(14)), now=at(16))

    assert (spent.active, spent.revealed, spent.paused) == (
        timedelta(minutes=6),
        timedelta(minutes=3),
        timedelta(minutes=7),
    )


def test_a_question_has_its_own_limit_and_lives_through_what_the_interview_does() -> None:
    whole = clock(change(1, 2.0), pause(6), go_on(9), extension(10))
    question = whole.of_question(at(3), timedelta(minutes=4))

    assert deadline(question, now=at(12)) == at(3 + 4 * 2 + 3 + 5)


def test_a_question_opened_in_untimed_stretch_is_untimed_until_the_factor_comes_back() -> None:
    question = clock(change(1, None), change(9, 1.0)).of_question(at(3), timedelta(minutes=4))

    assert deadline(question, now=at(9)) == at(13)


moments = st.floats(min_value=0, max_value=60)
happenings = st.lists(
    st.one_of(
        st.builds(reveal, moments),
        st.builds(pause, moments),
        st.builds(go_on, moments),
        st.builds(extension, moments),
        st.builds(change, moments, st.sampled_from([None, 1.0, 1.25, 1.5, 2.0])),
    ),
    max_size=12,
).map(lambda events: sorted(events, key=lambda event: event.at))
clocks = st.builds(
    lambda events, limit, factor: Clock(START, limit, factor, tuple(events)),
    happenings,
    st.one_of(st.none(), st.just(LIMIT)),
    st.sampled_from([None, 1.0, 1.5, 2.0]),
)


def second_by_second(clock: Clock, now: datetime) -> tuple[timedelta | None, timedelta]:
    """What is left and the active time, by a clerk who watches the clock tick and knows nothing of folds."""
    left = None if clock.limit is None else clock.limit * (clock.factor or 1.0)
    scale, factor, active = clock.factor or 1.0, clock.factor, timedelta()
    stands_until: datetime | None = clock.started_at
    instants = sorted({clock.started_at, now, *(event.at for event in clock.events if event.at <= now)})
    events = list(clock.events)
    for begin, end in zip(instants, [*instants[1:], now], strict=True):
        while events and events[0].at <= begin:
            event = events.pop(0)
            if event.kind in (Kind.REVEAL, Kind.PAUSE, Kind.GO_ON):
                lengths = {Kind.REVEAL: REVEAL_PAUSE, Kind.GO_ON: timedelta()}
                stands_until = None if event.kind is Kind.PAUSE else begin + lengths[event.kind]
            if event.kind is Kind.EXTENSION and left is not None:
                left += event.length
            if event.kind is Kind.FACTOR:
                if event.factor is not None and left is not None:
                    left, scale = left * (event.factor / scale), event.factor
                factor = event.factor
        ran = (
            timedelta()
            if stands_until is None
            else max(end - max(begin, min(stands_until, end)), timedelta())
        )
        active += ran
        if left is not None and factor is not None:
            left = max(left - ran, timedelta())
    return (None if factor is None else left), active


@given(clock=clocks, after=moments)
def test_the_fold_agrees_with_a_clerk_who_watches_the_clock(clock: Clock, after: float) -> None:
    now = max([START, *(event.at for event in clock.events)]) + timedelta(minutes=after)

    left, active = second_by_second(clock, now)

    told = remaining(clock, now=now)
    assert (told is None) == (left is None)
    if told is not None and left is not None:
        assert abs(told - left) < timedelta(milliseconds=1)
    assert abs(final(clock, now=now).active - active) < timedelta(milliseconds=1)


@given(clock=clocks, first=moments, second=moments)
def test_the_deadline_stays_where_it_is_while_nothing_happens(
    clock: Clock, first: float, second: float
) -> None:
    last = max([START, *(event.at for event in clock.events)])
    earlier, later = sorted((last + timedelta(minutes=first), last + timedelta(minutes=second)))
    end = deadline(clock, now=earlier)

    if phase(clock, now=earlier) is Phase.PAUSED and end is not None:
        end += later - earlier
    assert deadline(clock, now=later) == end


@given(clock=clocks, now=moments, later=moments)
def test_what_is_left_never_grows_as_time_passes(clock: Clock, now: float, later: float) -> None:
    last = max([START, *(event.at for event in clock.events)])
    first, second = sorted((last + timedelta(minutes=now), last + timedelta(minutes=later)))
    left, left_later = remaining(clock, now=first), remaining(clock, now=second)

    assert (left is None) == (left_later is None)
    if left is not None and left_later is not None:
        assert left_later <= left


@given(clock=clocks, now=moments)
def test_nothing_is_in_time_after_the_grace(clock: Clock, now: float) -> None:
    end = deadline(clock, now=at(now))

    if end is not None and phase(clock, now=at(now)) is not Phase.PAUSED:
        assert phase(clock, now=end + GRACE) is Phase.OVER


@given(clock=clocks, now=moments)
def test_wall_time_is_active_time_and_the_stretches_that_stood(clock: Clock, now: float) -> None:
    moment = max([START, *(event.at for event in clock.events)]) + timedelta(minutes=now)
    spent = final(clock, now=moment)

    assert spent.active + spent.revealed + spent.paused == moment - START
