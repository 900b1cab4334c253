"""A language model judges a locked answer where the settings name one; the built-in scorer does where that fails."""

import logging
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.conf import LazySettings

from interview.actions.finish import finish
from interview.actions.late import count_late, keep_late
from interview.actions.lock import lock
from interview.actions.score import score_attempt
from interview.models import Attempt, Score
from interview.scoring.endpoint import Endpoint
from interview.scoring.model import load
from tests.actions.bad_models import ANSWER, GOOD, MISBEHAVIOUR, RECALL, REST, SLOWNESS, sends
from tests.factories import NOON, make_interview, minutes
from tests.language_models import KEY, judgement, says, serving

pytestmark = pytest.mark.django_db

SECONDS = 1.0


@dataclass(frozen=True)
class Kept:
    """What is stored of a score."""

    prose: float | None
    scorer: str
    flags: list[str]
    marks: dict[str, tuple[str, list[list[int]]]]

    def labelled(self) -> "Kept":
        return replace(self, flags=[*self.flags, "language_model_failed"])


Judge = Callable[[Endpoint | None], Score]


@pytest.fixture(autouse=True)
def _own_cache(settings: LazySettings) -> None:
    """Tests beside this one have answers of the same number."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": uuid4().hex}}


@pytest.fixture
def attempt() -> Attempt:
    attempt = make_interview().attempts.get(position=1)
    lock(attempt, answer=ANSWER, code="", now=NOON + minutes(1))
    return attempt


@pytest.fixture
def judge(attempt: Attempt, settings: LazySettings) -> Judge:
    def score(model: Endpoint | None) -> Score:
        settings.LANGUAGE_MODEL = model
        score = score_attempt(attempt, now=NOON + minutes(2))
        assert score is not None
        return score

    return score


@pytest.fixture
def built_in(judge: Judge) -> Kept:
    """What is stored where no language model is asked; it is gone again."""
    score = judge(None)
    kept = _kept(score)
    score.delete()
    return kept


def _kept(score: Score) -> Kept:
    score.refresh_from_db()
    marks = score.marks.values_list("point__slug", "verdict", "evidence")
    found = {slug: (verdict, evidence) for slug, verdict, evidence in marks}
    return Kept(score.prose, score.scorer, score.flags, found)


def test_its_marks_are_stored_with_who_gave_them_and_what_they_rest_on(judge: Judge, built_in: Kept) -> None:
    with serving(says(GOOD)) as server:
        score = judge(server.endpoint())

    end = len(RECALL)
    kept = _kept(score)
    assert (kept.scorer, kept.flags) == (f"llm-1:some-model@127.0.0.1:{server.server_port}", [])
    assert kept.marks == {
        "rare-class": ("partly", [[0, end]]),
        "point-0": ("wrong", [[end + 1, len(ANSWER)]]),
        "point-1": ("missed", []),
        "point-2": ("missed", []),
    }
    assert kept.prose == 24.6
    assert built_in.prose == 75.3


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_whatever_it_does_instead_the_built_in_score_is_stored_with_a_label(
    name: str, judge: Judge, built_in: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    behave, reason = MISBEHAVIOUR[name]

    with serving(behave) as server, caplog.at_level(logging.DEBUG):
        score = judge(server.endpoint())

    assert len(server.asked) == 1
    assert _kept(score) == built_in.labelled()
    [record] = [each for each in caplog.records if each.name == "interview.actions.score"]
    assert record.getMessage().startswith(f"Attempt {score.attempt_id} is left to the built-in scorer")
    assert reason in record.getMessage()
    assert not any(secret in caplog.text for secret in (KEY, "rare class"))


@pytest.mark.alone
@pytest.mark.parametrize("name", SLOWNESS)
def test_however_slow_it_is_nobody_waits_longer_than_was_said(
    name: str, judge: Judge, built_in: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(SLOWNESS[name]) as server:
        begin = time.monotonic()
        score = judge(server.endpoint(seconds=SECONDS))
        took = time.monotonic() - begin

    assert took < SECONDS + 1
    assert _kept(score) == built_in.labelled()
    assert "time" in caplog.text or f"within {SECONDS:g} s" in caplog.text


def test_nobody_there_is_no_other_case(
    judge: Judge, built_in: Kept, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        score = judge(Endpoint(f"http://127.0.0.1:{port}", "some-model", SECONDS, KEY))

    assert _kept(score) == built_in.labelled()
    assert "refused" in caplog.text


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_answer_follows_to_where_a_server_sends_it(status: int, judge: Judge, built_in: Kept) -> None:
    with serving(says(GOOD)) as elsewhere:
        there = f"Location: http://127.0.0.1:{elsewhere.server_port}/v1/chat/completions\r\n"
        head = f"HTTP/1.1 {status} Elsewhere\r\n{there}Content-Length: 0\r\n\r\n"
        with serving(sends(head.encode())) as server:
            score = judge(server.endpoint())

    assert elsewhere.asked == []
    assert _kept(score) == built_in.labelled()


def test_without_the_setting_nobody_is_asked_and_nothing_labelled(built_in: Kept) -> None:
    assert (built_in.scorer, built_in.flags) == (load().name, [])


@pytest.mark.parametrize("answer", ["", "recall, term0, term1, term2, class, question, first, value"])
def test_no_answer_at_all_is_judged_here_and_that_is_no_failure(answer: str, settings: LazySettings) -> None:
    attempt = make_interview().attempts.get(position=1)
    lock(attempt, answer=answer, code="", now=NOON + minutes(1))

    with serving(says(GOOD)) as server:
        settings.LANGUAGE_MODEL = server.endpoint()
        score = score_attempt(attempt, now=NOON + minutes(2))

    assert score is not None
    assert (server.asked, score.scorer, score.prose) == ([], load().name, 0)
    assert "language_model_failed" not in score.flags


def test_who_said_that_they_dont_know_is_not_sent(attempt: Attempt, judge: Judge) -> None:
    Attempt.objects.update(gave_up=True)
    attempt.refresh_from_db()

    with serving(says(GOOD)) as server:
        score = judge(server.endpoint())

    assert (server.asked, score.scorer, score.prose) == ([], load().name, 0)


def test_a_second_call_of_the_worker_asks_nobody_twice(attempt: Attempt, settings: LazySettings) -> None:
    again: list[Score | None] = []
    ask = Endpoint.ask

    def ask_and_be_rung(self: Endpoint, body: bytes) -> bytes:
        again.append(score_attempt(attempt, now=NOON + minutes(2)))
        return ask(self, body)

    with serving(says(GOOD)) as server, patch.object(Endpoint, "ask", ask_and_be_rung):
        settings.LANGUAGE_MODEL = server.endpoint()
        score = score_attempt(attempt, now=NOON + minutes(2))

    assert again == [None]
    assert len(server.asked) == 1
    assert score_attempt(attempt, now=NOON + minutes(3)) == score


def test_a_late_text_that_counts_is_asked_about_at_once(settings: LazySettings) -> None:
    interview = make_interview()
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer=RECALL, code="", now=NOON + minutes(1))
    finish(interview, now=NOON + minutes(2))
    late = keep_late(attempt, answer=ANSWER, code="", now=NOON + minutes(3))
    assert late is not None
    missed = judgement(("rare-class", "partly", RECALL), ("point-0", "missed", None), *REST)

    with serving(says(missed)) as server:
        settings.LANGUAGE_MODEL = server.endpoint()
        score_attempt(attempt, now=NOON + minutes(3))
        server.behave = says(GOOD)
        count_late(late, now=NOON + minutes(4))
        score_attempt(Attempt.objects.get(pk=attempt.pk), now=NOON + minutes(4))

    assert len(server.asked) == 2
    assert _kept(Score.objects.get()).marks["point-0"][0] == "wrong"
