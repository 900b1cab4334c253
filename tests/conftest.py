"""For every test: passwords that hash fast, and a worker that is never called (tests call what it would do)."""

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def bell() -> Iterator[list[str]]:
    """Every call of the worker in this test, by the task's name, instead of the call itself."""
    rung: list[str] = []

    def note(task: object, *_args: object, **_kwargs: object) -> None:
        rung.append(task.name.rsplit(".", 1)[-1])  # type: ignore[attr-defined]

    with patch("celery.app.task.Task.apply_async", autospec=True, side_effect=note):
        yield rung
