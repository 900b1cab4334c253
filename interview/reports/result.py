"""How one interview went: a line for each question asked, and the mean over those with a score."""

from dataclasses import dataclass
from datetime import datetime

from interview.models import Attempt, Interview
from interview.reports.answers import AnswerScore, answer_score, with_marks
from interview.rules import grading, timing


@dataclass(frozen=True)
class AnswerLine:
    attempt: Attempt
    title: str
    score: AnswerScore | None

    @property
    def needs_grading(self) -> bool:
        return self.attempt.self_graded_at is None


@dataclass(frozen=True)
class Result:
    interview: Interview
    lines: tuple[AnswerLine, ...]
    not_asked: int
    value: float | None
    spent: timing.Reading

    @property
    def scored(self) -> int:
        return sum(line.score is not None and line.score.value is not None for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.attempt.late_draft_id is not None for line in self.lines)

    @property
    def is_pending(self) -> bool:
        return any(line.score is None and not line.needs_grading for line in self.lines)

    @property
    def first_to_grade(self) -> AnswerLine | None:
        return next((line for line in self.lines if line.needs_grading), None)


def result(interview: Interview, language: str, *, now: datetime) -> Result:
    """The result as far as it is known now; scores that are still being worked out are None."""
    attempts = list(
        with_marks(interview.attempts.all())
        .select_related("version__question")
        .prefetch_related("version__wordings")
        .defer("version__source")
    )
    lines = tuple(
        AnswerLine(each, _title(each, language), answer_score(each)) for each in attempts if each.opened_at
    )
    return Result(
        interview=interview,
        lines=lines,
        not_asked=len(attempts) - len(lines),
        value=grading.interview_score(line.score.value for line in lines if line.score),
        spent=timing.final(interview.clock, now=now),
    )


def _title(attempt: Attempt, language: str) -> str:
    return next(each.title for each in attempt.version.wordings.all() if each.language == language)
