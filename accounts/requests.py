"""The request as views see it behind the sign-in: someone is there."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class Request(HttpRequest):
    """A request by a person who is signed in."""

    user: User
    htmx: HtmxDetails
