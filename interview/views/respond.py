"""One answer for each address: a fragment to htmx, the page or a way to it for everything else."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django_htmx.http import HttpResponseClientRedirect

from accounts.requests import Request
from interview.actions.errors import AlreadyLocked, StaleDraft, TooLate
from interview.actions.save_draft import save_draft
from interview.forms import CONFIDENCE, DraftForm
from interview.middleware import arrival
from interview.models import Attempt, Interview
from interview.reports.answers import with_marks
from interview.reports.feedback import follow
from interview.reports.review import Review
from interview.reports.review import review as review_of
from interview.reports.room import Room, Stage
from interview.reports.room import room as room_of


def show_room(
    request: Request, interview: Interview, *, part: str = "stage", status: int = 200
) -> HttpResponse:
    """The room, or the part of it that changed; an action without htmx leads back to the page."""
    if request.method == "POST" and not request.htmx:
        return redirect("room", interview.pk)
    page = room_of(interview, now=arrival(request))
    template = f"interview/room.html#{part}" if request.htmx else "interview/room.html"
    context = {
        "room": page,
        "review": _review(page),
        "feedback": follow(page.run, now=arrival(request)) if page.run else None,
        "confidence_choices": CONFIDENCE,
    }
    return render(request, template, context, status=status)


def keep_typed(request: Request, interview: Interview) -> None:
    """Save the text that came along with another wish, where the page is left for it: nothing typed is lost."""
    form = DraftForm(request.POST)
    attempt = interview.attempts.unanswered().filter(opened_at__isnull=False).first()
    if attempt is None or not form.is_valid():
        return
    data = form.cleaned_data
    with suppress(StaleDraft, AlreadyLocked, TooLate):
        save_draft(
            attempt, revision=data["revision"], answer=data["answer"], code=data["code"], now=arrival(request)
        )


def leave_room(request: Request, interview: Interview) -> HttpResponse:
    """On to the result, also from a fragment's request."""
    return _go(request, "result", interview.pk)


def show_review(request: Request, attempt: Attempt, *, status: int = 200) -> HttpResponse:
    """One answer beside its reference, on its own page."""
    if request.method == "POST" and not request.htmx:
        return redirect("review", attempt.pk)
    template = "interview/review.html#review" if request.htmx else "interview/review.html"
    report = review_of(attempt, get_language() or "en")
    return render(request, template, {"review": report}, status=status)


def _review(page: Room) -> Review | None:
    if page.stage not in (Stage.GRADING, Stage.GRADED):
        return None
    attempt = with_marks(Attempt.objects.filter(pk=page.attempt.pk)).get()
    return review_of(attempt, page.interview.language)


def _go(request: Request, name: str, pk: int) -> HttpResponse:
    where = redirect(name, pk)
    return HttpResponseClientRedirect(where.url) if request.htmx else where
