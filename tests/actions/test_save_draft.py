from datetime import timedelta

import pytest

from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.actions.lock import lock
from interview.actions.save_draft import save_draft
from interview.models import Attempt, Draft, Score
from tests.factories import NOON, make_interview, minutes

pytestmark = pytest.mark.django_db


def first_attempt() -> Attempt:
    return make_interview().attempts.get(position=1)


def save(attempt: Attempt, text: str, *, revision: int = 0, after: timedelta = timedelta()) -> Draft:
    return save_draft(attempt, revision=revision, answer=text, code="", now=NOON + after)


def test_each_save_is_the_next_revision_of_the_one_draft() -> None:
    attempt = first_attempt()

    save(attempt, "one")
    save(attempt, "one two", revision=1)

    draft = Draft.objects.get()
    assert (draft.revision, draft.answer) == (2, "one two")
    assert not Score.objects.exists()
    attempt.refresh_from_db()
    assert attempt.locked_at is None


def test_a_save_based_on_an_older_revision_is_refused_with_the_newer_text() -> None:
    attempt = first_attempt()
    save(attempt, "from the phone")

    with pytest.raises(StaleDraft) as refusal:
        save(attempt, "from the laptop")

    assert refusal.value.newer.answer == "from the phone"
    assert Draft.objects.get().answer == "from the phone"


def test_the_same_text_sent_twice_is_no_conflict() -> None:
    attempt = first_attempt()
    save(attempt, "one")

    assert save(attempt, "one").revision == 1


@pytest.mark.parametrize(("seconds", "counts"), [(14, True), (16, False)])
def test_saving_works_until_the_grace_after_the_deadline(seconds: int, counts: bool) -> None:
    attempt = first_attempt()
    after = minutes(20) + timedelta(seconds=seconds)

    if counts:
        assert save(attempt, "last words", after=after).answer == "last words"
    else:
        with pytest.raises(TooLate):
            save(attempt, "too late", after=after)


def test_a_locked_answer_takes_no_draft() -> None:
    attempt = first_attempt()
    lock(attempt, answer="final", code="", now=NOON)

    with pytest.raises(AlreadyLocked):
        save(attempt, "more")

    assert not Draft.objects.exists()


def test_a_question_that_was_not_asked_yet_takes_no_draft() -> None:
    with pytest.raises(TooEarly):
        save(make_interview().attempts.get(position=2), "early")


def save_as(tab: str, attempt: Attempt, text: str, *, revision: int, count: int) -> Draft:
    return save_draft(attempt, revision=revision, answer=text, code="", tab=tab, count=count, now=NOON)


def test_a_save_whose_reply_was_lost_is_no_quarrel_with_oneself() -> None:
    attempt = first_attempt()
    save_as("one", attempt, "half", revision=0, count=1)

    again = save_as("one", attempt, "half a sentence", revision=0, count=2)
    lock(attempt, answer="half a sentence more", code="", revision=0, tab="one", now=NOON)

    assert (again.revision, again.answer) == (2, "half a sentence")
    assert attempt.answer == "half a sentence more"


def test_a_save_that_was_overtaken_on_its_way_overwrites_nothing() -> None:
    attempt = first_attempt()
    save_as("one", attempt, "half a sentence", revision=0, count=2)

    save_as("one", attempt, "half", revision=0, count=1)

    assert Draft.objects.get().answer == "half a sentence"


def test_what_another_tab_saved_in_between_is_asked_about_all_the_same() -> None:
    attempt = first_attempt()
    save_as("one", attempt, "half", revision=0, count=1)
    save_as("two", attempt, "half from the phone", revision=1, count=1)

    with pytest.raises(StaleDraft):
        save_as("one", attempt, "half a sentence", revision=0, count=2)
    with pytest.raises(StaleDraft):
        lock(attempt, answer="half a sentence", code="", revision=0, tab="one", now=NOON)
