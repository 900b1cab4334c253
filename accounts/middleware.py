"""What every request learns from who is asking."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation


class PreferencesMiddleware:
    """Speaks the person's language and reads the clock of their time zone; visitors keep their browser's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        timezone.deactivate()
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
            timezone.activate(request.user.time_zone)
        return self.get_response(request)


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Sends a page to the sign-in, but tells a fragment's request 401: a whole page has no place inside another."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if "HX-Request" in request.headers:
            return HttpResponse(status=401)
        return super().handle_no_permission(request, view_func)
