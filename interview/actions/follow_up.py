"""The question after the answer: asked where its key point was missed, before the reference is shown."""

import logging
import threading
from datetime import datetime

from django.db import connection, transaction

from interview.actions.clock import Kind, hold, record, run_clock
from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.models import Attempt, Draft, Interview, Question, QuestionVersion
from interview.rules.grading import Verdict

logger = logging.getLogger(__name__)


def misses_its_point(answer: str, attempt: Attempt) -> bool:
    """Whether an answer leaves out, or gets wrong, the key point that the author's follow-up asks for."""
    return verdict(answer, attempt) in (Verdict.MISSED, Verdict.WRONG)


def verdict(answer: str, attempt: Attempt) -> str:
    """What became of that point in an answer; empty where it can't be told: then nothing is asked, nor claimed."""
    from interview.scoring.score import score

    try:
        content = attempt.version.content()
        points = score(answer, content, attempt.interview.language).points
    except Exception:
        # A scorer that fails must not keep anybody from locking an answer.
        logger.exception("Attempt %s could not be looked at for its follow-up.", attempt.pk)
        return ""
    return next((str(point.verdict) for point in points if point.id == content.facts.follow_up), "")


def warm_up_beside() -> None:
    """Warm up beside the first requests, or tasks, of a process."""
    threading.Thread(target=_warm_up, name="warm-up of the scorer", daemon=True).start()


def _warm_up() -> None:
    try:
        warm_up()
    except Exception:
        logger.exception("The scorer could not be warmed up; the first answer waits for it.")
    finally:
        # A thread has a connection of its own, and nobody else would close it.
        connection.close()


def warm_up() -> None:
    """Read every question as the scorer wants it: that takes a while the first time, and nobody should wait for it."""
    from interview.scoring.score import score

    current = Question.objects.askable().values("current")
    for version in QuestionVersion.objects.filter(pk__in=current).iterator():
        score("", version.content(), "en")


def answer_follow_up(
    attempt: Attempt,
    *,
    answer: str,
    revision: int | None = None,
    tab: str = "",
    count: int = 0,
    now: datetime,
) -> None:
    """Make this the answer to the follow-up. Where the reference follows at once, the clock stands still from here.

    Raises TooEarly where none was asked, TooLate after the close, AlreadyLocked the second time, and StaleDraft where
    the text was based on an older `revision` than another tab has saved since.
    """
    with transaction.atomic():
        interview = hold(attempt)
        if attempt.follow_up_asked_at is None:
            raise TooEarly
        if not attempt.is_following_up:
            raise AlreadyLocked
        if not attempt.is_in_time(now=now):
            raise TooLate
        draft = Draft.objects.filter(attempt=attempt).first()
        if draft and draft.is_unknown_to(tab, revision) and draft.answer != answer:
            raise StaleDraft(draft)
        attempt.locked_by, attempt.locked_count = tab, count
        write_follow_up(attempt, answer=answer, now=now)
        reveal(interview, now=now)


def write_follow_up(attempt: Attempt, *, answer: str, now: datetime) -> None:
    """Write the answer to a follow-up that is open, and what became of the one point it is looked at for."""
    Attempt.objects.filter(pk=attempt.pk, follow_up_answered_at=None).update(
        follow_up_answer=answer,
        follow_up_verdict=verdict(answer, attempt),
        follow_up_answered_at=max(now, attempt.follow_up_asked_at or now),
        locked_by=attempt.locked_by,
        locked_count=attempt.locked_count,
    )
    attempt.refresh_from_db(fields=["follow_up_answer", "follow_up_verdict", "follow_up_answered_at"])
    Draft.objects.filter(attempt=attempt).delete()


def reveal(interview: Interview, *, now: datetime) -> None:
    """The clock of a locked interview stands still while the reference is read, where it is shown at once."""
    if interview.reveals_after_each:
        record(interview, Kind.REVEAL, now=now)
    else:
        run_clock(interview, now=now)
