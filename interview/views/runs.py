"""Running code from the room: ask for a run, and follow it to its verdict."""

from time import sleep

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import Request
from interview import tasks
from interview.actions.errors import AlreadyLocked, TooEarly, TooLate, TooManyRuns
from interview.actions.request_run import request_run
from interview.forms import RunForm
from interview.middleware import arrival
from interview.models import Attempt, Run
from interview.reports.feedback import follow as follow_run
from interview.views.respond import go, keep_typed, waiting

# Most runs end within 100 ms: for so long the answer to the click waits, so that it can carry the verdict.
LOOKS, GLANCE = 20, 0.005


@require_POST
def ask(request: Request, attempt_id: int) -> HttpResponse:
    """Queue a run of the code as it stands in the editor."""
    attempts = Attempt.objects.by(request.user).select_related("interview", "version")
    attempt = get_object_or_404(attempts.filter(version__has_code=True), pk=attempt_id)
    if not request.htmx and (unsaved := keep_typed(request, attempt.interview)):
        return unsaved
    form = RunForm(request.POST)
    if not form.is_valid():
        return _refused(request, attempt, str(next(iter(form.errors.values()))[0]))
    data = form.cleaned_data
    try:
        run = request_run(
            attempt, kind=data["kind"], source=data["code"], own_call=data["own_call"], now=arrival(request)
        )
    except TooManyRuns:
        return _refused(
            request, attempt, _("That was a lot of runs. Please wait a minute; your code is safe.")
        )
    except (AlreadyLocked, TooEarly, TooLate):
        return go(request, "room", attempt.interview_id)
    tasks.ring(attempt)
    if not request.htmx:
        return redirect("room", attempt.interview_id)
    _wait_a_moment(run)
    return _panel(request, run)


@require_GET
def follow(request: Request, run_id: int) -> HttpResponse:
    """Where the run stands; the fragment asks again by itself until the run has ended."""
    runs = Run.objects.by(request.user).select_related("attempt__version")
    run = get_object_or_404(runs, pk=run_id)
    return _panel(request, run) if request.htmx else redirect("room", run.attempt.interview_id)


def _wait_a_moment(run: Run) -> None:
    """Let the run end if it can at once; behind another one it can't, and would only keep this thread from others."""
    pending = Run.objects.pending()
    if pending.filter(queued_at__lt=run.queued_at).exists():
        return
    for _glance in range(LOOKS):
        if not pending.filter(pk=run.pk).exists():
            break
        sleep(GLANCE)
    run.refresh_from_db(fields=["ended_at", "verdict", "record", "held_because"])


def _panel(request: Request, run: Run) -> HttpResponse:
    context = {"run": run, "feedback": follow_run(run, now=arrival(request)), **waiting(request)}
    was_polled = request.method == "GET"
    status = 286 if run.is_ended and was_polled else 200
    return render(request, "interview/run.html#panel", context, status=status)


def _refused(request: Request, attempt: Attempt, message: str) -> HttpResponse:
    if not request.htmx:
        messages.warning(request, message)
        return redirect("room", attempt.interview_id)
    return render(request, "interview/run.html#refused", {"message": message}, status=422)
