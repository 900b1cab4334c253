"""People take interviews while the web server is killed: not a character is lost. `make simulate` has more of them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.require import require

pytestmark = pytest.mark.alone

# The web server dies in the middle, and perhaps once more when nearly everybody has gone.
CHOICE = {"people": 10, "kill": 9, "seed": 32}
# On a machine that is slow it takes longer until two tabs of a person have met.
MINUTES = (0.3, 0.6, 1.2)


@pytest.fixture(scope="module", params=["SQLite", "PostgreSQL"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the simulation printed, on a server of its own."""
    database = ""
    if request.param == "PostgreSQL":
        database = os.environ.get("TEST_POSTGRES_URL", "")
        require("postgres", is_here=database)
    errors = tmp_path_factory.mktemp("simulation") / "errors"
    for minutes in MINUTES:
        report = _simulate(database, errors, minutes)
        if "0" not in re.findall(r"\d+", report["stale saves"]):
            break
    return report


def _simulate(database: str, errors: Path, minutes: float) -> dict[str, str]:
    options = [f"--{name}={value}" for name, value in {**CHOICE, "minutes": minutes}.items()]
    with errors.open("w") as said:
        result = subprocess.run(
            [sys.executable, "-m", "tests.proofs.simulation", *options],
            env={**os.environ, "DATABASE_URL": database},
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    print(f"\n{result.stdout}")
    assert result.returncode == 0, f"{result.stdout}{errors.read_text()[-4000:]}"
    return {line[:26].strip(): line[26:] for line in result.stdout.splitlines()}


def test_nothing_is_lost_although_the_web_server_is_killed(report: dict[str, str]) -> None:
    assert (report["lost characters"], report["errors"]) == ("0", "0")
    assert int(report["web server killed"]) >= 1


def test_people_really_wrote(report: dict[str, str]) -> None:
    assert int(report["requests"]) >= 4 * CHOICE["people"]
    assert report["autosave"].startswith("p50 ")
    assert int(report["retries"]) > 0


def test_the_wait_for_a_free_thread_is_known(report: dict[str, str]) -> None:
    assert report["waiting for a free thread"].startswith("p99 ")


def test_how_busy_the_machine_was_is_told_too(report: dict[str, str]) -> None:
    busy, most, stolen = map(float, re.findall(r"\d+\.?\d*", report["processors"]))

    assert 0 < busy <= most == os.cpu_count()
    assert 0 <= stolen < most


def test_two_tabs_never_overwrote_each_other(report: dict[str, str]) -> None:
    met, resolved = (int(part.split()[0]) for part in report["stale saves"].split(", "))

    assert met > 0
    assert resolved > 0
