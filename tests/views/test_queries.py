from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from interview.actions.finish import finish
from interview.actions.lock import lock
from interview.actions.retry import retry
from interview.actions.runs import record_result
from interview.actions.self_grade import OwnMark, self_grade
from interview.models import Interview, Mark
from interview.tasks import score
from tests.factories import make_interview, make_user, minutes

pytestmark = pytest.mark.django_db
MOST = 10
# One answer looks for an earlier one to the same question, and reads the marks of both.
MOST_FOR_TWO = 13


def past_interviews(user: User, number: int) -> list[Interview]:
    """Finished, scored and graded interviews, one question each."""
    return [_past(user, hours=number - n) for n in range(number)]


def _past(user: User, hours: int) -> Interview:
    now = timezone.now() - minutes(60 * hours)
    return _answer(make_interview(user, questions=1, now=now), now=now)


def _answer(interview: Interview, *, now: datetime) -> Interview:
    attempt = interview.attempts.get()
    lock(attempt, answer="I would look at the recall first.", code="", now=now)
    self_grade(attempt, {point.pk: OwnMark(Mark.COVERED) for point in attempt.version.points.all()}, now=now)
    score(attempt.pk)
    finish(interview, now=now + minutes(5))
    return interview


@pytest.mark.parametrize("address", ["/home/", "/history/", "/interviews/new/"])
def test_a_page_costs_the_same_few_queries_whatever_the_history(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user()
    client.force_login(user)

    counts = []
    for _ in range(3):
        past_interviews(user, 4)
        with django_assert_max_num_queries(MOST) as queries:
            client.get(address)
        counts.append(len(queries.captured_queries))

    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("questions", [1, 6])
def test_the_room_the_result_and_an_answer_cost_few_queries(
    client: Client, questions: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user()
    client.force_login(user)
    interview = make_interview(user, questions=questions, code=True, now=timezone.now())

    with django_assert_max_num_queries(MOST):
        client.get(f"/interviews/{interview.pk}/")
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer="I would look at the recall first.", code="x = 1", now=timezone.now())
    record = {"verdict": "failed", "tests": [], "hidden_passed": 0, "hidden_total": 5}
    record_result(attempt.runs.get(), record=record, now=timezone.now())
    marks = {point.pk: OwnMark(Mark.COVERED) for point in attempt.version.points.all()}
    self_grade(attempt, marks, now=timezone.now())
    score(attempt.pk)
    finish(interview, now=timezone.now())
    with django_assert_max_num_queries(MOST):
        client.get(f"/interviews/{interview.pk}/result/")
    with django_assert_max_num_queries(MOST + 1):
        client.get(f"/answers/{attempt.pk}/")


def test_an_answer_beside_an_earlier_one_costs_the_same_however_many_there_are(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_user()
    client.force_login(user)
    attempt = _past(user, hours=9).attempts.get()

    counts = []
    for hours in (8, 7, 6):
        now = timezone.now() - minutes(60 * hours)
        attempt = _answer(retry(attempt, language="en", now=now), now=now).attempts.get()
        with django_assert_max_num_queries(MOST_FOR_TWO) as queries:
            html = client.get(f"/answers/{attempt.pk}/").content.decode()
        assert "Your earlier answer" in html
        counts.append(len(queries.captured_queries))

    assert len(set(counts)) == 1, counts
