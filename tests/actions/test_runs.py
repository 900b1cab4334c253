from datetime import timedelta

import pytest

from interview.actions.errors import AlreadyLocked, TooEarly, TooManyRuns
from interview.actions.lock import lock
from interview.actions.request_run import RUNS_PER_MINUTE, request_run
from interview.actions.runs import (
    LEASE,
    LONGEST_HOLD,
    claim_run,
    give_up_run,
    hold_run,
    is_hopeless,
    record_result,
    release_run,
    renew_lease,
)
from interview.models import Attempt, Run, RunKind
from tests.factories import NOON, make_interview, minutes

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
RECORD = {"version": 1, "kind": "run", "verdict": "passed", "tests": []}


def attempt_with_code() -> Attempt:
    return make_interview(code=True).attempts.get(position=1)


def a_run(attempt: Attempt | None = None) -> Run:
    return request_run(attempt or attempt_with_code(), kind=RunKind.RUN, source="x = 1", now=NOON)


def test_one_worker_gets_the_run() -> None:
    run = a_run()

    assert claim_run(run, now=NOON)
    assert not claim_run(run, now=NOON)
    assert run.starts == 1


def test_an_expired_lease_is_taken_over_once_and_then_given_up() -> None:
    run = a_run()

    assert claim_run(run, now=NOON)
    assert claim_run(run, now=NOON + minutes(1))
    assert not claim_run(run, now=NOON + minutes(2))
    assert give_up_run(run, now=NOON + minutes(3))
    assert run.verdict == "not_graded"


def test_a_renewed_lease_keeps_the_run_from_others() -> None:
    run = a_run()
    claim_run(run, now=NOON)

    assert renew_lease(run, now=NOON + LEASE - SECOND)
    assert not claim_run(Run.objects.get(), now=NOON + LEASE + SECOND)
    assert claim_run(Run.objects.get(), now=NOON + 2 * LEASE)


def test_a_slow_worker_takes_nothing_from_the_one_that_took_over() -> None:
    run = a_run()
    claim_run(run, now=NOON)
    other = Run.objects.get()
    claim_run(other, now=NOON + LEASE + SECOND)

    assert not renew_lease(run, now=NOON + LEASE + 2 * SECOND)
    assert not hold_run(run, reason="no sandbox here")
    assert not release_run(run)

    run.refresh_from_db()
    assert (run.starts, run.lease_until) == (2, other.lease_until)


def test_a_run_that_a_worker_holds_is_not_given_up() -> None:
    run = a_run()
    claim_run(run, now=NOON)

    assert not give_up_run(run, now=NOON + SECOND)


def test_after_a_fault_of_ours_a_run_may_start_once_more_at_once() -> None:
    run = a_run()

    for _ in range(2):
        assert claim_run(run, now=NOON)
        assert release_run(run)

    assert not claim_run(run, now=NOON)
    assert is_hopeless(run, now=NOON)


def test_a_run_waits_for_a_sandbox_no_longer_than_a_person_would() -> None:
    run = a_run()
    claim_run(run, now=NOON)
    hold_run(run, reason="no sandbox here")
    run.refresh_from_db()

    assert not is_hopeless(run, now=NOON + LONGEST_HOLD)
    assert is_hopeless(run, now=NOON + LONGEST_HOLD + SECOND)


def test_the_first_result_counts() -> None:
    run = a_run()

    assert record_result(run, record=RECORD, now=NOON)
    assert not record_result(run, record=RECORD | {"verdict": "failed"}, now=NOON)
    assert run.verdict == "passed"


def test_a_run_held_back_costs_no_start() -> None:
    run = a_run()
    claim_run(run, now=NOON)

    hold_run(run, reason="no sandbox here")

    run.refresh_from_db()
    assert (run.starts, run.lease_until, run.held_because) == (0, None, "no sandbox here")
    assert claim_run(run, now=NOON)


def test_a_newer_run_cancels_one_that_still_waits() -> None:
    attempt = attempt_with_code()
    waiting = a_run(attempt)

    a_run(attempt)

    waiting.refresh_from_db()
    assert waiting.verdict == "cancelled"


def test_a_run_that_has_begun_goes_on_beside_a_newer_one() -> None:
    attempt = attempt_with_code()
    begun = a_run(attempt)
    claim_run(begun, now=NOON)

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


def test_a_question_that_was_not_asked_yet_is_not_run() -> None:
    with pytest.raises(TooEarly):
        a_run(make_interview(code=True).attempts.get(position=2))
