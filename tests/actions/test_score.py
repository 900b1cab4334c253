"""A locked answer gets one score: that of the text that counts, with the version of its scorer."""

import pytest

from interview.actions.finish import finish
from interview.actions.late import count_late, keep_late
from interview.actions.lock import lock
from interview.actions.score import score_attempt
from interview.models import Attempt, Score
from interview.scoring.model import load
from tests.factories import NOON, make_interview, minutes

pytestmark = pytest.mark.django_db


def test_a_score_is_stored_with_the_version_of_its_scorer() -> None:
    attempt = make_interview().attempts.get(position=1)
    lock(attempt, answer="I would look at the recall first.", code="", now=NOON + minutes(1))

    score_attempt(attempt, now=NOON + minutes(2))
    score_attempt(attempt, now=NOON + minutes(3))

    assert [(score.scorer, score.prose is None) for score in Score.objects.all()] == [(load().name, False)]


def test_a_score_that_was_being_worked_out_is_not_taken_for_that_of_the_late_text() -> None:
    interview = make_interview()
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer="in time", code="", now=NOON + minutes(1))
    finish(interview, now=NOON + minutes(2))
    late = keep_late(attempt, answer="too late", code="", now=NOON + minutes(3))
    assert late is not None
    being_scored = Attempt.objects.get(pk=attempt.pk)

    count_late(late, now=NOON + minutes(4))

    assert score_attempt(being_scored, now=NOON + minutes(4)) is None
    assert not Score.objects.exists()
    assert score_attempt(Attempt.objects.get(pk=attempt.pk), now=NOON + minutes(4)) is not None
