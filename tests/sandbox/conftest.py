"""Where the self-test says that code can't be run here, tests that run code say so too."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from interview.sandbox.selftest import self_test
from tests.require import require
from tests.sandbox.scene import Scene


@pytest.fixture
def sandbox() -> None:
    """For any test that runs code; `from tests.sandbox.conftest import sandbox` brings it elsewhere."""
    report = self_test()
    require("sandbox", is_here=report.tier)


@pytest.fixture
def scene(sandbox: None, tmp_path: Path) -> Iterator[Scene]:
    with Scene(tmp_path) as scene:
        yield scene
