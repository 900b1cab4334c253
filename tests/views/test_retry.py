"""Trying a question again from the review of its answer."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interview.actions.finish import finish
from interview.actions.load_bank import load_bank
from interview.actions.lock import lock
from interview.actions.self_grade import skip_self_grading
from interview.models import Attempt, Interview, Question
from interview.tasks import score
from tests.factories import make_content, make_interview, make_user, make_version, minutes

pytestmark = pytest.mark.django_db
BUTTON = "Try this question again"


@pytest.fixture
def user(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def old(user: User) -> Attempt:
    """The answer to one question of an interview that has ended."""
    now = timezone.now() - minutes(60)
    interview = make_interview(user, now=now)
    attempt: Attempt = interview.attempts.get(position=1)
    lock(attempt, answer="I would look at the recall first.", code="", now=now)
    score(attempt.pk)
    skip_self_grading(attempt, now=now)
    finish(interview, now=now + minutes(1))
    return attempt


def review(client: Client, attempt: Attempt) -> str:
    return client.get(f"/answers/{attempt.pk}/").content.decode()


def retry(client: Client, attempt: Attempt, **headers: str) -> str:
    return str(client.post(f"/answers/{attempt.pk}/retry/", headers=headers)["Location"])


def newest() -> Interview:
    return Interview.objects.latest("pk")


def test_the_review_starts_practice_of_this_one_question(client: Client, old: Attempt) -> None:
    make_version()
    page = review(client, old)

    where = retry(client, old)

    again = newest()
    assert BUTTON in page
    assert f'action="/answers/{old.pk}/retry/"' in page
    assert where == f"/interviews/{again.pk}/"
    assert (again.mode, again.reveal_policy, again.limit) == ("practice", "after_each", None)
    assert [each.version for each in again.attempts.all()] == [old.version]
    assert BUTTON not in client.get(where).content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_is_asked_in_the_language_of_the_page(client: Client, old: Attempt, language: str) -> None:
    User.objects.update(language=language)

    retry(client, old)

    assert newest().language == language


def test_it_is_asked_as_it_is_worded_now(client: Client, old: Attempt) -> None:
    load_bank([make_content(old.version.question.slug, difficulty="hard")], now=timezone.now())

    retry(client, old)

    assert newest().attempts.get().version.difficulty == "hard"


def test_a_second_click_leads_to_the_same_interview(client: Client, old: Attempt) -> None:
    assert retry(client, old) == retry(client, old)
    assert Interview.objects.count() == 2


def test_while_an_interview_is_open_a_line_leads_to_it_instead(
    client: Client, user: User, old: Attempt
) -> None:
    other = make_interview(user, now=timezone.now())

    page = review(client, old)
    where = retry(client, old)

    assert BUTTON not in page
    assert "when the interview that is open has ended" in page
    assert f'href="/interviews/{other.pk}/"' in page
    assert where == f"/interviews/{other.pk}/"
    assert Interview.objects.count() == 2


def test_one_whose_time_is_up_is_in_nobodys_way(client: Client, user: User, old: Attempt) -> None:
    make_interview(user, now=timezone.now() - minutes(40))

    assert BUTTON in review(client, old)


def test_it_waits_for_the_own_marks_and_comes_with_the_automatic_ones(client: Client, old: Attempt) -> None:
    Attempt.objects.filter(pk=old.pk).update(self_graded_at=None, self_grade_skipped=False)
    before = review(client, old)

    htmx = {"HX-Request": "true"}
    after = client.post(f"/answers/{old.pk}/grade/", {"skip": "on"}, headers=htmx).content.decode()
    marks = client.get(f"/answers/{old.pk}/marks/", headers=htmx).content.decode()

    assert [BUTTON in html for html in (before, after, marks)] == [False, True, True]


def test_a_retired_question_is_not_asked_again(client: Client, old: Attempt) -> None:
    Question.objects.update(retired_at=timezone.now())

    page = review(client, old)
    where = retry(client, old)

    assert BUTTON not in page
    assert "This question is no longer asked." in page
    assert where == f"/answers/{old.pk}/"
    assert Interview.objects.count() == 1
