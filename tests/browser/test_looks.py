"""Every page, in both themes and at both widths: nothing for the accessibility checker, nothing that sticks out."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from interview.actions.finish import finish, settle
from interview.actions.follow_up import answer_follow_up
from interview.actions.late import count_late, keep_late
from interview.actions.lock import lock
from interview.actions.request_run import request_run
from interview.actions.retime import go_on, pause
from interview.actions.retry import retry
from interview.actions.runs import record_result
from interview.actions.save_draft import save_draft
from interview.actions.self_grade import skip_self_grading
from interview.judge.judge import judge
from interview.models import Attempt, Interview, Mode, OwnPreset, Run, RunKind
from interview.tasks import score
from tests.browser.conftest import SignIn, Visitor
from tests.browser.passing import leave
from tests.factories import make_interview, make_user, make_version, minutes
from tests.reports.scored import COVERED, MISSED, PARTLY, WRONG, make_score, object_to
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

WIDTHS = {"narrow": {"width": 390, "height": 844}, "wide": {"width": 1440, "height": 900}}
SOURCE = "def twice(number):\n    print('trying', number)\n    return number + 2\n"


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["narrow", "wide"])
def page(request: pytest.FixtureRequest, visitor: Visitor, theme: str) -> Page:
    return visitor("ko" if theme == "dark" else "en", viewport=WIDTHS[request.param], color_scheme=theme)


def demand_fine(page: Page) -> None:
    """No violation of axe's rules, and no sideways scrolling, here and at 320 px."""
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(page.url, each["id"], [node["html"] for node in each["nodes"]]) for each in violations] == []
    own = page.viewport_size
    assert own is not None
    assert _beyond_the_edge(page) <= 0, page.url
    page.set_viewport_size({"width": 320, "height": 800})
    assert _beyond_the_edge(page) <= 0, page.url
    page.set_viewport_size(own)


def _beyond_the_edge(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")  # type: ignore[no-any-return]


def past(user: User, hours: int, answer: str = "I would look at the recall first.") -> Interview:
    now = timezone.now() - minutes(60 * hours)
    interview = make_interview(user, questions=1, now=now)
    attempt = interview.attempts.get()
    lock(attempt, answer=answer, code="", now=now)
    skip_self_grading(attempt, now=now)
    score(attempt.pk)
    finish(interview, now=now + minutes(5))
    return interview


def with_a_judged_run(user: User) -> Attempt:
    """A room with a code question whose last submit failed in part."""
    attempt = make_interview(user, code=True, now=timezone.now()).attempts.get(position=1)
    run = request_run(attempt, kind=RunKind.SUBMIT, source=SOURCE, now=timezone.now())
    task = attempt.version.content().task
    record_result(run, record=judge(SOURCE, task, submit=True, seed=1).as_json(), now=timezone.now())
    return attempt


@pytest.mark.django_db(transaction=True)
def test_pages_for_strangers(page: Page) -> None:
    for address in ("/", "/account/login/", "/account/signup/", "/account/password/reset/"):
        page.goto(address)
        demand_fine(page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [0, 3])
def test_pages_with_and_without_a_history(page: Page, sign_in: SignIn, number: int) -> None:
    user = make_user(language="ko")
    for hours in range(number):
        past(user, hours + 1)
    sign_in(page, user)
    for address in ("/home/", "/interviews/new/", "/history/", "/settings/"):
        page.goto(address)
        demand_fine(page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("questions", [0, 4])
def test_the_scorer_for_staff(page: Page, sign_in: SignIn, theme: str, questions: int) -> None:
    user = make_user(language="ko" if theme == "dark" else "en", is_staff=True)
    sign_in(page, user)
    for version in [make_version() for _ in range(questions)]:
        for days in [1, 60] * 7:
            score = make_score(version, [MISSED, COVERED, PARTLY, WRONG], days=days, now=timezone.now())
            object_to(score, "rare-class", COVERED)
        make_score(version, [COVERED], days=90, scorer="rules-1-aaaaaaaa", now=timezone.now())
    page.goto("/staff/scorer/")
    page.evaluate("document.querySelectorAll('details.fold').forEach(each => each.open = true)")

    demand_fine(page)


@pytest.fixture
def code_page(page: Page, sign_in: SignIn, transactional_db: None) -> tuple[Page, Attempt]:
    user = make_user()
    sign_in(page, user)
    attempt = with_a_judged_run(user)
    page.goto(f"/interviews/{attempt.interview_id}/")
    return page, attempt


@pytest.mark.usefixtures("sandbox")
def test_the_room_with_its_editor_and_a_verdict(code_page: tuple[Page, Attempt]) -> None:
    page, _ = code_page
    demand_fine(page)
    page.locator("#tab-code").click()
    expect(page.locator("#run .verdict")).to_be_visible()

    demand_fine(page)


@pytest.mark.usefixtures("sandbox")
def test_the_reveal_the_marks_and_the_result(code_page: tuple[Page, Attempt]) -> None:
    page, attempt = code_page
    lock(
        attempt,
        answer="I would look at the recall first.\n\nBut never at the term1.",
        code=SOURCE,
        now=timezone.now(),
    )
    score(attempt.pk)
    page.reload()
    expect(page.locator("fieldset.point")).to_have_count(4)
    demand_fine(page)
    page.locator("form[action$='/grade/'] button[name=skip]").click()
    expect(page.locator("#marks .score")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    demand_fine(page)
    finish(attempt.interview, now=timezone.now())
    page.goto(f"/interviews/{attempt.interview_id}/result/")

    demand_fine(page)
    assert Run.objects.filter(kind=RunKind.SUBMIT).count() == 1


# --- What the time of an interview adds ---


@pytest.fixture
def person(page: Page, sign_in: SignIn, theme: str, transactional_db: None) -> User:
    user = make_user(language="ko" if theme == "dark" else "en")
    sign_in(page, user)
    return user


def test_presets_of_ones_own_and_the_settings(page: Page, person: User) -> None:
    for name, pace in (("Recommender systems, twice a week", "none"), ("월요일 아침", "1")):
        choice = {"mode": "practice", "number": 4, "minutes": 30, "pace": pace}
        choice |= {"language": "ko", "reveal_policy": "at_end"}
        OwnPreset.objects.create(user=person, name=name, choice=choice)
    for address in ("/interviews/new/", "/settings/"):
        page.goto(address)
        demand_fine(page)


def test_practice_with_more_time_and_a_pause(page: Page, person: User) -> None:
    now = timezone.now()
    interview = make_interview(person, mode=Mode.PRACTICE, question_pace=1.0, now=now)
    page.goto(f"/interviews/{interview.pk}/")
    demand_fine(page)
    leave(interview, minutes(0.3))
    interview.attempts.update(limit=None)
    page.reload()
    expect(page.locator("#more-time")).to_be_visible()
    demand_fine(page)
    page.locator("[formaction$='pause/']").click()
    expect(page.locator("form[action$='go-on/']")).to_be_visible()
    demand_fine(page)
    page.goto("/interviews/new/")

    demand_fine(page)


def test_the_end_of_the_time_and_the_other_tab(page: Page, person: User) -> None:
    interview = make_interview(person, now=timezone.now())
    leave(interview, minutes(0.05))
    page.goto(f"/interviews/{interview.pk}/")
    page.evaluate("document.querySelector('[name=tab]').value = 'another'")
    Interview.objects.update(newest_tab="another")
    page.fill("#answer", "half a")
    expect(page.locator("#time-is-up")).to_be_visible(timeout=10_000)
    expect(page.locator("#pulse .notice")).to_be_visible()

    demand_fine(page)


def test_a_follow_up(page: Page, person: User) -> None:
    interview = make_interview(person, follows_up=True, now=timezone.now())
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer="I would look at the term0 first.", code="", now=timezone.now())
    page.goto(f"/interviews/{interview.pk}/")
    demand_fine(page)
    answer_follow_up(attempt, answer="I would look at the recall first.", now=timezone.now())
    skip_self_grading(attempt, now=timezone.now())
    score(attempt.pk)
    page.reload()

    demand_fine(page)


def test_an_earlier_answer_beside_the_new_one(page: Page, person: User) -> None:
    old = past(person, hours=1, answer="I would look at the term0 first.").attempts.get()
    interview = retry(old, language="en", now=timezone.now())
    attempt = interview.attempts.get()
    lock(attempt, answer="I would look at the recall first.", code="", now=timezone.now())
    skip_self_grading(attempt, now=timezone.now())
    score(attempt.pk)
    finish(interview, now=timezone.now())
    page.goto(f"/answers/{attempt.pk}/")
    demand_fine(page)

    tops = [page.locator(part).bounding_box() for part in ("#marks > :first-child", "#marks > .earlier")]
    is_beside = len({box["y"] for box in tops if box}) == 1
    assert is_beside == (page.viewport_size == WIDTHS["wide"])


def test_a_late_text_and_where_the_time_went(page: Page, person: User) -> None:
    person.time_factor = 1.5
    begun = timezone.now() - minutes(60)
    interview = make_interview(person, questions=1, mode=Mode.PRACTICE, now=begun)
    pause(interview, now=begun + minutes(2))
    go_on(interview, now=begun + minutes(7.5))
    attempt = interview.attempts.get()
    save_draft(attempt, revision=0, answer="In time.", code="", now=begun + minutes(8))
    settle(interview, now=timezone.now())
    attempt.refresh_from_db()
    late = keep_late(attempt, answer="I would look at the recall first.", code="", now=timezone.now())
    assert late is not None
    page.goto(f"/answers/{attempt.pk}/")
    page.locator("details", has=page.locator("form[action*='/late/']")).locator("summary").click()
    demand_fine(page)
    count_late(late, now=timezone.now())
    attempt = Attempt.objects.get(pk=attempt.pk)
    skip_self_grading(attempt, now=timezone.now())
    score(attempt.pk)

    for address in (f"/answers/{attempt.pk}/", f"/interviews/{interview.pk}/result/", "/history/"):
        page.goto(address)
        demand_fine(page)
