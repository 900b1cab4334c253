"""Runs under fire: real workers, clock and broker in processes of their own, killed at random moments.

To be started by test_soak.py, which gives it a database and a broker of its own; it prints what became of the runs.
"""

import dataclasses
import json
import os
import random
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

import django
from django.core.management import call_command
from django.db import connection
from django.db.models import F, Max

from tests.proofs.mortal import Mortal

CELERY = [sys.executable, "-m", "celery", "--quiet", "-A", "interview"]
WORKER = [*CELERY, "worker", "--queues", "celery,code"]
CLOCK = [*CELERY, "beat"]
# Nothing is kept on a disk: what waits in Redis dies with it.
REDIS = ["redis-server", "--port", "0", "--save", "", "--loglevel", "warning"]
GLANCE = 0.05
FOR_EVER = (1e9, 1e9)


@dataclass(frozen=True)
class Report:
    """What became of the runs that people asked for."""

    seconds: float
    runs: int
    lost: int
    pending: int
    results_per_run: list[int]
    verdicts: dict[str, int]
    wrong: list[str]
    not_graded_too_soon: int
    started_twice: int
    scores: int
    wrong_scores: int
    longest_wait: float
    kills: dict[str, int]
    left_alive: int


def soak(
    *, runs: int, people: int, seconds: float, life: tuple[float, float], seed: int, patience: float
) -> Report:
    """Have the people ask for the runs while everything around them dies; then wait for what is still to come."""
    from tests.proofs.people import People

    chance = random.Random(seed)
    crowd = People(people, runs=runs, seconds=seconds, chance=chance)
    began, house = time.monotonic(), _house(life, chance)
    try:
        while (crowd.are_asking() or crowd.are_waiting()) and time.monotonic() < began + patience:
            crowd.ask()
            for mortal in house.values():
                mortal.live_on(may_die=time.monotonic() < began + seconds)
            time.sleep(GLANCE)
    finally:
        left = [mortal.end() for mortal in house.values()]
    kills = {name: mortal.kills for name, mortal in house.items() if mortal.kills}
    return _report(crowd.expected, time.monotonic() - began, kills, sum(map(len, left)))


def _house(life: tuple[float, float], chance: random.Random) -> dict[str, Mortal]:
    broker = urlsplit(os.environ["CELERY_BROKER_URL"])
    commands = {"worker 1": WORKER, "worker 2": WORKER}
    if broker.scheme.startswith("redis"):
        commands["redis"] = [*REDIS, "--unixsocket", broker.path]
    house = {name: Mortal(command, {}, life=life, chance=chance) for name, command in commands.items()}
    return house | {"clock": Mortal(CLOCK, {}, life=FOR_EVER, chance=chance)}


def _report(expected: dict[int, str], seconds: float, kills: dict[str, int], left_alive: int) -> Report:
    from interview.actions.runs import MOST_STARTS
    from interview.models import Run, Score

    ended = Run.objects.ended()
    facts = list(ended.values_list("pk", "verdict", "starts"))
    not_graded = [starts for _, verdict, starts in facts if verdict == "not_graded"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM written GROUP BY run_id")
        results = sorted({int(row[0]) for row in cursor.fetchall()})
    scores = list(Score.objects.values_list("code", "code_run__verdict"))
    excused = ("cancelled", "not_graded")
    longest = ended.aggregate(wait=Max(F("ended_at") - F("queued_at")))["wait"]
    return Report(
        seconds=round(seconds),
        runs=len(expected),
        lost=len(expected.keys() - set(Run.objects.values_list("pk", flat=True))),
        pending=Run.objects.pending().count(),
        results_per_run=results,
        verdicts=dict(Counter(verdict for _, verdict, _ in facts)),
        wrong=[f"{pk}: {v}, not {expected[pk]}" for pk, v, _ in facts if v not in (expected[pk], *excused)],
        not_graded_too_soon=sum(starts < MOST_STARTS for starts in not_graded),
        started_twice=sum(starts > 1 for _, _, starts in facts),
        scores=len(scores),
        wrong_scores=sum((code == 100) != (verdict == "passed") for code, verdict in scores),
        longest_wait=round(longest.total_seconds(), 1) if longest else 0,
        kills=kills,
        left_alive=left_alive,
    )


def main() -> None:
    """Soak a new, empty database, and print the report as JSON."""
    parser = ArgumentParser()
    parser.add_argument("--runs", type=int, required=True)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--life", type=float, nargs=2, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--patience", type=float, required=True)
    choice = vars(parser.parse_args())
    django.setup()
    call_command("migrate", verbosity=0)
    report = soak(**choice | {"life": tuple(choice["life"])})
    print(json.dumps(dataclasses.asdict(report)))


if __name__ == "__main__":
    main()
