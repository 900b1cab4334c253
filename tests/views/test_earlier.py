"""The earlier answer to the same question, beside the new one."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from interview.actions.finish import finish
from interview.actions.late import count_late, keep_late
from interview.actions.load_bank import load_bank
from interview.actions.lock import lock
from interview.actions.retry import retry
from interview.actions.self_grade import OwnMark, self_grade, skip_self_grading
from interview.models import Attempt, Mark, PointMark, Score
from interview.tasks import score
from tests.factories import make_content, make_interview, make_user, minutes

pytestmark = pytest.mark.django_db
FIRST = "I would look at the recall first.\nThen I would look at the term1 first."
SECOND = "I would look at the recall first.\nThen I would look at the term0 first.\nAnd at the term2 first."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def user(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


@pytest.fixture
def old(user: User) -> Attempt:
    now = timezone.now() - minutes(90)
    attempt: Attempt = make_interview(user, questions=1, now=now).attempts.get()
    return judged(answered(attempt, FIRST, now=now), now=now)


@pytest.fixture
def new(old: Attempt) -> Attempt:
    """The same question answered again and scored, not yet judged by the person."""
    return again(old, SECOND)


def again(old: Attempt, answer: str, *, ago: float = 30) -> Attempt:
    now = timezone.now() - minutes(ago)
    interview = retry(Attempt.objects.get(pk=old.pk), language="en", now=now)
    return answered(interview.attempts.get(), answer, now=now)


def answered(attempt: Attempt, answer: str, *, now: datetime) -> Attempt:
    lock(attempt, answer=answer, code="", now=now)
    score(attempt.pk)
    return attempt


def judged(attempt: Attempt, *, now: datetime | None = None) -> Attempt:
    skip_self_grading(attempt, now=now or timezone.now())
    finish(attempt.interview, now=now or timezone.now())
    return Attempt.objects.get(pk=attempt.pk)


def review(client: Client, attempt: Attempt) -> str:
    return client.get(f"/answers/{attempt.pk}/").content.decode()


def earlier(html: str) -> str:
    """The text of the section, or nothing where there is none."""
    section = re.search(r'<section class="stack earlier".*?</section>', html, re.S)
    return " ".join(re.sub(r"<[^>]*>", " ", section[0]).split()) if section else ""


def changes(html: str) -> dict[str, str]:
    """What is said to have become of each key point, by the point's text."""
    points = re.findall(r'<div class="point".*?<p[^>]*>(.*?) <span.*?</p>(.*?)</form>', html, re.S)
    since = r'<span class="since[^>]*>(.*?)</span>'
    return {text: found[1] for text, line in points if (found := re.search(since, line))}


def test_points_gained_and_lost_are_told_beside_the_old_text_and_its_score(
    client: Client, new: Attempt
) -> None:
    judged(new)

    html = review(client, new)

    old_score, new_score = Score.objects.order_by("pk").values_list("prose", flat=True)
    section = earlier(html)
    assert "I would look at the recall first. Then I would look at the term1 first." in section
    assert f"{old_score:.0f} → {new_score:.0f}" in section
    assert "2 points gained, 1 lost." in section
    assert changes(html) == {
        "Key point: look at the rare class by itself": "as before",
        "Key point about term0": "↑ gained",
        "Key point about term1": "↓ lost",
        "Key point about term2": "↑ gained",
    }


def test_it_leads_to_the_old_review_where_nothing_is_earlier(
    client: Client, old: Attempt, new: Attempt
) -> None:
    judged(new)

    assert f'href="/answers/{old.pk}/"' in review(client, new)
    assert earlier(review(client, old)) == ""


def test_nothing_of_it_shows_before_the_own_marks(client: Client, new: Attempt) -> None:
    pages = [
        client.get(f"/interviews/{new.interview_id}/").content.decode(),
        review(client, new),
        client.get(f"/answers/{new.pk}/marks/", headers=HTMX, follow=True).content.decode(),
    ]

    after = client.post(f"/answers/{new.pk}/grade/", {"skip": "on"}, headers=HTMX | {"HX-Target": "stage"})

    assert not [page for page in pages if "term1 first" in page or "since" in page]
    assert "2 points gained, 1 lost." in earlier(after.content.decode())


def test_while_the_marks_are_worked_out_it_waits_with_them(client: Client, new: Attempt) -> None:
    Score.objects.filter(attempt=new).delete()
    judged(new)

    assert earlier(review(client, new)) == ""


def test_while_the_question_is_asked_once_more_both_are_hidden(client: Client, new: Attempt) -> None:
    judged(new)
    retry(new, language="en", now=timezone.now())

    html = review(client, new)

    assert "After this interview" in html
    assert "term1" not in html


def test_a_point_is_found_again_by_its_name_in_another_version(client: Client, old: Attempt) -> None:
    content = make_content(old.version.question.slug)
    rare, zero, one, two = content.points
    renamed = zero.model_copy(update={"id": "brand-new"})
    points = (two, renamed, rare, one)
    load_bank([content.model_copy(update={"points": points})], now=timezone.now())

    html = review(client, judged(again(old, SECOND)))

    assert "The question has been revised since." in earlier(html)
    assert "1 point gained, 1 lost." in earlier(html)
    assert changes(html) == {
        "Key point about term2": "↑ gained",
        "Key point about term0": "not asked for before",
        "Key point: look at the rare class by itself": "as before",
        "Key point about term1": "↓ lost",
    }


def test_only_the_latest_answer_before_this_one_counts(client: Client, old: Attempt, new: Attempt) -> None:
    judged(new)
    newest = judged(again(old, FIRST, ago=10))

    assert "term0" in earlier(review(client, newest))
    assert "term1" in earlier(review(client, new))


def test_an_answer_without_a_score_is_passed_over(client: Client, old: Attempt, new: Attempt) -> None:
    judged(new)
    Score.objects.filter(attempt=old).update(prose=None)

    assert earlier(review(client, new)) == ""


def test_an_answer_that_waits_for_its_own_marks_is_passed_over(
    client: Client, old: Attempt, new: Attempt
) -> None:
    judged(new)
    Attempt.objects.filter(pk=old.pk).update(self_graded_at=None, self_grade_skipped=False)

    assert earlier(review(client, new)) == ""


def test_another_persons_answer_is_no_earlier_one(client: Client, old: Attempt, new: Attempt) -> None:
    judged(new)
    old.interview.user = make_user()
    old.interview.save()

    assert earlier(review(client, new)) == ""


def test_where_nothing_was_scored_automatically_the_own_marks_are_compared(
    client: Client, user: User
) -> None:
    now = timezone.now() - minutes(90)
    first = answered(make_interview(user, questions=1, now=now).attempts.get(), FIRST, now=now)
    marks = {
        point.pk: OwnMark(Mark.PARTLY, said_wrong=point.slug == "point-0")
        for point in first.version.points.all()
    }
    self_grade(first, marks, now=now)
    PointMark.objects.all().delete()
    Score.objects.update(prose=None)

    html = review(client, judged(again(judged(first, now=now), SECOND)))

    assert "3 points gained, 1 lost." in earlier(html)


def test_an_earlier_answer_that_counts_late_is_marked_late(
    client: Client, old: Attempt, new: Attempt
) -> None:
    judged(new)
    late = keep_late(
        old, answer="I would look at the term2 first.", code="", now=timezone.now() - minutes(80)
    )
    Attempt.objects.filter(pk=old.pk).update(self_graded_at=None, self_grade_skipped=False)
    assert late is not None
    count_late(late, now=timezone.now())
    score(old.pk)
    judged(old)

    section = earlier(review(client, new))

    assert section.startswith("Your earlier answer")
    assert "late: sent after the end" in section
    assert "I would look at the term2 first." in section
