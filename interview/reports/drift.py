"""Whether what the scorer is given, and what it finds, is changing: the last days against those before them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, Exists, F, FloatField, IntegerField, Min, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interview.models import AutomaticMark, PointMark, Score
from interview.rules import drift as rules
from interview.scoring.model import RULES

RECENT, EARLIER = timedelta(days=30), timedelta(days=90)
CHANCE = "probability"
LABELS: dict[str, str | Promise] = {
    "covered": _("The rules find the point"),
    "partly": _("The rules find it in part"),
    "wrong": _("It is said the other way round"),
    "contradicted": _("The answer contradicts it"),
    "nearness": _("How near it comes to a phrasing"),
    "terms": _("Share of the terms that are met"),
    "two_sentences": _("It takes two sentences"),
    "wrong_elsewhere": _("Other points that are wrong"),
    "wrong_share_elsewhere": _("Share of other points that are wrong"),
    CHANCE: _("The chance that the model gives"),
}

HUNDREDTHS = {
    f"{name}_in_hundredths": Cast(
        (F(CHANCE) if name == CHANCE else Cast(KT(f"features__{name}"), FloatField())) * 100, IntegerField()
    )
    for name in LABELS
}


@dataclass(frozen=True)
class Period:
    """What became of the answers of some days; None where there is none to take a share or mean of."""

    answers: int = 0
    unscored: int = 0
    silent: int = 0
    mean: float | None = None

    @property
    def unscored_share(self) -> float | None:
        return 100 * self.unscored / self.answers if self.answers else None

    @property
    def silent_share(self) -> float | None:
        """Of the answers that were scored, those without any point that was found."""
        scored = self.answers - self.unscored
        return 100 * self.silent / scored if scored else None


@dataclass(frozen=True)
class Feature:
    name: str
    label: str | Promise
    index: float | None

    @property
    def drift(self) -> rules.Drift:
        return rules.drift(self.index)


@dataclass(frozen=True)
class Version:
    """A scorer that was at work in these days; not comparable where its rules are others than today's."""

    scorer: str
    since: datetime
    answers: int

    @property
    def is_comparable(self) -> bool:
        return self.scorer.startswith(f"{RULES}-")


@dataclass(frozen=True)
class DriftReport:
    recent: Period
    earlier: Period
    features: tuple[Feature, ...]
    versions: tuple[Version, ...]

    @property
    def has_changed_hands(self) -> bool:
        return len(self.versions) > 1 or any(not each.is_comparable for each in self.versions)


def drift_report(*, now: datetime) -> DriftReport:
    """The last 30 days beside the 90 before them."""
    since, divide = now - RECENT - EARLIER, now - RECENT
    scores = answered().filter(scored_at__gte=since, scored_at__lt=now)
    recent, earlier = _periods(scores.filter(comparable()), divide)
    values = _values(PointMark.objects.filter(score__in=scores.filter(comparable()).values("pk")), divide)
    return DriftReport(
        recent=recent,
        earlier=earlier,
        features=tuple(Feature(name, LABELS[name], rules.stability(*values[name])) for name in LABELS),
        versions=_versions(scores),
    )


def answered() -> QuerySet[Score]:
    """Scores of answers in which something was said: what is left empty or given up tells nothing of the scorer."""
    return Score.objects.exclude(attempt__gave_up=True).exclude(flags=["empty"])


def comparable() -> Q:
    """Scores by the rules of today, and those that no scorer could give."""
    return Q(scorer__startswith=f"{RULES}-") | Q(scorer="")


def _periods(scores: QuerySet[Score], divide: datetime) -> tuple[Period, Period]:
    found = PointMark.objects.filter(
        score=OuterRef("pk"), verdict__in=[AutomaticMark.COVERED, AutomaticMark.PARTLY]
    )
    rows = (
        scores.annotate(is_recent=Q(scored_at__gte=divide), is_silent=~Exists(found))
        .values_list("is_recent")
        .annotate(
            answers=Count("pk"),
            unscored=Count("pk", filter=Q(prose=None)),
            silent=Count("pk", filter=Q(prose__isnull=False, is_silent=True)),
            mean=Avg("prose"),
        )
        .order_by()
    )
    periods = {is_recent: Period(*facts) for is_recent, *facts in rows}
    return periods.get(True, Period()), periods.get(False, Period())


def _values(marks: QuerySet[PointMark], divide: datetime) -> dict[str, tuple[Counter[int], Counter[int]]]:
    """How often each value of each feature occurred, earlier and recently, in hundredths.

    One query over all features at once: to read each of them by itself takes the database four times as long.
    """
    rows = (
        marks.annotate(is_recent=Q(score__scored_at__gte=divide), **HUNDREDTHS)
        .values_list("is_recent", *HUNDREDTHS)
        .annotate(Count("pk"))
        .order_by()
    )
    counts = {name: (Counter[int](), Counter[int]()) for name in LABELS}
    for is_recent, *values, number in rows:
        for name, value in zip(LABELS, values, strict=True):
            if value is not None:
                counts[name][is_recent][value] += number
    return counts


def _versions(scores: QuerySet[Score]) -> tuple[Version, ...]:
    """The scorers of these days, the one that came first first."""
    rows = (
        scores.exclude(scorer="")
        .values_list("scorer")
        .annotate(since=Min("scored_at"), answers=Count("pk"))
        .order_by("since")
    )
    return tuple(Version(*row) for row in rows)
