"""What the worker does: run code, score answers, and sweep up what was left. Each task may run twice without harm."""

import logging
from datetime import timedelta
from functools import partial

from celery import Task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from interview.actions import runs
from interview.actions.finish import finish_if_over
from interview.actions.score import score_attempt
from interview.bank.schema import CodeTask
from interview.celery import app
from interview.models import Attempt, Interview, Run, RunKind
from interview.models.interviews import AttemptQuerySet

logger = logging.getLogger(__name__)

# Examples and hidden cases run in a child each; starting them costs the imports, and more on a busy machine.
CHILDREN = 2
START_UP = timedelta(seconds=25)
RING_AGAIN = timedelta(seconds=10)


def ring(attempt: Attempt) -> None:
    """Call the worker, once the transaction is through, for everything that waits on this attempt.

    Where the broker can't be reached, nothing is lost: the next sweep rings again.
    """
    for pk in attempt.runs.pending().values_list("pk", flat=True):
        transaction.on_commit(partial(_call, run_code, pk))
    transaction.on_commit(partial(_call, score, attempt.pk))


def _call(task: Task, pk: int) -> None:
    try:
        task.delay(pk)
    except OperationalError as problem:
        logger.warning("The broker can't be reached (%s); the next sweep rings again.", problem)


@app.task
def run_code(run_id: int) -> None:
    """Judge one run outside any transaction, and record its result."""
    from interview.judge.judge import judge
    from interview.sandbox.run import SandboxUnavailable

    run = Run.objects.select_related("attempt__version").filter(pk=run_id).first()
    if run is None:
        return
    task = run.attempt.version.content().task
    if not runs.claim_run(run, wall_limit=_wall_limit(task), now=timezone.now()):
        return
    try:
        record = judge(
            run.source, task, submit=run.kind == RunKind.SUBMIT, own_call=run.own_call, seed=run.pk
        ).as_json()
    except SandboxUnavailable as reason:
        runs.hold_run(run, reason=str(reason))
        return
    if record["verdict"] == "not_graded" and run.starts < runs.MOST_STARTS:
        return  # Our fault: the expired lease brings it back once.
    runs.record_result(run, record=record, now=timezone.now())
    score_attempt(run.attempt, now=timezone.now())


@app.task
def score(attempt_id: int) -> None:
    """Score one locked attempt, unless its code still runs."""
    score_attempt(_attempts().get(pk=attempt_id), now=timezone.now())


@app.task
def sweep_runs() -> None:
    """Ring again for runs that nobody holds, and end those that were started often enough."""
    now = timezone.now()
    for run in Run.objects.claimable(now).select_related("attempt"):
        if run.starts >= runs.MOST_STARTS:
            runs.give_up_run(run, now=now)
            score.delay(run.attempt_id)
        elif run.starts or run.queued_at < now - RING_AGAIN:
            run_code.delay(run.pk)


@app.task
def sweep_interviews() -> None:
    """Finish interviews whose time is up, and score what is locked but has no score yet."""
    now = timezone.now()
    for interview in Interview.objects.open().filter(limit__isnull=False).prefetch_related("suspensions"):
        finish_if_over(interview, now=now)
    for attempt in _attempts().locked().filter(score=None, locked_at__lt=now - timedelta(seconds=1)):
        score_attempt(attempt, now=now)


def _attempts() -> AttemptQuerySet:
    return Attempt.objects.select_related("interview", "version")


def _wall_limit(task: CodeTask | None) -> timedelta:
    seconds = task.limits.wall_seconds if task else 10
    return CHILDREN * timedelta(seconds=seconds) + START_UP
