"""The room is drawn by the product's own templates: what people read there has to be found."""

import pytest
from django.test import Client
from django.utils import timezone

from interview.actions.save_draft import save_draft
from interview.models import Attempt
from interview.simulation.page import Page, Place, read
from tests.factories import make_interview, make_user

TEXT = 'a < b & "c"\n</textarea> 🙂'
FRAGMENT = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(client: Client) -> Attempt:
    user = make_user()
    client.force_login(user)
    attempt: Attempt = make_interview(user, code=True, now=timezone.now()).attempts.get(position=1)
    save_draft(attempt, revision=0, answer=TEXT, code="x = 1 < 2", now=timezone.now())
    return attempt


def _post(client: Client, attempt: Attempt, what: str, **fields: object) -> Page:
    data = {name: str(value) for name, value in fields.items()}
    return read(client.post(f"/answers/{attempt.pk}/{what}/", data, headers=FRAGMENT).content.decode())


def test_the_room_with_its_text(client: Client, attempt: Attempt) -> None:
    page = read(client.get(f"/interviews/{attempt.interview_id}/").content.decode())

    assert page.is_answering
    assert (page.answer, page.code, page.revision) == (TEXT, "x = 1 < 2", 1)
    assert page.place == Place(attempt.pk, follows_up=False)
    assert page.lock_path == f"/answers/{attempt.pk}/lock/"
    assert page.autosave_seconds == 5
    assert page.pulse_path == f"/interviews/{attempt.interview_id}/pulse/?tab={page.hidden['tab']}"
    assert page.whereabouts


def test_a_newline_that_browsers_drop_is_dropped() -> None:
    assert read("<textarea name=answer>\n\none</textarea>").answer == "\none"


def test_a_save_and_one_that_is_stale(client: Client, attempt: Attempt) -> None:
    saved = _post(client, attempt, "draft", answer="newer", code="", revision=1)
    stale = _post(client, attempt, "draft", answer="mine", code="", revision=1)

    assert (saved.revision, saved.is_stale) == (2, False)
    assert (stale.revision, stale.is_stale) == (2, True)
    assert (stale.newer_answer, stale.newer_code) == ("newer", "")


def test_the_way_on_after_an_answer(client: Client, attempt: Attempt) -> None:
    locked = _post(client, attempt, "lock", answer="recall", code="", revision=1)
    graded = _post(client, attempt, "grade", skip="on")

    assert (locked.stage, locked.grade_path) == ("grading", f"/answers/{attempt.pk}/grade/")
    assert graded.stage == "graded"
    assert graded.again == (f"/answers/{attempt.pk}/marks/?asked=1", 0.05)
