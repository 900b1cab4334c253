"""One interview in two tabs: both stay usable, and neither takes anything from the other."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from interview.actions.retime import change_factor
from interview.actions.save_draft import save_draft
from interview.models import Attempt, Draft, Interview, LateDraft, Mode
from interview.rules.timing import AUTOSAVE, GRACE, HEARTBEAT
from tests.browser.conftest import SignIn, Visitor
from tests.browser.passing import RESULT, leave, pass_time, wait
from tests.factories import make_interview, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]


@pytest.fixture
def user(transactional_db: None) -> User:
    return make_user()


@pytest.fixture
def interview(user: User) -> Interview:
    return make_interview(user, mode=Mode.PRACTICE, now=timezone.now())


@pytest.fixture
def one(visitor: Visitor, sign_in: SignIn, user: User, interview: Interview) -> Page:
    page = sign_in(visitor("en"), user)
    page.clock.install()
    page.goto(f"/interviews/{interview.pk}/")
    return page


def second_tab(one: Page) -> Page:
    page = one.context.new_page()
    page.goto(one.url)
    return page


def test_t24_the_first_tab_says_that_there_is_a_second_and_that_it_went_on(one: Page) -> None:
    two = second_tab(one)
    banner = one.locator("#pulse[role=status] .notice")
    wait(one, HEARTBEAT)
    expect(banner).to_contain_text("also open in another tab")
    expect(two.locator("#pulse .notice")).to_have_count(0)
    one.fill("#answer", "written in the first")
    wait(one, AUTOSAVE)
    expect(one.locator("#revision")).to_have_value("1")
    two.reload()
    expect(two.locator("#answer")).to_have_value("written in the first")

    two.fill("#answer", "locked in the second")
    two.locator("#lock").click()
    expect(two.locator("fieldset.point")).to_have_count(4)

    wait(one, HEARTBEAT)
    expect(banner).to_contain_text("has gone on in another tab")
    banner.get_by_role("link").click()
    expect(one.locator("fieldset.point")).to_have_count(4)
    assert Attempt.objects.get(locked_at__isnull=False).answer == "locked in the second"


def test_t15_the_heartbeat_alone_asks_nobody_to_sign_in_again(
    visitor: Visitor, sign_in: SignIn, user: User, interview: Interview
) -> None:
    page = sign_in(visitor("en", may_complain=True), user)
    page.clock.install()
    page.goto(f"/interviews/{interview.pk}/")
    page.context.clear_cookies(name="sessionid")

    with page.expect_response("**/pulse/**") as reply:
        wait(page, HEARTBEAT)
    assert reply.value.status == 401
    page.wait_for_timeout(300)
    expect(page.locator("#sign-in")).to_be_hidden()

    page.fill("#answer", "typed, and to be saved")
    wait(page, AUTOSAVE)
    expect(page.locator("#sign-in")).to_be_visible()


def test_t23_more_time_in_the_first_tab_does_not_make_it_the_second(one: Page) -> None:
    two = second_tab(one)
    one.get_by_role("button", name="+ 5 minutes").click()
    expect(one.locator("#clock")).to_have_text(re.compile("^2[45]:"))
    one.fill("#answer", "written in the first tab")
    wait(one, AUTOSAVE)
    expect(one.locator("#revision")).to_have_value("1")

    two.fill("#answer", "written in the second tab")
    wait(two, AUTOSAVE)

    expect(two.locator("#saved [data-newer=answer]")).to_have_text("written in the first tab")
    assert Draft.objects.get().answer == "written in the first tab"


def test_t10_what_is_typed_after_a_pause_is_saved_as_before_it(one: Page) -> None:
    for revision, text in enumerate(("one", "one two"), start=1):
        one.fill("#answer", text)
        wait(one, AUTOSAVE)
        expect(one.locator("#revision")).to_have_value(str(revision))
    one.get_by_role("button", name="Pause").click()
    one.get_by_role("button", name="Go on").click()
    one.wait_for_selector("[data-stage=answering]")
    # The page puts the cursor behind the text when it has settled; who types before that finds it moved.
    one.wait_for_function("!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')")

    one.fill("#answer", "one two three")
    wait(one, AUTOSAVE)

    expect(one.locator("#saved")).to_contain_text("Saved at")
    expect(one.locator("#revision")).to_have_value("3")
    assert Draft.objects.get().answer == "one two three"


def test_t10_what_is_typed_while_more_time_is_under_way_is_not_replaced_by_what_was_there_before(
    one: Page,
) -> None:
    def answer_late(route: Route) -> None:
        time.sleep(1)
        route.continue_()

    one.fill("#answer", "first words")
    one.route("**/more-time/", answer_late)
    one.get_by_role("button", name="+ 5 minutes").click(no_wait_after=True)

    one.locator("#answer").press_sequentially(" and more words")

    expect(one.locator("#clock")).to_have_text(re.compile("^2[45]:"))
    expect(one.locator("#answer")).to_have_value("first words and more words")
    expect(one.locator("#revision")).to_have_value("2", timeout=10_000)
    assert Draft.objects.get().answer == "first words and more words"


def test_t17_when_the_time_is_up_before_the_choice_both_texts_stay(one: Page, interview: Interview) -> None:
    leave(interview, timedelta(seconds=30))
    laptop = second_tab(one)
    attempt = interview.attempts.get(position=1)
    save_draft(attempt, revision=None, answer="from the phone", code="", tab="phone", now=timezone.now())

    laptop.fill("#answer", "from the laptop")
    wait(laptop, AUTOSAVE)
    expect(laptop.locator("#saved[data-stale]")).to_have_count(1)
    laptop.fill("#answer", "from the laptop, and its last words")
    leave(interview, timedelta())
    with laptop.expect_response("**/draft/"):
        wait(laptop, timedelta(seconds=30))
    pass_time(interview, GRACE)
    wait(laptop, GRACE + timedelta(seconds=1))

    expect(laptop).to_have_url(RESULT)
    attempt.refresh_from_db()
    assert attempt.answer == "from the phone"
    assert LateDraft.objects.get().answer == "from the laptop, and its last words"


@pytest.mark.parametrize("begin", [1.0, None], ids=["timed", "untimed"])
def test_t26_a_page_that_is_open_learns_of_another_factor(
    visitor: Visitor, sign_in: SignIn, user: User, begin: float | None
) -> None:
    user.time_factor = begin
    user.save()
    interview = make_interview(user, now=timezone.now())
    page = sign_in(visitor("en"), user)
    page.clock.install()
    page.goto(f"/interviews/{interview.pk}/")
    page.fill("#answer", "typed before")
    expect(page.locator("#clock")).to_have_count(0 if begin is None else 1)

    user.time_factor = 1.0 if begin is None else None
    user.save()
    change_factor(user, now=timezone.now())
    wait(page, HEARTBEAT)

    expect(page.locator("#clock")).to_have_count(1 if begin is None else 0)
    expect(page.locator("#answer")).to_have_value("typed before")
