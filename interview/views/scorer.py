"""The scorer, for those who run the product or write its questions."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from accounts.requests import Request
from interview.middleware import arrival
from interview.reports.scorer import scorer_page

View = Callable[[Request], HttpResponse]


def staff_only(view: View) -> View:
    """For everybody else it isn't there: not even a sign-in tells of it."""

    @login_not_required
    @wraps(view)
    def guarded(request: Request) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            raise Http404
        return view(request)

    return guarded


@staff_only
@require_GET
def scorer(request: Request) -> HttpResponse:
    """The model, drift, and the key points."""
    page = scorer_page(request.user, get_language() or "en", now=arrival(request))
    return render(request, "interview/scorer.html", {"scorer": page})
