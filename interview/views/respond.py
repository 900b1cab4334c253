"""One answer for each address: a fragment to htmx, the page or a way to it for everything else."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from accounts.requests import Request
from interview.actions.errors import AlreadyLocked, StaleDraft, TooLate
from interview.actions.finish import settle
from interview.actions.late import keep_late
from interview.actions.save_draft import save_draft
from interview.actions.start import running_interview
from interview.forms import CONFIDENCE, AnswerForm, DraftForm
from interview.middleware import arrival
from interview.models import Attempt, Draft, Interview
from interview.reports.answers import with_marks
from interview.reports.feedback import follow
from interview.reports.review import Review
from interview.reports.review import review as review_of
from interview.reports.room import Room, Stage, clock_face
from interview.reports.room import room as room_of

TOO_LATE = _(
    "This came too late to count. What you had saved by then is your answer; your late text is kept beside it."
)
# A fragment that waits for the worker asks after these waits, in milliseconds, then stays at the last.
WAITS = (50, 150, 250, 500, 1000, 2000)


def times_asked(request: Request) -> int:
    """How often a waiting fragment has asked before, as its own address says."""
    asked = request.GET.get("asked", "0")
    return min(int(asked[:4]), len(WAITS)) if asked.isdecimal() else 0


def waiting(request: Request) -> dict[str, int]:
    """When a waiting fragment should ask next."""
    asked = times_asked(request)
    return {"wait": WAITS[min(asked, len(WAITS) - 1)], "asked": asked + 1}


def show_room(
    request: Request, interview: Interview, *, part: str = "stage", status: int = 200, **unsaved: Any
) -> HttpResponse:
    """The part of the room that an action changed, or the page; without htmx an action leads back to the page,
    unless there is something `unsaved` to show on it.
    """
    is_action = request.method == "POST"
    if is_action and not request.htmx and not unsaved:
        return redirect("room", interview.pk)
    page = room_of(interview, now=arrival(request))
    context = {
        "room": page,
        "review": _review(page),
        "feedback": follow(page.run, now=arrival(request)) if page.run else None,
        "confidence_choices": CONFIDENCE,
        **waiting(request),
        **unsaved,
    }
    template = f"interview/room.html#{part}" if is_action and request.htmx else "interview/room.html"
    return render(request, template, context, status=status)


def ask_again(
    request: Request, attempt: Attempt, *, errors: Any = None, newer: Draft | None = None, status: int
) -> HttpResponse:
    """Say why the text can't be saved as it is, and leave it where it is: what was typed is never lost."""
    unsaved = {"errors": errors, "is_stale": newer is not None}
    if not request.htmx:
        typed = Draft(answer=request.POST.get("answer", ""), code=request.POST.get("code", ""))
        own_tab = request.POST.get("tab", "")
        return show_room(
            request, attempt.interview, typed=typed, own_tab=own_tab, is_again=True, status=status, **unsaved
        )
    time = clock_face(attempt.interview, attempt, now=arrival(request))
    context = {"attempt": attempt, "draft": newer, "time": time, **unsaved}
    response = render(request, "interview/room.html#saved", context, status=status)
    return retarget(reswap(response, "outerHTML"), "#saved")


def keep_typed(request: Request, interview: Interview) -> HttpResponse | None:
    """Save the text that came along with another wish; None when that was done, or when none came along."""
    pk = request.POST.get("attempt", "")
    asked = interview.attempts.filter(opened_at__isnull=False).select_related("version", "interview")
    attempt = next((each for each in asked if str(each.pk) == pk), None)
    if attempt is None:
        return None
    form = DraftForm(request.POST)
    if not form.is_valid():
        return ask_again(request, attempt, errors=form.errors, status=422)
    try:
        save_draft(attempt, now=arrival(request), **form.draft())
    except StaleDraft as stale:
        return ask_again(request, attempt, newer=stale.newer, status=409)
    except (AlreadyLocked, TooLate):
        keep_too_late(request, attempt, form)
    return None


def keep_too_late(request: Request, attempt: Attempt, form: AnswerForm) -> bool:
    """Keep a text that came too late, unless it says nothing new, and tell the person; whether that was so."""
    settle(attempt.interview, now=arrival(request))
    is_kept = keep_late(attempt, now=arrival(request), **form.text()) is not None
    if is_kept:
        messages.warning(request, TOO_LATE)
    return is_kept


def go(request: Request, name: str, pk: int) -> HttpResponse:
    """Lead to a page, also from a fragment's request."""
    where = redirect(name, pk)
    return HttpResponseClientRedirect(where.url) if request.htmx else where


def show_review(request: Request, attempt: Attempt, *, status: int = 200) -> HttpResponse:
    """One answer beside its reference, unless it is still open or an open interview asks its question again."""
    if attempt.locked_at is None:
        return go(request, "room", attempt.interview_id)
    is_action = request.method == "POST"
    if is_action and not request.htmx:
        return redirect("review", attempt.pk)
    running = running_interview(request.user, now=arrival(request))
    hidden = running is not None and attempt.is_hidden()
    report = None if hidden else review_of(attempt, get_language() or "en")
    template = "interview/review.html#review" if is_action else "interview/review.html"
    context = {"review": report, "is_hidden": hidden, "running": running, **waiting(request)}
    return render(request, template, context, status=status)


def _review(page: Room) -> Review | None:
    if page.stage not in (Stage.GRADING, Stage.GRADED):
        return None
    attempt = with_marks(Attempt.objects.filter(pk=page.attempt.pk)).select_related("interview").get()
    return review_of(attempt, page.interview.language)
