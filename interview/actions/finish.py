"""End an interview: by the person, or because its time is up. The last drafts become the answers."""

from datetime import datetime

from django.db import transaction

from interview.actions.clock import hold
from interview.actions.follow_up import reveal, write_follow_up
from interview.actions.lock import write_lock
from interview.models import Attempt, Draft, Interview
from interview.rules import timing


def finish(interview: Interview, *, now: datetime) -> bool:
    """End it once, however often it is asked; False when it had ended before. It never ends after its deadline."""
    with transaction.atomic():
        locked = Interview.objects.held().get(pk=interview.pk)
        is_first = locked.finished_at is None
        if is_first:
            _end(locked, now=now)
    interview.refresh_from_db()
    return is_first


def settle(interview: Interview, *, now: datetime) -> bool:
    """Write down what time alone has ended, the interview or its open question; whether the interview is over."""
    if interview.finished_at is not None:
        return True
    if timing.phase(interview.clock, now=now) is timing.Phase.OVER:
        with transaction.atomic():
            locked = Interview.objects.held().get(pk=interview.pk)
            # Looked at again: more time may have come since it was read.
            if locked.finished_at is None and timing.phase(locked.clock, now=now) is timing.Phase.OVER:
                _end(locked, now=now)
        interview.refresh_from_db()
        return interview.finished_at is not None
    for attempt in interview.attempts.open().filter(limit__isnull=False):
        if not attempt.is_in_time(now=now):
            _close_question(attempt, now=now)
            interview.refresh_from_db()  # Its clock stands still from there on.
    return False


def _end(interview: Interview, *, now: datetime) -> None:
    end = timing.deadline(interview.clock, now=now)
    finished_at = now if end is None else min(now, end)
    for attempt in interview.attempts.open():
        _take_draft(attempt, now=finished_at)
    Interview.objects.filter(pk=interview.pk).update(finished_at=max(finished_at, interview.started_at))


def _close_question(attempt: Attempt, *, now: datetime) -> None:
    """Its last draft becomes the answer, as of the moment its own time was up."""
    with transaction.atomic():
        interview = hold(attempt)
        if attempt.locked_at is not None or interview.finished_at is not None or attempt.is_in_time(now=now):
            return
        ends = (timing.deadline(clock, now=now) for clock in attempt.clocks)
        ended_at = min(end for end in ends if end is not None)
        _take_draft(attempt, now=ended_at)
        reveal(interview, now=ended_at)


def _take_draft(attempt: Attempt, *, now: datetime) -> None:
    draft = Draft.objects.filter(attempt=attempt).first()
    if attempt.is_following_up:
        write_follow_up(attempt, answer=draft.answer if draft else "", now=now)
        return
    draft = draft or Draft(answer="", code=attempt.version.starter)
    write_lock(attempt, answer=draft.answer, code=draft.code, confidence=draft.confidence, now=now)
