import re
import time
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from interview.middleware import ArrivalTimeMiddleware
from interview.models import Draft
from tests.factories import make_interview, make_user

SPELT_IN_UTF_7 = (
    b'--b\r\nContent-Disposition: form-data; name="answer"\r\n\r\nhalf +2AA-\r\n'
    b'--b\r\nContent-Disposition: form-data; name="revision"\r\n\r\n0\r\n--b--\r\n'
)


@pytest.mark.django_db
def test_half_a_character_in_another_charset_is_stored_as_the_text_that_spells_it(client: Client) -> None:
    user = make_user()
    attempt = make_interview(user, now=timezone.now()).attempts.get(position=1)
    client.force_login(user)

    reply = client.generic(
        "POST",
        f"/answers/{attempt.pk}/draft/",
        SPELT_IN_UTF_7,
        content_type="multipart/form-data; boundary=b; charset=utf-7",
        headers={"HX-Request": "true"},
    )

    assert reply.status_code == 200
    assert Draft.objects.get().answer == "half +2AA-"


def test_a_reply_says_how_long_it_took_from_the_arrival() -> None:
    def take_a_while(_request: HttpRequest) -> HttpResponse:
        time.sleep(0.03)
        return HttpResponse()

    reply = ArrivalTimeMiddleware(take_a_while)(RequestFactory().get("/"))

    told = re.fullmatch(r"app;dur=(\d+\.\d)", reply["Server-Timing"])
    assert told
    assert 30 <= float(told[1]) < 3000


@pytest.mark.django_db
def test_a_page_that_is_refused_says_it_too(client: Client) -> None:
    assert "Server-Timing" in client.get("/home/")
    assert "Server-Timing" in client.get("/nowhere/")


@pytest.mark.django_db
def test_half_an_answer_is_not_taken_for_one(client: Client) -> None:
    user = make_user()
    attempt = make_interview(user, now=timezone.now()).attempts.get(position=1)
    client.force_login(user)
    broken: Any = {"wsgi.input": BytesIO(b"answer=The+first+hal"), "CONTENT_LENGTH": "90"}

    reply = client.generic(
        "POST",
        f"/answers/{attempt.pk}/lock/",
        content_type="application/x-www-form-urlencoded",
        **broken,
        headers={"HX-Request": "true"},
    )

    attempt.refresh_from_db()
    assert reply.status_code == 400
    assert attempt.locked_at is None
