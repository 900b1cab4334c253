"""The clock is read here, once, before anything else has taken time."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ArrivalTimeMiddleware:
    """Notes when the request arrived (`request.arrived_at`): a slow view never makes an answer late."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


def arrival(request: HttpRequest) -> datetime:
    """The moment that counts for this request."""
    return request.arrived_at  # type: ignore[attr-defined, no-any-return]
