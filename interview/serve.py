"""Everything that Rehearsal needs, in one terminal: `python -m interview.serve`. For development.

Not a management command, for those load the whole product first, and a visitor would wait for it twice.
"""

import os
import socket
import sys

from django.conf import settings

from interview.supervisor import supervise

GUNICORN = [sys.executable, "-m", "gunicorn"]
# Pages come first, when the house opens and while somebody's code runs.
CELERY = ["nice", "-n", "5", sys.executable, "-m", "celery", "--quiet", "-A", "interview"]


def main() -> None:
    """Serve on PORT until Ctrl-C."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interview.settings")
    is_development = settings.DEBUG  # Reads .env, too.
    port = os.environ.get("PORT", "8000")
    # A socket of our own: while the web server starts, a visitor waits a moment instead of being refused.
    with _listen(port) as listener:
        print(f"Rehearsal is at http://localhost:{port} (Ctrl-C ends it).")
        if is_development:
            print(f"Demo account: {settings.DEMO_EMAIL}, password {settings.DEMO_PASSWORD}")
        sys.stdout.flush()
        commands = {
            "web server": [*GUNICORN, "--bind", f"fd://{listener.fileno()}"],
            "worker": [*CELERY, "worker", "--queues", "celery,code"],
            "clock": [*CELERY, "beat"],
        }
        supervise(commands, pass_fds=[listener.fileno()])


def _listen(port: str) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", int(port)), backlog=512)
    except (OSError, OverflowError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "not a port"
        sys.exit(f"Port {port} can't be used ({reason}); choose another one: make run PORT=8001")


if __name__ == "__main__":
    main()
