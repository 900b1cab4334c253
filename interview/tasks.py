"""What the worker does: run code, score answers, and sweep up what was left. Each task may run twice without harm."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import Task
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from interview.actions import runs
from interview.actions.finish import settle
from interview.actions.score import score_attempt
from interview.celery import app
from interview.models import Attempt, Interview, Run, RunKind

logger = logging.getLogger(__name__)

RENEW_EVERY = timedelta(seconds=5)
# Two children, each with 25 s to start and at most 30 s of its own: a worker that takes longer hangs.
LONGEST_RUN = timedelta(minutes=2)
RING_AGAIN = timedelta(seconds=10)
# So many a sweep: a backlog is not put into the queue over and over again.
SWEPT = 200


def ring(attempt: Attempt) -> None:
    """Call the worker, once the transaction is through, for everything that waits on this attempt.

    Where the broker can't be reached, nothing is lost: the next sweep rings again.
    """
    for pk in attempt.runs.pending().values_list("pk", flat=True):
        transaction.on_commit(partial(_call, run_code, pk))
    if attempt.locked_at is not None:
        transaction.on_commit(partial(_call, score, attempt.pk))


def _call(task: Task, pk: int) -> None:
    try:
        # Once: a person waits for the page, and the next sweep is the second try.
        task.apply_async((pk,), retry=False)
    except OperationalError as problem:
        logger.warning("The broker can't be reached (%s); the next sweep rings again.", problem)


@app.task
def run_code(run_id: int) -> None:
    """Judge one run outside any transaction, and record its result. After a fault of ours it is started once more."""
    from interview.sandbox.run import SandboxUnavailable

    now = timezone.now()
    run = Run.objects.claimable(now).select_related("attempt__version").filter(pk=run_id).first()
    if run is None or not runs.claim_run(run, now=now):
        return
    try:
        with _renewed(run, until=now + LONGEST_RUN):
            record = _judge(run)
    except SandboxUnavailable as reason:
        runs.hold_run(run, reason=str(reason))
        return
    except Exception:
        # A question that can't be read, a mistake of ours: whatever it is, the run reaches an end.
        logger.exception("Run %s could not be judged.", run_id)
        record = runs.not_graded(run)
    if record["verdict"] == "not_graded" and run.starts < runs.MOST_STARTS:
        if runs.release_run(run):
            _call(run_code, run.pk)  # A person waits: the next sweep would be up to 10 s away.
    elif runs.record_result(run, record=record, now=timezone.now()):
        score_attempt(run.attempt, now=timezone.now())


@app.task
def score(attempt_id: int) -> None:
    """Score one locked attempt, unless its code still runs."""
    attempt = Attempt.objects.select_related("interview", "version").filter(pk=attempt_id).first()
    if attempt is not None:
        score_attempt(attempt, now=timezone.now())


@app.task
def sweep_runs() -> None:
    """Ring again for runs that nobody holds, and end those for which there is no hope."""
    now = timezone.now()
    for run in Run.objects.claimable(now).order_by("queued_at")[:SWEPT]:
        if runs.is_hopeless(run, now=now):
            runs.give_up_run(run, now=now)
            _call(score, run.attempt_id)
        elif run.starts or run.queued_at < now - RING_AGAIN:
            _call(run_code, run.pk)


@app.task
def sweep_interviews() -> None:
    """Finish interviews whose time is up, and ring for what is locked but has no score yet."""
    now = timezone.now()
    for interview in Interview.objects.ending().prefetch_related("events"):
        try:
            settle(interview, now=now)
        except Exception:
            logger.exception("Interview %s could not be finished; the others go on.", interview.pk)
    # The newest first: those that can't be scored at all must not stand before the others for ever.
    unscored = Attempt.objects.locked().filter(score=None, locked_at__lt=now - timedelta(seconds=1))
    for attempt in unscored.order_by("-locked_at")[:SWEPT]:
        ring(attempt)


def _judge(run: Run) -> dict[str, Any]:
    from interview.judge.judge import judge

    task = run.attempt.version.content().task
    is_submit = run.kind == RunKind.SUBMIT
    return judge(run.source, task, submit=is_submit, own_call=run.own_call, seed=run.pk).as_json()


@contextmanager
def _renewed(run: Run, *, until: datetime) -> Iterator[None]:
    """Renew the run's lease beside the work, which blocks: so a lease can be short and a killed worker soon noticed."""
    has_ended = threading.Event()
    thread = threading.Thread(target=_renew, args=(run, until, has_ended), daemon=True)
    thread.start()
    try:
        yield
    finally:
        has_ended.set()
        thread.join()


def _renew(run: Run, until: datetime, has_ended: threading.Event) -> None:
    try:
        while not has_ended.wait(RENEW_EVERY.total_seconds()) and (now := timezone.now()) < until:
            if not runs.renew_lease(run, now=now):
                return
    except DatabaseError:
        logger.exception("The lease of run %s was not renewed; at worst it is started twice.", run.pk)
    finally:
        # A thread has a connection of its own, and nobody else would close it.
        connection.close()
