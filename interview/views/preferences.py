"""How Rehearsal speaks to a person, and how it measures their time."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import SettingsForm
from accounts.requests import Request
from interview.actions.errors import TooManyChanges
from interview.actions.retime import change_factor
from interview.middleware import arrival


@require_http_methods(["GET", "POST"])
def edit_settings(request: Request) -> HttpResponse:
    """Language, time zone and time; another time factor re-times what is left of a running interview."""
    form = SettingsForm(request.POST if request.method == "POST" else None, instance=request.user)
    if not form.is_valid():
        return render(request, "accounts/settings.html", {"form": form}, status=422 if form.is_bound else 200)
    user = form.save()
    with translation.override(user.language):
        try:
            change_factor(user, now=arrival(request))
            messages.success(request, _("Saved."))
        except TooManyChanges:
            messages.warning(
                request, _("Saved for the next interview. The time of this one was changed too often.")
            )
    return redirect("settings")
