"""Welcome, home, and whether the house stands."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.utils import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.requests import Request
from interview.actions.start import running_interview
from interview.middleware import arrival
from interview.models import Question
from interview.reports.history import finished_interviews
from interview.views.starting import presets


@require_GET
@login_not_required
def welcome(request: HttpRequest) -> HttpResponse:
    """What it is, in ten seconds; who is signed in goes on home."""
    return redirect("home") if request.user.is_authenticated else render(request, "welcome.html")


@require_GET
def home(request: Request) -> HttpResponse:
    """What to do next: continue, or start."""
    now = arrival(request)
    running = running_interview(request.user, now=now)
    return render(
        request,
        "interview/home.html",
        {
            "running": running,
            "is_paused": running is not None and running.clock.at(now).is_paused,
            **presets(request),
            "recent": finished_interviews(request.user)[:3],
            "questions": Question.objects.askable().count(),
        },
    )


@require_GET
@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
@login_not_required
def readyz(_request: HttpRequest) -> JsonResponse:
    """The process can do its work: the database answers."""
    try:
        connection.ensure_connection()
        Question.objects.exists()
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})
