"""Everything that Rehearsal needs, in one terminal."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from interview.supervisor import supervise

GUNICORN = [sys.executable, "-m", "gunicorn"]
CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "interview"]


class Command(BaseCommand):
    help = "Runs web server, worker and clock together until Ctrl-C (in production, run each by itself)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"))

    def handle(self, *, port: int, **options: Any) -> None:
        # A socket of our own: while the web server starts, a visitor waits a moment instead of being refused.
        with _listen(port) as listener:
            self.stdout.write(f"Rehearsal is at http://localhost:{port} (Ctrl-C ends it).")
            if settings.DEBUG:
                self.stdout.write(f"Demo account: {settings.DEMO_EMAIL}, password {settings.DEMO_PASSWORD}")
            self.stdout.flush()
            commands = {
                "web server": [*GUNICORN, "--bind", f"fd://{listener.fileno()}"],
                "worker": [*CELERY, "worker", "--queues", "celery,code"],
                "clock": [*CELERY, "beat"],
            }
            supervise(commands, pass_fds=[listener.fileno()])


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port), backlog=512)
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise CommandError(f"Port {port} can't be used ({reason}): try make run PORT=8001") from None
