"""A text that came too late to be the answer: kept, shown, and counted only if the person says so."""

from datetime import datetime

from django.db import transaction

from interview.actions.clock import hold
from interview.actions.errors import TooEarly
from interview.actions.request_run import queue_submit
from interview.models import Attempt, LateDraft, Score

MOST_KEPT = 10


def keep_late(
    attempt: Attempt,
    *,
    answer: str,
    code: str,
    follows_up: bool = False,
    tab: str = "",
    count: int = 0,
    now: datetime,
) -> LateDraft | None:
    """Store a text that can't be the answer. None where it says nothing new, or was only overtaken on its way by
    its own tab. Of more than MOST_KEPT the oldest goes that doesn't count.
    """
    with transaction.atomic():
        hold(attempt)
        attempt.refresh_from_db(
            fields=["answer", "code", "follow_up_answer", "locked_by", "locked_count", "late_draft"]
        )
        in_time = (attempt.follow_up_answer, "") if follows_up else (attempt.answer, attempt.code)
        kept = attempt.late_drafts.filter(follows_up=follows_up)
        known = [
            ("", ""),
            ("", attempt.version.starter),
            in_time,
            *((each.answer, each.code) for each in kept),
        ]
        was_overtaken = bool(tab) and attempt.locked_by == tab and 0 < count <= attempt.locked_count
        if was_overtaken or (answer, code) in known:
            return None
        if len(kept) >= MOST_KEPT:
            [each for each in kept if each.pk != attempt.late_draft_id][-1].delete()
        return kept.create(attempt=attempt, answer=answer, code=code, follows_up=follows_up, came_at=now)


def count_late(late: LateDraft, *, now: datetime) -> None:
    """Score this text instead of the one that was in time; both stay on record, and it is marked as late.

    Raises TooEarly while the interview runs, and for a text that may not count. The person's own marks were about the
    other text, so they go. Asked twice, or for a second text, the first counts.
    """
    with transaction.atomic():
        attempt = late.attempt
        hold(attempt)
        attempt.refresh_from_db(fields=["late_draft", "self_graded_at"])
        if attempt.late_draft_id:
            return
        if not late.may_count:
            raise TooEarly
        Score.objects.filter(attempt=attempt).delete()
        attempt.self_marks.all().delete()
        attempt.late_draft, attempt.gave_up = late, False
        attempt.self_graded_at, attempt.self_grade_skipped = None, False
        attempt.save(update_fields=["late_draft", "gave_up", "self_graded_at", "self_grade_skipped"])
        if attempt.version.has_code:
            queue_submit(attempt, source=late.code, now=now)
