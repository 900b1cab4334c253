"""A person objects to an automatic mark: it is kept as a label, and the score stays."""

import pytest
from django.test import Client
from django.utils import timezone

from interview.models import Attempt, Contest, Mark, PointMark, Score
from interview.tasks import score
from tests.factories import make_interview, make_user

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def attempt(client: Client) -> Attempt:
    """Scored, with its first point covered and the others missed; not yet judged by the person."""
    user = make_user()
    client.force_login(user)
    attempt: Attempt = make_interview(user, now=timezone.now()).attempts.get(position=1)
    client.post(f"/answers/{attempt.pk}/lock/", {"answer": "I would look at the recall first."}, headers=HTMX)
    score(attempt.pk)
    return attempt


@pytest.fixture
def graded(client: Client, attempt: Attempt) -> Attempt:
    client.post(f"/answers/{attempt.pk}/grade/", {"skip": "on"}, headers=HTMX)
    return attempt


def _mark(attempt: Attempt, verdict: str) -> PointMark:
    return attempt.score.marks.filter(verdict=verdict).earliest("pk")


def _contest(client: Client, mark: PointMark, *, headers: dict[str, str] = HTMX, **data: str) -> str:
    address = f"/answers/{mark.score.attempt_id}/marks/{mark.point_id}/"
    return client.post(address, data, headers=headers).content.decode()


@pytest.mark.parametrize(("verdict", "claim"), [("covered", Mark.MISSED), ("missed", Mark.COVERED)])
def test_a_contested_mark_keeps_what_it_should_have_been_and_the_score_stays(
    client: Client, graded: Attempt, verdict: str, claim: Mark
) -> None:
    mark, before = _mark(graded, verdict), Score.objects.values().get()

    for _twice in range(2):
        html = _contest(client, mark)

    contest = Contest.objects.get()
    assert (contest.mark, contest.claim) == (mark, claim)
    assert "You contested this mark." in html
    assert html.count('class="point"') == 1
    assert Score.objects.values().get() == before


def test_an_objection_can_be_taken_back(client: Client, graded: Attempt) -> None:
    mark = _mark(graded, "missed")
    _contest(client, mark)

    html = _contest(client, mark, withdraw="on")

    assert not Contest.objects.exists()
    assert "I did say this" in html


def test_it_is_there_when_the_answer_is_looked_at_again(client: Client, graded: Attempt) -> None:
    _contest(client, _mark(graded, "missed"), headers={})
    client.post(f"/interviews/{graded.interview_id}/finish/")

    assert client.get(f"/answers/{graded.pk}/").content.decode().count("You contested this mark.") == 1


def test_nothing_can_be_contested_or_learnt_before_the_own_marks(client: Client, attempt: Attempt) -> None:
    html = _contest(client, _mark(attempt, "covered"))

    assert html == ""
    assert not Contest.objects.exists()


def test_a_point_of_another_question_is_not_there(client: Client, graded: Attempt) -> None:
    other = graded.interview.attempts.get(position=2).version.points.earliest("pk")

    reply = client.post(f"/answers/{graded.pk}/marks/{other.pk}/", headers=HTMX)

    assert reply.status_code == 404


def test_the_words_that_a_point_rests_on_name_it(client: Client, graded: Attempt) -> None:
    html = client.get(f"/answers/{graded.pk}/marks/", headers=HTMX).content.decode()
    point = _mark(graded, "covered").point_id

    assert f'data-points="{point}">I would look at the recall first.</mark>' in html
    assert f'data-point="{point}"' in html
