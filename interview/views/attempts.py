"""One answer until it is final: its draft, its lock, and what came too late."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.requests import Request
from interview import tasks
from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.actions.follow_up import answer_follow_up
from interview.actions.late import count_late as score_late
from interview.actions.late import keep_late
from interview.actions.lock import lock as lock_attempt
from interview.actions.save_draft import save_draft
from interview.forms import AnswerForm, DraftForm
from interview.middleware import arrival
from interview.models import Attempt
from interview.reports.answers import with_marks
from interview.reports.room import clock_face
from interview.views.interviews import go_on
from interview.views.respond import ask_again, go, keep_too_late, show_room


@require_POST
def draft(request: Request, attempt_id: int) -> HttpResponse:
    """Save what was typed; the reply carries the remaining time."""
    # The request that comes most often by far: it reads no more than it needs.
    attempt = get_object_or_404(Attempt.objects.by(request.user).only("interview", "limit"), pk=attempt_id)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return ask_again(request, attempt, errors=form.errors, status=422)
    try:
        saved = save_draft(attempt, now=arrival(request), **form.draft())
    except StaleDraft as stale:
        if "last" in request.POST:
            # The page is about to go, and nobody will choose any more: both texts stay.
            keep_late(attempt, now=arrival(request), **form.text())
        return ask_again(request, attempt, newer=stale.newer, status=409)
    except (AlreadyLocked, TooLate):
        return _too_late(request, attempt, form)
    except TooEarly:
        return go(request, "room", attempt.interview_id)
    if not request.htmx:
        return redirect("room", attempt.interview_id)
    time = clock_face(attempt.interview, attempt, now=arrival(request))
    return render(request, "interview/room.html#saved", {"attempt": attempt, "draft": saved, "time": time})


@require_POST
def lock(request: Request, attempt_id: int) -> HttpResponse:
    """The answer is final. Where the reference comes at the end, the next question follows at once."""
    return _make_final(request, find_attempt(request, attempt_id), lock_attempt, AnswerForm.final)


@require_POST
def follow_up(request: Request, attempt_id: int) -> HttpResponse:
    """The answer to the author's further question is final; then as after any answer."""
    return _make_final(request, find_attempt(request, attempt_id), answer_follow_up, AnswerForm.follow_up)


@require_POST
def count_late(request: Request, attempt_id: int, late_id: int) -> HttpResponse:
    """Score a text that came after the end, by the person's own wish."""
    attempt = find_attempt(request, attempt_id)
    late = get_object_or_404(attempt.late_drafts.filter(follows_up=False), pk=late_id)
    try:
        score_late(late, now=arrival(request))
    except TooEarly:
        return go(request, "room", attempt.interview_id)
    tasks.ring(attempt)
    return go(request, "review", attempt.pk)


def find_attempt(request: Request, attempt_id: int) -> Attempt:
    """The person's own answer; anybody else's isn't there."""
    attempts = with_marks(Attempt.objects.by(request.user)).select_related("interview", "version__question")
    return get_object_or_404(attempts, pk=attempt_id)


def _make_final(
    request: Request,
    attempt: Attempt,
    write: Callable[..., None],
    said: Callable[[AnswerForm], dict[str, Any]],
) -> HttpResponse:
    """Write what is said; then the reference or the further question in the room, or the next question."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return ask_again(request, attempt, errors=form.errors, status=422)
    try:
        write(attempt, now=arrival(request), **said(form))
    except (AlreadyLocked, TooLate):
        return _too_late(request, attempt, form)
    except StaleDraft as stale:
        return ask_again(request, attempt, newer=stale.newer, status=409)
    except TooEarly:
        return show_room(request, attempt.interview, status=409)
    tasks.ring(attempt)
    if attempt.is_following_up or attempt.interview.reveals_after_each:
        return show_room(request, attempt.interview)
    return go_on(request, attempt.interview)


def _too_late(request: Request, attempt: Attempt, form: AnswerForm) -> HttpResponse:
    """The answer is final: on to where the interview is. A save that was only overtaken changes nothing on the page."""
    is_kept = keep_too_late(request, attempt, form)
    is_over = attempt.interview.finished_at is not None
    if not is_kept and not is_over and request.htmx and request.htmx.target == "saved":
        return HttpResponse(status=204)
    return go(request, "room", attempt.interview_id)
