"""An interview from the start to its result."""

import secrets

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import Request
from interview import tasks
from interview.actions.advance import open_next
from interview.actions.errors import NotEnoughQuestions, TooEarly, TooLate
from interview.actions.finish import finish as finish_interview
from interview.actions.finish import finish_if_over
from interview.actions.self_grade import skip_all
from interview.actions.start import running_interview
from interview.actions.start import start as start_interview
from interview.actions.switch_language import switch_language
from interview.forms import PRESETS, StartForm
from interview.middleware import arrival
from interview.models import Interview, Language
from interview.reports.result import Result
from interview.reports.result import result as result_of
from interview.views.respond import go, keep_typed, show_room, waiting


@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Choose an interview; posting starts it, or leads to the one that is running."""
    if running := running_interview(request.user, now=arrival(request)):
        return redirect("room", running.pk)
    if request.method == "GET":
        return _start_page(
            request, StartForm(initial={"language": get_language(), "reveal_policy": "after_each"})
        )
    preset = PRESETS.get(request.POST.get("preset", ""))
    form = StartForm(preset.data(get_language() or "en") if preset else request.POST)
    if not form.is_valid():
        return _start_page(request, form, status=422)
    try:
        interview = start_interview(
            request.user,
            form.plan(),
            limit=form.limit(),
            reveal_policy=form.cleaned_data["reveal_policy"],
            language=form.cleaned_data["language"],
            seed=secrets.randbits(32),
            now=arrival(request),
        )
    except NotEnoughQuestions as error:
        form.add_error("number", _too_few(error.available))
        return _start_page(request, form, status=422)
    return redirect("room", interview.pk)


@require_GET
@never_cache
def room(request: Request, interview_id: int) -> HttpResponse:
    """The page of a running interview; once it is over, its result."""
    interview = _find(request, interview_id)
    if finish_if_over(interview, now=arrival(request)):
        return redirect("result", interview.pk)
    return show_room(request, interview)


@require_POST
def advance(request: Request, interview_id: int) -> HttpResponse:
    """Go on to the next question, or to the result after the last one."""
    return go_on(request, _find(request, interview_id))


@require_POST
def finish(request: Request, interview_id: int) -> HttpResponse:
    """End the interview now; what was typed counts."""
    interview = _find(request, interview_id)
    return keep_typed(request, interview, overwrite=True) or _finish(request, interview)


@require_POST
def change_language(request: Request, interview_id: int) -> HttpResponse:
    """Ask in the other language from here on; the answer stays as it is."""
    interview = _find(request, interview_id)
    if not request.htmx and (unsaved := keep_typed(request, interview)):
        return unsaved
    language = request.POST.get("language")
    try:
        if language in Language.values:
            switch_language(interview, Language(language), now=arrival(request))
    except TooLate:
        return go(request, "result", interview.pk)
    return show_room(request, interview, part="question")


@require_GET
@never_cache
def result(request: Request, interview_id: int) -> HttpResponse:
    """How it went."""
    interview = _find(request, interview_id)
    if not finish_if_over(interview, now=arrival(request)):
        return redirect("room", interview.pk)
    _ring_all(interview)
    context = {"result": _result(request, interview), **waiting(request)}
    return render(request, "interview/result.html", context)


@require_GET
def result_lines(request: Request, interview_id: int) -> HttpResponse:
    """The result's own table, asked for again while scores are being worked out."""
    interview = _find(request, interview_id)
    if interview.finished_at is None or not request.htmx:
        return redirect("result", interview.pk)
    report = _result(request, interview)
    context = {"result": report, **waiting(request)}
    return render(request, "interview/result.html#lines", context, status=200 if report.is_pending else 286)


@require_POST
def skip_grading(request: Request, interview_id: int) -> HttpResponse:
    """Show all automatic marks of a finished interview without grading oneself first."""
    interview = _find(request, interview_id)
    if interview.finished_at is not None:
        skip_all(interview, now=arrival(request))
    return go(request, "result", interview.pk)


def _find(request: Request, interview_id: int) -> Interview:
    mine = Interview.objects.by(request.user).prefetch_related("suspensions")
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


def _start_page(request: Request, form: StartForm, status: int = 200) -> HttpResponse:
    return render(request, "interview/start.html", {"form": form, "presets": PRESETS.values()}, status=status)


def _too_few(available: int) -> str:
    return ngettext(
        "Only %(count)d question fits this choice. Ask for fewer, or choose more topics.",
        "Only %(count)d questions fit this choice. Ask for fewer, or choose more topics.",
        available,
    ) % {"count": available}
