"""In any order: the deadline is its fold, no text is lost, what is final stays, and there is one result (T1, T9, T20).

Each story is a list of steps with the seconds between them. It's told to the real actions on the real database, and
after every step what must hold is looked up there.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from interview.actions import errors, retime
from interview.actions.advance import open_next
from interview.actions.finish import finish, settle
from interview.actions.follow_up import answer_follow_up
from interview.actions.late import keep_late
from interview.actions.lock import lock
from interview.actions.save_draft import save_draft
from interview.actions.score import score_attempt
from interview.actions.self_grade import skip_self_grading
from interview.models import Attempt, Interview, Score
from interview.rules import timing
from tests.factories import NOON, make_interview, make_user, minutes
from tests.rules.test_timing import second_by_second

pytestmark = pytest.mark.django_db
REFUSALS = (errors.TooEarly, errors.TooLate, errors.AlreadyLocked, errors.StaleDraft, errors.NotInMock)
TEXTS = st.sampled_from(
    ["term1", "I would look at the recall first", "recall? no idea", "말하자면 recall 값"]
)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["save", "lock", "follow up", "late tab"]), TEXTS),
    st.tuples(st.just("factor"), st.sampled_from([1.0, 1.5, 2.0, None])),
    st.tuples(
        st.sampled_from(["grade", "next", "pause", "go on", "extend", "crash", "sweep", "finish", "give up"]),
        st.just(""),
    ),
)
STORIES = st.lists(st.tuples(st.sampled_from([1, 20, 90, 400]), STEPS), min_size=1, max_size=25)
TERMS = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["mock", "practice"]),
        "reveal_policy": st.sampled_from(["after_each", "at_end"]),
        "follows_up": st.booleans(),
        "question_pace": st.sampled_from([None, 1.0]),
        "limit": st.sampled_from([None, minutes(10), minutes(20)]),
    }
)


class Teller:
    """One person's story; `acknowledged` is what they were told is saved, by the answer's or the follow-up's place."""

    def __init__(self, user: User, terms: dict[str, Any]) -> None:
        self.user = user
        self.interview = make_interview(user, **terms)
        self.now = NOON
        self.acknowledged: dict[tuple[int, bool], str] = {}
        self.final: dict[tuple[int, bool], str] = {}

    def step(self, seconds: int, deed: str, what: Any) -> None:
        self.now += timedelta(seconds=seconds)
        deeds: dict[str, Callable[[Any], object]] = {
            "save": self._save,
            "lock": self._lock,
            "give up": lambda _: lock(self._current(), answer="", code="", gave_up=True, now=self.now),
            "follow up": self._follow_up,
            "late tab": self._late_tab,
            "factor": self._factor,
            "grade": lambda _: skip_self_grading(self._current(), now=self.now),
            "next": lambda _: open_next(self.interview, now=self.now),
            "pause": lambda _: retime.pause(self.interview, now=self.now),
            "go on": lambda _: retime.go_on(self.interview, now=self.now),
            "extend": lambda _: retime.extend(self.interview, now=self.now),
            "crash": lambda _: None,  # Nothing is kept in memory: all below is read afresh.
            "sweep": lambda _: settle(self.interview, now=self.now),
            "finish": lambda _: finish(self.interview, now=self.now),
        }
        with suppress(*REFUSALS):
            deeds[deed](what)
        self.interview = Interview.objects.get(pk=self.interview.pk)

    def _current(self) -> Attempt:
        opened = self.interview.attempts.filter(opened_at__isnull=False)
        return opened.select_related("version").order_by("position")[opened.count() - 1]

    def _save(self, text: str) -> None:
        attempt = self._current()
        more = attempt.is_following_up
        save_draft(attempt, revision=None, answer=text, code="", follows_up=more, now=self.now)
        self.acknowledged[attempt.pk, more] = text

    def _lock(self, text: str) -> None:
        attempt = self._current()
        lock(attempt, answer=text, code="", now=self.now)
        self.acknowledged[attempt.pk, False] = text

    def _follow_up(self, text: str) -> None:
        attempt = self._current()
        answer_follow_up(attempt, answer=text, now=self.now)
        self.acknowledged[attempt.pk, True] = text

    def _late_tab(self, text: str) -> None:
        attempt = self._current()
        if keep_late(attempt, answer=text, code="", now=self.now):
            assert attempt.late_drafts.filter(answer=text).exists()

    def _factor(self, factor: float | None) -> None:
        self.user.time_factor = factor
        retime.change_factor(self.user, now=self.now)

    def check(self) -> None:
        self._check_clock()
        for attempt in self.interview.attempts.select_related("draft"):
            self._check_texts(attempt)

    def _check_clock(self) -> None:
        clock, now = self.interview.clock, max(self.now, self.interview.clock.last.at)
        told, (left, _) = timing.remaining(clock, now=now), second_by_second(clock, now)
        assert (told is None) == (left is None)
        assert told is None or left is None or abs(told - left) < timedelta(milliseconds=1)
        if self.interview.finished_at and (end := timing.deadline(clock, now=self.now)):
            assert self.interview.finished_at <= end

    def _check_texts(self, attempt: Attempt) -> None:
        draft = getattr(attempt, "draft", None)
        for more, final, written in (
            (False, attempt.locked_at, attempt.answer),
            (True, attempt.follow_up_answered_at, attempt.follow_up_answer),
        ):
            place = (attempt.pk, more)
            if final:
                assert self.final.setdefault(place, written) == written, "what is final was changed"
            if place in self.acknowledged and not attempt.gave_up:
                assert self.acknowledged[place] == (written if final else draft and draft.answer)

    def end(self) -> datetime:
        """Everybody ends it, the sweep scores it twice: one result all the same."""
        ended = [finish(self.interview, now=self.now) for _ in range(3)]
        self.interview.refresh_from_db()
        assert ended.count(True) <= 1
        assert self.interview.finished_at is not None
        for attempt in self.interview.attempts.locked():
            for _ in range(2):
                score_attempt(attempt, now=self.now)
            assert Score.objects.filter(attempt=attempt).count() == 1
        assert not self.interview.attempts.open().exists()
        return self.interview.finished_at


@given(story=STORIES, terms=TERMS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_whatever_order_things_come(
    story: list[tuple[int, tuple[str, Any]]], terms: dict[str, Any]
) -> None:
    with transaction.atomic():
        teller = Teller(make_user(), terms)
        for seconds, (deed, what) in story:
            teller.step(seconds, deed, what)
            teller.check()
        finished_at = teller.end()
        teller.check()
        assert NOON <= finished_at <= max(teller.now, teller.interview.clock.last.at)
        transaction.set_rollback(True)
