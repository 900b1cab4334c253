"""What the keys do while an answer is written (G9, G10)."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interview.models import Attempt
from tests.browser.conftest import SignIn, Visitor
from tests.factories import make_interview, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]


@pytest.fixture
def room(transactional_db: None, visitor: Visitor, sign_in: SignIn) -> Page:
    user = make_user()
    interview = make_interview(user, questions=1, now=timezone.now())
    page = sign_in(visitor(), user)
    page.goto(f"/interviews/{interview.pk}/")
    page.locator("#answer").focus()
    return page


@pytest.fixture
def compose(room: Page) -> Callable[[str], None]:
    """Shows a syllable as an input method does before it is finished."""
    session = room.context.new_cdp_session(room)

    def compose(syllable: str) -> None:
        end = {"selectionStart": len(syllable), "selectionEnd": len(syllable)}
        session.send("Input.imeSetComposition", {"text": syllable, **end})

    return compose


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_g9_enter_makes_a_new_line_and_with_ctrl_or_cmd_it_submits(room: Page, keys: str) -> None:
    room.keyboard.type("one line")
    room.keyboard.press("Enter")
    room.keyboard.type("and another")
    expect(room.locator("#answer")).to_have_value("one line\nand another")

    room.keyboard.press(keys)

    expect(room.locator("fieldset.point")).to_have_count(4)
    assert Attempt.objects.get().answer == "one line\nand another"


def test_g9_a_syllable_that_is_being_composed_is_neither_submitted_nor_lost(
    room: Page, compose: Callable[[str], None]
) -> None:
    for syllable in ("ㅎ", "하", "한"):
        compose(syllable)
    room.keyboard.press("Control+Enter")
    # A save comes in between.
    expect(room.locator("#revision")).to_have_value("1")
    expect(room.locator("#answer")).to_have_value("한")
    room.keyboard.insert_text("한")
    compose("구")
    room.keyboard.insert_text("국")

    expect(room.locator("#answer")).to_have_value("한국")
    assert Attempt.objects.get().locked_at is None
    room.keyboard.press("Control+Enter")
    expect(room.locator("fieldset.point")).to_have_count(4)
    assert Attempt.objects.get().answer == "한국"


def test_g10_the_language_changes_in_the_middle_of_a_question_and_the_answer_stays(room: Page) -> None:
    room.keyboard.type("half a sentence")

    for language in ("ko", "en"):
        room.locator(f"#question button[lang={language}]").click()
        expect(room.locator("#question")).to_have_attribute("lang", language)
        expect(room.locator("#answer")).to_have_value("half a sentence")

    room.locator("#answer").press("End")
    room.keyboard.type(" and the rest")
    room.locator("#lock").click()
    expect(room.locator("fieldset.point")).to_have_count(4)
    assert Attempt.objects.get().answer == "half a sentence and the rest"
