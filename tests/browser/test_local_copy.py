"""T14: what could not be saved is kept on the person's device, by interview and question, and no longer than needed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_interview import sign_up, start_own_choice
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("sandbox", "bank", "worker")
KEYS = "() => Object.keys(localStorage).filter((key) => key.startsWith('draft-'))"


def type_offline(page: Page, email: str) -> None:
    """Type where no server can be reached."""
    sign_up(page, email)
    start_own_choice(page)
    page.context.set_offline(True)
    page.fill("#answer", "typed in a tunnel")
    page.wait_for_function(f"({KEYS})().length === 1")


def test_t14_it_comes_back_with_the_page_and_is_saved(visitor: Visitor) -> None:
    page = visitor("en", may_complain=True)
    type_offline(page, "tunnel@example.com")
    address = page.url
    page.close()
    again = page.context.new_page()
    page.context.set_offline(False)
    again.goto(address)

    expect(again.locator("#answer")).to_have_value("typed in a tunnel")
    expect(again.locator("#revision")).to_have_value("1", timeout=10_000)
    again.wait_for_function(f"({KEYS})().length === 0")


def test_t14_it_is_gone_once_the_answer_is_locked(visitor: Visitor) -> None:
    page = visitor("en", may_complain=True)
    type_offline(page, "locked@example.com")
    page.context.set_offline(False)

    page.locator("#lock").click()

    page.wait_for_selector("[data-stage=grading], [data-stage=following_up]")
    assert page.evaluate(KEYS) == []


def test_t14_it_is_gone_once_the_person_signs_out(visitor: Visitor) -> None:
    page = visitor("en", may_complain=True)
    type_offline(page, "leaving@example.com")
    page.context.set_offline(False)
    page.route("**/draft/", lambda route: route.abort())
    page.goto("/home/")
    assert len(page.evaluate(KEYS)) == 1

    page.locator("details.menu summary").click()
    page.locator("form[action='/account/logout/'] button").click()
    page.wait_for_url("**/")

    assert page.evaluate(KEYS) == []
