"""Where allauth's way of making accounts meets ours."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Gives a new person the language they signed up in."""

    def new_user(self, request: HttpRequest) -> User:
        return User(language=get_language())
