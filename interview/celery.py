"""Work beside the web server: Celery, set up by settings.py, and the clock of the regular jobs."""

import logging
import os
import threading

from celery import Celery
from celery.signals import worker_ready
from kombu.transport import TRANSPORT_ALIASES

from interview.broker import has_consumer
from interview.rules.timing import SWEEP

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interview.settings")
TRANSPORT_ALIASES["embedded"] = "interview.broker:Transport"

logger = logging.getLogger(__name__)

app = Celery("interview", include=["interview.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
# A job that nobody collected in time is of no use any more: the next one does its work.
app.conf.beat_schedule = {
    name: {"task": f"interview.tasks.{name}", "schedule": seconds, "options": {"expires": seconds}}
    for name, seconds in {"sweep_runs": 10, "sweep_interviews": SWEEP.total_seconds()}.items()
}


def warm_sandbox(**_signal: object) -> None:
    """Beside the worker's first tasks, so that nobody's first run waits for imports."""
    if "code" in app.amqp.queues.consume_from:
        threading.Thread(target=_warm_sandbox, name="warm-up", daemon=True).start()


def warm_scorer(**_signal: object) -> None:
    """Nor anybody's first score, where this worker is the one that scores."""
    from interview.actions.follow_up import warm_up_beside

    if app.conf.task_default_queue in app.amqp.queues.consume_from:
        warm_up_beside()


worker_ready.connect(warm_sandbox)
worker_ready.connect(warm_scorer)


def _warm_sandbox() -> None:
    from interview.sandbox.run import SandboxUnavailable, warm_up

    try:
        warm_up()
        # What the judge needs out here, for tables and metrics.
        import pandas  # noqa: F401
        import sklearn.metrics  # noqa: F401
    except SandboxUnavailable as refusal:
        logger.warning("No code can be run yet: %s", refusal)
    except Exception:
        logger.exception("The sandbox could not be warmed up; the first run tries again.")


def has_worker(celery: Celery) -> bool:
    """Whether a living worker waits for code to run."""
    with celery.connection_for_read() as connection:
        if connection.transport.driver_type == "embedded":
            return has_consumer(connection, "code")
        queues = celery.control.inspect(timeout=1, connection=connection).active_queues() or {}
        return any(queue["name"] == "code" for served in queues.values() for queue in served)
