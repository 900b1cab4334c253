"""A locked answer gets one score: that of the text that counts, with the version of its scorer."""

from pathlib import Path
from unittest.mock import patch

import pytest

from interview.actions.finish import finish
from interview.actions.late import count_late, keep_late
from interview.actions.lock import lock
from interview.actions.score import score_attempt
from interview.models import Attempt, Score
from interview.scoring import model
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


def test_without_a_model_to_be_trusted_nothing_is_scored_automatically_and_the_interview_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    interview = make_interview()
    attempt = interview.attempts.get(position=1)
    broken = tmp_path / "model.json"
    broken.write_text("{}")

    with patch.object(model, "PATH", broken):
        lock(attempt, answer="I would look at the recall first.", code="", now=NOON + minutes(1))
        score = score_attempt(attempt, now=NOON + minutes(2))

    assert score is not None
    assert (score.prose, score.scorer, score.flags) == (None, "", ["no_scorer"])
    assert "model.json can't be used: it is damaged" in caplog.text
    assert interview.attempts.get(position=2).opened_at is None
    finish(interview, now=NOON + minutes(3))


def test_a_score_keeps_what_its_marks_were_weighed_from_and_how_far_off_it_may_be() -> None:
    attempt = make_interview().attempts.get(position=1)
    lock(attempt, answer="I would look at the recall first.", code="", now=NOON + minutes(1))

    score = score_attempt(attempt, now=NOON + minutes(2))

    assert score is not None
    assert None not in (score.prose_low, score.prose, score.prose_high)
    low, prose, high = map(float, (score.prose_low or 0, score.prose or 0, score.prose_high or 0))
    assert low <= prose <= high
    for mark in score.marks.all():
        assert mark.probability == load().chance(mark.features)
        assert bool(mark.lacks) <= (mark.verdict != "covered")
