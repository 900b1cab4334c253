from datetime import timedelta

import pytest

from interview.actions.errors import AlreadyLocked, TooManyRuns
from interview.actions.lock import lock
from interview.actions.request_run import RUNS_PER_MINUTE, request_run
from interview.actions.runs import claim_run, give_up_run, hold_run, record_result
from interview.models import Attempt, Run, RunKind
from tests.factories import NOON, make_interview, minutes

pytestmark = pytest.mark.django_db
WALL = timedelta(seconds=10)
RECORD = {"version": 1, "kind": "run", "verdict": "passed", "tests": []}


def attempt_with_code() -> Attempt:
    return make_interview(code=True).attempts.get(position=1)


def a_run(attempt: Attempt | None = None) -> Run:
    return request_run(attempt or attempt_with_code(), kind=RunKind.RUN, source="x = 1", now=NOON)


def test_one_worker_gets_the_run() -> None:
    run = a_run()

    assert claim_run(run, wall_limit=WALL, now=NOON)
    assert not claim_run(run, wall_limit=WALL, now=NOON)
    assert run.starts == 1


def test_an_expired_lease_is_taken_over_once_and_then_given_up() -> None:
    run = a_run()

    assert claim_run(run, wall_limit=WALL, now=NOON)
    assert claim_run(run, wall_limit=WALL, now=NOON + minutes(1))
    assert not claim_run(run, wall_limit=WALL, now=NOON + minutes(2))
    assert give_up_run(run, now=NOON + minutes(3))
    assert run.verdict == "not_graded"


def test_the_first_result_counts() -> None:
    run = a_run()

    assert record_result(run, record=RECORD, now=NOON)
    assert not record_result(run, record=RECORD | {"verdict": "failed"}, now=NOON)
    assert run.verdict == "passed"


def test_a_run_held_back_costs_no_start() -> None:
    run = a_run()
    claim_run(run, wall_limit=WALL, now=NOON)

    hold_run(run, reason="no sandbox here")

    run.refresh_from_db()
    assert (run.starts, run.lease_until, run.held_because) == (0, None, "no sandbox here")
    assert claim_run(run, wall_limit=WALL, now=NOON)


def test_a_newer_run_cancels_one_that_still_waits() -> None:
    attempt = attempt_with_code()
    waiting = a_run(attempt)

    a_run(attempt)

    waiting.refresh_from_db()
    assert waiting.verdict == "cancelled"


def test_a_run_that_has_begun_goes_on_beside_a_newer_one() -> None:
    attempt = attempt_with_code()
    begun = a_run(attempt)
    claim_run(begun, wall_limit=WALL, now=NOON)

    a_run(attempt)

    begun.refresh_from_db()
    assert not begun.is_ended


def test_there_is_an_end_to_runs_in_a_minute() -> None:
    attempt = attempt_with_code()
    for _ in range(RUNS_PER_MINUTE):
        a_run(attempt)

    with pytest.raises(TooManyRuns):
        a_run(attempt)

    assert request_run(attempt, kind=RunKind.RUN, source="", now=NOON + minutes(1.1))


def test_a_locked_answer_is_not_run_again() -> None:
    attempt = attempt_with_code()
    lock(attempt, answer="", code="x = 1", now=NOON)

    with pytest.raises(AlreadyLocked):
        a_run(attempt)
