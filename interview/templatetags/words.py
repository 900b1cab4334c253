"""Words of the bank that are plain text but for names of code."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def code_names(text: str) -> SafeString:
    """Text with `names` in backticks set as code, and everything else escaped."""
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))
