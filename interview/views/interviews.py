"""An interview from the start to its result."""

import secrets

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import Request
from interview import tasks
from interview.actions.advance import open_next
from interview.actions.errors import NotEnoughQuestions, TooEarly, TooLate
from interview.actions.finish import finish as finish_interview
from interview.actions.finish import finish_if_over
from interview.actions.self_grade import skip_self_grading
from interview.actions.start import running_interview
from interview.actions.start import start as start_interview
from interview.forms import PRESETS, StartForm
from interview.middleware import arrival
from interview.models import Interview, Language
from interview.reports.result import result as result_of
from interview.views.respond import keep_typed, leave_room, show_room


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
def room(request: Request, interview_id: int) -> HttpResponse:
    """The page of a running interview; once it is over, its result."""
    interview = _find(request, interview_id)
    if finish_if_over(interview, now=arrival(request)):
        _ring_all(interview)
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
    keep_typed(request, interview)
    return _finish(request, interview)


@require_POST
def switch_language(request: Request, interview_id: int) -> HttpResponse:
    """Ask in the other language from here on; the answer stays as it is."""
    interview = _find(request, interview_id)
    if not request.htmx:
        keep_typed(request, interview)
    language = request.POST.get("language")
    if language in Language.values:
        interview.language = language
        interview.save(update_fields=["language"])
    return show_room(request, interview, part="question")


@require_GET
def result(request: Request, interview_id: int) -> HttpResponse:
    """How it went. While scores are being worked out, the page asks for its own table again."""
    interview = _find(request, interview_id)
    if not finish_if_over(interview, now=arrival(request)):
        return redirect("room", interview.pk)
    report = result_of(interview, get_language() or "en", now=arrival(request))
    template = "interview/result.html#lines" if request.htmx else "interview/result.html"
    return render(
        request, template, {"result": report}, status=286 if request.htmx and not report.is_pending else 200
    )


@require_POST
def skip_grading(request: Request, interview_id: int) -> HttpResponse:
    """Show all automatic marks of a finished interview without grading oneself first."""
    interview = _find(request, interview_id)
    try:
        for attempt in interview.attempts.locked().filter(self_graded_at=None):
            skip_self_grading(attempt, now=arrival(request))
    except TooEarly:
        return redirect("room", interview.pk)
    return redirect("result", interview.pk)


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
    return show_room(request, interview) if following else _finish(request, interview)


def _finish(request: Request, interview: Interview) -> HttpResponse:
    finish_interview(interview, now=arrival(request))
    _ring_all(interview)
    return leave_room(request, interview)


def _ring_all(interview: Interview) -> None:
    for attempt in interview.attempts.locked().filter(score=None):
        tasks.ring(attempt)


def _start_page(request: Request, form: StartForm, status: int = 200) -> HttpResponse:
    return render(request, "interview/start.html", {"form": form, "presets": PRESETS.values()}, status=status)


def _too_few(available: int) -> str:
    return ngettext(
        "Only %(count)d question fits this choice. Ask for fewer, or choose more topics.",
        "Only %(count)d questions fit this choice. Ask for fewer, or choose more topics.",
        available,
    ) % {"count": available}
