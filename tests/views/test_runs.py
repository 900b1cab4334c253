"""Asking for a run: the answer to the click carries the verdict where that is there at once."""

from collections.abc import Iterator
from unittest.mock import MagicMock, patch

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from interview.actions.request_run import request_run
from interview.actions.runs import record_result
from interview.models import Attempt, Run, RunKind
from interview.views.runs import LOOKS
from tests.factories import make_interview, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
RECORD = {"version": 1, "kind": "run", "verdict": "passed", "tests": []}
CODE = {"kind": "run", "code": "def twice(number):\n    return 2 * number\n"}
SOME = 25  # queries for everything that isn't a look


@pytest.fixture
def pause() -> Iterator[MagicMock]:
    """The moment between two looks at the run; here it takes no time."""
    with patch("interview.views.runs.sleep") as double:
        yield double


@pytest.fixture
def attempt(client: Client) -> Attempt:
    user = make_user()
    client.force_login(user)
    return make_interview(user, code=True, now=timezone.now()).attempts.get(position=1)


def work(*_args: object) -> None:
    """What the worker does meanwhile."""
    record_result(Run.objects.latest("pk"), record=RECORD, now=timezone.now())


def test_the_answer_to_the_click_carries_the_verdict(
    client: Client, attempt: Attempt, pause: MagicMock
) -> None:
    pause.side_effect = work

    response = client.post(f"/answers/{attempt.pk}/runs/", CODE, headers=HTMX)

    assert response.status_code == 200
    assert "The examples pass." in response.content.decode()
    assert "hx-trigger" not in response.content.decode()
    assert pause.call_count == 1


def test_a_run_that_takes_longer_is_asked_for_again_and_costs_a_bounded_wait(
    client: Client,
    attempt: Attempt,
    pause: MagicMock,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(LOOKS + SOME):
        response = client.post(f"/answers/{attempt.pk}/runs/", CODE, headers=HTMX)

    assert pause.call_count == LOOKS
    assert "hx-trigger" in response.content.decode()


def test_nobody_waits_for_a_run_that_others_are_ahead_of(
    client: Client, attempt: Attempt, pause: MagicMock
) -> None:
    other = make_interview(code=True, now=timezone.now()).attempts.get(position=1)
    request_run(other, kind=RunKind.RUN, source="x = 1", now=timezone.now())

    response = client.post(f"/answers/{attempt.pk}/runs/", CODE, headers=HTMX)

    assert not pause.called
    assert "1 run is ahead of yours." in response.content.decode()


def test_without_a_script_the_click_leads_to_the_page_at_once(
    client: Client, attempt: Attempt, pause: MagicMock
) -> None:
    response = client.post(f"/answers/{attempt.pk}/runs/", CODE)

    assert not pause.called
    assert response["Location"] == f"/interviews/{attempt.interview_id}/"
