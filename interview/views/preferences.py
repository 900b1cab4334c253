"""How Rehearsal speaks to a person, and how it measures their time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import SettingsForm
from accounts.requests import Request
from interview.actions.retime import change_factor
from interview.middleware import arrival


@require_http_methods(["GET", "POST"])
def edit_settings(request: Request) -> HttpResponse:
    """Language, time zone and time; another time factor re-times what is left of a running interview."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if not form.is_valid():
        return render(request, "accounts/settings.html", {"form": form}, status=422 if form.is_bound else 200)
    user = form.save()
    change_factor(user, now=arrival(request))
    with translation.override(user.language):
        messages.success(request, _("Saved."))
    return redirect("settings")
