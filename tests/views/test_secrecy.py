"""Nothing of a reference reaches the browser before its time: every address of the product is walked to see it."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from interview.actions.finish import finish, settle
from interview.actions.lock import lock
from interview.actions.request_run import request_run
from interview.actions.runs import record_result
from interview.actions.save_draft import save_draft
from interview.actions.self_grade import skip_self_grading
from interview.actions.start import start
from interview.judge.judge import judge
from interview.models import Attempt, Interview, Run, RunKind
from interview.rules.selection import Part, Plan
from interview.tasks import score
from tests.factories import (
    SECRET_ANSWER,
    SECRET_CODE,
    SECRET_EXPECTED,
    SECRET_POINT,
    make_interview,
    make_user,
    minutes,
)
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
SECRETS = (
    SECRET_ANSWER,
    "within the training folds",
    SECRET_POINT,
    SECRET_CODE,
    "# the solution",
    str(SECRET_EXPECTED),
)


def addresses(interview: Interview) -> Iterator[str]:
    """Every address of the product, with the ids of everything this person has."""
    ids = {
        "interview_id": list(Interview.objects.by(interview.user).values_list("pk", flat=True)),
        "attempt_id": list(Attempt.objects.by(interview.user).values_list("pk", flat=True)),
        "run_id": list(Run.objects.by(interview.user).values_list("pk", flat=True)),
    }
    for pattern in flat(get_resolver().url_patterns):
        names = list(pattern.pattern.regex.groupindex)
        if not pattern.name or not set(names) <= ids.keys():
            continue
        for choice in ids[names[0]] if names else [None]:
            yield reverse(pattern.name, kwargs={names[0]: choice} if names else None)


def flat(patterns: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif pattern.namespace != "admin":
            yield from flat(pattern.url_patterns)


def leaks(client: Client, interview: Interview) -> list[str]:
    """The addresses whose answer, to a page's or a fragment's request, holds something of a reference."""
    found = []
    for address in addresses(interview):
        for headers in ({}, {"HX-Request": "true"}):
            html = client.get(address, headers=headers).content.decode()
            found += [address for secret in SECRETS if secret in html]
    return found


def answered_before(client: Client, **settings: object) -> Interview:
    """An interview whose questions this person has answered and seen in an earlier one."""
    user = make_user()
    client.force_login(user)
    now = timezone.now()
    old = make_interview(user, code=True, now=now - minutes(90))
    for attempt in old.attempts.order_by("position"):
        Attempt.objects.filter(pk=attempt.pk).update(opened_at=now - minutes(80))
        attempt.refresh_from_db()
        lock(
            attempt, answer="I would look at the recall first.", code=SECRET_CODE[:-18], now=now - minutes(80)
        )
        Run.objects.filter(attempt=attempt).update(
            ended_at=now, verdict="not_graded", record={"verdict": "not_graded", "tests": []}
        )
        score(attempt.pk)
        skip_self_grading(attempt, now=now - minutes(79))
        old.events.create(kind="go_on", at=now - minutes(78))
    finish(old, now=now - minutes(78))
    assert leaks(client, old), "the walk must find the reference where it may be seen"
    defaults = {"limit": minutes(20), "reveal_policy": "after_each", "language": "en", "seed": 1, "now": now}
    return start(user, Plan((Part(2, has_code=True),)), **defaults | settings)  # type: ignore[arg-type]


def answer(attempt: Attempt, text: str, *, now: datetime) -> None:
    lock(attempt, answer=text, code="", now=now)
    score(attempt.pk)


def test_no_address_shows_anything_of_a_reference_while_its_question_is_open(client: Client) -> None:
    interview = answered_before(client)

    assert leaks(client, interview) == []


def test_with_the_reveal_at_the_end_nothing_shows_before_the_end_even_of_locked_answers(
    client: Client,
) -> None:
    interview = answered_before(client, reveal_policy="at_end")
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer="an answer", code="", now=timezone.now())

    assert leaks(client, interview) == []


def test_no_action_on_an_open_question_answers_with_anything_of_its_reference(client: Client) -> None:
    interview = answered_before(client)
    attempt = interview.attempts.get(position=1)
    htmx = {"HX-Request": "true"}

    replies = [
        client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers=htmx),
        client.post(f"/answers/{attempt.pk}/draft/", {"revision": 0, "answer": "so far"}, headers=htmx),
        client.post(f"/answers/{attempt.pk}/runs/", {"kind": "run", "code": "x"}, headers=htmx),
        client.post(f"/interviews/{interview.pk}/next/", headers=htmx),
        client.post(f"/interviews/{interview.pk}/language/", {"language": "ko"}, headers=htmx),
        client.post(f"/interviews/{interview.pk}/skip-grading/", headers=htmx),
    ]

    assert not [secret for reply in replies for secret in SECRETS if secret in reply.content.decode()]
    attempt.refresh_from_db()
    assert attempt.self_graded_at is None


@pytest.mark.usefixtures("sandbox")
def test_a_submit_in_the_room_tells_nothing_of_the_hidden_cases(client: Client) -> None:
    interview = answered_before(client)
    attempt = interview.attempts.get(position=1)
    source = "def twice(number):\n    print(number)\n    return -number\n"
    run = request_run(attempt, kind=RunKind.SUBMIT, source=source, now=timezone.now())
    record = judge(source, attempt.version.content().task, submit=True, seed=1).as_json()
    record_result(run, record=record, now=timezone.now())

    html = client.get(f"/interviews/{interview.pk}/").content.decode()

    assert "0 / 5" in html
    assert not [secret for secret in (*SECRETS, "43827") if secret in html]


def test_the_automatic_marks_are_not_in_the_page_before_the_own_ones(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    interview = make_interview(user, now=timezone.now())
    attempt = interview.attempts.get(position=1)
    lock(attempt, answer="I would look at the recall first.", code="", now=timezone.now())
    score(attempt.pk)

    pages = [client.get(address).content.decode() for address in addresses(interview)]
    after = client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers={"HX-Request": "true"})

    assert not [page for page in pages if "<mark" in page or 'class="score"' in page]
    assert "<mark" in after.content.decode()


def test_an_interview_that_ended_by_itself_asks_for_the_own_marks_first(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    interview = make_interview(user, questions=1, now=timezone.now() - minutes(45))
    attempt = interview.attempts.get()
    draft = "I would look at the recall first."
    save_draft(attempt, revision=0, answer=draft, code="", now=timezone.now() - minutes(40))
    settle(interview, now=timezone.now())
    score(attempt.pk)

    before = [client.get(address).content.decode() for address in addresses(interview)]
    result = client.post(f"/interviews/{interview.pk}/skip-grading/", follow=True).content.decode()

    assert any("skip-grading/" in page for page in before)
    assert not [page for page in before if "<mark" in page or 'class="score"' in page]
    assert 'class="score"' in result
    assert Attempt.objects.get().self_grade_skipped


@pytest.mark.parametrize("reveal_policy", ["after_each", "at_end"])
@pytest.mark.parametrize("data", [{}, {"skip": "on"}, {"withdraw": "on"}], ids=["empty", "skip", "withdraw"])
def test_no_action_on_an_old_answer_shows_the_reference_of_an_open_question(
    client: Client, reveal_policy: str, data: dict[str, str]
) -> None:
    interview = answered_before(client, reveal_policy=reveal_policy)
    actions = ["grade", "draft", "lock", "runs", "retry"]
    old = Attempt.objects.by(interview.user).exclude(interview=interview)

    replies = [
        client.post(f"/answers/{attempt.pk}/{action}/", data, headers={"HX-Request": "true"}).content.decode()
        for attempt in old
        for action in (*actions, f"marks/{attempt.version.points.earliest('pk').pk}")
    ]

    assert not [secret for reply in replies for secret in SECRETS if secret in reply]


def test_a_question_tried_again_shows_nothing_before_the_lock_and_its_old_answer_after_the_own_marks(
    client: Client,
) -> None:
    user, now = make_user(), timezone.now()
    client.force_login(user)
    old = make_interview(user, questions=1, now=now - minutes(90)).attempts.get()
    answer(old, "I would look at the recall first.", now=now - minutes(80))
    skip_self_grading(old, now=now - minutes(79))
    finish(old.interview, now=now - minutes(78))
    assert leaks(client, old.interview)

    client.post(f"/answers/{old.pk}/retry/")
    again = Attempt.objects.get(interview__finished_at=None)
    while_open = leaks(client, again.interview)
    answer(again, "nothing of it", now=now)
    before = client.get(f"/interviews/{again.interview_id}/").content.decode()
    after = client.post(f"/answers/{again.pk}/grade/", {"skip": "on"}, headers={"HX-Request": "true"})

    assert while_open == []
    assert SECRET_ANSWER in before
    assert "the recall first" not in before
    assert "the recall first" in after.content.decode()


def test_a_question_that_was_never_reached_shows_no_reference(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    interview = make_interview(user, reveal_policy="at_end", now=timezone.now())
    finish(interview, now=timezone.now())
    attempt = interview.attempts.get(position=2)

    reply = client.post(f"/answers/{attempt.pk}/grade/", {}, headers={"HX-Request": "true"})

    assert not [secret for secret in SECRETS if secret in reply.content.decode()]
