"""What the worker writes: it claims a run by a lease, renews it while it works, and records one result."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from interview.models import Run, RunKind
from interview.models.runs import RunQuerySet

MOST_STARTS = 2
# Renewed while the worker lives, so it needn't cover the run, only tell soon that a worker is dead: with the wait for
# the next sweep after 25 s at most, and 50 s for both starts, whatever the run's own limit is.
LEASE = timedelta(seconds=15)
LONGEST_HOLD = timedelta(minutes=10)


def claim_run(run: Run, *, now: datetime) -> bool:
    """Take the run for the length of a lease; False where another worker holds it or it has ended."""
    claimable = Run.objects.claimable(now).filter(pk=run.pk, starts__lt=MOST_STARTS)
    claimed = claimable.update(starts=F("starts") + 1, lease_until=now + LEASE, held_because="")
    if claimed:
        run.refresh_from_db(fields=["starts", "lease_until", "held_because"])
    return bool(claimed)


def renew_lease(run: Run, *, now: datetime) -> bool:
    """Keep a claimed run for the length of another lease; False where it was lost meanwhile."""
    return _change_lease(run, now + LEASE)


def hold_run(run: Run, *, reason: str) -> bool:
    """Put a claimed run back because no code can be run here at the moment: that is no start."""
    return _change_lease(run, None, starts=F("starts") - 1, held_because=reason[:200])


def release_run(run: Run) -> bool:
    """Put a claimed run back after a fault of ours: it may be started again at once."""
    return _change_lease(run, None)


def record_result(run: Run, *, record: dict[str, Any], now: datetime) -> bool:
    """Write the result; the first one counts, so that a run that was started twice still has one."""
    return _end(run, Run.objects.pending(), record=record, now=now)


def is_hopeless(run: Run, *, now: datetime) -> bool:
    """Whether a run that nobody holds was started often enough, or has waited too long for a sandbox."""
    is_held_too_long = bool(run.held_because) and run.queued_at < now - LONGEST_HOLD
    return run.starts >= MOST_STARTS or is_held_too_long


def give_up_run(run: Run, *, now: datetime) -> bool:
    """End a run that nobody holds as one that could not be graded: our fault, and no score."""
    return _end(run, Run.objects.claimable(now), record=not_graded(run), now=now)


def not_graded(run: Run) -> dict[str, Any]:
    """The record of a run that our fault kept from a result."""
    return {"version": 1, "kind": RunKind(run.kind).value, "verdict": "not_graded", "tests": []}


def _change_lease(run: Run, until: datetime | None, **changes: Any) -> bool:
    # By the lease that this worker knows: from a slow one another may have taken over.
    mine = Run.objects.pending().filter(pk=run.pk, lease_until=run.lease_until)
    is_mine = bool(mine.update(lease_until=until, **changes))
    if is_mine:
        run.lease_until = until
    return is_mine


def _end(run: Run, candidates: RunQuerySet, *, record: dict[str, Any], now: datetime) -> bool:
    ended = candidates.filter(pk=run.pk).update(verdict=record["verdict"], record=record, ended_at=now)
    if ended:
        run.refresh_from_db(fields=["verdict", "record", "ended_at"])
    return bool(ended)
