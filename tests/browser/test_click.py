"""A click on Run: its answer carries the verdict, or the page asks until it is there, and then no more."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Request, expect

from interview.views import runs
from tests.browser.conftest import Visitor
from tests.factories import make_interview, make_user
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("sandbox", "worker")
SOLUTION = "def twice(number):\n    return 2 * number\n"


def open_room(visitor: Visitor, client: Client) -> Page:
    """The room of a new person, with a program in its editor."""
    user = make_user()
    interview = make_interview(user, code=True, now=timezone.now())
    client.force_login(user)
    draft = {"revision": 0, "answer": "", "code": SOLUTION}
    client.post(f"/answers/{interview.attempts.get(position=1).pk}/draft/", draft)
    page = visitor("en")
    page.goto("/")
    cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": page.url}
    page.context.add_cookies([cookie])
    page.goto(f"/interviews/{interview.pk}/")
    page.locator("#tab-code").click()
    return page


def click_run(page: Page) -> list[str]:
    """Run the program to its verdict; how the page asked for it, in order."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/runs/" in request.url:
            asked.append(request.method)

    page.on("request", note)
    page.locator("#run-code").click()
    expect(page.locator("#run .verdict")).to_contain_text("The examples pass.", timeout=30_000)
    page.wait_for_timeout(1000)
    return asked


def test_a_verdict_that_is_there_at_once_comes_with_the_answer_to_the_click(
    visitor: Visitor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "LOOKS", 4000)

    assert click_run(open_room(visitor, client)) == ["POST"]


def test_a_verdict_that_takes_longer_is_asked_for_until_it_is_there(
    visitor: Visitor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "LOOKS", 0)

    asked = click_run(open_room(visitor, client))

    assert asked[0] == "POST"
    assert set(asked[1:]) == {"GET"}
