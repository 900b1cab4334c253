"""Running code from the room: ask for a run, and follow it to its verdict."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import Request
from interview import tasks
from interview.actions.errors import AlreadyLocked, TooLate, TooManyRuns
from interview.actions.request_run import request_run
from interview.forms import RunForm
from interview.middleware import arrival
from interview.models import Attempt, Run
from interview.reports.feedback import follow as follow_run
from interview.views.respond import keep_typed, leave_room

# The page asks after these waits, in milliseconds, then stays at the last: most runs end within the first two.
WAITS = (150, 250, 500, 1000, 2000)


@require_POST
def ask(request: Request, attempt_id: int) -> HttpResponse:
    """Queue a run of the code as it stands in the editor."""
    attempts = Attempt.objects.by(request.user).select_related("interview", "version")
    attempt = get_object_or_404(attempts.filter(version__has_code=True), pk=attempt_id)
    form = RunForm(request.POST)
    if not form.is_valid():
        return _refused(request, attempt, str(next(iter(form.errors.values()))[0]), status=422)
    data = form.cleaned_data
    try:
        run = request_run(
            attempt, kind=data["kind"], source=data["code"], own_call=data["own_call"], now=arrival(request)
        )
    except TooManyRuns:
        return _refused(
            request, attempt, _("That was a lot of runs. Please wait a minute; your code is safe."), 422
        )
    except (AlreadyLocked, TooLate):
        return leave_room(request, attempt.interview)
    tasks.ring(attempt)
    if request.htmx:
        return _panel(request, run, asked=0)
    keep_typed(request, attempt.interview)
    return redirect("room", attempt.interview_id)


@require_GET
def follow(request: Request, run_id: int) -> HttpResponse:
    """Where the run stands; the fragment asks again by itself until the run has ended."""
    runs = Run.objects.by(request.user).select_related("attempt__version")
    run = get_object_or_404(runs, pk=run_id)
    if not request.htmx:
        return redirect("room", run.attempt.interview_id)
    asked = (
        min(int(request.GET.get("asked", "0")), len(WAITS)) if request.GET.get("asked", "0").isdigit() else 0
    )
    return _panel(request, run, asked=asked)


def _panel(request: Request, run: Run, *, asked: int) -> HttpResponse:
    context = {
        "run": run,
        "feedback": follow_run(run, now=arrival(request)),
        "wait": WAITS[min(asked, len(WAITS) - 1)],
        "asked": asked + 1,
    }
    return render(request, "interview/run.html#panel", context, status=286 if run.is_ended and asked else 200)


def _refused(request: Request, attempt: Attempt, message: str, status: int) -> HttpResponse:
    if not request.htmx:
        return redirect("room", attempt.interview_id)
    return render(request, "interview/run.html#refused", {"message": message}, status=status)
