"""What an answer is worth: from the stored marks, by the rules, the same wherever it is shown."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from interview.models import Attempt, SelfMark
from interview.rules import grading


@dataclass(frozen=True)
class AnswerScore:
    """The parts of one answer's score, 0 to 100; None where there is none. `is_own` says whose judgement `prose` is."""

    prose: float | None
    is_own: bool
    code: float | None
    value: float | None


def with_marks(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Everything `answer_score` reads, in a number of queries that doesn't grow."""
    own = Prefetch("self_marks", SelfMark.objects.select_related("point"))
    return attempts.select_related("score", "version", "late_draft").prefetch_related(own)


def answer_score(attempt: Attempt) -> AnswerScore | None:
    """The score of one answer; None until it has been scored and the person has judged it, or skipped that (G2)."""
    score = getattr(attempt, "score", None)
    if score is None or attempt.self_graded_at is None:
        return None
    own = own_score(attempt) if score.prose is None else None
    prose = score.prose if own is None else own
    return AnswerScore(
        prose=prose,
        is_own=own is not None,
        code=score.code,
        value=grading.question_score(prose, score.code, asks_code=attempt.version.has_code),
    )


def own_score(attempt: Attempt) -> float | None:
    """The score by the person's own marks; None where they gave none."""
    marks = [
        grading.Mark(each.point.weight, grading.Verdict("wrong" if each.said_wrong else each.mark))
        for each in attempt.self_marks.all()
    ]
    return grading.prose_score(marks) if marks else None
