"""The automatic marks under the pointer, the keyboard and an objection."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from interview.actions.finish import finish
from interview.actions.lock import lock
from interview.actions.self_grade import skip_self_grading
from interview.models import Attempt, Contest
from interview.tasks import score
from tests.browser.conftest import SignIn, Visitor
from tests.factories import make_interview, make_user

ANSWER = "I would look at the recall first.\nThen I would look at the term1 first."
LIT = re.compile(r"\blit\b")


@pytest.fixture
def page(transactional_db: None, visitor: Visitor, sign_in: SignIn) -> Page:
    """An answer with two findings."""
    user = make_user()
    interview = make_interview(user, questions=1, now=timezone.now())
    attempt: Attempt = interview.attempts.get()
    lock(attempt, answer=ANSWER, code="", now=timezone.now())
    score(attempt.pk)
    skip_self_grading(attempt, now=timezone.now())
    finish(interview, now=timezone.now())
    page = sign_in(visitor(), user)
    page.goto(f"/answers/{attempt.pk}/")
    return page


def test_a_point_under_the_pointer_or_with_the_focus_lights_the_words_it_rests_on(page: Page) -> None:
    recall, term = page.locator("mark").all()
    points = page.locator("[data-point]")

    points.filter(has_text="rare class").hover()
    expect(recall).to_have_class(LIT)
    expect(term).not_to_have_class(LIT)

    points.filter(has_text="term1").get_by_role("button").focus()
    expect(recall).not_to_have_class(LIT)
    expect(term).to_have_class(LIT)


def test_an_objection_and_its_withdrawal_keep_the_focus_in_place(page: Page) -> None:
    point = page.locator("[data-point]").filter(has_text="term2")

    point.get_by_role("button", name="I did say this").click()
    withdraw = point.get_by_role("button", name="Take the objection back")
    expect(withdraw).to_be_focused()
    assert Contest.objects.count() == 1

    withdraw.press("Enter")
    expect(point.get_by_role("button", name="I did say this")).to_be_focused()
    assert not Contest.objects.exists()
