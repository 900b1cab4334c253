"""What was typed survives whatever stands in its way, with htmx and without."""

from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from interview.actions.finish import finish
from interview.forms import LONGEST_TEXT
from interview.models import Attempt, Draft, Interview, LateDraft, Run, RunKind
from tests.factories import make_interview, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def running(client: Client, **options: object) -> Interview:
    user = make_user()
    client.force_login(user)
    return make_interview(user, now=timezone.now(), **options)  # type: ignore[arg-type]


def first(interview: Interview) -> Attempt:
    return interview.attempts.get(position=1)


def typed(attempt: Attempt, answer: str, revision: int = 0, **more: object) -> dict[str, object]:
    return {"attempt": attempt.pk, "revision": revision, "answer": answer} | more


def test_an_answer_that_is_too_long_stays_where_it_is(client: Client) -> None:
    attempt = first(running(client))
    data = typed(attempt, "word " * (LONGEST_TEXT // 4))

    fragment = client.post(f"/answers/{attempt.pk}/lock/", data, headers=HTMX)
    page = client.post(f"/answers/{attempt.pk}/lock/", data)

    assert (fragment.status_code, fragment["HX-Retarget"]) == (422, "#saved")
    assert page.status_code == 422
    assert "word word" in page.content.decode()


def test_line_ends_of_a_plain_form_count_once(client: Client) -> None:
    attempt = first(running(client))

    client.post(f"/answers/{attempt.pk}/lock/", typed(attempt, "a\r\n" * (LONGEST_TEXT // 2)))

    attempt.refresh_from_db()
    assert attempt.answer == "a\n" * (LONGEST_TEXT // 2)


def test_ending_the_interview_takes_the_words_on_the_page_whatever_was_saved_before(client: Client) -> None:
    interview = running(client)
    attempt = first(interview)
    client.post(f"/answers/{attempt.pk}/draft/", typed(attempt, "first", tab="one", count=1), headers=HTMX)

    last = typed(attempt, "first and last words", tab="one", count=2)
    client.post(f"/interviews/{interview.pk}/finish/", last, headers=HTMX)

    attempt.refresh_from_db()
    assert attempt.answer == "first and last words"


def test_a_page_of_an_earlier_question_answers_no_other(client: Client) -> None:
    interview = running(client)
    one, two = interview.attempts.order_by("position")
    client.post(f"/answers/{one.pk}/lock/", {"gave_up": "on"})
    client.post(f"/interviews/{interview.pk}/next/")

    client.post(f"/interviews/{interview.pk}/finish/", typed(one, "about the first question"))

    two.refresh_from_db()
    assert (two.answer, two.locked_at is None) == ("", False)


def test_a_refused_run_keeps_the_code_that_was_typed(client: Client) -> None:
    attempt = first(running(client, code=True))
    now = timezone.now()
    for _ in range(30):
        Run.objects.create(attempt=attempt, kind=RunKind.RUN, queued_at=now, ended_at=now, verdict="passed")

    page = client.post(
        f"/answers/{attempt.pk}/runs/", typed(attempt, "words", code="my_code = 1", kind="run"), follow=True
    )

    assert "my_code = 1" in page.content.decode()
    assert "That was a lot of runs" in page.content.decode()


def test_a_plain_post_of_an_older_text_shows_both(client: Client) -> None:
    interview = running(client)
    attempt = first(interview)
    client.post(f"/answers/{attempt.pk}/draft/", typed(attempt, "from the phone"), headers=HTMX)

    page = client.post(
        f"/interviews/{interview.pk}/language/", typed(attempt, "from the laptop", language="ko")
    )

    assert page.status_code == 409
    assert "from the phone" in page.content.decode()
    assert "from the laptop" in page.content.decode()
    assert Draft.objects.get().answer == "from the phone"


def test_how_sure_one_was_is_kept_with_the_draft(client: Client) -> None:
    interview = running(client)
    attempt = first(interview)
    client.post(f"/answers/{attempt.pk}/draft/", typed(attempt, "so far", confidence=75), headers=HTMX)

    html = client.get(f"/interviews/{interview.pk}/").content.decode()
    finish(interview, now=timezone.now())

    assert 'value="75" checked' in html
    attempt.refresh_from_db()
    assert attempt.confidence == 75


def test_an_answer_after_the_end_is_told_so(client: Client) -> None:
    interview = running(client)
    attempt = first(interview)
    finish(interview, now=timezone.now())

    page = client.post(f"/answers/{attempt.pk}/lock/", typed(attempt, "too late"), follow=True)

    assert "This came too late to count" in page.content.decode()
    assert LateDraft.objects.get().answer == "too late"


def test_a_save_that_its_own_tabs_lock_has_overtaken_is_neither_late_nor_told(client: Client) -> None:
    attempt = first(running(client))
    address = f"/answers/{attempt.pk}"
    client.post(f"{address}/lock/", typed(attempt, "the whole sentence", tab="one", count=2), headers=HTMX)

    overtaken = {**HTMX, "HX-Target": "saved"}
    reply = client.post(
        f"{address}/draft/", typed(attempt, "half a sent", tab="one", count=1), headers=overtaken
    )
    elsewhere = client.post(f"{address}/draft/", typed(attempt, "other words", tab="two"), headers=overtaken)

    assert reply.status_code == 204
    assert elsewhere["HX-Redirect"] == f"/interviews/{attempt.interview_id}/"
    assert [late.answer for late in LateDraft.objects.all()] == ["other words"]


def test_after_an_expired_sign_in_the_person_comes_back_to_the_page(client: Client) -> None:
    interview = running(client)
    client.logout()

    response = client.post(
        f"/answers/{first(interview).pk}/lock/",
        {"answer": "x"},
        headers={"Referer": f"http://testserver/interviews/{interview.pk}/"},
    )

    assert response["Location"] == f"/account/login/?next=/interviews/{interview.pk}/"


def test_the_language_of_a_finished_interview_stays(client: Client) -> None:
    interview = running(client)
    finish(interview, now=timezone.now())

    client.post(f"/interviews/{interview.pk}/language/", {"language": "ko"})

    interview.refresh_from_db()
    assert interview.language == "en"


def test_an_odd_address_is_no_error(client: Client) -> None:
    attempt = first(running(client, code=True))
    run = Run.objects.create(attempt=attempt, kind=RunKind.RUN, queued_at=timezone.now())

    assert client.get(f"/runs/{run.pk}/?asked=²", headers=HTMX).status_code == 200


def test_a_broker_that_is_down_changes_neither_the_time_nor_a_text(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    """T25: nothing about time or text lives in the broker."""
    interview = running(client)
    attempt = first(interview)
    before = interview.clock
    with (
        patch("celery.app.task.Task.apply_async", side_effect=OperationalError("connection refused")) as bell,
        django_capture_on_commit_callbacks(execute=True),
    ):
        saved = client.post(f"/answers/{attempt.pk}/draft/", typed(attempt, "so far"), headers=HTMX)
        told = Draft.objects.get().answer
        locked = client.post(
            f"/answers/{attempt.pk}/lock/", typed(attempt, "so far, and more", 1), headers=HTMX
        )

    assert bell.called
    assert (saved.status_code, told, locked.status_code) == (200, "so far", 200)
    assert first(interview).answer == "so far, and more"
    clock = Interview.objects.get().clock
    assert (clock.started_at, clock.limit, [event.kind for event in clock.events]) == (
        before.started_at,
        before.limit,
        ["reveal"],
    )


def test_an_empty_first_line_is_there_after_a_reload(client: Client) -> None:
    attempt = first(running(client, code=True))
    data = typed(attempt, "\nbelow an empty line", code="\n\nx = 1")
    client.post(f"/answers/{attempt.pk}/draft/", data, headers=HTMX)

    html = client.get(f"/interviews/{attempt.interview_id}/").content.decode()

    # A browser drops one line end right behind the tag.
    assert ">\n\nbelow an empty line</textarea>" in html
    assert ">\n\n\nx = 1</textarea>" in html


def test_two_tabs_that_go_on_together_are_two_all_the_same(client: Client) -> None:
    interview = running(client)
    attempt = first(interview)
    client.post(
        f"/answers/{attempt.pk}/draft/", typed(attempt, "long words", tab="one", count=1), headers=HTMX
    )

    reply = client.post(
        f"/answers/{attempt.pk}/draft/", typed(attempt, "others", tab="two", count=1), headers=HTMX
    )
    fragment = client.post(f"/interviews/{interview.pk}/language/", {"language": "ko"}, headers=HTMX)

    assert reply.status_code == 409
    assert 'name="tab"' not in fragment.content.decode(), "it belongs to the page, which knows its own"
