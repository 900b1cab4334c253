from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language

from accounts.forms import SettingsForm
from accounts.models import User
from accounts.requests import Request


@require_http_methods(["GET", "POST"])
def edit_settings(request: Request) -> HttpResponse:
    """The person's language and time zone."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if not form.is_valid():
        return render(request, "accounts/settings.html", {"form": form}, status=422 if form.is_bound else 200)
    user = form.save()
    with translation.override(user.language):
        messages.success(request, _("Saved."))
    return redirect("settings")


@login_not_required
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Back to the same page in the other language, which an account remembers."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in User.Language.values:
        User.objects.filter(pk=request.user.pk).update(language=language)
    return set_language(request)
