"""Texts that come after the end (T17, T22)."""

from datetime import timedelta

import pytest

from interview.actions.errors import TooEarly, TooLate
from interview.actions.finish import finish, settle
from interview.actions.late import MOST_KEPT, count_late, keep_late
from interview.actions.lock import lock
from interview.actions.save_draft import save_draft
from interview.actions.score import score_attempt
from interview.actions.self_grade import skip_self_grading
from interview.models import Attempt, Interview, LateDraft, Score
from tests.factories import NOON, make_interview, minutes

pytestmark = pytest.mark.django_db
END = NOON + minutes(20)


def first(interview: Interview) -> Attempt:
    return interview.attempts.get(position=1)


def ended(**options: object) -> Attempt:
    """The first answer of an interview whose owner never came back; its last draft was in time."""
    interview = make_interview(**options)  # type: ignore[arg-type]
    save_draft(first(interview), revision=0, answer="in time", code="", now=END + timedelta(seconds=14))
    settle(interview, now=END + timedelta(seconds=15))
    return first(interview)


def keep(attempt: Attempt, answer: str, code: str = "") -> LateDraft:
    late = keep_late(attempt, answer=answer, code=code, now=END + timedelta(seconds=16))
    assert late is not None
    return late


def test_an_answer_14_seconds_after_the_deadline_counts() -> None:
    attempt = first(make_interview())

    lock(attempt, answer="just in time", code="", now=END + timedelta(seconds=14))

    assert attempt.answer == "just in time"


def test_an_answer_16_seconds_after_it_is_refused_and_the_draft_is_the_answer() -> None:
    interview = make_interview()
    save_draft(first(interview), revision=0, answer="in time", code="", now=NOON + minutes(19))

    with pytest.raises(TooLate):
        lock(first(interview), answer="too late", code="", now=END + timedelta(seconds=16))
    settle(interview, now=END + timedelta(seconds=16))

    assert first(interview).answer == "in time"


def test_what_came_late_is_kept_and_not_scored() -> None:
    attempt = ended()

    keep(attempt, "recall first")
    score_attempt(attempt, now=END + minutes(1))

    assert attempt.said.answer == "in time"
    assert Score.objects.get().prose == 0


def test_the_late_text_is_scored_on_the_persons_own_wish_and_both_stay() -> None:
    attempt = ended()
    score_attempt(attempt, now=END + minutes(1))
    skip_self_grading(attempt, now=END + minutes(2))
    late = keep(attempt, "I would look at the recall of the rare class first.")

    count_late(late, now=END + minutes(3))
    attempt = Attempt.objects.get(pk=attempt.pk)
    score_attempt(attempt, now=END + minutes(3))

    assert (attempt.answer, attempt.said.answer) == ("in time", late.answer)
    assert attempt.self_graded_at is None
    assert (Score.objects.get().prose or 0) > 0


def test_late_code_is_run_in_the_place_of_the_other() -> None:
    attempt = ended(code=True)
    late = keep(attempt, "words", code="def twice(number):\n    return 2 * number\n")

    count_late(late, now=END + minutes(3))

    assert attempt.runs.first().source == late.code  # type: ignore[union-attr]
    assert score_attempt(Attempt.objects.get(pk=attempt.pk), now=END + minutes(3)) is None


def test_nothing_late_counts_while_the_interview_runs() -> None:
    interview = make_interview()
    lock(first(interview), answer="final", code="", now=NOON + minutes(3))
    late = keep(first(interview), "from the other tab")

    with pytest.raises(TooEarly):
        count_late(late, now=NOON + minutes(4))


def test_the_same_text_again_is_no_late_draft() -> None:
    attempt = ended()
    keep(attempt, "too late")

    known = [keep_late(attempt, answer=text, code="", now=END) for text in ("too late", "in time", "")]

    assert known == [None, None, None]
    assert LateDraft.objects.count() == 1


def test_of_too_many_the_oldest_goes() -> None:
    attempt = ended()
    for number in range(MOST_KEPT + 1):
        keep(attempt, f"late {number}")

    kept = [late.answer for late in attempt.late_drafts.all()]
    assert len(kept) == MOST_KEPT
    assert "late 0" not in kept
    assert f"late {MOST_KEPT}" in kept


def test_a_late_text_for_the_follow_up_is_told_apart() -> None:
    interview = make_interview(follows_up=True)
    lock(first(interview), answer="no idea about it", code="", now=NOON + minutes(3))
    finish(interview, now=NOON + minutes(4))

    late = keep_late(first(interview), answer="recall", code="", follows_up=True, now=NOON + minutes(5))

    assert late is not None
    assert late.follows_up


def test_the_first_wish_counts() -> None:
    attempt = ended()
    score_attempt(attempt, now=END + minutes(1))
    one, two = keep(attempt, "one"), keep(attempt, "two")

    count_late(one, now=END + minutes(3))
    score_attempt(Attempt.objects.get(pk=attempt.pk), now=END + minutes(3))
    count_late(two, now=END + minutes(4))

    assert Attempt.objects.get(pk=attempt.pk).late_draft == one
    assert Score.objects.exists()


def test_what_the_tab_that_locked_the_answer_sends_later_was_overtaken() -> None:
    interview = make_interview()
    lock(first(interview), answer="final", code="", tab="one", count=3, now=NOON + minutes(3))

    overtaken = keep_late(first(interview), answer="fin", code="", tab="one", count=3, now=NOON + minutes(3))
    later = keep_late(first(interview), answer="finally", code="", tab="one", count=4, now=NOON + minutes(3))
    other = keep_late(first(interview), answer="fin", code="", tab="two", count=1, now=NOON + minutes(3))
    plain = keep_late(first(interview), answer="without a script", code="", tab="one", now=NOON + minutes(3))

    assert overtaken is None
    assert plain is not None
    assert later is not None
    assert other is not None


def test_who_goes_takes_their_late_texts_along() -> None:
    attempt = ended()
    count_late(keep(attempt, "one"), now=END + minutes(3))

    attempt.interview.user.delete()

    assert not LateDraft.objects.exists()


@pytest.mark.parametrize("is_locked", [True, False], ids=["after the person's lock", "after the own marks"])
def test_what_came_after_the_reference_was_there_never_counts(is_locked: bool) -> None:
    interview = make_interview()
    if is_locked:
        lock(first(interview), answer="no idea", code="", tab="one", count=1, now=NOON + minutes(3))
    finish(interview, now=NOON + minutes(4))
    if not is_locked:
        skip_self_grading(first(interview), now=NOON + minutes(5))

    late = keep(first(interview), "what the reference says")

    assert not late.may_count
    with pytest.raises(TooEarly):
        count_late(late, now=END + minutes(3))
