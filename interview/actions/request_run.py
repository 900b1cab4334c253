"""Ask for the person's code to be run."""

from datetime import datetime, timedelta

from django.db import transaction

from interview.actions.clock import hold
from interview.actions.errors import AlreadyLocked, TooEarly, TooLate, TooManyRuns
from interview.models import Attempt, Run, RunKind

RUNS_PER_MINUTE = 30


def request_run(attempt: Attempt, *, kind: RunKind, source: str, own_call: str = "", now: datetime) -> Run:
    """Queue a run; one of the same attempt that still waits in the queue is cancelled by it.

    Raises TooEarly for a question not asked yet, AlreadyLocked or TooLate once the answer is final, and
    TooManyRuns beyond RUNS_PER_MINUTE.
    """
    with transaction.atomic():
        interview = hold(attempt)
        if attempt.opened_at is None:
            raise TooEarly
        if attempt.locked_at is not None:
            raise AlreadyLocked
        if not attempt.is_in_time(now=now):
            raise TooLate
        recent = Run.objects.by(interview.user_id).filter(queued_at__gt=now - timedelta(minutes=1))
        if recent.count() >= RUNS_PER_MINUTE:
            raise TooManyRuns
        _cancel_waiting(attempt, now=now)
        return Run.objects.create(attempt=attempt, kind=kind, source=source, own_call=own_call, queued_at=now)


def queue_submit(attempt: Attempt, *, source: str, now: datetime) -> None:
    """Submit the program that stands at the lock, unless the last submit was the same one."""
    last = attempt.runs.filter(kind=RunKind.SUBMIT).exclude(verdict="cancelled").first()
    if last is None or last.source != source:
        _cancel_waiting(attempt, now=now)
        Run.objects.create(attempt=attempt, kind=RunKind.SUBMIT, source=source, queued_at=now)


def _cancel_waiting(attempt: Attempt, *, now: datetime) -> None:
    attempt.runs.pending().filter(lease_until=None).update(ended_at=now, verdict="cancelled")
