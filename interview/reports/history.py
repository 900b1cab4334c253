"""All interviews of a person, newest first, and their scores over time."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from interview.models import Attempt, Interview
from interview.reports.answers import answer_score, with_marks

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["interview", "started_at", "score", "late"]


@dataclass(frozen=True)
class Point:
    """One interview in the chart: its score is the mean over `answers` scored answers, `late` of which came late."""

    interview_id: int
    day: date
    score: float
    answers: int
    late: int


def finished_interviews(user: User) -> QuerySet[Interview]:
    """The person's finished interviews, newest first, with how many questions each asked, and how many count late."""
    asked = Count("attempts", filter=Q(attempts__opened_at__isnull=False))
    late = Count("attempts", filter=Q(attempts__late_draft__isnull=False))
    finished = Interview.objects.by(user).finished().annotate(asked=asked, late=late)
    return finished.prefetch_related("events").order_by("-started_at")


def scores_by_interview(user: User, zone: ZoneInfo) -> list[Point]:
    """Mean score per finished interview, oldest first; interviews without a scored answer are left out."""
    frame = _answers(user).dropna(subset=["score"])
    grouped = frame.groupby("interview").agg(
        started_at=("started_at", "first"),
        score=("score", "mean"),
        answers=("score", "size"),
        late=("late", "sum"),
    )
    rows = grouped.reset_index().sort_values("started_at").to_dict("records")
    return [
        Point(
            interview_id=row["interview"],
            day=row["started_at"].astimezone(zone).date(),
            score=row["score"],
            answers=row["answers"],
            late=row["late"],
        )
        for row in rows
    ]


def _answers(user: User) -> "pd.DataFrame":
    import pandas as pd

    attempts = (
        with_marks(Attempt.objects.by(user))
        .filter(interview__finished_at__isnull=False, self_graded_at__isnull=False, score__isnull=False)
        .select_related("interview")
        .defer("version__source", "answer", "code")
    )
    rows = [
        (each.interview_id, each.interview.started_at, _value(each), each.late_draft_id is not None)
        for each in attempts
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"score": float, "late": int})


def _value(attempt: Attempt) -> float | None:
    score = answer_score(attempt)
    return score.value if score else None
