"""Lock an answer: from here on it can't be edited, and the reference may be shown."""

from datetime import datetime

from django.db import transaction

from interview.actions.clock import hold
from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.actions.follow_up import misses_its_point, reveal
from interview.actions.request_run import queue_submit
from interview.models import Attempt, Draft
from interview.rules.timing import NOTHING, remaining


def lock(
    attempt: Attempt,
    *,
    answer: str,
    code: str,
    gave_up: bool = False,
    confidence: int | None = None,
    revision: int | None = None,
    tab: str = "",
    count: int = 0,
    now: datetime,
) -> None:
    """Make this the answer. What follows is the author's further question, where the answer calls for it and there is
    time; else the reference, with the clock standing still, or the next question.

    Raises TooEarly for a question not asked yet, TooLate after the close, AlreadyLocked the second time, and
    StaleDraft where the text was based on an older `revision` than another tab has saved since.
    """
    # Worked out before anybody has to wait for the interview's lock.
    calls_for_more = attempt.interview.follows_up and not gave_up and misses_its_point(answer, attempt)
    with transaction.atomic():
        interview = hold(attempt)
        if attempt.opened_at is None:
            raise TooEarly
        if not attempt.is_in_time(now=now):
            raise TooLate
        draft = Draft.objects.filter(attempt=attempt).first()
        if draft and draft.is_unknown_to(tab, revision) and (draft.answer, draft.code) != (answer, code):
            raise StaleDraft(draft)
        attempt.locked_by, attempt.locked_count = tab, count
        if not write_lock(attempt, answer=answer, code=code, gave_up=gave_up, confidence=confidence, now=now):
            raise AlreadyLocked
        if calls_for_more and remaining(interview.clock, now=now) != NOTHING:
            Attempt.objects.filter(pk=attempt.pk).update(follow_up_asked_at=attempt.locked_at)
            attempt.refresh_from_db(fields=["follow_up_asked_at"])
        else:
            reveal(interview, now=now)


def write_lock(
    attempt: Attempt,
    *,
    answer: str,
    code: str,
    gave_up: bool = False,
    confidence: int | None = None,
    now: datetime,
) -> bool:
    """Write the final answer unless one stands already; an unsubmitted program is submitted with it.

    After "I don't know" there is nothing for the person to grade.
    """
    now = max(now, attempt.opened_at or now)
    first = Attempt.objects.filter(pk=attempt.pk, locked_at=None).update(
        answer=answer,
        code=code,
        gave_up=gave_up,
        confidence=confidence,
        locked_at=now,
        locked_by=attempt.locked_by,
        locked_count=attempt.locked_count,
        self_graded_at=now if gave_up else None,
        self_grade_skipped=gave_up,
    )
    attempt.refresh_from_db()
    if first:
        Draft.objects.filter(attempt=attempt).delete()
        if attempt.version.has_code and not gave_up:
            queue_submit(attempt, source=code, now=now)
    return bool(first)
