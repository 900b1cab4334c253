"""Start an interview: choose its questions and write its time down, once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from accounts.models import User
from interview.actions.errors import NotEnoughQuestions
from interview.actions.finish import finish_if_over
from interview.models import Attempt, Interview, Question
from interview.rules.selection import Candidate, Plan, choose


def start(
    user: User,
    plan: Plan,
    *,
    limit: timedelta | None,
    reveal_policy: str,
    language: str,
    seed: int,
    now: datetime,
) -> Interview:
    """The person's running interview: the open one if there is one, else a new one with its first question opened.

    Raises NotEnoughQuestions where the bank can't fill the plan.
    """
    if running := running_interview(user, now=now):
        return running
    chosen = choose(candidates(user), plan, seed=seed)
    if len(chosen) < plan.number:
        raise NotEnoughQuestions(len(chosen))
    interview = Interview(
        user=user, language=language, reveal_policy=reveal_policy, limit=limit, seed=seed, started_at=now
    )
    try:
        with transaction.atomic():
            interview.save()
            _freeze(interview, chosen)
    except IntegrityError:
        # Two starts at once: the database let one through, and both lead to it.
        return Interview.objects.by(user).open().get()
    return interview


def running_interview(user: User, *, now: datetime) -> Interview | None:
    """The person's open interview, after an overdue one has been finished."""
    interview = Interview.objects.by(user).open().first()
    if interview is None or finish_if_over(interview, now=now):
        return None
    return interview


def candidates(user: User) -> list[Candidate]:
    """Every askable question, with how often this person has been asked it."""
    asked = Count(
        "versions__attempts",
        filter=Q(versions__attempts__interview__user=user, versions__attempts__opened_at__isnull=False),
    )
    rows = (
        Question.objects.askable()
        .annotate(times_seen=asked)
        .values_list(
            "current_id", "topic", "current__difficulty", "current__rarity", "current__has_code", "times_seen"
        )
    )
    return [Candidate(*row) for row in rows]


def _freeze(interview: Interview, chosen: list[Candidate]) -> None:
    attempts = [
        Attempt(interview=interview, version_id=each.id, position=position)
        for position, each in enumerate(chosen, start=1)
    ]
    attempts[0].opened_at = interview.started_at
    Attempt.objects.bulk_create(attempts)
