"""Keep what was typed. A draft is never a submission and never starts scoring."""

from datetime import datetime

from django.db import transaction

from interview.actions.clock import hold
from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.models import Attempt, Draft


def save_draft(
    attempt: Attempt,
    *,
    revision: int | None,
    answer: str,
    code: str,
    confidence: int | None = None,
    follows_up: bool = False,
    tab: str = "",
    count: int = 0,
    now: datetime,
) -> Draft:
    """Store the text as the next revision after `revision`, the one it was based on; without one, whatever stands.

    `tab` names the browser tab and `count` its saves, so that a lost reply is no quarrel with oneself.
    It is the answer's text, or that of the follow-up's. Raises TooEarly for a question not asked yet, TooLate after
    the close, AlreadyLocked once it is final, and StaleDraft (with the newer text) where another tab or device has
    saved since.
    """
    with transaction.atomic():
        hold(attempt)
        if attempt.opened_at is None:
            raise TooEarly
        if attempt.locked_at is not None and not (follows_up and attempt.is_following_up):
            raise AlreadyLocked
        if not attempt.is_in_time(now=now):
            raise TooLate
        draft, _ = Draft.objects.get_or_create(attempt=attempt, defaults={"revision": 0, "saved_at": now})
        if (draft.answer, draft.code, draft.confidence) == (answer, code, confidence) and draft.revision:
            return draft
        if draft.is_unknown_to(tab, revision):
            raise StaleDraft(draft)
        if draft.was_saved_by(tab) and count < draft.count:
            return draft  # This one was overtaken on its way by a later save of the same tab.
        draft.revision += 1
        draft.tab, draft.count = tab, count
        draft.answer, draft.code, draft.confidence, draft.saved_at = answer, code, confidence, now
        draft.save()
        return draft
