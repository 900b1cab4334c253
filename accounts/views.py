from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts.models import User


@login_not_required
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Back to the same page in the other language, which an account remembers."""
    language = request.POST.get("language")
    if request.user.is_authenticated and language in User.Language.values:
        User.objects.filter(pk=request.user.pk).update(language=language)
    return set_language(request)
