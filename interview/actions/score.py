"""Score a locked answer: once, by the scorer and the judge's last word on the code."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction

from interview.models import Attempt, Interview, PointMark, Run, RunKind, Score
from interview.rules import grading

if TYPE_CHECKING:
    from interview.scoring.score import Result

logger = logging.getLogger(__name__)

# From a language model's last moment to the stored score, with a machine that is busy.
TO_STORE = 10
# On record with a score that no scorer gave, for there was none to be trusted.
NO_SCORER = "no_scorer"


def score_attempt(attempt: Attempt, *, now: datetime) -> Score | None:
    """The attempt's score, written at the first call; None while the answer is open or its code still runs.

    None, too, where the person let a late text count meanwhile: its own call of the worker scores that; and while a
    language model is asked about this text already.
    """
    existing = Score.objects.filter(attempt=attempt).first()
    if existing or attempt.locked_at is None or attempt.runs.pending().filter(kind=RunKind.SUBMIT).exists():
        return existing
    if not _claim(attempt):
        return None
    run = None if attempt.gave_up else _last_submit(attempt)
    score = Score(attempt=attempt, code_run=run, code=_code_score(attempt, run), scored_at=now)
    marks = _score_prose(score)
    try:
        with transaction.atomic():
            Interview.objects.select_for_update().get(pk=attempt.interview_id)
            if not Attempt.objects.filter(pk=attempt.pk, late_draft=attempt.late_draft_id).exists():
                return None
            score.save()
            PointMark.objects.bulk_create(marks)
    except IntegrityError:
        # Scored by somebody else meanwhile: same answer and scorer, same score. Anything else is to be seen.
        existing = Score.objects.filter(attempt=attempt).first()
        if existing is None:
            raise
        return existing
    return score


def _last_submit(attempt: Attempt) -> Run | None:
    return attempt.runs.ended().filter(kind=RunKind.SUBMIT).exclude(verdict="cancelled").first()


def _code_score(attempt: Attempt, run: Run | None) -> float | None:
    if not attempt.version.has_code:
        return None
    if attempt.gave_up:
        return 0.0
    if run is None or run.record is None or run.verdict == "not_graded":
        return None
    return grading.code_score(run.record["hidden_passed"], run.record["hidden_total"])


def _score_prose(score: Score) -> list[PointMark]:
    """Fill in the prose part; the marks to store with it."""
    from interview.scoring.model import ModelUnusable

    attempt = score.attempt
    try:
        result = _judged(attempt)
    except ModelUnusable as reason:
        logger.error("Attempt %s is not scored automatically. %s", attempt.pk, reason)
        score.flags, score.prose = [NO_SCORER], 0.0 if attempt.gave_up else None
        return []
    score.scorer, score.flags = result.scorer, list(result.flags)
    score.prose = 0.0 if attempt.gave_up else result.score
    score.prose_low, score.prose_high = (None, None) if attempt.gave_up else result.between
    ids = dict(attempt.version.points.values_list("slug", "pk"))
    return [
        PointMark(
            score=score,
            point_id=ids[found.id],
            verdict=found.verdict,
            probability=found.probability,
            evidence=[list(span) for span in found.evidence],
            features=found.features,
            reason=found.reason,
            lacks=found.lacks,
        )
        for found in result.points
    ]


def _judged(attempt: Attempt) -> "Result":
    """The marks by whom the settings name, with a label on those of the built-in scorer where that stood in."""
    from interview.scoring import language_model
    from interview.scoring.endpoint import Unusable
    from interview.scoring.score import Flag, score

    answer, content, language = attempt.said.answer, attempt.version.content(), attempt.interview.language
    if settings.LANGUAGE_MODEL is None or attempt.gave_up:
        return score(answer, content, language)
    try:
        return language_model.score(answer, content, language, settings.LANGUAGE_MODEL)
    except Unusable as reason:
        logger.warning(
            "Attempt %s is left to the built-in scorer: no usable verdict (%s).", attempt.pk, reason
        )
    own = score(answer, content, language)
    return replace(own, flags=(*own.flags, Flag.LANGUAGE_MODEL_FAILED))


def _claim(attempt: Attempt) -> bool:
    """Whether nobody asks a language model about this text yet: that may last longer than until the next sweep.

    Where the cache forgets it, the model is merely asked twice, and the first score counts.
    """
    model = settings.LANGUAGE_MODEL
    name = f"judging-{attempt.pk}-{attempt.late_draft_id}"
    return model is None or cache.add(name, True, timeout=model.seconds + TO_STORE)
