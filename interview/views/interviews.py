"""An interview from its first question to its result."""

import secrets

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import Request
from interview import tasks
from interview.actions.advance import open_next
from interview.actions.errors import TooEarly, TooLate
from interview.actions.finish import finish as finish_interview
from interview.actions.finish import settle
from interview.actions.self_grade import skip_all
from interview.actions.switch_language import switch_language
from interview.middleware import arrival
from interview.models import Interview, Language
from interview.reports.result import Result
from interview.reports.result import result as result_of
from interview.rules import timing
from interview.views.respond import go, keep_typed, show_room, waiting


@require_GET
@never_cache
def room(request: Request, interview_id: int) -> HttpResponse:
    """The page of a running interview; once it is over, its result."""
    interview = find_interview(request, interview_id)
    if settle(interview, now=arrival(request)):
        return redirect("result", interview.pk)
    interview.newest_tab = secrets.token_urlsafe(9)
    interview.save(update_fields=["newest_tab"])
    return show_room(request, interview)


@require_POST
def advance(request: Request, interview_id: int) -> HttpResponse:
    """Go on to the next question, or to the result after the last one."""
    return go_on(request, find_interview(request, interview_id))


@require_POST
def finish(request: Request, interview_id: int) -> HttpResponse:
    """End the interview now; what was typed counts."""
    interview = find_interview(request, interview_id)
    return keep_typed(request, interview) or _finish(request, interview)


@require_POST
def change_language(request: Request, interview_id: int) -> HttpResponse:
    """Ask in the other language from here on; the answer stays as it is."""
    interview = find_interview(request, interview_id)
    if not request.htmx and (unsaved := keep_typed(request, interview)):
        return unsaved
    language = request.POST.get("language")
    try:
        if language in Language.values:
            switch_language(interview, Language(language), now=arrival(request))
    except TooLate:
        return go(request, "result", interview.pk)
    is_covered = timing.phase(interview.clock, now=arrival(request)) is timing.Phase.PAUSED
    return go(request, "room", interview.pk) if is_covered else show_room(request, interview, part="question")


@require_GET
@never_cache
def result(request: Request, interview_id: int) -> HttpResponse:
    """How it went."""
    interview = find_interview(request, interview_id)
    if not settle(interview, now=arrival(request)):
        return redirect("room", interview.pk)
    _ring_all(interview)
    context = {"result": _result(request, interview), **waiting(request)}
    return render(request, "interview/result.html", context)


@require_GET
def result_lines(request: Request, interview_id: int) -> HttpResponse:
    """The result's own table, asked for again while scores are being worked out."""
    interview = find_interview(request, interview_id)
    if interview.finished_at is None or not request.htmx:
        return redirect("result", interview.pk)
    report = _result(request, interview)
    context = {"result": report, **waiting(request)}
    return render(request, "interview/result.html#lines", context, status=200 if report.is_pending else 286)


@require_POST
def skip_grading(request: Request, interview_id: int) -> HttpResponse:
    """Show all automatic marks of a finished interview without grading oneself first."""
    interview = find_interview(request, interview_id)
    if interview.finished_at is not None:
        skip_all(interview, now=arrival(request))
    return go(request, "result", interview.pk)


def find_interview(request: Request, interview_id: int) -> Interview:
    """The person's own interview; anybody else's isn't there."""
    mine = Interview.objects.by(request.user).prefetch_related("events")
    return get_object_or_404(mine, pk=interview_id)


def go_on(request: Request, interview: Interview) -> HttpResponse:
    """The next question, or the result where there is none."""
    try:
        following = open_next(interview, now=arrival(request))
    except TooLate:
        following = None
    except TooEarly:
        return show_room(request, interview, status=409)
    interview.refresh_from_db()  # The clock runs again.
    return show_room(request, interview) if following else _finish(request, interview)


def _finish(request: Request, interview: Interview) -> HttpResponse:
    finish_interview(interview, now=arrival(request))
    _ring_all(interview)
    return go(request, "result", interview.pk)


def _ring_all(interview: Interview) -> None:
    for attempt in interview.attempts.locked().filter(score=None):
        tasks.ring(attempt)


def _result(request: Request, interview: Interview) -> Result:
    return result_of(interview, get_language() or "en", now=arrival(request))
