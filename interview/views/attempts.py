"""One answer: its draft, its lock, its grading, and what it is worth."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import Request
from interview import tasks
from interview.actions.errors import AlreadyLocked, StaleDraft, TooEarly, TooLate
from interview.actions.finish import settle
from interview.actions.follow_up import answer_follow_up
from interview.actions.late import count_late as score_late
from interview.actions.late import keep_late
from interview.actions.lock import lock as lock_attempt
from interview.actions.save_draft import save_draft
from interview.actions.self_grade import OwnMark, self_grade, skip_self_grading
from interview.forms import AnswerForm, DraftForm, MarkForm
from interview.middleware import arrival
from interview.models import Attempt, Mark
from interview.reports.answers import with_marks
from interview.reports.review import review as review_of
from interview.reports.room import clock_face
from interview.views.interviews import go_on
from interview.views.respond import ask_again, go, keep_too_late, show_review, show_room, waiting


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
    return _make_final(request, _find(request, attempt_id), lock_attempt, AnswerForm.final)


@require_POST
def follow_up(request: Request, attempt_id: int) -> HttpResponse:
    """The answer to the author's further question is final; then as after any answer."""
    return _make_final(request, _find(request, attempt_id), answer_follow_up, AnswerForm.follow_up)


@require_POST
def count_late(request: Request, attempt_id: int, late_id: int) -> HttpResponse:
    """Score a text that came after the end, by the person's own wish."""
    attempt = _find(request, attempt_id)
    late = get_object_or_404(attempt.late_drafts.filter(follows_up=False), pk=late_id)
    try:
        score_late(late, now=arrival(request))
    except TooEarly:
        return go(request, "room", attempt.interview_id)
    tasks.ring(attempt)
    return go(request, "review", attempt.pk)


@require_POST
def grade(request: Request, attempt_id: int) -> HttpResponse:
    """Take the person's own marks, or their wish to skip them, and show the automatic ones."""
    attempt = _find(request, attempt_id)
    if request.POST.get("about", "") != str(attempt.late_draft_id or ""):
        # Another text counts by now than the one that was judged on this page.
        return _after_grading(request, attempt, 409)
    forms_by_point = _mark_forms(request, attempt)
    status = 200
    try:
        if "skip" in request.POST:
            skip_self_grading(attempt, now=arrival(request))
        elif all(form.is_valid() for form in forms_by_point.values()):
            self_grade(attempt, _own_marks(forms_by_point), now=arrival(request))
        else:
            status = 422
    except TooEarly:
        return go(request, "room", attempt.interview_id)
    return _after_grading(request, attempt, status)


@require_GET
@never_cache
def review(request: Request, attempt_id: int) -> HttpResponse:
    """An answer given before, beside its reference, unless an open interview still asks that question."""
    attempt = _find(request, attempt_id)
    settle(attempt.interview, now=arrival(request))
    return show_review(request, attempt)


@require_GET
def marks(request: Request, attempt_id: int) -> HttpResponse:
    """The automatic marks, asked for again while they are being worked out."""
    attempt = _find(request, attempt_id)
    if attempt.self_graded_at is None or attempt.is_hidden() or not request.htmx:
        return redirect("review", attempt.pk)
    language = attempt.interview.language if attempt.interview.finished_at is None else get_language()
    report = review_of(attempt, language or "en")
    context = {"review": report, **waiting(request)}
    return render(request, "interview/review.html#marks", context, status=286 if report.score else 200)


def _find(request: Request, attempt_id: int) -> Attempt:
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


def _mark_forms(request: Request, attempt: Attempt) -> dict[int, forms.Form]:
    return {point.pk: MarkForm(request.POST, prefix=str(point.pk)) for point in attempt.version.points.all()}


def _own_marks(forms_by_point: dict[int, forms.Form]) -> dict[int, OwnMark]:
    return {
        point: OwnMark(Mark(form.cleaned_data["mark"]), form.cleaned_data["said_wrong"])
        for point, form in forms_by_point.items()
    }


def _after_grading(request: Request, attempt: Attempt, status: int) -> HttpResponse:
    """The marks, where the person graded, room or review; the interview may have ended meanwhile."""
    is_open = attempt.interview.finished_at is None
    if request.htmx and request.htmx.target not in (None, "stage" if is_open else "review"):
        return go(request, "room" if is_open else "review", attempt.interview_id if is_open else attempt.pk)
    if is_open:
        return show_room(request, attempt.interview, status=status)
    return show_review(request, attempt, status=status)
