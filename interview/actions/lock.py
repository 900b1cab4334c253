"""Lock an answer: from here on it can't be edited, and the reference may be shown."""

from datetime import datetime

from django.db import transaction

from interview.actions.clock import stop_clock
from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.actions.request_run import queue_submit
from interview.models import Attempt, Draft, Interview
from interview.rules.timing import accepts_answers


def lock(
    attempt: Attempt,
    *,
    answer: str,
    code: str,
    gave_up: bool = False,
    confidence: int | None = None,
    revision: int | None = None,
    now: datetime,
) -> None:
    """Make this the answer. Where the reference follows at once, the clock stands still from here.

    Raises TooEarly for a question not asked yet, TooLate after the close, AlreadyLocked the second time, and
    StaleDraft where the text was based on an older `revision` than another tab has saved since.
    """
    with transaction.atomic():
        interview = Interview.objects.select_for_update().get(pk=attempt.interview_id)
        if attempt.opened_at is None:
            raise TooEarly
        if not accepts_answers(interview.clock, now=now):
            raise TooLate
        draft = Draft.objects.filter(attempt=attempt).first()
        if draft and revision not in (None, draft.revision) and (draft.answer, draft.code) != (answer, code):
            raise StaleDraft(draft)
        if not write_lock(attempt, answer=answer, code=code, gave_up=gave_up, confidence=confidence, now=now):
            raise AlreadyLocked
        if interview.reveals_after_each:
            stop_clock(attempt, now=now)


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
    first = Attempt.objects.filter(pk=attempt.pk, locked_at=None).update(
        answer=answer,
        code=code,
        gave_up=gave_up,
        confidence=confidence,
        locked_at=now,
        self_graded_at=now if gave_up else None,
        self_grade_skipped=gave_up,
    )
    attempt.refresh_from_db()
    if first:
        Draft.objects.filter(attempt=attempt).delete()
        if attempt.version.has_code and not gave_up:
            queue_submit(attempt, source=code, now=now)
    return bool(first)
