"""The main job, whole, as a person does it: from the sign-up to the history."""

import re
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from interview.bank.reader import read_bank
from interview.bank.schema import Question
from interview.models import Draft, Interview
from tests.browser.conftest import Visitor
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("sandbox", "bank", "worker")
PASSWORD = "quiet-river-17"
PASTE = """(editor, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
}"""
LOOK_AWAY = """() => {
  Object.defineProperty(document, "visibilityState", {value: "hidden", configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
  delete document.visibilityState;
}"""
WORDS = {
    "ko": {"passed": "모든 테스트", "sign_out": "로그아웃", "first": "아직"},
    "en": {"passed": "All tests pass", "sign_out": "Sign out", "first": "Nothing yet"},
}


def sign_up(page: Page, email: str) -> None:
    page.goto("/")
    page.locator("a[href='/account/signup/']").first.click()
    page.fill("input[name=email]", email)
    page.fill("input[name=password1]", PASSWORD)
    page.locator("main form button.primary").click()
    page.wait_for_url("**/home/")


def sign_out_and_in(page: Page, email: str) -> None:
    page.locator("details.menu summary").click()
    page.locator("form[action='/account/logout/'] button").click()
    page.wait_for_url(re.compile(r"/$"))
    page.goto("/account/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button.primary").click()
    page.wait_for_url("**/home/")


def start_own_choice(page: Page) -> None:
    page.goto("/interviews/new/")
    form = page.locator("form.choice")
    form.locator("input[name=number]").fill("3")
    form.locator("input[name=minutes]").fill("30")
    form.locator("input[name=language][value=ko]").check()
    form.locator("button.primary").click()
    page.wait_for_selector("#answer-form")


def current_question(page: Page) -> Question:
    interview = Interview.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[-1]))
    attempt = interview.attempts.filter(opened_at__isnull=False).order_by("position").last()
    assert attempt is not None
    slug = attempt.version.question.slug
    return next(each for each in read_bank(settings.QUESTION_BANK) if each.slug == slug)


def spoken(question: Question, language: str) -> str:
    """A good answer in the person's own words: what the bank's authors would take for each key point."""
    said = [getattr(point.covered, language)[0] for point in question.points]
    return "\n".join(
        sentence if sentence.endswith((".", "다", "요")) else f"{sentence}." for sentence in said
    )


def write_code(page: Page, source: str) -> None:
    page.locator("#tab-code").click()
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.locator(".cm-content").evaluate(PASTE, source)
    expect(page.locator("#code")).to_have_value(source)


def grade_everything_as_said(page: Page) -> None:
    for point in page.locator("fieldset.point").all():
        point.locator("input[value=covered]").check()
    page.locator("form[action$='/grade/'] button.primary").click()
    expect(page.locator("#marks .score")).to_be_visible(timeout=20_000)


def take_interview(page: Page, words: dict[str, str]) -> None:
    """Three questions: prose in Korean, prose in English, and code with an answer in Korean."""
    languages = iter(("ko", "en"))
    for _ in range(3):
        question = current_question(page)
        language = "ko" if question.task else next(languages)
        if language == "en":
            page.locator("#question button[lang=en]").click()
            expect(page.locator("#question")).to_have_attribute("lang", "en")
        page.fill("#answer", spoken(question, language))
        if question.task:
            write_code(page, question.task.solution)
            page.locator("#submit-code").click()
            expect(page.locator("#run .verdict")).to_contain_text(words["passed"], timeout=30_000)
        page.locator("#lock").click()
        expect(page.locator("fieldset.point")).to_have_count(len(question.points))
        grade_everything_as_said(page)
        assert int(page.locator("#marks .score").inner_text()) >= 75
        page.locator("#next").click()
        page.wait_for_load_state()
        page.wait_for_timeout(200)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_person_signs_up_takes_an_interview_and_finds_it_again(visitor: Visitor, language: str) -> None:
    page, email, words = visitor(language), f"{language}@example.com", WORDS[language]

    sign_up(page, email)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("main")).to_contain_text(words["first"])
    start_own_choice(page)
    take_interview(page, words)
    page.wait_for_url("**/result/")
    total = page.locator(".score").inner_text()
    sign_out_and_in(page, email)
    page.goto("/history/")

    expect(page.locator("ol.list li")).to_have_count(1)
    expect(page.locator("ol.list li .number")).to_have_text(total)
    page.locator("ol.list li a").click()
    expect(page.locator("ol.list li")).to_have_count(3)
    page.locator("ol.list li a").first.click()
    expect(page.locator("#marks mark").first).to_be_visible()
    page.locator("details.fold summary").nth(1).click()


def test_what_was_typed_is_there_after_the_browser_was_closed(visitor: Visitor) -> None:
    page = visitor("en")
    sign_up(page, "closing@example.com")
    start_own_choice(page)
    address = page.url
    page.fill("#answer", "half a thought, typed a second before the tab was closed")
    cookies: Any = page.context.cookies()
    page.close(run_before_unload=True)

    again = visitor("en")
    again.context.add_cookies(cookies)
    again.wait_for_timeout(1000)
    again.goto(address)

    expect(again.locator("#answer")).to_have_value("half a thought, typed a second before the tab was closed")


def test_two_tabs_lose_nothing(visitor: Visitor) -> None:
    one = visitor("en")
    sign_up(one, "tabs@example.com")
    start_own_choice(one)
    two = one.context.new_page()
    two.goto(one.url)
    one.fill("#answer", "written in the first tab")
    expect(one.locator("#revision")).to_have_value("1", timeout=8000)

    two.fill("#answer", "written in the second tab")

    expect(two.locator("#saved [data-newer=answer]")).to_have_text("written in the first tab", timeout=8000)
    two.locator("[data-keep=mine]").click()
    expect(two.locator("#revision")).to_have_value("2", timeout=8000)
    one.reload()
    expect(one.locator("#answer")).to_have_value("written in the second tab")


def test_looking_away_for_a_moment_saves_and_is_no_conflict(visitor: Visitor) -> None:
    page = visitor("en")
    sign_up(page, "away@example.com")
    start_own_choice(page)
    page.fill("#answer", "one")
    page.evaluate(LOOK_AWAY)
    expect(page.locator("#revision")).to_have_value("1", timeout=3000)

    page.locator("#answer").press_sequentially(" two")

    expect(page.locator("#revision")).to_have_value("2", timeout=8000)
    expect(page.locator("#saved[data-stale]")).to_have_count(0)


def test_a_lost_connection_is_told_and_the_text_is_saved_when_it_is_back(visitor: Visitor) -> None:
    page = visitor("en", may_complain=True)
    sign_up(page, "offline@example.com")
    start_own_choice(page)
    page.context.set_offline(True)
    page.fill("#answer", "typed without a connection")
    expect(page.locator("#saved[role=status]")).to_contain_text("⚠ Not saved since", timeout=8000)

    page.context.set_offline(False)

    expect(page.locator("#revision")).to_have_value("1", timeout=10_000)
    expect(page.locator("#saved")).to_contain_text("Saved at")


def test_signing_in_again_over_the_page_loses_nothing(visitor: Visitor) -> None:
    page = visitor("en", may_complain=True)
    sign_up(page, "expired@example.com")
    start_own_choice(page)
    page.context.clear_cookies(name="sessionid")
    with page.expect_response(re.compile("/draft/$"), timeout=12_000) as reply:
        page.fill("#answer", "typed after the sign-in had expired")
    assert reply.value.status == 401
    expect(page.locator("#sign-in")).to_be_visible()
    expect(page.locator("#answer")).to_have_value("typed after the sign-in had expired")

    with page.expect_popup() as opened:
        page.locator("#sign-in a").click()
    sign_in_page = opened.value
    sign_in_page.fill("input[name=login]", "expired@example.com")
    sign_in_page.fill("input[name=password]", PASSWORD)
    sign_in_page.locator("main form button.primary").click()
    sign_in_page.wait_for_url("**/home/")
    page.locator("#sign-in button").click()

    expect(page.locator("#revision")).to_have_value("1", timeout=20_000)
    expect(page.locator("#answer")).to_have_value("typed after the sign-in had expired")
    assert Draft.objects.get().answer == "typed after the sign-in had expired"
