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
        write_down(interview, [each.id for each in chosen])
    except IntegrityError:
        # Two starts at once: the database let one through, and both lead to it.
        return Interview.objects.by(user).order_by("-started_at", "-pk")[0]
    return interview


def write_down(interview: Interview, versions: list[int]) -> None:
    """Store a new interview with its questions in this order, as they are worded now, the first one opened."""
    with transaction.atomic():
        interview.save()
        Attempt.objects.bulk_create(
            Attempt(
                interview=interview,
                version_id=version,
                position=position,
                opened_at=interview.started_at if position == 1 else None,
            )
            for position, version in enumerate(versions, start=1)
        )


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
