"""The last answer to the same question before this one, and what became of its key points since."""

from dataclasses import dataclass

from django.db.models import Q

from interview.models import Attempt
from interview.reports.answers import AnswerScore, answer_score, with_marks
from interview.reports.evidence import Stretch, stretches
from interview.rules.grading import Verdict, change


@dataclass(frozen=True)
class Earlier:
    """An answer given before. `verdicts` are the scorer's by the points' slugs, or the person's where it has none."""

    attempt: Attempt
    answer: tuple[Stretch, ...]
    score: AnswerScore | None
    verdicts: dict[str, str]

    def since(self, slug: str, verdict: str) -> str:
        """What became of a point: "gained", "lost" or "kept"; "new" where the question didn't ask for it then."""
        if not verdict or not self.verdicts:
            return ""
        before = self.verdicts.get(slug)
        return change(Verdict(before), Verdict(verdict)).value if before else "new"


def earlier_answer(attempt: Attempt) -> Earlier | None:
    """The person's latest answer to the same question before this one, in whichever version, that has a score."""
    before = _latest_before(attempt)
    if before is None:
        return None
    marks = list(before.score.marks.select_related("point"))
    own = {each.point.slug: "wrong" if each.said_wrong else each.mark for each in before.self_marks.all()}
    return Earlier(
        attempt=before,
        answer=tuple(stretches(before.said.answer, marks)),
        score=answer_score(before),
        verdicts={mark.point.slug: mark.verdict for mark in marks} or own,
    )


def _latest_before(attempt: Attempt) -> Attempt | None:
    has_value = Q(score__prose__isnull=False) | Q(score__code__isnull=False) | Q(self_marks__isnull=False)
    return (
        with_marks(Attempt.objects.by(attempt.interview.user_id))
        .filter(has_value, score__isnull=False, self_graded_at__isnull=False)
        .filter(version__question=attempt.version.question_id, locked_at__lt=attempt.locked_at)
        .order_by("-locked_at", "-pk")
        .defer("version__source")
        .first()
    )
