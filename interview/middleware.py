"""What is settled about a request before anything else: when it arrived, and how its text is read."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ArrivalTimeMiddleware:
    """Notes when the request arrived (`request.arrived_at`): a slow view never makes an answer late.

    Its text is UTF-8 whatever it claims: other charsets can spell halves of characters, which no database takes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        request.encoding = "utf-8"
        return self.get_response(request)


def arrival(request: HttpRequest) -> datetime:
    """The moment that counts for this request."""
    return request.arrived_at  # type: ignore[attr-defined, no-any-return]
