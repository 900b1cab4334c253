"""The scorer as operators and authors see it: its model, whether its world changes, and which points need care."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from interview.reports.chart import length
from interview.reports.coverage import Coverage, coverage
from interview.reports.drift import DriftReport, drift_report
from interview.scoring.model import Model, ModelUnusable, load

LABELS: dict[str, str | Promise] = {
    "length": _("Length"),
    "mean of the key point": _("How often the key point is made"),
    "similarity": _("Similarity to a phrasing"),
    "words": _("Words"),
    "model": _("This scorer"),
}
# Differences below this are rounding.
WORTH_TELLING = 0.005


@dataclass(frozen=True)
class Judge:
    """How well one means of judging finds the key points, by both ways of leaving answers out: F1, 0 to 1."""

    label: str | Promise
    grouped: float
    random: float

    @property
    def gain(self) -> float:
        """How much better the random split makes it look."""
        return self.random - self.grouped

    @property
    def bars(self) -> tuple[float, float]:
        return length(self.grouped), length(self.random)


@dataclass(frozen=True)
class Card:
    """Where the model in use comes from, and what it was compared with."""

    name: str
    trained: date
    answers: int
    questions: int
    commit: str
    judges: tuple[Judge, ...]

    @property
    def flattered(self) -> Judge | None:
        """Whom the random split flatters most; None where it flatters nobody."""
        most = max(self.judges, key=lambda judge: judge.gain)
        return most if most.gain >= WORTH_TELLING else None


@dataclass(frozen=True)
class ScorerPage:
    """`card` is None where the model can't be used; `unusable` then says why."""

    card: Card | None
    unusable: str
    drift: DriftReport
    coverage: Coverage


def scorer_page(user: User, language: str, *, now: datetime) -> ScorerPage:
    """All of it, counted over everybody's answers: nobody's words, and nobody's name."""
    try:
        card, unusable = _card(load()), ""
    except ModelUnusable as reason:
        card, unusable = None, str(reason)
    return ScorerPage(card, unusable, drift_report(now=now), coverage(user, language))


def _card(model: Model) -> Card:
    evaluation = model.card["evaluation"]
    return Card(
        name=model.name,
        trained=date.fromisoformat(model.card["trained"]),
        answers=evaluation["answers"],
        questions=evaluation["questions"],
        commit=model.card["commit"],
        judges=tuple(_judges(evaluation["f1"])),
    )


def _judges(f1: Mapping[str, Any]) -> list[Judge]:
    return [
        Judge(LABELS.get(name, name), grouped, f1["random"][name]) for name, grouped in f1["grouped"].items()
    ]
