"""What the worker writes: it claims a run by a lease, and records its result exactly once."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from interview.models import Run, RunKind

MOST_STARTS = 2
LEASE_MARGIN = timedelta(seconds=5)


def claim_run(run: Run, *, wall_limit: timedelta, now: datetime) -> bool:
    """Take the run for `wall_limit` and a margin; False where another worker holds it or it has ended."""
    claimed = (
        Run.objects.claimable(now)
        .filter(pk=run.pk, starts__lt=MOST_STARTS)
        .update(starts=F("starts") + 1, lease_until=now + wall_limit + LEASE_MARGIN, held_because="")
    )
    run.refresh_from_db()
    return bool(claimed)


def hold_run(run: Run, *, reason: str) -> None:
    """Put a claimed run back, because no code can be run here at the moment; it costs the person nothing."""
    Run.objects.pending().filter(pk=run.pk).update(
        starts=F("starts") - 1, lease_until=None, held_because=reason[:200]
    )


def record_result(run: Run, *, record: dict[str, Any], now: datetime) -> bool:
    """Write the result; the first one counts, so that a run that was started twice still has one."""
    first = (
        Run.objects.pending().filter(pk=run.pk).update(verdict=record["verdict"], record=record, ended_at=now)
    )
    run.refresh_from_db()
    return bool(first)


def give_up_run(run: Run, *, now: datetime) -> bool:
    """End a run that was started MOST_STARTS times without a result: our fault, and no score."""
    kind = RunKind(run.kind).value
    return record_result(
        run, record={"version": 1, "kind": kind, "verdict": "not_graded", "tests": []}, now=now
    )
