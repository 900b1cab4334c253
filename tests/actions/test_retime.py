"""What a person does to the time of an interview (T1, T8, T26, T27, T29)."""

from datetime import timedelta

import pytest

from accounts.models import User
from interview.actions.errors import NotInMock, TooEarly, TooLate
from interview.actions.finish import settle
from interview.actions.lock import lock
from interview.actions.retime import change_factor, extend, go_on, pause
from interview.actions.save_draft import save_draft
from interview.models import Attempt, Interview
from interview.rules.timing import EXTENSION, deadline, final, remaining
from tests.factories import NOON, make_interview, make_user, minutes

pytestmark = pytest.mark.django_db


def practice(**options: object) -> Interview:
    return make_interview(mode="practice", **options)  # type: ignore[arg-type]


def first(interview: Interview) -> Attempt:
    return interview.attempts.get(position=1)


def left(interview: Interview, at: float) -> timedelta | None:
    interview.refresh_from_db()
    return remaining(interview.clock, now=NOON + minutes(at))


def test_a_pause_stops_the_clock_until_somebody_goes_on_and_is_on_record() -> None:
    interview = practice()

    pause(interview, now=NOON + minutes(5))
    pause(interview, now=NOON + minutes(6))
    still = left(interview, at=300)
    go_on(interview, now=NOON + minutes(300))
    go_on(interview, now=NOON + minutes(301))

    assert still == minutes(15)
    assert left(interview, at=302) == minutes(13)
    assert list(interview.events.values_list("kind", "at")) == [
        ("pause", NOON + minutes(5)),
        ("go_on", NOON + minutes(300)),
    ]
    assert final(interview.clock, now=NOON + minutes(302)).paused == minutes(295)


def test_what_is_typed_or_locked_in_a_pause_counts() -> None:
    interview = practice()
    pause(interview, now=NOON + minutes(5))

    save_draft(first(interview), revision=0, answer="in the other tab", code="", now=NOON + minutes(50))
    lock(first(interview), answer="in the other tab", code="", now=NOON + minutes(51))

    assert first(interview).answer == "in the other tab"
    assert left(interview, at=52) == minutes(15)


def test_without_a_reveal_a_lock_in_a_pause_lets_the_clock_run() -> None:
    interview = practice(reveal_policy="at_end")
    pause(interview, now=NOON + minutes(5))

    lock(first(interview), answer="x", code="", now=NOON + minutes(50))

    assert left(interview, at=52) == minutes(13)


def test_more_time_is_there_as_often_as_it_is_asked_for() -> None:
    interview = practice()

    for minute in range(12):
        extend(interview, now=NOON + minutes(19 + minute))

    assert deadline(interview.clock, now=NOON) == NOON + minutes(20) + 12 * EXTENSION


def test_more_time_can_be_had_in_the_grace_and_not_after_it() -> None:
    interview, late = practice(), practice()

    extend(interview, now=NOON + minutes(20) + timedelta(seconds=14))

    assert left(interview, at=20) == EXTENSION
    with pytest.raises(TooLate):
        extend(late, now=NOON + minutes(20) + timedelta(seconds=15))


def test_a_mock_interview_is_neither_paused_nor_extended() -> None:
    interview = make_interview()

    for change in (pause, extend):
        with pytest.raises(NotInMock):
            change(interview, now=NOON + minutes(5))

    assert not interview.events.exists()


def test_while_a_reference_is_read_there_is_nothing_to_pause() -> None:
    interview = practice()
    lock(first(interview), answer="x", code="", now=NOON + minutes(5))

    with pytest.raises(TooEarly):
        pause(interview, now=NOON + minutes(6))


def test_when_the_time_is_up_there_is_nothing_to_pause() -> None:
    with pytest.raises(TooLate):
        pause(practice(), now=NOON + minutes(20))


@pytest.mark.parametrize(("factor", "expected"), [(1.25, 25), (1.5, 30), (2.0, 40), (None, None)])
def test_the_persons_factor_holds_from_the_start(factor: float | None, expected: float | None) -> None:
    interview = make_interview(make_user(time_factor=factor))

    assert interview.limit == minutes(20)
    assert left(interview, at=0) == (None if expected is None else minutes(expected))


def test_another_factor_re_times_what_is_left_and_is_on_record() -> None:
    user = make_user()
    interview = make_interview(user)
    old = make_interview(now=NOON - minutes(5))

    User.objects.filter(pk=user.pk).update(time_factor=2.0)
    user.refresh_from_db()
    change_factor(user, now=NOON + minutes(8))
    change_factor(user, now=NOON + minutes(8))

    assert left(interview, at=8) == minutes(24)
    assert interview.events.count() == 1
    assert not old.events.exists()


def test_an_interview_turned_untimed_is_never_over_and_gets_its_time_back() -> None:
    user = make_user()
    interview = make_interview(user)

    user.time_factor = None
    change_factor(user, now=NOON + minutes(8))
    is_over = settle(interview, now=NOON + minutes(900))
    user.time_factor = 1.0
    change_factor(user, now=NOON + minutes(900))

    assert not is_over
    assert left(interview, at=901) == minutes(11)


def test_the_same_factor_again_is_no_event() -> None:
    user = make_user()
    make_interview(user, limit=None)
    user.time_factor = None

    for minute in (3, 4):
        change_factor(user, now=NOON + minutes(minute))

    assert Interview.objects.get().events.count() == 1


def test_a_new_factor_saves_nothing_that_is_over() -> None:
    user = make_user()
    interview = make_interview(user)

    user.time_factor = 2.0
    change_factor(user, now=NOON + minutes(20))

    assert not interview.events.exists()


def test_events_never_lie_before_the_last_one() -> None:
    interview = practice()
    pause(interview, now=NOON + minutes(5))

    go_on(interview, now=NOON + minutes(4))

    assert [each.at for each in interview.events.all()] == [NOON + minutes(5)] * 2


def test_a_question_ends_at_its_own_limit_with_its_draft() -> None:
    interview = make_interview(question_pace=1.0)
    attempt = first(interview)
    save_draft(attempt, revision=0, answer="as far as I came", code="", now=NOON + minutes(3))

    is_over = [settle(interview, now=NOON + minutes(5) + timedelta(seconds=s)) for s in (14, 15)]

    attempt = first(interview)
    assert is_over == [False, False]
    assert (attempt.answer, attempt.locked_at) == ("as far as I came", NOON + minutes(5))
    # Its reference is shown from there on, and the interview's clock stands.
    assert left(interview, at=6) == minutes(15)


def test_a_question_never_lasts_longer_than_the_interview() -> None:
    interview = make_interview(question_pace=1.0, limit=minutes(4))

    assert settle(interview, now=NOON + minutes(4) + timedelta(seconds=15))
    assert first(interview).locked_at == NOON + minutes(4)


def test_an_answer_after_the_questions_own_close_is_too_late() -> None:
    interview = make_interview(question_pace=1.0)

    with pytest.raises(TooLate):
        lock(first(interview), answer="x", code="", now=NOON + minutes(5) + timedelta(seconds=15))
    lock(first(interview), answer="in time", code="", now=NOON + minutes(5) + timedelta(seconds=14))

    assert first(interview).answer == "in time"


def test_a_pause_and_more_time_are_the_open_questions_too() -> None:
    interview = practice(question_pace=1.0)

    pause(interview, now=NOON + minutes(2))
    go_on(interview, now=NOON + minutes(12))
    extend(interview, now=NOON + minutes(13))

    assert [deadline(clock, now=NOON) for clock in first(interview).clocks] == [
        NOON + minutes(20 + 10 + 5),
        NOON + minutes(5 + 10 + 5),
    ]
