"""Start an interview: choose its questions and write its time down, once."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Avg, Count, Q

from accounts.models import User
from interview.actions.errors import NotEnoughQuestions
from interview.actions.finish import settle
from interview.models import Attempt, Interview, Mode, Question, QuestionVersion, Score
from interview.rules.selection import Candidate, Plan, choose

# Fewer tell nothing about a topic.
ENOUGH_ANSWERS = 3


def start(
    user: User,
    plan: Plan,
    *,
    limit: timedelta | None,
    reveal_policy: str,
    language: str,
    seed: int,
    mode: str = Mode.MOCK,
    follows_up: bool = False,
    question_pace: float | None = None,
    now: datetime,
) -> Interview:
    """The person's running interview: the open one if there is one, else a new one with its first question opened.

    Its time is the plan's `limit`, stretched by the person's own factor. Raises NotEnoughQuestions where the bank
    can't fill the plan.
    """
    if running := running_interview(user, now=now):
        return running
    chosen = choose(candidates(user), plan, seed=seed)
    if len(chosen) < plan.number:
        raise NotEnoughQuestions(len(chosen))
    interview = Interview(
        user=user,
        mode=mode,
        language=language,
        reveal_policy=reveal_policy,
        follows_up=follows_up,
        limit=limit,
        factor=user.time_factor,
        seed=seed,
        started_at=now,
    )
    try:
        write_down(interview, [each.id for each in chosen], question_pace=question_pace)
    except IntegrityError:
        # Two starts at once: the database let one through, and both lead to it.
        return Interview.objects.by(user).order_by("-started_at", "-pk")[0]
    return interview


def write_down(interview: Interview, versions: list[int], *, question_pace: float | None = None) -> None:
    """Store a new interview with its questions in this order, as they are worded now, the first one opened.

    With a `question_pace`, each is limited to so many times the minutes that its author thinks it takes.
    """
    with transaction.atomic():
        interview.save()
        minutes = dict(QuestionVersion.objects.filter(pk__in=versions).values_list("pk", "minutes"))
        Attempt.objects.bulk_create(
            Attempt(
                interview=interview,
                version_id=version,
                position=position,
                limit=question_pace and timedelta(minutes=minutes[version]) * question_pace,
                opened_at=interview.started_at if position == 1 else None,
            )
            for position, version in enumerate(versions, start=1)
        )


def running_interview(user: User, *, now: datetime) -> Interview | None:
    """The person's open interview, after an overdue one has been finished."""
    interview = Interview.objects.by(user).open().first()
    if interview is None or settle(interview, now=now):
        return None
    return interview


def candidates(user: User) -> list[Candidate]:
    """Every askable question, with how often this person has been asked it, and how weak they are in its topic."""
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
    weak = weaknesses(user)
    return [Candidate(*row, weakness=weak.get(row[1], Candidate.weakness)) for row in rows]


def weaknesses(user: User) -> dict[str, float]:
    """How far from a full score the person's answers are, 0 to 1, in each topic with answers enough to tell."""
    scores = (
        Score.objects.filter(attempt__interview__user=user, prose__isnull=False)
        .values_list("attempt__version__question__topic")
        .annotate(mean=Avg("prose"), answers=Count("pk"))
    )
    return {topic: 1 - mean / 100 for topic, mean, answers in scores if answers >= ENOUGH_ANSWERS}
