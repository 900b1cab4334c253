"""The scorer's page: for staff alone, the same few queries, and nobody's words."""

from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from interview.scoring import model
from tests.factories import SECRET_POINT, make_interview, make_user, make_version
from tests.reports.scored import COVERED, MISSED, make_score, object_to

pytestmark = pytest.mark.django_db
ADDRESS = "/staff/scorer/"
MOST = 10


@pytest.fixture
def staff(client: Client) -> User:
    user = make_user(is_staff=True)
    client.force_login(user)
    return user


def shown(client: Client) -> str:
    return client.get(ADDRESS).content.decode().split("<main")[1]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_for_strangers_and_everybody_else_it_is_not_there(
    client: Client, method: str, headers: dict[str, str]
) -> None:
    to_a_stranger = getattr(client, method)(ADDRESS, headers=headers).status_code
    client.force_login(make_user())
    to_a_person = getattr(client, method)(ADDRESS, headers=headers).status_code

    assert (to_a_stranger, to_a_person) == (404, 404)


def test_staff_who_may_no_longer_sign_in_do_not_see_it(client: Client, staff: User) -> None:
    assert client.get(ADDRESS).status_code == 200
    User.objects.update(is_active=False)

    assert client.get(ADDRESS).status_code == 404


def test_only_staff_find_the_way_to_it(client: Client, staff: User) -> None:
    link = f'href="{ADDRESS}"'
    to_staff = client.get("/home/").content.decode()
    client.force_login(make_user())
    to_others = client.get("/home/").content.decode()

    assert link in to_staff
    assert link not in to_others


@pytest.mark.parametrize(("language", "words"), [("en", "too few yet"), ("ko", "아직 적어요")])
def test_it_says_so_where_there_is_nothing_yet(client: Client, language: str, words: str) -> None:
    client.force_login(make_user(is_staff=True, language=language))

    html = shown(client)

    assert html.count(words) == 10
    assert 'class="empty"' in html


def test_without_a_model_it_says_what_that_means(client: Client, staff: User, tmp_path: Path) -> None:
    with patch.object(model, "PATH", tmp_path / "model.json"):
        html = shown(client)

    assert "not scored automatically" in html
    assert "it can&#x27;t be read: No such file or directory" in html
    assert str(tmp_path) not in html
    assert '<table class="judges">' not in html


def test_a_point_shows_its_shares_its_objections_and_its_flags(client: Client, staff: User) -> None:
    version = make_version()
    for _ in range(5):
        score = make_score(version, [MISSED, COVERED])
    object_to(score, "rare-class", COVERED)
    object_to(score, "point-0", MISSED)

    html = shown(client)

    contested = html.split("<li>")[1]
    assert SECRET_POINT in contested
    assert "contested as said: 1" in contested
    assert "never found" in contested
    assert "needs phrasings" not in contested
    assert "<dt>not found</dt><dd>100&nbsp;%</dd>" in contested
    assert "contested as not said: 1" in html


def test_nobodys_words_or_address_are_on_it(client: Client, staff: User) -> None:
    person = make_user()
    make_score(make_version(), [COVERED], user=person)

    html = shown(client)

    assert SECRET_POINT in html
    assert "My very own words" not in html
    assert person.email not in html


def test_it_shows_no_key_point_of_a_question_that_is_being_answered(client: Client, staff: User) -> None:
    asked = make_interview(staff, questions=1, now=timezone.now()).attempts.get().version
    make_score(asked, [COVERED])

    html = shown(client)

    assert SECRET_POINT not in html
    assert "you are answering it" in html


def test_it_costs_the_same_few_queries_whatever_there_is(
    client: Client, staff: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    counts = []
    for _ in range(3):
        for days in (1, 60):
            score = make_score(make_version(), [MISSED, COVERED], days=days)
            object_to(score, "rare-class", COVERED)
        with django_assert_max_num_queries(MOST) as queries:
            client.get(ADDRESS)
        counts.append(len(queries.captured_queries))

    assert len(set(counts)) == 1, counts
