"""T14: what could not be saved is kept on the person's device, by interview and question, and no longer than needed."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn, Visitor
from tests.factories import make_interview, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]
KEYS = "() => Object.keys(localStorage).filter((key) => key.startsWith('draft-'))"


@pytest.fixture
def offline(visitor: Visitor, sign_in: SignIn, transactional_db: None) -> Page:
    """A page of the room in which something was typed while no server could be reached."""
    user = make_user()
    page = sign_in(visitor("en", may_complain=True), user)
    page.goto(f"/interviews/{make_interview(user, now=timezone.now()).pk}/")
    page.context.set_offline(True)
    page.fill("#answer", "typed in a tunnel")
    page.wait_for_function(f"({KEYS})().length === 1")
    return page


def test_t14_it_comes_back_with_the_page_and_is_saved(offline: Page) -> None:
    address, context = offline.url, offline.context
    offline.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)

    expect(again.locator("#answer")).to_have_value("typed in a tunnel")
    expect(again.locator("#revision")).to_have_value("1", timeout=10_000)
    again.wait_for_function(f"({KEYS})().length === 0")


def test_t14_it_is_gone_once_the_answer_is_locked(offline: Page) -> None:
    offline.context.set_offline(False)

    offline.locator("#lock").click()

    offline.wait_for_selector("[data-stage=grading]")
    assert offline.evaluate(KEYS) == []


def test_t14_it_is_gone_once_the_person_signs_out(offline: Page) -> None:
    offline.context.set_offline(False)
    offline.route("**/draft/", lambda route: route.abort())
    offline.goto("/home/")
    assert len(offline.evaluate(KEYS)) == 1

    offline.locator("details.menu summary").click()
    offline.locator("form[action='/account/logout/'] button").click()
    offline.wait_for_url("**/")

    assert offline.evaluate(KEYS) == []
