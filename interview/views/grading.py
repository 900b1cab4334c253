"""One answer once it is final: its reference, the person's own marks, the automatic ones, and objections to them."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import Request
from interview.actions.contest import contest, withdraw
from interview.actions.errors import TooEarly
from interview.actions.finish import settle
from interview.actions.self_grade import OwnMark, self_grade, skip_self_grading
from interview.actions.start import running_interview
from interview.forms import MarkForm
from interview.middleware import arrival
from interview.models import Attempt, Mark, PointMark
from interview.reports.review import Review
from interview.reports.review import review as review_of
from interview.views.attempts import find_attempt
from interview.views.respond import go, show_review, show_room, waiting


@require_POST
def grade(request: Request, attempt_id: int) -> HttpResponse:
    """Take the person's own marks, or their wish to skip them, and show the automatic ones."""
    attempt = find_attempt(request, attempt_id)
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
    attempt = find_attempt(request, attempt_id)
    settle(attempt.interview, now=arrival(request))
    return show_review(request, attempt)


@require_GET
def marks(request: Request, attempt_id: int) -> HttpResponse:
    """The automatic marks, asked for again while they are being worked out."""
    attempt = find_attempt(request, attempt_id)
    if attempt.self_graded_at is None or attempt.is_hidden() or not request.htmx:
        return redirect("review", attempt.pk)
    report = _report(attempt)
    # In the room it isn't asked: that is no place to try a question again.
    is_over = attempt.interview.finished_at is not None
    running = running_interview(request.user, now=arrival(request)) if is_over else None
    context = {"review": report, "running": running, **waiting(request)}
    return render(request, "interview/review.html#marks", context, status=286 if report.score else 200)


@require_POST
def contest_mark(request: Request, attempt_id: int, point_id: int) -> HttpResponse:
    """Object to the automatic mark of one key point, or take that back."""
    attempt = find_attempt(request, attempt_id)
    mark = get_object_or_404(PointMark, score__attempt=attempt, point=point_id)
    try:
        if "withdraw" in request.POST:
            withdraw(mark)
        else:
            contest(mark, now=arrival(request))
    except TooEarly:
        return go(request, "room", attempt.interview_id)
    if not request.htmx:
        return _after_grading(request, attempt, 200)
    report = _report(attempt)
    line = next(line for line in report.points if line.id == point_id)
    return render(request, "interview/review.html#line", {"review": report, "line": line})


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


def _report(attempt: Attempt) -> Review:
    """In the language of the room while the interview is open, afterwards in the person's."""
    language = attempt.interview.language if attempt.interview.finished_at is None else get_language()
    return review_of(attempt, language or "en")
