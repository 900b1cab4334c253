"""What a person sees, hears and can do of an interview's time. T1 to T31 are the statements of the timed interviews."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from interview.actions.load_bank import load_bank
from interview.actions.save_draft import save_draft
from interview.models import Attempt, ClockEvent, Draft, Interview, LateDraft, Mode, Score
from interview.rules.timing import AUTOSAVE, GRACE
from tests.browser.conftest import SignIn, Visitor
from tests.browser.passing import RESULT, leave, pass_time, wait
from tests.factories import SECRET_ANSWER, SECRET_POINT, make_content, make_interview, make_user, minutes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]

PROMPT = "Question: what would you look at first?"
FOLLOW_UP = "Follow-up: and with ten times the data?"
POOR = "I would look at the term0 first."
AN_HOUR_ON = """() => {
  const Real = Date;
  window.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + 3_600_000); }
    static now() { return Real.now() + 3_600_000; }
  };
}"""
# Each time that a watched element says something else, with the moment.
WATCH = """(id) => {
  window.said = [];
  let last = null;
  const note = () => {
    const text = document.getElementById(id)?.textContent.trim() ?? "";
    if (text && text !== last) window.said.push([performance.now(), text]);
    last = text;
  };
  const watch = () => new MutationObserver(note).observe(document.body, {
    subtree: true, childList: true, characterData: true,
  });
  document.body ? watch() : document.addEventListener("DOMContentLoaded", watch);
}"""


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.fixture
def user(transactional_db: None) -> User:
    return make_user()


@pytest.fixture
def page(visitor: Visitor, sign_in: SignIn, user: User) -> Page:
    return sign_in(visitor("en"), user)


def enter(page: Page, interview: Interview) -> Page:
    page.goto(f"/interviews/{interview.pk}/")
    return page


def shown(page: Page) -> int:
    """The seconds that the countdown shows."""
    whole, rest = page.locator("#clock").inner_text().split(":")
    return 60 * int(whole) + int(rest)


# --- The countdown ---


def test_t4_moving_the_computers_clock_by_an_hour_moves_no_deadline(page: Page, user: User) -> None:
    enter(page, make_interview(user, now=timezone.now()))
    before, began = shown(page), time.monotonic()

    page.evaluate(AN_HOUR_ON)
    page.wait_for_function("before => document.getElementById('clock').textContent < before", arg="19:57")

    passed = time.monotonic() - began
    assert before - passed - 1.5 <= shown(page) <= before - passed + 1.5


def test_t5_the_display_follows_the_server_and_does_not_jump_for_a_moment(page: Page, user: User) -> None:
    interview = make_interview(user, now=timezone.now())
    enter(page, interview)
    page.evaluate(WATCH, "clock")
    page.wait_for_timeout(1500)
    moved = page.evaluate("performance.now()")
    pass_time(interview, seconds(0.9))
    page.fill("#answer", "typed, so that a save asks for the time")
    expect(page.locator("#revision")).to_have_value("1", timeout=10_000)
    replied = page.evaluate("performance.now()")
    page.wait_for_timeout(1500)
    said = page.evaluate("window.said")

    # The end as the display had it: a tick shows a second late at most, never early.
    ends = [(at, at + 1000 * (60 * int(text[:2]) + int(text[3:]))) for at, text in said]
    before = min(end for at, end in ends if at < moved)
    after = min(end for at, end in ends if at > replied)
    assert abs(before - after) < 450

    ClockEvent.objects.create(interview=interview, at=timezone.now(), kind="extension", length=minutes(5))
    expect(page.locator("#clock")).to_have_text(re.compile("^24:"), timeout=15_000)


def test_t6_a_page_that_believes_the_time_is_up_ends_nothing_and_goes_on(page: Page, user: User) -> None:
    interview = make_interview(user, now=timezone.now())

    def hurry(route: Route) -> None:
        reply = route.fetch()
        route.fulfill(response=reply, body=re.sub(r'(data-remaining-ms)="\d+"', r'\1="1500"', reply.text()))

    page.route(f"**/interviews/{interview.pk}/", hurry, times=1)
    enter(page, interview)
    page.fill("#answer", "half a")
    expect(page.locator("#clock")).to_have_text(re.compile("^00:0[012]"))

    expect(page.locator("#clock")).to_have_text(re.compile("^19:"), timeout=8000)
    expect(page.locator("#answer")).to_be_editable()
    expect(page.locator("#answer")).to_have_value("half a")
    interview.refresh_from_db()
    assert interview.finished_at is None
    assert Attempt.objects.filter(interview=interview, locked_at__isnull=False).count() == 0


def test_t8_a_question_closes_by_itself_at_its_own_limit_and_shows_the_reference(
    page: Page, user: User
) -> None:
    interview = make_interview(user, now=timezone.now())
    interview.attempts.filter(position=1).update(limit=minutes(5))
    pass_time(interview, minutes(5) - seconds(3))
    page.clock.install()
    enter(page, interview)
    expect(page.locator("#bar")).to_contain_text("For this question")
    page.fill("#answer", "as far as I came")

    expect(page.locator("#time-is-up")).to_be_visible(timeout=8000)
    expect(page.locator("#answer")).not_to_be_editable()
    expect(page.locator("#saved")).to_contain_text("Saved at")
    pass_time(interview, GRACE)
    wait(page, GRACE)
    expect(page.locator("fieldset.point")).to_have_count(4)
    expect(page.locator(".card.answer").first).to_have_text("as far as I came")
    assert SECRET_ANSWER in page.content()
    # The interview had 15 minutes left when this question's time was up, and stands at them.
    assert 898 <= shown(page) <= 900


# --- More time, and none of it ---


def test_t27_practice_offers_more_time_20_s_before_the_end_as_often_as_it_is_taken(
    page: Page, user: User
) -> None:
    interview = make_interview(user, mode=Mode.PRACTICE, now=timezone.now())
    pass_time(interview, minutes(20) - seconds(23))
    enter(page, interview)
    offer = page.locator("#more-time")
    expect(page.locator("#clock")).to_have_text(re.compile("00:2[12]"))
    expect(offer).to_be_hidden()
    page.fill("#answer", "in the middle of a")

    for _ in range(10):
        expect(offer).to_be_visible(timeout=8000)
        offer.locator("button").click()
        expect(page.locator("#clock")).to_have_text(re.compile("^05:"))
        expect(offer).to_be_hidden()
        expect(page.locator("#answer")).to_have_value("in the middle of a")
        leave(interview, seconds(15))
        enter(page, interview)

    assert interview.events.filter(kind="extension", length=minutes(5)).count() == 10


def test_t27_a_mock_interview_offers_no_time(page: Page, user: User) -> None:
    interview = make_interview(user, now=timezone.now())
    pass_time(interview, minutes(20) - seconds(10))
    enter(page, interview)

    expect(page.locator("#clock")).to_have_text(re.compile("00:0[1-8]"))
    expect(page.locator("#more-time, [formaction$='more-time/'], [formaction$='pause/']")).to_have_count(0)


def test_t29_a_pause_covers_the_question_and_stops_the_clock(page: Page, user: User) -> None:
    enter(page, make_interview(user, mode=Mode.PRACTICE, now=timezone.now()))
    expect(page.locator("#question")).to_contain_text(PROMPT)
    page.fill("#answer", "typed before the pause")

    page.get_by_role("button", name="Pause").click()

    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    assert PROMPT not in page.content()
    before = shown(page)
    page.wait_for_timeout(2500)
    assert shown(page) == before
    page.reload()
    expect(page.get_by_role("heading", name="Paused")).to_be_visible()
    assert PROMPT not in page.content()
    assert before - 1 <= shown(page) <= before
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#question")).to_contain_text(PROMPT)
    expect(page.locator("#answer")).to_have_value("typed before the pause")
    page.wait_for_function("before => document.getElementById('clock').textContent < before", arg="19:55")


# --- Heard, and not seen ---


def test_t28_the_time_is_said_at_the_start_at_the_marks_and_never_in_between(page: Page, user: User) -> None:
    interview = make_interview(user, now=timezone.now())
    page.clock.install()
    page.add_init_script(f"({WATCH})('announcement')")
    heard = []

    for left in (20 * 60, 10 * 60, 5 * 60, 60, 30):
        interview.refresh_from_db()
        ahead = seconds(left + 2.4) if left < 20 * 60 else minutes(20)
        pass_time(interview, interview.started_at + minutes(20) - ahead - timezone.now())
        enter(page, interview)
        page.clock.run_for(3500)
        heard.append([text for _, text in page.evaluate("window.said")])

    assert heard[:2] == [
        ["20 minutes left."],
        ["10 minutes left.", "Half of the time is over: 10 minutes left."],
    ]
    assert heard[2] == ["5 minutes left."]
    assert heard[3] == ["1 minute left."]
    assert heard[4][1:] == ["30 seconds left."]


def test_t28_who_does_not_want_to_hear_the_time_does_not(page: Page, user: User) -> None:
    User.objects.update(hears_time=False)
    enter(page, make_interview(user, now=timezone.now()))

    expect(page.locator("#clock")).to_have_text(re.compile("^19:5[0-8]"))
    expect(page.locator("#announcement")).to_have_count(0)


def test_t28_a_hidden_clock_comes_back_for_the_last_minute(page: Page, user: User) -> None:
    User.objects.update(hides_time=True)
    interview = make_interview(user, now=timezone.now())
    pass_time(interview, minutes(19) - seconds(3))
    enter(page, interview)
    hidden = re.compile("visually-hidden")
    expect(page.locator("#clock")).to_have_class(hidden)
    expect(page.locator("progress.time")).to_be_visible()

    expect(page.locator("#clock")).not_to_have_class(hidden, timeout=8000)

    assert 55 <= shown(page) <= 60


# --- Saving, while the clock runs ---


def test_t10_what_is_typed_without_a_break_is_saved_all_the_same(page: Page, user: User) -> None:
    enter(page, make_interview(user, now=timezone.now()))
    page.locator("#answer").focus()
    began = timezone.now()

    while not Draft.objects.filter(revision__gt=0).exists():
        page.keyboard.type("on and on ")
        page.wait_for_timeout(100)
        assert timezone.now() - began < seconds(12)

    # AUTOSAVE + 1 s, and half a second for a machine with other things to do.
    assert Draft.objects.get().saved_at - began < seconds(6.5)
    assert Draft.objects.get().answer.startswith("on and on")


def test_t13_an_unsaved_text_is_told_with_its_time_and_saved_when_it_can_be(
    visitor: Visitor, sign_in: SignIn, user: User
) -> None:
    page = sign_in(visitor("en", may_complain=True), user)
    page.clock.install()
    enter(page, make_interview(user, now=timezone.now()))
    saved, unanswered = page.locator("#saved[role=status]"), list[Route]()
    page.route("**/draft/", lambda route: unanswered.append(route))
    page.fill("#answer", "typed while nobody listened")
    wait(page, AUTOSAVE)

    # At most 5 s, which no moved clock shortens, and 2 s for a machine with other things to do.
    expect(saved).to_have_text(re.compile(r"^⚠ Not saved since \d\d:\d\d:\d\d\."), timeout=7000)
    told = saved.inner_text()

    page.unroute("**/draft/")
    wait(page, seconds(2))
    expect(saved).to_have_text(re.compile(r"^\s*Saved at \d\d:\d\d:\d\d\s*$"))
    hours = [re.findall(r"(\d\d):\d\d:\d\d", words) for words in (told, saved.inner_text())]
    assert hours[0] == hours[1], "both by the person's own clock"
    assert Draft.objects.get().answer == "typed while nobody listened"


def test_t13_a_save_whose_reply_was_lost_is_no_quarrel(visitor: Visitor, sign_in: SignIn, user: User) -> None:
    page = sign_in(visitor("en", may_complain=True), user)
    page.clock.install()
    enter(page, make_interview(user, now=timezone.now()))

    def lose_the_reply(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/draft/", lose_the_reply, times=1)
    page.fill("#answer", "one")
    wait(page, AUTOSAVE)
    expect(page.locator("#saved")).to_contain_text("Not saved since")
    assert Draft.objects.get().answer == "one"

    page.fill("#answer", "one and two")
    wait(page, AUTOSAVE)

    expect(page.locator("#saved")).to_contain_text("Saved at")
    expect(page.locator("#saved[data-stale], [data-keep]")).to_have_count(0)
    assert Draft.objects.get().answer == "one and two"


# --- Asked on, and too late ---


@pytest.mark.usefixtures("worker")
def test_a_poor_answer_is_asked_on_before_the_reference_is_shown(page: Page, user: User) -> None:
    interview = make_interview(user, questions=1, follows_up=True, now=timezone.now())
    enter(page, interview)
    page.fill("#answer", POOR)
    page.locator("#lock").click()

    expect(page.get_by_role("heading", name=FOLLOW_UP)).to_be_visible(timeout=20_000)
    expect(page.locator("#answer")).to_have_value("")
    expect(page.locator("#answer")).to_be_focused()
    assert SECRET_ANSWER not in page.content()
    assert SECRET_POINT not in page.content()
    page.fill("#answer", "I would look at the recall first.")
    page.locator("#lock").click()

    expect(page.locator("fieldset.point")).to_have_count(4)
    assert SECRET_ANSWER in page.content()
    page.get_by_role("button", name="Skip").click()
    more = page.locator("#marks .card", has_text="The interviewer went on with")
    expect(more).to_contain_text("I would look at the recall first.")
    expect(more).to_contain_text(SECRET_POINT)
    expect(more.locator(".badge.ok")).to_be_visible()
    page.locator("#next").click()
    expect(page).to_have_url(RESULT)
    page.locator("ol.list a").click()
    expect(more).to_contain_text("I would look at the recall first.")


@pytest.mark.usefixtures("worker")
def test_t17_t22_a_text_that_came_too_late_is_kept_and_counts_if_the_person_says_so(
    page: Page, user: User
) -> None:
    interview = make_interview(user, questions=1, now=timezone.now())
    attempt = interview.attempts.get()
    save_draft(attempt, revision=0, answer="what was there in time", code="", now=timezone.now())
    enter(page, interview)
    pass_time(interview, minutes(20) + seconds(16))
    page.fill("#answer", "I would look at the recall first.")
    page.locator("#lock").click()

    expect(page).to_have_url(RESULT)
    expect(page.locator(".notice.warning")).to_contain_text("too late to count")
    attempt.refresh_from_db()
    assert attempt.answer == "what was there in time"
    page.get_by_role("link", name="Grade answer 1").click()
    page.locator("summary", has_text="A text that came too late").click()
    expect(page.locator("details[open] .card.answer")).to_have_text("I would look at the recall first.")
    page.get_by_role("button", name="Score this text instead").click()
    expect(page.locator("#review > .split .card.answer").first).to_have_text(
        "I would look at the recall first."
    )
    page.get_by_role("button", name="Skip").click()

    expect(page.locator("#marks .score")).to_be_visible(timeout=20_000)
    assert Score.objects.get().prose == 61.6
    expect(page.locator("#marks")).to_contain_text("late: sent after the end")
    page.goto(f"/interviews/{interview.pk}/result/")
    expect(page.locator("ol.list li")).to_contain_text("late")
    page.goto("/history/")
    expect(page.locator("ol.list li")).to_contain_text("1 late answer")
    assert LateDraft.objects.count() == 1


# --- Without JavaScript ---


@pytest.fixture
def plain_page(visitor: Visitor, sign_in: SignIn, user: User) -> Page:
    return sign_in(visitor("en", java_script_enabled=False), user)


def start_warm_up(page: Page) -> Interview:
    load_bank([make_content() for _ in range(3)], now=timezone.now())
    page.goto("/interviews/new/")
    page.get_by_role("button", name="Start: Warm-up").click()
    page.wait_for_url(re.compile(r"/interviews/\d+/$"))
    return Interview.objects.get()


def test_t31_an_interview_can_be_taken_without_javascript(plain_page: Page, user: User) -> None:
    page = plain_page
    interview = start_warm_up(page)
    page.fill("#answer", POOR)
    page.locator("#lock").click()
    expect(page.get_by_role("heading", name=FOLLOW_UP)).to_be_visible(timeout=20_000)
    page.fill("#answer", "More of the same.")
    page.locator("#lock").click()
    for point in page.locator("fieldset.point").all():
        point.locator("input[value=partly]").check()
    page.get_by_role("button", name="Show the automatic marks").click()
    expect(page.locator("#marks")).to_be_visible()
    page.locator("#next").click()
    expect(page.locator(".where [aria-current]")).to_have_count(1)
    page.get_by_role("button", name="I don't know").click()
    page.locator("#next").click()
    page.fill("#answer", "the last words")
    page.get_by_role("button", name="End interview").click()

    expect(page).to_have_url(RESULT)
    expect(page.locator("h1")).to_have_text("The interview is over")
    expect(page.locator("ol.list li")).to_have_count(3)
    answers = interview.attempts.order_by("position").values_list("answer", "follow_up_answer")
    assert list(answers) == [(POOR, "More of the same."), ("", ""), ("the last words", "")]


def test_t31_the_deadline_holds_without_javascript(plain_page: Page, user: User) -> None:
    page = plain_page
    interview = start_warm_up(page)
    page.fill("#answer", "typed, and sent 16 s after the end")
    pass_time(interview, minutes(15) + seconds(16))
    page.locator("#lock").click()

    expect(page).to_have_url(RESULT)
    expect(page.locator(".notice.warning")).to_contain_text("too late to count")
    attempt = interview.attempts.get(position=1)
    assert attempt.answer == ""
    assert attempt.late_drafts.get().answer == "typed, and sent 16 s after the end"
