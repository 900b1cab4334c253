"""Keep what was typed. A draft is never a submission and never starts scoring."""

from datetime import datetime

from django.db import transaction

from interview.actions.errors import AlreadyLocked, StaleDraft, TooLate
from interview.models import Attempt, Draft, Interview
from interview.rules.timing import accepts_answers


def save_draft(attempt: Attempt, *, revision: int, answer: str, code: str, now: datetime) -> Draft:
    """Store the text as the next revision after `revision`, the one it was based on.

    Raises TooLate after the interview's close, AlreadyLocked after the lock, and StaleDraft (with the newer text)
    where another tab or device has saved since.
    """
    with transaction.atomic():
        interview = Interview.objects.select_for_update().get(pk=attempt.interview_id)
        attempt.refresh_from_db(fields=["locked_at"])
        if attempt.locked_at is not None:
            raise AlreadyLocked
        if not accepts_answers(interview.clock, now=now):
            raise TooLate
        draft, _ = Draft.objects.get_or_create(attempt=attempt, defaults={"revision": 0, "saved_at": now})
        if (draft.answer, draft.code) == (answer, code) and draft.revision:
            return draft
        if draft.revision != revision:
            raise StaleDraft(draft)
        draft.revision, draft.answer, draft.code, draft.saved_at = revision + 1, answer, code, now
        draft.save()
        return draft
