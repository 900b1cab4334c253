"""Choosing an interview: a preset, one's own preset, every part by itself, or one question again."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from interview.actions.errors import NotEnoughQuestions
from interview.actions.retry import retry as retry_question
from interview.actions.start import running_interview
from interview.actions.start import start as start_interview
from interview.forms import PRESETS, PresetNameForm, StartForm, TermsForm
from interview.middleware import arrival
from interview.models import Interview, Mode, OwnPreset, RevealPolicy
from interview.rules.selection import Plan
from interview.rules.timing import deadline
from interview.views.attempts import find_attempt
from interview.views.respond import go

MOST_PRESETS = 20


@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Choose an interview; posting starts it, or leads to the one that is running."""
    if running := running_interview(request.user, now=arrival(request)):
        return _back_to(request, running)
    if request.method == "GET":
        return _page(request)
    preset = request.POST.get("preset", "")
    if preset in PRESETS:
        return _start_preset(request, preset)
    own = next((each for each in request.user.presets.all() if str(each.pk) == preset), None)
    form = StartForm(request.POST if own is None else own.choice)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _begin(request, form, form.plan(), form.terms())


@require_POST
def retry(request: Request, attempt_id: int) -> HttpResponse:
    """Ask the question of this answer again; where an interview is open, lead to that one."""
    attempt = find_attempt(request, attempt_id)
    try:
        interview = retry_question(attempt, language=get_language() or "en", now=arrival(request))
    except NotEnoughQuestions:
        return go(request, "review", attempt.pk)
    return go(request, "room", interview.pk)


@require_POST
def keep_preset(request: Request) -> HttpResponse:
    """Keep a choice under a name; the same name again replaces it."""
    form, name = StartForm(request.POST), PresetNameForm(request.POST)
    if not form.is_valid() or not name.is_valid():
        return _page(request, form, name, status=422)
    if request.user.presets.exclude(name=name.cleaned_data["name"]).count() >= MOST_PRESETS:
        name.add_error("name", _("You have as many presets as there is room for. Delete one first."))
        return _page(request, form, name, status=422)
    OwnPreset.objects.update_or_create(
        user=request.user, name=name.cleaned_data["name"], defaults={"choice": form.cleaned_data}
    )
    messages.success(request, _("Saved as “%(name)s”.") % {"name": name.cleaned_data["name"]})
    return redirect("start")


@require_POST
def delete_preset(request: Request, preset_id: int) -> HttpResponse:
    """Forget an own preset."""
    get_object_or_404(request.user.presets, pk=preset_id).delete()
    return redirect("start")


def presets(request: Request) -> dict[str, Any]:
    """What the cards of presets need, wherever they stand."""
    own = [_card(each) for each in request.user.presets.all()]
    return {
        "presets": PRESETS.values(),
        "own_presets": own,
        "terms": TermsForm(auto_id="preset_%s"),
        "language_model": settings.LANGUAGE_MODEL,
    }


def _card(own: OwnPreset) -> dict[str, Any]:
    """What an own preset asks for; only its name where some of it is no longer there to be chosen."""
    form = StartForm(own.choice)
    if not form.is_valid():
        return {"own": own}
    mode = Mode(form.cleaned_data["mode"]).label
    return {"own": own, "mode": mode, "number": form.plan().number, "limit": form.terms()["limit"]}


def _start_preset(request: Request, slug: str) -> HttpResponse:
    preset = PRESETS[slug]
    terms = TermsForm({"mode": "mock", "pace": "1"} | request.POST.dict(), auto_id="preset_%s")
    if not terms.is_valid():
        return _page(request, terms=terms, status=422)
    return _begin(
        request,
        StartForm(initial=_initial()),
        preset.plan,
        {
            "mode": terms.cleaned_data["mode"],
            "language": get_language() or "en",
            "reveal_policy": RevealPolicy.AFTER_EACH,
            "follows_up": True,
            "limit": terms.limit(preset.minutes),
        },
    )


def _begin(request: Request, form: StartForm, plan: Plan, terms: dict[str, Any]) -> HttpResponse:
    try:
        interview = start_interview(
            request.user, plan, **terms, seed=secrets.randbits(32), now=arrival(request)
        )
    except NotEnoughQuestions as error:
        if form.is_bound:
            form.add_error("number", _too_few(error.available))
        else:
            messages.warning(request, _too_few(error.available))
        return _page(request, form, status=422)
    return redirect("room", interview.pk)


def _back_to(request: Request, running: Interview) -> HttpResponse:
    """To the running interview; one that no clock will end can be ended here first."""
    reading = running.clock.at(arrival(request))
    if deadline(running.clock, now=arrival(request)) is None or reading.is_paused:
        return render(request, "interview/start.html", {"running": running, "reading": reading})
    return redirect("room", running.pk)


def _page(
    request: Request,
    form: StartForm | None = None,
    name: PresetNameForm | None = None,
    *,
    terms: TermsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or StartForm(initial=_initial())
    context = {"form": form, "name": name or PresetNameForm(), **presets(request)}
    context |= {"terms": terms} if terms else {}
    return render(request, "interview/start.html", context, status=status)


def _initial() -> dict[str, str]:
    return {"language": get_language() or "en"}


def _too_few(available: int) -> str:
    return ngettext(
        "Only %(count)d question fits this choice. Ask for fewer, or choose more topics.",
        "Only %(count)d questions fit this choice. Ask for fewer, or choose more topics.",
        available,
    ) % {"count": available}
