"""Text that came out of the jail, made fit to be stored and shown."""

import re
from typing import Any

VALUE = 400
PRINTS = 4000
# Control characters (NUL, terminal escapes), halves of characters, marks that turn the direction of writing.
_HARMFUL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def cut(text: str, length: int) -> str:
    """At most so much of a text, with a visible note of how much is left out."""
    rest = len(text) - length
    return text if rest <= 0 else f"{text[:length]}… (+{rest:,})"


def shown(value: Any) -> str:
    """A value as Python would show it, cut."""
    try:
        return cut(repr(value), VALUE)
    except Exception:
        # An integer of thousands of digits, a moment out of range: what can't be shown is named.
        return f"<{type(value).__name__}>"


def harmless(text: str) -> str:
    """The same text with nothing in it that a terminal, a browser or a database would obey."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _HARMFUL.sub(lambda found: _spelt_out(found.group()), lines)


def _spelt_out(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
