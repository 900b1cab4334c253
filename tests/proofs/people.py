"""People who keep the workers busy: each runs and submits programs of known verdicts, then locks the answer."""

import random
import time
from contextlib import suppress
from functools import partial

from django.db import connection
from django.utils import timezone

from accounts.models import User
from interview import tasks
from interview.actions.errors import TooManyRuns
from interview.actions.lock import lock
from interview.actions.request_run import request_run
from interview.models import Attempt, Run, RunKind, Score
from tests.factories import make_interview

PROGRAMS = {
    "def twice(number):\n    return 2 * number\n": "passed",
    "import time\n\ndef twice(number):\n    time.sleep(0.2)\n    return 2 * number\n": "passed",
    "import numpy as np\n\ndef twice(number):\n    return int(np.add(number, number))\n": "passed",
    "import time\n\ndef twice(number):\n    time.sleep(0.1)\n    return number + 2\n": "failed",
    "def twice(number):\n    raise ValueError(number)\n": "error",
    "import os\n\ndef twice(number):\n    return os.fork()\n": "forbidden",
}
# Every result that is written to a run leaves a line, whoever writes it and however often.
WITNESS = """
CREATE TABLE written (run_id integer);
CREATE TRIGGER witness AFTER UPDATE OF ended_at, verdict, record ON interview_run
BEGIN INSERT INTO written VALUES (NEW.id); END;
"""
IMPATIENCE = 0.0005  # that somebody who waits asks again, at each look


class People:
    """`number` people who ask for `runs` runs within so many seconds, the last one of each by locking the answer."""

    def __init__(self, number: int, *, runs: int, seconds: float, chance: random.Random) -> None:
        self._chance = chance
        self._attempts = [_attempt(each) for each in range(number)]
        self._left = {attempt.pk: runs // number for attempt in self._attempts}
        self._began, self._pace = time.monotonic(), runs / seconds
        self.expected: dict[int, str] = {}
        with connection.cursor() as cursor:
            cursor.connection.executescript(WITNESS)

    def are_asking(self) -> bool:
        return any(self._left.values())

    def are_waiting(self) -> bool:
        return Run.objects.pending().exists() or Score.objects.count() < len(self._attempts)

    def ask(self) -> None:
        """Whoever has a result asks for the next one when it's time, and now and then somebody can't wait for it."""
        waiting = set(Run.objects.pending().values_list("attempt_id", flat=True))
        for attempt in self._chance.sample(self._attempts, len(self._attempts)):
            if len(self.expected) >= self._pace * (time.monotonic() - self._began):
                return
            is_ready = attempt.pk not in waiting or self._chance.random() < IMPATIENCE
            if self._left[attempt.pk] and is_ready:
                with suppress(TooManyRuns):
                    self._ask_once(attempt)

    def _ask_once(self, attempt: Attempt) -> None:
        source, verdict = self._chance.choice(list(PROGRAMS.items()))
        is_last = self._left[attempt.pk] == 1
        write = partial(_lock if is_last else self._run, attempt)
        run = write(source)
        self.expected[run.pk] = verdict
        self._left[attempt.pk] -= 1
        tasks.ring(attempt)

    def _run(self, attempt: Attempt, source: str) -> Run:
        kind = self._chance.choice(list(RunKind))
        return request_run(attempt, kind=kind, source=source, now=timezone.now())


def _attempt(number: int) -> Attempt:
    # Without a password: to make one takes longer than a run.
    user = User.objects.create(email=f"person{number}@example.com")
    return make_interview(user, questions=1, code=True, limit=None, now=timezone.now()).attempts.get()


def _lock(attempt: Attempt, source: str) -> Run:
    # A line that no submit before had: so the lock submits it.
    code = f"{source}# final\n"
    lock(attempt, answer="I would look at the recall first.", code=code, now=timezone.now())
    return attempt.runs.latest("pk")
