import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
PASSWORD = "rehearse-2026"


@pytest.fixture(autouse=True)
def _own_counters(settings: Any) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_signing_up_takes_an_address_and_a_password_and_keeps_the_language_of_the_page(
    client: Client, language: str
) -> None:
    form = {"email": "Mina@Example.com", "password1": PASSWORD}

    response = client.post("/account/signup/", form, headers={"accept-language": language})

    assert response["Location"] == "/home/"
    assert User.objects.get().email == "mina@example.com"
    assert User.objects.get().language == language


def test_a_second_account_with_the_same_address_is_refused_in_words(client: Client) -> None:
    make_user()
    address = User.objects.get().email.upper()

    response = client.post("/account/signup/", {"email": address, "password1": PASSWORD})

    assert User.objects.count() == 1
    assert "already" in response.content.decode()


def test_a_password_that_everybody_uses_is_refused(client: Client) -> None:
    client.post("/account/signup/", {"email": "mina@example.com", "password1": "password123"})

    assert not User.objects.exists()


def test_a_person_signs_in_and_out_again(client: Client) -> None:
    person = make_user()

    signed_in = client.post("/account/login/", {"login": person.email.upper(), "password": "a long secret"})
    signed_out = client.post("/account/logout/")

    assert (signed_in["Location"], signed_out["Location"]) == ("/home/", "/")
    assert "_auth_user_id" not in client.session


def test_guessing_a_password_ends_after_a_few_tries(client: Client) -> None:
    person = make_user()
    for _ in range(10):
        client.post("/account/login/", {"login": person.email, "password": "a guess"})

    client.post("/account/login/", {"login": person.email, "password": "a long secret"})

    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_replaced_by_the_link_in_a_mail(client: Client) -> None:
    person = make_user()
    client.post("/account/password/reset/", {"email": person.email})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert link
    form = client.get(link[1], follow=True).redirect_chain[-1][0]

    response = client.post(form, {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert response["Location"] == "/home/"


def test_nobody_learns_by_a_reset_who_has_an_account(client: Client) -> None:
    make_user()

    known = client.post("/account/password/reset/", {"email": User.objects.get().email})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.com"})

    assert known["Location"] == unknown["Location"]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("page", ["/", "/account/login/", "/account/signup/", "/account/password/reset/"])
def test_a_visitor_may_see_the_way_in(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", ["/home/", "/settings/", "/history/", "/account/password/change/"])
def test_a_visitor_is_asked_to_sign_in_and_then_comes_back(client: Client, page: str) -> None:
    assert client.get(page)["Location"] == f"/account/login/?next={page}"


def test_a_fragment_of_someone_signed_out_is_answered_by_401(client: Client) -> None:
    assert client.get("/home/", headers={"HX-Request": "true"}).status_code == 401
