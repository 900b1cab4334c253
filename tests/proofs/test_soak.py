"""Whatever is killed, and whenever: every run ends, once and rightly. `make soak` has two thousand of them."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from interview.sandbox.selftest import self_test
from tests.require import require

pytestmark = pytest.mark.alone

RUNS = int(os.environ.get("SOAK_RUNS", "40"))
PEOPLE = max(20, RUNS // 50)
SECONDS = RUNS / 5
SEED = 32
# Seconds: both starts lost, so two leases and sweeps, and the queue behind workers that are mostly starting.
LONGEST_WAIT = 180

Report = dict[str, Any]


@pytest.fixture(scope="module", params=["embedded", "redis"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What became of the runs, on a database and a broker of their own."""
    require("sandbox", is_here=self_test().tier)
    folder = tmp_path_factory.mktemp("soak")
    broker = f"embedded://{folder}/broker"
    if request.param == "redis":
        require("redis", is_here=shutil.which("redis-server"))
        broker = f"redis+socket://{folder}/redis"
    report = _soak(folder, broker)
    print(f"\n{request.param}: {json.dumps(report, indent=2)}")
    return report


def _soak(folder: Path, broker: str) -> Report:
    choice = {"runs": RUNS, "people": PEOPLE, "seconds": SECONDS, "seed": SEED, "patience": SECONDS + 240}
    command = [sys.executable, "-m", "tests.proofs.soak", "--life", "4", "20"]
    for name, value in choice.items():
        command += [f"--{name}", str(value)]
    environment = {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "CELERY_BROKER_URL": broker}
    with (folder / "errors").open("w") as errors:
        result = subprocess.run(
            command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=errors, text=True
        )
    assert result.returncode == 0, (folder / "errors").read_text()[-4000:]
    return dict(json.loads(result.stdout))


def test_there_was_fire(report: Report) -> None:
    assert report["runs"] == RUNS // PEOPLE * PEOPLE
    assert sum(report["kills"].values()) >= 2
    assert report["started_twice"] > 0 or RUNS < 500, "a short fire may strike between two runs"


def test_every_run_ends_and_none_is_lost(report: Report) -> None:
    assert (report["lost"], report["pending"]) == (0, 0)
    assert sum(report["verdicts"].values()) == report["runs"]


def test_each_run_gets_exactly_one_result(report: Report) -> None:
    assert report["results_per_run"] == [1]


def test_every_verdict_is_right_and_few_runs_lose_both_their_starts(report: Report) -> None:
    assert report["wrong"] == []
    assert report["not_graded_too_soon"] == 0
    assert report["verdicts"].get("not_graded", 0) <= 2 + RUNS // 100
    assert report["verdicts"].get("cancelled", 0) <= 2 + RUNS // 10, "people are patient"


def test_every_locked_answer_has_its_score(report: Report) -> None:
    assert (report["scores"], report["wrong_scores"]) == (PEOPLE, 0)


def test_nobody_waits_for_ever(report: Report) -> None:
    assert report["longest_wait"] < LONGEST_WAIT


def test_no_process_outlives_those_who_started_it(report: Report) -> None:
    assert report["left_alive"] == 0
