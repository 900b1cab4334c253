"""Requests in an unlucky order, or after a lost reply: no text goes, and no time comes back (T1, T6, T8, T17, T23)."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from interview.actions import clock
from interview.actions.errors import TooLate, TooManyChanges
from interview.actions.finish import finish, settle
from interview.actions.late import count_late, keep_late
from interview.actions.lock import lock
from interview.actions.retime import change_factor, extend, pause
from interview.actions.save_draft import save_draft
from interview.models import Attempt, Draft, Interview, LateDraft, SelfMark
from tests.factories import NOON, make_interview, make_user, minutes

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SAVED = HTMX | {"HX-Target": "saved"}
SECOND = timedelta(seconds=1)


def running(client: Client, *, ago: timedelta = timedelta(), **options: Any) -> Interview:
    user = make_user()
    client.force_login(user)
    return make_interview(user, now=timezone.now() - ago, **options)


def first(interview: Interview) -> Attempt:
    return interview.attempts.get(position=1)


def sent(attempt: Attempt, answer: str, tab: str, count: int, revision: int = 0) -> dict[str, Any]:
    return {"attempt": attempt.pk, "answer": answer, "tab": tab, "count": count, "revision": revision}


def test_the_end_in_an_old_tab_asks_before_it_overwrites_a_newer_text(client: Client) -> None:
    interview = running(client)
    attempt = first(interview)
    url = f"/answers/{attempt.pk}/draft/"
    client.post(url, sent(attempt, "old", "a", 1), headers=SAVED)
    client.post(url, sent(attempt, "the long newer text", "b", 1, revision=1), headers=SAVED)

    reply = client.post(
        f"/interviews/{interview.pk}/finish/", sent(attempt, "old", "a", 2, revision=1), headers=HTMX
    )

    assert reply.status_code == 409
    assert Draft.objects.get().answer == "the long newer text"


def test_what_is_typed_after_a_lock_whose_reply_was_lost_is_kept(client: Client) -> None:
    attempt = first(running(client))
    client.post(f"/answers/{attempt.pk}/lock/", sent(attempt, "short", "mine", 1), headers=HTMX)

    reply = client.post(
        f"/answers/{attempt.pk}/draft/", sent(attempt, "short, and much more", "mine", 7), headers=SAVED
    )

    assert "HX-Redirect" in reply
    assert LateDraft.objects.get().answer == "short, and much more"


@pytest.mark.parametrize("wish", ["finish", "pause", "more-time", "language"])
@pytest.mark.parametrize("is_over", [True, False], ids=["over", "locked elsewhere"])
def test_a_text_that_comes_with_a_wish_is_kept_where_its_question_is_closed(
    client: Client, wish: str, is_over: bool
) -> None:
    interview = running(client, ago=minutes(21 if is_over else 1), mode="practice")
    attempt = first(interview)
    if is_over:
        settle(interview, now=timezone.now())
    else:
        lock(attempt, answer="from the other tab", code="", tab="b", count=1, now=timezone.now())

    data = sent(attempt, "all my words", "a", 3) | {"language": "ko"}
    page = client.post(f"/interviews/{interview.pk}/{wish}/", data, follow=True)

    assert LateDraft.objects.get().answer == "all my words"
    assert "This came too late to count" in page.content.decode()


def test_a_save_that_was_overtaken_by_a_wish_of_its_tab_changes_nothing(client: Client) -> None:
    interview = running(client, mode="practice")
    attempt = first(interview)
    client.post(f"/interviews/{interview.pk}/pause/", sent(attempt, "newer words", "a", 2), headers=HTMX)

    client.post(f"/answers/{attempt.pk}/draft/", sent(attempt, "newer", "a", 1), headers=SAVED)

    assert Draft.objects.get().answer == "newer words"


def test_a_plain_page_with_both_texts_stays_the_tab_it_was(client: Client) -> None:
    interview = running(client)
    attempt = first(interview)
    tabs = [
        re.findall(
            r'name="tab" value="([\w-]+)"', client.get(f"/interviews/{interview.pk}/").content.decode()
        )[0]
        for _ in range(2)
    ]
    url = f"/answers/{attempt.pk}/draft/"
    client.post(url, sent(attempt, "from b", tabs[1], 1), headers=SAVED)

    page = client.post(url, sent(attempt, "", tabs[0], 0)).content.decode()

    assert f'name="tab" value="{tabs[0]}"' in page
    assert re.search(r'id="answer"[^>]*>\s*</textarea>', page), "emptied on purpose, and so it stays"


def test_the_last_words_of_a_page_that_waits_for_a_choice_are_kept(client: Client) -> None:
    attempt = first(running(client))
    url = f"/answers/{attempt.pk}/draft/"
    client.post(url, sent(attempt, "theirs", "b", 1), headers=SAVED)

    reply = client.post(url, sent(attempt, "mine, and long", "a", 1) | {"last": "on"}, headers=SAVED)

    assert reply.status_code == 409
    assert (Draft.objects.get().answer, LateDraft.objects.get().answer) == ("theirs", "mine, and long")


def test_time_that_came_after_the_sweep_had_looked_is_seen() -> None:
    interview = make_interview(mode="practice")
    looked_at = Interview.objects.prefetch_related("events").get(pk=interview.pk)
    extend(interview, now=NOON + minutes(20) + 14 * SECOND)

    assert not settle(looked_at, now=NOON + minutes(20) + 16 * SECOND)

    interview.refresh_from_db()
    assert interview.finished_at is None


@pytest.mark.parametrize("change", ["factor", "pause", "extend"])
def test_a_question_whose_time_is_over_is_not_brought_back(change: str) -> None:
    user = make_user()
    interview = make_interview(user, mode="practice", question_pace=1.0)
    now = NOON + minutes(5) + 17 * SECOND
    user.time_factor = None

    if change == "factor":
        change_factor(user, now=now)
    else:
        with pytest.raises(TooLate):
            {"pause": pause, "extend": extend}[change](interview, now=now)

    assert not first(interview).is_in_time(now=now + SECOND)


def test_nobody_changes_the_time_for_ever(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(clock, "MOST_CHANGES", 3)
    interview = running(client, mode="practice")
    for _ in range(3):
        extend(interview, now=timezone.now())

    with pytest.raises(TooManyChanges):
        extend(interview, now=timezone.now())
    page = client.post(f"/interviews/{interview.pk}/more-time/", follow=True).content.decode()
    settings = {"language": "en", "time_zone": "UTC", "time_factor": "2.0"}
    saved = client.post("/settings/", settings, follow=True).content.decode()

    assert "changed too often to be changed again" in page
    assert "Saved for the next interview" in saved
    assert interview.events.count() == 3


def test_marks_about_another_text_than_the_one_that_counts_are_not_taken(client: Client) -> None:
    interview = running(client, ago=minutes(30))
    attempt = first(interview)
    settle(interview, now=timezone.now())
    late = keep_late(attempt, answer="late words", code="", now=timezone.now())
    assert late is not None
    count_late(late, now=timezone.now())

    marks = {f"{point.pk}-mark": "covered" for point in attempt.version.points.all()}
    client.post(f"/answers/{attempt.pk}/grade/", marks)
    before = SelfMark.objects.count()
    client.post(f"/answers/{attempt.pk}/grade/", marks | {"about": late.pk})

    assert before == 0
    assert SelfMark.objects.count() == len(marks)


def test_a_scorer_that_fails_keeps_nobody_from_locking(client: Client) -> None:
    attempt = first(running(client, follows_up=True))

    with patch("interview.scoring.score.score", side_effect=RuntimeError):
        reply = client.post(f"/answers/{attempt.pk}/lock/", sent(attempt, "words", "a", 1), headers=HTMX)

    assert reply.status_code == 200
    assert not first(attempt.interview).is_following_up


def test_a_lock_that_arrived_before_its_question_was_opened_is_written_all_the_same() -> None:
    attempt = first(make_interview())

    lock(attempt, answer="quick", code="", now=NOON - SECOND)

    assert attempt.locked_at == NOON


def test_a_pause_covers_the_question_in_every_reply(client: Client) -> None:
    interview = running(client, mode="practice")
    pause(interview, now=timezone.now())

    reply = client.post(f"/interviews/{interview.pk}/language/", {"language": "ko"}, headers=HTMX)

    assert "what would you look at first" not in reply.content.decode()
    assert reply["HX-Redirect"] == f"/interviews/{interview.pk}/"


def test_a_save_of_a_page_from_before_the_end_is_told_once() -> None:
    interview = make_interview()
    save_draft(first(interview), revision=0, answer="so far", code="", now=NOON)
    finish(interview, now=NOON + minutes(1))

    again = [keep_late(first(interview), answer="so far", code="", now=NOON + minutes(2)) for _ in range(2)]

    assert again == [None, None]
