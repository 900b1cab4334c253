"""Keep what was typed. A draft is never a submission and never starts scoring."""

from datetime import datetime

from django.db import transaction

from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.models import Attempt, Draft, Interview
from interview.rules.timing import accepts_answers


def save_draft(
    attempt: Attempt,
    *,
    revision: int | None,
    answer: str,
    code: str,
    confidence: int | None = None,
    now: datetime,
) -> Draft:
    """Store the text as the next revision after `revision`, the one it was based on; without one, whatever stands.

    Raises TooEarly for a question not asked yet, TooLate after the interview's close, AlreadyLocked after the lock,
    and StaleDraft (with the newer text) where another tab or device has saved since.
    """
    with transaction.atomic():
        interview = Interview.objects.select_for_update().get(pk=attempt.interview_id)
        attempt.refresh_from_db(fields=["opened_at", "locked_at"])
        if attempt.opened_at is None:
            raise TooEarly
        if attempt.locked_at is not None:
            raise AlreadyLocked
        if not accepts_answers(interview.clock, now=now):
            raise TooLate
        draft, _ = Draft.objects.get_or_create(attempt=attempt, defaults={"revision": 0, "saved_at": now})
        if (draft.answer, draft.code, draft.confidence) == (answer, code, confidence) and draft.revision:
            return draft
        if revision not in (None, draft.revision):
            raise StaleDraft(draft)
        draft.revision += 1
        draft.answer, draft.code, draft.confidence, draft.saved_at = answer, code, confidence, now
        draft.save()
        return draft
