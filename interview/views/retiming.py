"""The time of a running interview: asked for by each open tab, stood still, and stretched."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import Request
from interview.actions import retime
from interview.actions.errors import NotInMock, TooEarly, TooLate, TooManyChanges
from interview.actions.finish import settle
from interview.middleware import arrival
from interview.reports.room import clock_face, whereabouts
from interview.views.interviews import find_interview
from interview.views.respond import go, keep_typed, show_room


@require_GET
@never_cache
def pulse(request: Request, interview_id: int) -> HttpResponse:
    """What is left, and whether another tab was opened after this one; each tab asks every few seconds."""
    interview = find_interview(request, interview_id)
    if not request.htmx:
        return redirect("room", interview.pk)
    if settle(interview, now=arrival(request)):
        return go(request, "result", interview.pk)
    current = interview.attempts.filter(opened_at__isnull=False).order_by("position").last()
    time = clock_face(interview, current, now=arrival(request))
    context = {
        "interview": interview,
        "time": time,
        "tab": request.GET.get("tab", ""),
        "is_elsewhere": request.GET.get("tab") != interview.newest_tab,
        "has_moved_on": request.GET.get("whereabouts") != whereabouts(current, is_paused=time.is_paused),
    }
    return render(request, "interview/room.html#pulse", context)


@require_POST
def pause(request: Request, interview_id: int) -> HttpResponse:
    """The clock of a practice interview stands still, and its question is covered."""
    return _retime(request, interview_id, retime.pause)


@require_POST
def go_on(request: Request, interview_id: int) -> HttpResponse:
    """The pause is over."""
    return _retime(request, interview_id, retime.go_on)


@require_POST
def extend(request: Request, interview_id: int) -> HttpResponse:
    """More time in a practice interview."""
    return _retime(request, interview_id, retime.extend)


def _retime(request: Request, interview_id: int, change: Callable[..., None]) -> HttpResponse:
    interview = find_interview(request, interview_id)
    if unsaved := keep_typed(request, interview):
        return unsaved
    try:
        change(interview, now=arrival(request))
    except NotInMock:
        words = _("Like a real one, a mock interview can't be paused or stretched. Practice can.")
        messages.warning(request, words)
        return go(request, "room", interview.pk)
    except TooManyChanges:
        messages.warning(request, _("The time of this interview was changed too often to be changed again."))
        return go(request, "room", interview.pk)
    except (TooEarly, TooLate):
        return go(request, "room", interview.pk)
    interview.refresh_from_db()
    return show_room(request, interview)
