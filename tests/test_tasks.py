"""What the worker does, and what it does when something goes wrong."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import MagicMock, patch

import pytest
from django.db import IntegrityError
from django.utils import timezone
from kombu.exceptions import OperationalError

from interview import tasks
from interview.actions.finish import settle
from interview.actions.lock import lock
from interview.actions.request_run import request_run
from interview.actions.runs import LONGEST_HOLD, MOST_STARTS, not_graded, record_result
from interview.actions.save_draft import save_draft
from interview.celery import app
from interview.judge.record import Kind, Record
from interview.judge.verdicts import Verdict
from interview.models import Attempt, QuestionVersion, Run, RunKind, Score
from interview.rules import timing
from interview.sandbox.run import SandboxUnavailable
from tests.factories import NOON, make_interview, minutes
from tests.processes import eventually

PASSED = Record(kind=Kind.RUN, verdict=Verdict.PASSED)
NOT_GRADED = Record(kind=Kind.RUN, verdict=Verdict.NOT_GRADED)
NO_SANDBOX = SandboxUnavailable(probe="network", reason="it left a trace", mend="uname -r")


@pytest.fixture
def judge() -> Iterator[MagicMock]:
    """Judges as it is told, without a child."""
    with patch("interview.judge.judge.judge", return_value=PASSED) as double:
        yield double


@pytest.fixture(autouse=True)
def clock(time_machine: Any) -> Any:
    time_machine.move_to(NOON, tick=False)
    return time_machine


def a_run() -> Run:
    attempt = make_interview(code=True).attempts.get(position=1)
    return request_run(attempt, kind=RunKind.RUN, source="x = 1", now=NOON)


def spoil(version: QuestionVersion) -> None:
    QuestionVersion.objects.filter(pk=version.pk).update(source={"points": "broken"})


def locked_attempt() -> Attempt:
    attempt = make_interview(questions=1).attempts.get()
    lock(attempt, answer="I would look at the recall first.", code="", now=NOON)
    return attempt


@pytest.mark.django_db
def test_a_fault_of_ours_starts_the_run_once_more_at_once_and_then_ends_it(
    judge: MagicMock, bell: list[str]
) -> None:
    judge.return_value = NOT_GRADED
    run = a_run()

    tasks.run_code(run.pk)
    run.refresh_from_db()
    assert (run.starts, run.lease_until, run.is_ended) == (1, None, False)
    assert bell == ["run_code"]
    tasks.run_code(run.pk)

    run.refresh_from_db()
    assert (run.starts, run.verdict) == (MOST_STARTS, "not_graded")
    assert bell == ["run_code"]


@pytest.mark.django_db
def test_a_run_of_a_question_that_cannot_be_read_reaches_an_end(
    judge: MagicMock, caplog: pytest.LogCaptureFixture
) -> None:
    run = a_run()
    spoil(run.attempt.version)

    for _ in range(MOST_STARTS):
        tasks.run_code(run.pk)

    run.refresh_from_db()
    assert run.record == not_graded(run)
    assert not judge.called
    assert "could not be judged" in caplog.text


@pytest.mark.django_db
def test_a_run_that_ended_or_is_held_costs_the_worker_one_look(
    judge: MagicMock, django_assert_num_queries: Any
) -> None:
    run = a_run()
    tasks.run_code(run.pk)

    with django_assert_num_queries(1):
        tasks.run_code(run.pk)

    assert judge.call_count == 1


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_renewed_while_the_worker_works(
    judge: MagicMock, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "RENEW_EVERY", timedelta(milliseconds=10))
    run = a_run()

    def work(*_args: object, **_kwargs: object) -> Record:
        clock.move_to(NOON + minutes(1), tick=False)
        assert eventually(lambda: (Run.objects.get().lease_until or NOON) > NOON + minutes(1))
        return PASSED

    judge.side_effect = work
    tasks.run_code(run.pk)

    run.refresh_from_db()
    assert (run.starts, run.verdict) == (1, "passed")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_hangs_loses_its_lease_all_the_same(
    judge: MagicMock, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "RENEW_EVERY", timedelta(milliseconds=10))
    run = a_run()

    def hang(*_args: object, **_kwargs: object) -> Record:
        late = NOON + tasks.LONGEST_RUN
        clock.move_to(late, tick=False)
        assert not eventually(lambda: not Run.objects.claimable(late).exists(), within=0.3)
        return PASSED

    judge.side_effect = hang
    tasks.run_code(run.pk)

    run.refresh_from_db()
    assert run.verdict == "passed"


@pytest.mark.django_db
def test_a_run_without_a_sandbox_waits_and_is_given_up_after_a_while(
    judge: MagicMock, clock: Any, bell: list[str]
) -> None:
    judge.side_effect = NO_SANDBOX
    run = a_run()
    tasks.run_code(run.pk)

    clock.move_to(NOON + LONGEST_HOLD, tick=False)
    tasks.sweep_runs()
    assert bell == ["run_code"]
    clock.move_to(NOON + LONGEST_HOLD + minutes(1), tick=False)
    tasks.sweep_runs()

    run.refresh_from_db()
    assert (run.starts, run.verdict) == (0, "not_graded")
    assert bell == ["run_code", "score"]


@pytest.mark.django_db
def test_a_sweep_rings_for_the_oldest_runs_only(
    bell: list[str], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SWEPT", 2)
    for _ in range(3):
        a_run()
    clock.move_to(NOON + minutes(1), tick=False)

    tasks.sweep_runs()

    assert bell == ["run_code"] * 2


@pytest.mark.django_db
def test_the_sweep_finishes_what_is_overdue_and_rings_for_its_score_and_its_code(
    clock: Any, bell: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    interview = make_interview(code=True)
    attempt = interview.attempts.get(position=1)
    save_draft(attempt, revision=0, answer="I would look at the recall.", code="x = 1", now=NOON)
    clock.move_to(NOON + minutes(21), tick=False)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_interviews()

    interview.refresh_from_db()
    assert interview.finished_at == NOON + minutes(20)
    assert attempt.runs.get().source == "x = 1"
    assert sorted(bell) == ["run_code", "score"]
    tasks.score(attempt.pk)
    assert not Score.objects.exists(), "its code still runs"


@pytest.mark.django_db
def test_one_interview_that_cannot_be_finished_stops_no_other(clock: Any) -> None:
    first, second = make_interview(), make_interview()
    clock.move_to(NOON + minutes(21), tick=False)

    def fail_for_the_first(interview: Any, **kwargs: Any) -> bool:
        if interview == first:
            raise ValueError
        return settle(interview, **kwargs)

    with patch("interview.tasks.settle", side_effect=fail_for_the_first):
        tasks.sweep_interviews()

    second.refresh_from_db()
    assert second.finished_at


@pytest.mark.django_db
def test_an_answer_that_cannot_be_scored_keeps_no_other_from_its_score(
    clock: Any, bell: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    broken, healthy = make_interview().attempts.all()
    Attempt.objects.update(opened_at=NOON, locked_at=NOON, answer="I would look at the recall first.")
    spoil(broken.version)
    clock.move_to(NOON + minutes(1), tick=False)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_interviews()

    assert bell == ["score", "score"]
    tasks.score(healthy.pk)
    assert Score.objects.get().prose


@pytest.mark.django_db
def test_two_scorers_at_once_come_to_one_score() -> None:
    attempt = locked_attempt()

    def be_overtaken(score: Score) -> list[object]:
        Score.objects.create(attempt=attempt, scorer="faster", scored_at=NOON)
        return []

    with patch("interview.actions.score._score_prose", side_effect=be_overtaken):
        tasks.score(attempt.pk)

    assert Score.objects.get().scorer == "faster"


@pytest.mark.django_db
def test_a_score_that_the_database_refuses_is_not_taken_for_one_that_exists() -> None:
    attempt = locked_attempt()

    def overdo(score: Score) -> list[object]:
        score.prose = 101
        return []

    with patch("interview.actions.score._score_prose", side_effect=overdo), pytest.raises(IntegrityError):
        tasks.score(attempt.pk)


@pytest.mark.django_db
def test_an_answer_deleted_meanwhile_is_not_scored() -> None:
    attempt = locked_attempt()
    pk = attempt.pk
    attempt.interview.delete()

    tasks.score(pk)

    assert not Score.objects.exists()


@pytest.mark.django_db
def test_a_broker_that_is_down_is_tried_once_and_nobody_waits(
    django_capture_on_commit_callbacks: Any,
) -> None:
    attempt = locked_attempt()

    down = patch("celery.app.task.Task.apply_async", side_effect=OperationalError)
    with down as call, django_capture_on_commit_callbacks(execute=True):
        tasks.ring(attempt)

    call.assert_called_once_with((attempt.pk,), retry=False)


@pytest.mark.django_db
def test_what_was_left_alone_is_over_at_its_deadline_and_scored_two_sweeps_after_the_close(
    clock: Any, bell: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    """With the clock's beat at its worst: a sweep just before the close, and the next one SWEEP later."""
    interview = make_interview(code=True)
    attempt = interview.attempts.get(position=1)
    save_draft(attempt, revision=0, answer="I would look at the recall.", code="", now=NOON)
    closes_at = NOON + minutes(20) + timing.GRACE

    for sweep in range(3):
        clock.move_to(closes_at - timedelta(milliseconds=1) + sweep * timing.SWEEP, tick=False)
        with django_capture_on_commit_callbacks(execute=True):
            tasks.sweep_interviews()
        for run in attempt.runs.pending():
            record = {"verdict": "failed", "tests": [], "hidden_passed": 0, "hidden_total": 5}
            record_result(run, record=record, now=timezone.now())
        if "score" in bell:
            tasks.score(attempt.pk)

    interview.refresh_from_db()
    assert timezone.now() <= closes_at + 2 * timing.SWEEP
    assert interview.finished_at == NOON + minutes(20)
    assert Score.objects.get().scored_at <= closes_at + 2 * timing.SWEEP


def test_the_sweep_comes_as_often_as_the_rules_say() -> None:
    schedule = app.conf.beat_schedule["sweep_interviews"]

    assert schedule["schedule"] == timing.SWEEP.total_seconds()
