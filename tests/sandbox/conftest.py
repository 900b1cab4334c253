"""Where the self-test says that code can't be run here, tests that run code say so too."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from interview.sandbox import selftest
from interview.sandbox.host import Tier
from tests.require import require
from tests.sandbox.scene import Scene


@cache
def proven(tier: Tier) -> selftest.Report:
    """The report on one tier, whose zygotes serve all tests of this process."""
    return selftest.attack(tiers=[tier])


@pytest.fixture
def sandbox() -> None:
    """For any test that runs code; `from tests.sandbox.conftest import sandbox` brings it elsewhere."""
    report = selftest.self_test()
    require("sandbox", is_here=report.tier)


@pytest.fixture(params=Tier)
def tier(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Tier:
    """Every tier that holds here, one after the other."""
    report = proven(request.param)
    require("sandbox", is_here=report.tier)
    monkeypatch.setattr(selftest, "_proven", report)
    chosen: Tier = request.param
    return chosen


@pytest.fixture
def scene(tier: Tier, tmp_path: Path) -> Iterator[Scene]:
    with Scene(tmp_path) as scene:
        yield scene
