"""Lengths of time, in words."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def length_of_time(length: timedelta) -> str:
    """Minutes, with seconds below ten minutes: "4 min 05 s"."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    if minutes >= 10:
        return _("%(minutes)d min") % {"minutes": minutes}
    return _("%(minutes)d min %(seconds)02d s") % {"minutes": minutes, "seconds": seconds}
