"""One locked answer beside its reference: what was said, what was found in it, and what to say next time."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interview.judge.reveal import revealed_case
from interview.models import (
    Attempt,
    AutomaticMark,
    KeyPoint,
    LateDraft,
    Mark,
    PointMark,
    Reference,
    Run,
    RunKind,
    Score,
    Wording,
)
from interview.reports.answers import AnswerScore, answer_score
from interview.reports.earlier import Earlier, earlier_answer
from interview.reports.evidence import Stretch, stretches
from interview.reports.feedback import Feedback, category_words, feedback

REASONS = {
    "contradicted": gettext_lazy("You said something that contradicts this."),
    "denied": gettext_lazy("You named it, but this reads like a denial."),
    "other_subject": gettext_lazy("This reads as if said of the other thing that is compared."),
    "doubted": gettext_lazy(
        "The words are there, but most of what stands around them contradicts other points."
    ),
}


@dataclass(frozen=True)
class PointLine:
    """A key point and what was found of it. `since` is what became of it since the earlier answer, if there is one."""

    id: int
    slug: str
    text: str
    weight: int
    own_mark: str
    own_mark_label: str
    said_wrong: bool
    found: str
    found_label: str
    quote: str
    why: str
    is_contested: bool
    since: str = ""

    @property
    def verdict(self) -> str:
        """By the scorer where it spoke, else by the person."""
        return self.found or ("wrong" if self.said_wrong else self.own_mark)

    @property
    def dots(self) -> str:
        return "●" * self.weight

    @property
    def differs(self) -> bool:
        """Whether the person and the scorer see it the other way round, so that the page should ask."""
        if self.own_mark == Mark.COVERED and not self.said_wrong:
            return self.found in ("missed", "wrong")
        return self.own_mark == Mark.MISSED and self.found == "covered"


@dataclass(frozen=True)
class FollowUp:
    """The answer to the author's further question, and what became of the one point it asks for."""

    answer: str
    point: str
    found: str
    found_label: str


@dataclass(frozen=True)
class Scorer:
    """Who judged an answer, as its score has it: "version", or "version:model@host" where a language model did."""

    name: str

    @property
    def model(self) -> str:
        return self._asked[0]

    @property
    def host(self) -> str:
        return self._asked[2]

    @property
    def _asked(self) -> tuple[str, str, str]:
        return self.name.partition(":")[2].rpartition("@")


@dataclass(frozen=True)
class Review:
    attempt: Attempt
    wording: Wording
    reference: Reference
    points: tuple[PointLine, ...]
    answer: tuple[Stretch, ...]
    score: AnswerScore | None
    flags: tuple[str, ...]
    prose_range: tuple[float, float] | None
    scorer: Scorer
    say_next: str
    runs: tuple[tuple[Run, Feedback], ...]
    hidden_case: dict[str, str] | None
    follow_up: FollowUp | None
    late_drafts: tuple[LateDraft, ...]
    earlier: Earlier | None

    @property
    def found_count(self) -> int:
        return sum(line.found == Mark.COVERED for line in self.points)

    @property
    def since(self) -> Counter[str]:
        """How many key points were gained, lost and kept since the earlier answer."""
        return Counter(line.since for line in self.points)


def review(attempt: Attempt, language: str) -> Review:
    """Everything about one locked answer. Before the own marks are in, it holds no automatic mark (G2)."""
    score = getattr(attempt, "score", None) if attempt.self_graded_at else None
    found = {mark.point_id: mark for mark in score.marks.select_related("contest")} if score else {}
    points = _lines(attempt, found, language)
    earlier = earlier_answer(attempt) if score else None
    if earlier:
        points = tuple(replace(line, since=earlier.since(line.slug, line.verdict)) for line in points)
    runs = list(attempt.runs.ended().exclude(verdict="cancelled").select_related("attempt__version"))
    return Review(
        attempt=attempt,
        wording=Wording.objects.get(version=attempt.version_id, language=language),
        reference=Reference.objects.get(version=attempt.version_id, language=language),
        points=points,
        answer=tuple(stretches(attempt.said.answer, found.values())),
        score=answer_score(attempt) if score else None,
        flags=tuple(score.flags) if score else (),
        prose_range=_prose_range(score) if score else None,
        scorer=Scorer(score.scorer if score else ""),
        say_next=_say_next(points),
        runs=tuple((run, feedback(run)) for run in runs) if score else (),
        hidden_case=_hidden_case(attempt, runs) if score else None,
        follow_up=_follow_up(attempt, language) if score and attempt.follow_up_asked_at else None,
        late_drafts=tuple(attempt.late_drafts.all()),
        earlier=earlier,
    )


def _prose_range(score: Score) -> tuple[float, float] | None:
    """Where the prose earned something: how often the range holds is known of such answers."""
    if not score.prose or score.prose_low is None or score.prose_high is None:
        return None
    return score.prose_low, score.prose_high


def _follow_up(attempt: Attempt, language: str) -> FollowUp:
    found = attempt.follow_up_verdict
    slug = attempt.version.content().facts.follow_up
    return FollowUp(
        answer=attempt.follow_up_answer,
        point=attempt.version.points.get(slug=slug).text(language),
        found=found,
        found_label=str(AutomaticMark(found).label) if found else "",
    )


def _hidden_case(attempt: Attempt, runs: list[Run]) -> dict[str, str] | None:
    """One hidden case that failed, once the interview is over (C4): from the bank, not from what the code said."""
    last = next((run for run in runs if run.kind == RunKind.SUBMIT and run.record), None)
    task = attempt.version.content().task if last and attempt.interview.finished_at else None
    if task is None or last is None or last.record is None:
        return None
    case = revealed_case(task, last.record)
    return case and case | {"label": category_words(last, case["category"], "label")}


def _lines(attempt: Attempt, found: dict[int, PointMark], language: str) -> tuple[PointLine, ...]:
    own = {each.point_id: each for each in attempt.self_marks.all()}
    return tuple(
        _line(point, own.get(point.pk), found.get(point.pk), attempt.said.answer, language)
        for point in attempt.version.points.all()
    )


def _line(point: KeyPoint, own: object, found: PointMark | None, answer: str, language: str) -> PointLine:
    mark = getattr(own, "mark", "")
    start, end = found.evidence[0] if found and found.evidence else (0, 0)
    return PointLine(
        id=point.pk,
        slug=point.slug,
        text=point.text(language),
        weight=point.weight,
        own_mark=mark,
        own_mark_label=str(Mark(mark).label) if mark else "",
        said_wrong=getattr(own, "said_wrong", False),
        found=found.verdict if found else "",
        found_label=str(AutomaticMark(found.verdict).label) if found else "",
        quote=answer[start:end],
        why=_why(found),
        is_contested=hasattr(found, "contest"),
    )


def _why(found: PointMark | None) -> str:
    """Why the point isn't simply found, in words."""
    if found is None or found.verdict == AutomaticMark.COVERED:
        return ""
    if found.reason:
        return str(REASONS[found.reason])
    return _("Nothing like “%(term)s” was found.") % {"term": found.lacks} if found.lacks else ""


def _say_next(points: tuple[PointLine, ...]) -> str:
    """The heaviest point that is missing or wrong."""
    missing = [line for line in points if line.verdict in ("missed", "wrong")]
    return max(missing, key=lambda line: line.weight).text if missing else ""
