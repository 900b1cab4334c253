"""For every test: passwords that hash fast, and a worker that is never called (tests call what it would do)."""

import os
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import hypothesis
import pytest
from django.conf import settings
from django.utils import translation

from interview.celery import app
from interview.sandbox import process
from tests.processes import PATIENCE

# A busy machine makes any example slow now and then; what is slow by itself shows in the suite's own time.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


@pytest.fixture(autouse=True, scope="session")
def _patience_with_zygotes() -> Iterator[None]:
    """What loads scikit-learn takes its time where several tests do that at once."""
    with patch.object(process, "_START_SECONDS", PATIENCE):
        yield


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """The language of a test's last request is not that of the next test."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _built_in_scorer(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test's answers leave the machine, whatever this checkout's own .env says."""
    settings.LANGUAGE_MODEL = None
    # For the processes that a test starts.
    monkeypatch.setenv("SCORER_URL", "")


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The broker of this test process alone: Celery keeps its connections, so there is one for all tests."""
    if settings.IS_BROKER_EMBEDDED:
        url = f"embedded://{tmp_path_factory.mktemp('broker')}"
    else:
        number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        url = f"{settings.CELERY_BROKER_URL.rsplit('/', 1)[0]}/{int(number) + 1}"
    # Celery prefers the environment to what it is told.
    if "CELERY_BROKER_URL" in os.environ:
        os.environ["CELERY_BROKER_URL"] = url
    app.conf.broker_url = url
    return url


@pytest.fixture(autouse=True)
def bell() -> Iterator[list[str]]:
    """Every call of the worker in this test, by the task's name, instead of the call itself."""
    rung: list[str] = []

    def note(task: object, *_args: object, **_kwargs: object) -> None:
        rung.append(task.name.rsplit(".", 1)[-1])  # type: ignore[attr-defined]

    with patch("celery.app.task.Task.apply_async", autospec=True, side_effect=note):
        yield rung
