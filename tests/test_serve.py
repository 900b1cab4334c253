"""The whole house as `make run` starts it: it opens soon, mends itself, and leaves nobody behind."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import Celery
from celery.signals import worker_ready

from interview.celery import app, has_worker
from interview.sandbox.run import SandboxUnavailable
from interview.tasks import run_code
from tests.processes import PATIENCE, Family, command_of, descendants, eventually, is_alive, sometimes
from tests.require import require

pytestmark = pytest.mark.alone

MIGRATE = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
SERVE = [sys.executable, "-m", "interview.serve"]


class House(Family):
    """A house with a database, a broker and a port of its own."""

    def __init__(self, *, database: str, broker: str) -> None:
        self.port = _free_port()
        self.celery = Celery(broker=broker, set_as_current=False)
        environment = {"DATABASE_URL": database, "CELERY_BROKER_URL": broker, "PORT": str(self.port)}
        subprocess.run(MIGRATE, env={**os.environ, **environment}, check=True)
        self.started_at = time.monotonic()
        super().__init__(SERVE, environment)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    def child(self, word: str) -> int:
        return next((pid for pid, command in self.children().items() if word in command), 0)

    def zygotes(self) -> dict[str, int]:
        """Both kinds, by the word that tells them apart, as soon as each has a run in waiting."""
        found = {}
        for pid in descendants(self.head.pid):
            command = command_of(pid)
            if "zygote" in command and "bwrap" not in command and descendants(pid):
                found["heavy" if "sklearn" in command else "thin"] = pid
        return found

    def is_whole(self) -> bool:
        return self.answers() and has_worker(self.celery) and self.child("beat") > 0

    def is_warm(self) -> bool:
        return self.is_whole() and len(self.zygotes()) == 2


def _seconds_to_open(folder: Path) -> float:
    house = House(database=f"sqlite:///{folder}/db.sqlite3", broker=f"embedded://{folder}/broker")
    try:
        assert eventually(house.answers, within=PATIENCE)
        return time.monotonic() - house.started_at
    finally:
        house.end()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture(params=["nothing installed", "PostgreSQL and Redis"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Where a house keeps what it has to keep."""
    monkeypatch.delenv("CELERY_BROKER_URL", raising=False)  # Celery would prefer it to what it is told.
    if request.param == "nothing installed":
        return {"database": f"sqlite:///{tmp_path}/db.sqlite3", "broker": f"embedded://{tmp_path}/broker"}
    database, broker = os.environ.get("TEST_POSTGRES_URL"), os.environ.get("TEST_REDIS_URL")
    require("postgres", is_here=database)
    require("redis", is_here=broker)
    return {"database": str(database), "broker": str(broker)}


@pytest.fixture
def house(place: dict[str, str]) -> Iterator[House]:
    house = House(**place)
    yield house
    house.end()


def test_it_opens_within_three_seconds(tmp_path: Path) -> None:
    assert sometimes(lambda: _seconds_to_open(tmp_path), below=3)


def test_ctrl_c_ends_it_within_two_seconds(place: dict[str, str]) -> None:
    assert sometimes(lambda: _seconds_to_end(House(**place)), below=2)


def _seconds_to_end(house: House) -> float:
    try:
        assert eventually(house.is_warm, within=PATIENCE)
        everybody, began = descendants(house.head.pid), time.monotonic()
        house.head.send_signal(signal.SIGINT)

        assert house.head.wait() == 0
        seconds = time.monotonic() - began
        assert house.members() == set()
        assert eventually(lambda: not any(map(is_alive, everybody)))
        assert house.head.stdout
        assert f"http://localhost:{house.port}" in house.head.stdout.read()
        return seconds
    finally:
        house.end()


def test_whoever_is_killed_comes_back_and_leaves_nobody(house: House) -> None:
    for word in ("gunicorn", "beat", "worker"):
        _kill_and_await_another(house, word)


def _kill_and_await_another(house: House, word: str) -> None:
    assert eventually(house.is_warm, within=PATIENCE)
    everybody, victim = len(house.members()), house.child(word)
    its_own = {victim} | descendants(victim)
    os.kill(victim, signal.SIGKILL)

    assert eventually(lambda: not any(map(is_alive, its_own)))
    assert eventually(lambda: house.child(word) not in (0, victim))
    assert eventually(house.is_warm, within=PATIENCE)
    assert eventually(lambda: len(house.members()) == everybody)


def test_a_zygote_that_is_killed_comes_back_and_takes_its_spares_along(house: House) -> None:
    for kind in ("thin", "heavy"):
        _kill_zygote_and_await_another(house, kind)


def _kill_zygote_and_await_another(house: House, kind: str) -> None:
    assert eventually(house.is_warm, within=PATIENCE)
    worker, before = house.child("worker"), house.zygotes()
    its_own = {before[kind]} | descendants(before[kind])
    os.kill(before[kind], signal.SIGKILL)

    assert eventually(lambda: not any(map(is_alive, its_own)))
    assert eventually(house.is_warm, within=PATIENCE)
    assert house.zygotes() == before | {kind: house.zygotes()[kind]}
    assert house.child("worker") == worker


def test_nobody_outlives_a_supervisor_that_was_killed(house: House) -> None:
    assert eventually(house.is_warm, within=PATIENCE)
    everybody = descendants(house.head.pid)
    house.head.kill()

    assert eventually(lambda: house.members() == set())
    assert eventually(lambda: not any(map(is_alive, everybody)))


@pytest.mark.parametrize("why", ["Address already in use", "not a port"])
def test_a_port_that_cannot_be_used_gets_one_clear_sentence(why: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = "http" if why == "not a port" else str(taken.getsockname()[1])
        result = subprocess.run(SERVE, env={**os.environ, "PORT": port}, capture_output=True, text=True)

    assert result.returncode == 1
    assert result.stderr == f"Port {port} can't be used ({why}); choose another one: make run PORT=8001\n"


def test_the_clock_rings_for_tasks_that_exist() -> None:
    app.finalize()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_a_run_goes_to_the_queue_of_the_workers_that_run_code() -> None:
    assert run_code.app is app
    assert app.amqp.router.route({}, run_code.name)["queue"].name == "code"


@pytest.mark.parametrize("queues", [{"celery"}, {"code"}, {"celery", "code"}])
def test_a_worker_warms_up_what_it_will_need(queues: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox, scorer = threading.Event(), threading.Event()
    monkeypatch.setattr("interview.sandbox.run.warm_up", sandbox.set)
    monkeypatch.setattr("interview.actions.follow_up.warm_up", scorer.set)
    monkeypatch.setattr(app.amqp.queues, "_consume_from", queues)

    worker_ready.send(sender=None)

    assert sandbox.wait(1) is ("code" in queues)
    assert scorer.wait(1) is ("celery" in queues)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (SandboxUnavailable(probe="Landlock", reason="none", mend="Boot another"), "Landlock: none"),
        (OSError("no memory"), "could not be warmed up"),
    ],
)
def test_a_worker_goes_on_where_the_sandbox_cannot_be_warmed(
    problem: Exception, said: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise problem

    monkeypatch.setattr("interview.sandbox.run.warm_up", fail)
    monkeypatch.setattr(app.amqp.queues, "_consume_from", {"code"})

    worker_ready.send(sender=None)

    assert eventually(lambda: said in caplog.text)
