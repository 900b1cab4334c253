"""Kill -9 of the worker in the middle of a run loses nothing: real processes, the settings' database and broker."""

import os
import signal
import sys
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from interview import tasks
from interview.actions.request_run import request_run
from interview.models import Run, RunKind
from tests.factories import make_interview
from tests.processes import PATIENCE, Family, eventually
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.alone

WORKER = [sys.executable, "-m", "celery", "--quiet", "-A", "interview", "worker", "--queues", "celery,code"]
SLOW = "import time\n\ndef twice(number):\n    time.sleep(1.5)\n    return 2 * number\n"


@pytest.fixture
def bell() -> None:
    """Here the worker is really called."""


@pytest.fixture
def environment(transactional_db: None, broker: str) -> dict[str, str]:
    """Sends a worker process to this test's database and broker."""
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        host = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        url = f"postgres://{host}/{database['NAME']}"
    return {"DATABASE_URL": url, "CELERY_BROKER_URL": broker}


def ended(run: Run) -> Callable[[], bool]:
    def look() -> bool:
        run.refresh_from_db()
        return run.is_ended

    return look


def begun(run: Run) -> Callable[[], bool]:
    def look() -> bool:
        run.refresh_from_db()
        return run.starts > 0

    return look


@pytest.mark.usefixtures("sandbox")
def test_a_run_whose_worker_was_killed_ends_once_the_worker_is_back(environment: dict[str, str]) -> None:
    attempt = make_interview(code=True, now=timezone.now()).attempts.get(position=1)
    run = request_run(attempt, kind=RunKind.SUBMIT, source=SLOW, now=timezone.now())
    first = Family(WORKER, environment)
    tasks.run_code.delay(run.pk)
    assert eventually(begun(run), within=PATIENCE)
    for pid in first.members():
        os.kill(pid, signal.SIGKILL)
    first.end()
    run.refresh_from_db()
    assert not run.is_ended

    # The lease runs out, and the clock's next stroke comes.
    Run.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    second = Family(WORKER, environment)
    tasks.sweep_runs.delay()
    assert eventually(ended(run), within=PATIENCE)
    second.end()

    assert (run.starts, run.verdict) == (2, "passed")
