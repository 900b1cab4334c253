from datetime import timedelta

import pytest

from interview.actions.advance import open_next
from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.actions.finish import finish, settle
from interview.actions.follow_up import answer_follow_up, warm_up
from interview.actions.lock import lock
from interview.actions.save_draft import save_draft
from interview.actions.score import score_attempt
from interview.models import Attempt, Draft, Interview, Question
from interview.rules.timing import remaining
from interview.scoring.rubric import _rubric, rubric
from tests.factories import NOON, make_interview, make_version, minutes

pytestmark = pytest.mark.django_db
MISSING, COVERING = "I would look at term1 first", "I would look at the recall first"


def asked(**options: object) -> Interview:
    """An interview whose first answer called for the follow-up, after three minutes."""
    interview = make_interview(**({"follows_up": True} | options))  # type: ignore[arg-type]
    lock(first(interview), answer=MISSING, code="", now=NOON + minutes(3))
    return interview


def first(interview: Interview) -> Attempt:
    return interview.attempts.get(position=1)


def test_an_answer_that_missed_the_point_is_asked_on_while_the_clock_runs_and_nothing_is_shown() -> None:
    interview = asked()

    assert first(interview).is_following_up
    assert remaining(interview.clock, now=NOON + minutes(5)) == minutes(15)
    assert first(interview).is_hidden()
    with pytest.raises(TooEarly):
        open_next(interview, now=NOON + minutes(5))


@pytest.mark.parametrize(
    ("answer", "options", "gave_up"),
    [
        (COVERING, {}, False),
        (MISSING, {}, True),
        (MISSING, {"follows_up": False}, False),
        ("Ответ на другом языке, которого оценщик не знает совсем.", {}, False),
    ],
    ids=["point covered", "don't know", "not wanted", "can't be told"],
)
def test_otherwise_the_reference_follows_at_once(
    answer: str, options: dict[str, bool], gave_up: bool
) -> None:
    interview = make_interview(follows_up=options.get("follows_up", True))

    lock(first(interview), answer=answer, code="", gave_up=gave_up, now=NOON + minutes(3))

    assert not first(interview).is_open
    assert remaining(interview.clock, now=NOON + minutes(5)) == minutes(17)


def test_when_the_time_is_up_nothing_more_is_asked() -> None:
    interview = make_interview(follows_up=True)

    lock(first(interview), answer=MISSING, code="", now=NOON + minutes(20) + timedelta(seconds=5))

    assert not first(interview).is_following_up


def test_its_answer_is_final_once_and_the_reference_follows() -> None:
    interview = asked()

    answer_follow_up(first(interview), answer="the recall", now=NOON + minutes(5))

    attempt = first(interview)
    assert (attempt.answer, attempt.follow_up_answer) == (MISSING, "the recall")
    assert not attempt.is_hidden()
    assert remaining(interview.clock, now=NOON + minutes(9)) == minutes(15)
    with pytest.raises(AlreadyLocked):
        answer_follow_up(attempt, answer="something else", now=NOON + minutes(6))


def test_the_score_is_that_of_the_answer_itself() -> None:
    interview = asked()
    before = score_attempt(first(interview), now=NOON + minutes(4))

    answer_follow_up(first(interview), answer=COVERING, now=NOON + minutes(5))

    after = score_attempt(first(interview), now=NOON + minutes(6))
    assert before is not None
    assert after is not None
    assert before.prose == after.prose


def test_with_the_references_at_the_end_the_next_question_follows() -> None:
    interview = asked(reveal_policy="at_end")

    answer_follow_up(first(interview), answer="the recall", now=NOON + minutes(5))

    assert open_next(interview, now=NOON + minutes(5)) is not None
    assert Question.objects.hidden_from(interview.user).count() == 2


def test_its_text_has_drafts_as_any_other_and_a_page_of_the_answer_itself_writes_none() -> None:
    attempt = first(asked())

    save_draft(attempt, revision=0, answer="so far", code="", follows_up=True, now=NOON + minutes(4))
    with pytest.raises(AlreadyLocked):
        save_draft(attempt, revision=0, answer="about the question", code="", now=NOON + minutes(4))
    with pytest.raises(StaleDraft):
        answer_follow_up(attempt, answer="older", revision=0, now=NOON + minutes(5))

    assert Draft.objects.get().answer == "so far"


def test_before_the_lock_there_is_no_follow_up_to_write_for() -> None:
    interview = make_interview(follows_up=True)

    with pytest.raises(TooEarly):
        answer_follow_up(first(interview), answer="x", now=NOON)


def test_the_end_takes_its_draft() -> None:
    interview, overdue = asked(), asked()
    for each in (interview, overdue):
        save_draft(first(each), revision=0, answer="so far", code="", follows_up=True, now=NOON + minutes(4))

    finish(interview, now=NOON + minutes(5))
    settle(overdue, now=NOON + minutes(30))

    assert first(interview).follow_up_answered_at == NOON + minutes(5)
    assert first(overdue).follow_up_answered_at == NOON + minutes(20)
    assert first(interview).follow_up_answer == first(overdue).follow_up_answer == "so far"
    with pytest.raises((AlreadyLocked, TooLate)):
        answer_follow_up(first(interview), answer="x", now=NOON + minutes(6))


def test_it_has_the_interviews_time_and_not_what_the_question_had_left() -> None:
    interview = asked(question_pace=1.0)

    answer_follow_up(first(interview), answer="slowly", now=NOON + minutes(9))

    assert first(interview).follow_up_answer == "slowly"


def test_all_questions_are_read_before_the_first_lock_waits_for_it() -> None:
    version = make_version()

    warm_up()

    before = _rubric.cache_info().misses
    rubric(version.content())
    assert _rubric.cache_info().misses == before
