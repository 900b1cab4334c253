"""Answers as the scorer left them, made by hand: which verdict each point got, and when."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import User
from interview.models import Attempt, Contest, Interview, PointMark, QuestionVersion, Score
from interview.scoring.features import NAMES
from interview.scoring.model import RULES
from tests.factories import NOON, make_user

NOW = NOON
SCORER = f"{RULES}-12345678"
COVERED, PARTLY, MISSED, WRONG = "covered", "partly", "missed", "wrong"


def make_score(
    version: QuestionVersion,
    verdicts: Sequence[str] = (),
    *,
    user: User | None = None,
    days: float = 1,
    now: datetime = NOW,
    prose: float | None = 50.0,
    scorer: str = SCORER,
    chance: float = 0.9,
    nearness: float = 0.5,
    flags: Sequence[str] = (),
    gave_up: bool = False,
) -> Score:
    """The score of one answer of so many days before now; its verdicts are those of the first points."""
    at = now - timedelta(days=days)
    attempt = _answer(version, user or make_user(), at, gave_up=gave_up)
    score = Score.objects.create(attempt=attempt, scorer=scorer, prose=prose, flags=list(flags), scored_at=at)
    features = dict.fromkeys(NAMES, 0.0) | {"nearness": nearness}
    PointMark.objects.bulk_create(
        PointMark(score=score, point=point, verdict=verdict, probability=chance, features=features)
        for point, verdict in zip(version.points.all(), verdicts, strict=False)
    )
    return score


def object_to(score: Score, slug: str, claim: str) -> None:
    mark = score.marks.get(point__slug=slug)
    Contest.objects.create(mark=mark, claim=claim, contested_at=NOW)


def _answer(version: QuestionVersion, user: User, at: datetime, *, gave_up: bool) -> Attempt:
    interview = Interview.objects.create(
        user=user, language="en", reveal_policy="after_each", seed=1, started_at=at, finished_at=at
    )
    return Attempt.objects.create(
        interview=interview,
        version=version,
        position=1,
        opened_at=at,
        locked_at=at,
        answer="" if gave_up else "My very own words.",
        gave_up=gave_up,
    )
