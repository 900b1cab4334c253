"""A process that is killed at random moments and started again a little later."""

import os
import random
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.processes import Family, eventually

OFF_SECONDS = (0.0, 3.0)
LAST_BREATH = 10.0

# A number alone may be given to somebody else meanwhile: with the moment of its start it is one process for ever.
Identity = tuple[int, str]


class Mortal:
    """It lives for so many seconds (from, to), is killed without a warning, and comes back after a moment."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        life: tuple[float, float],
        chance: random.Random,
    ) -> None:
        self._command, self._environment, self._life, self._chance = command, environment, life, chance
        self.starts = self.kills = 0
        self._known: set[Identity] = set()
        self._start()

    def live_on(self, *, may_die: bool) -> None:
        """Look whether its time has come: to die, or to come back."""
        if time.monotonic() < self._turn:
            return
        if not self._is_up:
            self._start()
        elif may_die:
            self._suffer()

    def end(self) -> set[Identity]:
        """End it for good; what it ever started and what is still alive then is given back."""
        if self._is_up:
            self._kill([self._family.head.pid])
        eventually(lambda: not self._leftovers(), within=LAST_BREATH)
        return self._leftovers()

    def _start(self) -> None:
        self._family = Family(self._command, self._environment)
        self._is_up = True
        self.starts += 1
        self._turn = time.monotonic() + self._chance.uniform(*self._life)

    def _suffer(self) -> None:
        """Lose everybody at once, or the head alone, or only what it started: the others have to notice."""
        head = self._family.head.pid
        everybody = [pid for pid, _ in _family_of(head)]
        self._kill(self._chance.choice((everybody, [head], list(_children(head)))))
        self.kills += 1
        span = self._life if self._is_up else OFF_SECONDS
        self._turn = time.monotonic() + self._chance.uniform(*span)

    def _kill(self, victims: Sequence[int]) -> None:
        head = self._family.head.pid
        self._known |= set(_family_of(head))
        for pid in victims:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if head in victims:
            self._is_up = False
            with self._family.head:
                pass  # Leaving it waits for it and closes its pipe.

    def _leftovers(self) -> set[Identity]:
        return {one for one in self._known if _identity(one[0]) == one}


def _family_of(pid: int) -> Iterator[Identity]:
    if identity := _identity(pid):
        yield identity
    for child in _children(pid):
        yield from _family_of(child)


def _children(pid: int) -> Iterator[int]:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            yield from map(int, children.read_text().split())


def _identity(pid: int) -> Identity | None:
    try:
        # After the name, which may hold spaces; a zombie has ended and only waits to be counted.
        facts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if facts[0] == "Z" else (pid, facts[19])
