from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from interview.actions.errors import NotEnoughQuestions
from interview.actions.load_bank import load_bank
from interview.actions.start import start
from interview.models import Interview, Question
from interview.rules.selection import Part, Plan
from tests.factories import NOON, make_content, make_interview, make_user, make_version, minutes


def begin(user: User, number: int = 2, **changes: object) -> Interview:
    settings = {"limit": minutes(20), "reveal_policy": "after_each", "language": "en", "seed": 1, "now": NOON}
    return start(user, Plan((Part(number),)), **settings | changes)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_starting_writes_the_time_down_and_opens_the_first_question_only() -> None:
    interview = make_interview(questions=3)

    opened = list(interview.attempts.values_list("position", "opened_at"))

    assert (interview.started_at, interview.limit) == (NOON, minutes(20))
    assert opened == [(1, NOON), (2, None), (3, None)]


@pytest.mark.django_db
def test_a_second_start_leads_back_to_the_running_interview() -> None:
    user = make_user()
    first = make_interview(user)

    again = begin(user, now=NOON + minutes(5), limit=minutes(90))

    assert again == first
    assert again.limit == minutes(20)


@pytest.mark.django_db
def test_starting_finishes_an_overdue_interview_first() -> None:
    user = make_user()
    old = make_interview(user)

    new = begin(user, now=NOON + minutes(60))

    old.refresh_from_db()
    assert old.finished_at == NOON + minutes(20)
    assert new != old


@pytest.mark.django_db
def test_a_bank_that_is_too_small_says_how_many_there_are() -> None:
    make_version()

    with pytest.raises(NotEnoughQuestions) as refusal:
        begin(make_user(), number=2)

    assert refusal.value.available == 1
    assert not Interview.objects.exists()


@pytest.mark.django_db
def test_a_question_edited_or_retired_later_stays_as_it_was_asked() -> None:
    interview = make_interview(questions=1)
    asked = interview.attempts.get().version

    load_bank([make_content(asked.question.slug, difficulty="hard")], now=NOON)
    Question.objects.update(retired_at=NOON)

    assert interview.attempts.get().version == asked
    assert asked.difficulty == "medium"


@pytest.mark.django_db
def test_the_database_refuses_a_second_open_interview() -> None:
    interview = make_interview()

    with pytest.raises(IntegrityError), transaction.atomic():
        Interview.objects.create(
            user=interview.user, language="en", reveal_policy="at_end", seed=2, started_at=NOON
        )


@pytest.mark.django_db(transaction=True)
def test_many_starts_at_once_create_one_interview() -> None:
    user = make_user()
    make_version(), make_version()

    def once(_: int) -> int:
        try:
            return begin(user).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(once, range(8)))

    assert len(ids) == 1
    assert Interview.objects.count() == 1
    assert Interview.objects.get().attempts.count() == 2
