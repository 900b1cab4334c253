"""The real product with people in it: `make simulate`. With KILL=10 its web server is killed every ten seconds.

It is served with the settings of production, on a port of its own: on a new SQLite database, or on the one that
DATABASE_URL names.
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import django

from tests.processes import PATIENCE, eventually

if TYPE_CHECKING:
    from tests.test_serve import House

MANAGE = [sys.executable, "manage.py"]


def simulate(database: str, *, people: int, minutes: float, kill: float, seed: int) -> tuple[int, str]:
    """What the simulation printed, and how it ended."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            "DATABASE_URL": database or f"sqlite:///{folder}/db.sqlite3",
            "CELERY_BROKER_URL": f"embedded://{folder}/broker",
            "CACHE_URL": f"filecache://{folder}/cache",
            # Collecting removes files for a moment, and other tests may be reading those of this checkout.
            "STATIC_ROOT": f"{folder}/static",
            "DJANGO_DEBUG": "off",
            "DJANGO_SECRET_KEY": secrets.token_urlsafe(50),
            "DJANGO_ALLOWED_HOSTS": "127.0.0.1",
        }
        os.environ |= surroundings
        django.setup()
        from tests.test_serve import House

        # The web server reads at its start which files there are.
        _manage("collectstatic", "--no-input")
        house = House(database=surroundings["DATABASE_URL"], broker=surroundings["CELERY_BROKER_URL"])
        try:
            _manage("load_questions")
            assert eventually(house.is_whole, within=PATIENCE)
            choice = {
                "people": people,
                "minutes": minutes,
                "seed": seed,
                "url": f"http://127.0.0.1:{house.port}",
            }
            return _run(house, [f"--{name}={value}" for name, value in choice.items()], kill=kill)
        finally:
            house.end()


def _manage(*command: str) -> None:
    subprocess.run([*MANAGE, *command], check=True, stdout=subprocess.DEVNULL)


def _run(house: "House", options: Sequence[str], *, kill: float) -> tuple[int, str]:
    command = [*MANAGE, "simulate_interviews", *options, *(["--server-restarts"] if kill else [])]
    before = _processors()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as simulation:
        try:
            kills = _kill_now_and_then(house, simulation, every=kill)
            assert simulation.stdout
            said = simulation.stdout.read()
        finally:
            simulation.terminate()
    return simulation.returncode, f"{said}{'web server killed':26}{kills}\n{'processors':26}{_use(before)}\n"


def _kill_now_and_then(house: "House", simulation: subprocess.Popen[str], *, every: float) -> int:
    """Kill the web server without a warning every so many seconds (0: never) for as long as people are there."""
    kills = 0
    while every:
        try:
            simulation.wait(every)
            break
        except subprocess.TimeoutExpired:
            if victim := house.child("gunicorn"):
                os.kill(victim, signal.SIGKILL)
                kills += 1
    return kills


def _use(before: Sequence[int]) -> str:
    """How much of this machine everything took since then, and how much its host gave to others."""
    user, nice, system, idle, waiting, *interrupts, stolen = (
        now - then for now, then in zip(_processors(), before, strict=True)
    )
    busy = user + nice + system + sum(interrupts)
    each = (busy + idle + waiting + stolen) / (os.cpu_count() or 1)
    return f"{busy / each:.1f} of {os.cpu_count()} busy, {stolen / each:.1f} taken by the host"


def _processors() -> list[int]:
    return [int(ticks) for ticks in Path("/proc/stat").read_text().split(maxsplit=9)[1:9]]


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--kill", type=float, default=0, help="seconds between two deaths of the web server")
    parser.add_argument("--seed", type=int, default=1)
    choice = vars(parser.parse_args())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interview.settings")
    code, said = simulate(os.environ.get("DATABASE_URL", ""), **choice)
    print(said, end="")
    sys.exit(code)


if __name__ == "__main__":
    main()
