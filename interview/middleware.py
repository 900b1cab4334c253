"""What is settled about a request before anything else: when it arrived, and how its text is read."""

import time
from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, UnreadablePostError
from django.utils import timezone


class ArrivalTimeMiddleware:
    """Notes when the request arrived (`request.arrived_at`): a slow view never makes an answer late.

    Its text is UTF-8 whatever it claims: other charsets can spell halves of characters, which no database takes.
    The reply says how long it took from there (`Server-Timing`): whoever waited longer has waited for a free thread.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.arrived_at = timezone.now()  # type: ignore[attr-defined]
        request.encoding = "utf-8"
        began = time.perf_counter()
        response = self.get_response(request)
        response["Server-Timing"] = f"app;dur={1000 * (time.perf_counter() - began):.1f}"
        return response


class WholeRequestMiddleware:
    """Refuses a form that broke off on its way: half an answer must never be taken for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            is_whole = len(request.body) >= int(request.META.get("CONTENT_LENGTH") or 0)
        except (UnreadablePostError, ValueError):
            is_whole = False
        return self.get_response(request) if is_whole else HttpResponseBadRequest()


def arrival(request: HttpRequest) -> datetime:
    """The moment that counts for this request."""
    return request.arrived_at  # type: ignore[attr-defined, no-any-return]
