"""Mail while developing: printed so that a person can read it and follow its link."""

import sys
from collections.abc import Sequence

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class ReadableConsole(BaseEmailBackend):
    """Prints the words of a mail; Django's own console shows Korean as base64."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            sys.stdout.write(f"To: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body}\n\n")
            sys.stdout.flush()
        return len(email_messages)
