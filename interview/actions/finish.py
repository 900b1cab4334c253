"""End an interview: by the person, or because its time is up. The last drafts become the answers."""

from datetime import datetime

from django.db import transaction

from interview.actions.clock import run_clock
from interview.actions.lock import write_lock
from interview.models import Attempt, Draft, Interview
from interview.rules import timing


def finish(interview: Interview, *, now: datetime) -> bool:
    """End it once, however often it is asked; False when it had ended before. It never ends after its deadline."""
    with transaction.atomic():
        locked = Interview.objects.select_for_update().get(pk=interview.pk)
        if locked.finished_at is not None:
            interview.refresh_from_db()
            return False
        end = timing.deadline(locked.clock, now=now)
        finished_at = now if end is None else min(now, end)
        for attempt in locked.attempts.unanswered().filter(opened_at__isnull=False):
            _lock_draft(attempt, now=finished_at)
        run_clock(locked, now=finished_at)
        Interview.objects.filter(pk=locked.pk).update(finished_at=finished_at)
    interview.refresh_from_db()
    return True


def finish_if_over(interview: Interview, *, now: datetime) -> bool:
    """Finish an interview whose time has run out; whether it is over now."""
    if interview.finished_at is not None:
        return True
    is_over = timing.phase(interview.clock, now=now) is timing.Phase.OVER
    if is_over:
        finish(interview, now=now)
    return is_over


def _lock_draft(attempt: Attempt, *, now: datetime) -> None:
    draft = Draft.objects.filter(attempt=attempt).first() or Draft(answer="", code=attempt.version.starter)
    now = max(now, attempt.opened_at or now)
    write_lock(attempt, answer=draft.answer, code=draft.code, confidence=draft.confidence, now=now)
