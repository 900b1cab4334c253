"""People on a real server that keeps its promises, and on some that don't: each has to be found out."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from interview.actions.load_bank import load_bank
from interview.actions.save_draft import save_draft
from interview.models import Attempt, Draft, Interview
from interview.simulation.crowd import Choice, simulate
from interview.simulation.guests import Guests
from interview.simulation.ledger import Ledger
from interview.simulation.life import Habit
from interview.simulation.line import Line, NoReply, Reply
from interview.simulation.page import Page
from interview.simulation.person import START
from interview.simulation.tab import Tab
from interview.simulation.tally import Tally
from interview.simulation.writing import Writing
from tests.factories import make_content, make_interview, make_user

PEOPLE = 10
MINUTES = 0.2


@pytest.fixture
def choice(live_server: Any) -> Choice:
    load_bank([make_content(code=each < 3) for each in range(8)], now=timezone.now())
    return Choice(PEOPLE, MINUTES, live_server.url, seed=1, server_restarts=False)


def _drop(attempt: Attempt, *, revision: int | None, now: datetime, **text: Any) -> Draft:
    return Draft(attempt=attempt, revision=(revision or 0) + 1, saved_at=now)


def _overwrite(attempt: Attempt, *, revision: int | None, now: datetime, **text: Any) -> Draft:
    return save_draft(attempt, revision=None, now=now, **text)


def _cut_the_end_off(attempt: Attempt, *, answer: str, now: datetime, **text: Any) -> Draft:
    return save_draft(attempt, answer=answer.rstrip(), now=now, **text)


def _tries(choice: Choice) -> Iterator[Tally]:
    """On a busy machine the people may get to nothing in so short a time: then they come again."""
    return (simulate(choice) for _try in range(4))


@pytest.mark.parametrize("broken", [_drop, _overwrite, _cut_the_end_off])
def test_a_server_that_loses_what_it_acknowledged_is_found_out(
    broken: Callable[..., Draft], choice: Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview.views.attempts.save_draft", broken)

    assert any(tally.lost_characters and not tally.is_clean for tally in _tries(choice))


def test_a_server_that_fails_is_found_out(choice: Choice, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("interview.views.attempts.clock_face", fail)

    assert any("POST /answers/N/draft/: 500" in tally.errors for tally in _tries(choice))


def test_people_whose_time_ends_between_two_texts_keep_one_of_them(
    choice: Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_in_two_tabs_until_the_end(writing: Any, page: Page, ledger: Ledger) -> Tab:
        first, other = (
            Tab(writing._browser, each, ledger, writing._chance) for each in (page, writing._look_again())
        )
        for tab, words in (other, 1), (first, 2):
            for _word in range(words):
                tab.type()
            tab.save()
        writing._life.sleep(writing._life.ends - time.monotonic())
        return first

    monkeypatch.setattr(Writing, "write", write_in_two_tabs_until_the_end)
    monkeypatch.setattr("interview.simulation.life.HABITS", (Habit.CALM,))

    assert any(_stale_saves(tally) for tally in _tries(choice) if tally.is_clean)


def test_a_page_that_was_never_heard_is_asked_for_again(
    choice: Choice, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: set[Line] = set()
    get = Line.get

    def drop_the_first(line: Line, path: str, **how: bool) -> Reply:
        if path == START and line not in heard:
            heard.add(line)
            raise NoReply("dropped")
        return get(line, path, **how)

    monkeypatch.setattr(Line, "get", drop_the_first)

    assert any(tally.is_clean for tally in _tries(replace(choice, server_restarts=True)))
    assert heard


def _stale_saves(tally: Tally) -> int:
    """How many were met, once all of them are resolved."""
    line = next(
        line for line in tally.lines(people=PEOPLE, minutes=MINUTES) if line.startswith("stale saves")
    )
    met, resolved = map(int, re.findall(r"\d+", line))
    assert met == resolved
    return met


@pytest.mark.django_db
def test_only_the_guests_leave_with_all_that_is_theirs() -> None:
    kept = make_interview(make_user(), now=timezone.now())
    guests = Guests(3)
    guest = User.objects.exclude(pk=kept.user_id).earliest("pk")
    save_draft(
        make_interview(guest, now=timezone.now()).attempts.earliest("pk"),
        revision=0,
        answer="a",
        code="",
        now=timezone.now(),
    )

    guests.leave()

    assert list(Interview.objects.all()) == [kept]
    assert list(User.objects.all()) == [kept.user]
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_where_nobody_serves_it_says_so_and_leaves_nobody_behind() -> None:
    with pytest.raises(CommandError, match=r"Nobody answers at http://127\.0\.0\.1:9 "):
        call_command("simulate_interviews", people=1, minutes=0.1, url="http://127.0.0.1:9")

    assert not User.objects.exists()


@pytest.mark.parametrize("people", ["0", "-3", "many"])
def test_the_number_of_people_has_to_be_one(people: str) -> None:
    with pytest.raises(CommandError, match="not a number above zero"):
        call_command("simulate_interviews", f"--people={people}")
