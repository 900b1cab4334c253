from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone, translation

from accounts.middleware import PreferencesMiddleware
from tests.factories import make_interview, make_user, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    with translation.override("en"), timezone.override(None):
        yield


def test_pages_speak_the_persons_language_whatever_the_browser_asks_for(client: Client) -> None:
    client.force_login(make_user(language="ko"))

    page = client.get("/settings/", headers={"accept-language": "en"})

    assert '<html lang="ko">' in page.content.decode()
    assert page["Content-Language"] == "ko"


def test_the_clock_is_the_persons_own_and_the_next_visitor_does_not_inherit_it() -> None:
    zones: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        zones.append(timezone.get_current_timezone_name())
        return HttpResponse()

    for person in (make_user(time_zone="Europe/Berlin"), None):
        request = HttpRequest()
        request.user = person or AnonymousUser()
        PreferencesMiddleware(view)(request)

    assert zones == ["Europe/Berlin", "UTC"]


SETTINGS = {"language": "ko", "time_zone": "Europe/Berlin", "time_factor": "1.5", "hears_time": "on"}


def test_settings_change_language_time_zone_and_how_time_is_kept(client: Client) -> None:
    person = make_user()
    client.force_login(person)

    response = client.post("/settings/", SETTINGS, follow=True)

    person.refresh_from_db()
    assert (person.language, person.time_zone) == ("ko", "Europe/Berlin")
    assert (person.time_factor, person.hides_time, person.hears_time) == (1.5, False, True)
    assert '<html lang="ko">' in response.content.decode()


def test_a_time_zone_that_does_not_exist_changes_nothing(client: Client) -> None:
    person = make_user()
    client.force_login(person)

    response = client.post("/settings/", SETTINGS | {"time_zone": "Mars/Olympus"})

    person.refresh_from_db()
    assert response.status_code == 422
    assert (person.language, person.time_zone) == ("en", "Asia/Seoul")


def test_no_limit_is_a_choice_and_not_what_is_left_out(client: Client) -> None:
    person = make_user()
    client.force_login(person)

    without = client.post("/settings/", {"language": "ko", "time_zone": "UTC"})
    client.post("/settings/", SETTINGS | {"time_factor": "none"})
    person.refresh_from_db()

    assert without.status_code == 422
    assert person.time_factor is None
    assert 'value="none" selected' in client.get("/settings/").content.decode()


def test_a_visitor_switches_the_language_and_stays_on_the_page(client: Client) -> None:
    response = client.post("/language/", {"language": "ko", "next": "/account/login/"}, follow=True)

    assert response.redirect_chain == [("/account/login/", 302)]
    assert '<html lang="ko">' in response.content.decode()


def test_an_account_remembers_the_language_it_was_switched_to(client: Client) -> None:
    person = make_user()
    client.force_login(person)

    client.post("/language/", {"language": "ko"})

    person.refresh_from_db()
    assert person.language == "ko"


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_switching_the_language_leads_to_no_other_host(client: Client, next_page: str) -> None:
    response = client.post("/language/", {"language": "ko", "next": next_page})

    assert response["Location"] == "/"


def test_another_time_factor_re_times_what_is_left_of_a_running_interview(client: Client) -> None:
    person = make_user()
    client.force_login(person)
    interview = make_interview(person, now=timezone.now() - minutes(10))

    client.post("/settings/", SETTINGS | {"time_factor": "2.0"})

    left = interview.clock.at(timezone.now()).left
    assert left is not None
    assert minutes(19.8) < left <= minutes(20)
