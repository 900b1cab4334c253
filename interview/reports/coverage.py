"""What becomes of each key point in the answers, and what people object to: where a point needs care."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q

from accounts.models import User
from interview.models import AutomaticMark, KeyPoint, Mark, PointMark, Question
from interview.reports.chart import Piece, pieces
from interview.reports.drift import answered, comparable

# Fewer answers tell about the people who gave them, not about the point.
LEAST = 5
MOST_CONTESTED = 0.2
COUNTED = {verdict.value: Count("pk", filter=Q(verdict=verdict)) for verdict in AutomaticMark}


@dataclass(frozen=True)
class PointCoverage:
    """One key point of a question as it is asked today; `denied` of the missed marks were contested as covered."""

    question: str
    text: str
    covered: int
    partly: int
    missed: int
    wrong: int
    said: int
    unsaid: int
    denied: int

    @property
    def counts(self) -> dict[str, int]:
        return {verdict.value: getattr(self, verdict.value) for verdict in AutomaticMark}

    @property
    def answers(self) -> int:
        return sum(self.counts.values())

    @property
    def shares(self) -> list[tuple[str, float]]:
        """Each verdict's label with its share, in percent."""
        return [
            (str(AutomaticMark(name).label), 100 * count / self.answers)
            for name, count in self.counts.items()
        ]

    @property
    def bar(self) -> tuple[Piece, ...]:
        return pieces(self.counts)

    @property
    def contested(self) -> int:
        return self.said + self.unsaid

    @property
    def needs_phrasings(self) -> bool:
        return self.answers >= LEAST and self.denied > MOST_CONTESTED * self.missed

    @property
    def is_never_found(self) -> bool:
        return self.answers >= LEAST and self.covered + self.partly == 0

    @property
    def urgency(self) -> tuple[int, float]:
        """What is contested comes first, then what is found least."""
        return (-self.contested, self.covered / self.answers)


@dataclass(frozen=True)
class Coverage:
    """The points of the questions that are asked today; `silent` of them no answer has been scored for.

    Those of `hidden` questions are left out: this person is answering them just now.
    """

    points: tuple[PointCoverage, ...]
    silent: int
    hidden: int


def coverage(user: User, language: str) -> Coverage:
    """Every key point with what the answers to all versions of its question made of it."""
    hidden = set(Question.objects.hidden_from(user).values_list("pk", flat=True))
    today = [point for point in _today(language) if point[0] not in hidden]
    found = _found()
    points = [
        PointCoverage(title, text, *found[question, slug])
        for question, slug, title, text in today
        if (question, slug) in found
    ]
    return Coverage(
        points=tuple(sorted(points, key=lambda point: point.urgency)),
        silent=len(today) - len(points),
        hidden=len(hidden),
    )


def _today(language: str) -> Iterable[tuple[int, str, str, str]]:
    """Question, slug, title and text of every point that may be asked for."""
    points = KeyPoint.objects.filter(
        version=F("version__question__current"),
        version__question__retired_at=None,
        version__wordings__language=language,
    ).order_by("version__question__topic", "version__question__slug", "position")
    return points.values_list("version__question_id", "slug", "version__wordings__title", f"text_{language}")


def _found() -> dict[tuple[int, str], list[int]]:
    """How often each point of each question was judged in which way, and contested: the fields of its coverage."""
    rows = (
        PointMark.objects.filter(score__in=answered().filter(comparable()).values("pk"))
        .values_list("point__version__question_id", "point__slug")
        .annotate(
            **COUNTED,
            said=Count("pk", filter=Q(contest__claim=Mark.COVERED)),
            unsaid=Count("pk", filter=Q(contest__claim=Mark.MISSED)),
            denied=Count("pk", filter=Q(contest__claim=Mark.COVERED, verdict=AutomaticMark.MISSED)),
        )
        .order_by()
    )
    return {(question, slug): counts for question, slug, *counts in rows}
