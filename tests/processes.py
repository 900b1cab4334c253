"""A process under test, with everybody who descends from it, and patience."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from uuid import uuid4

# On a machine that is full of tests anything can take seconds; after ten, a run would have ended by itself.
SOON = 9
# Until something has started that loads scikit-learn.
PATIENCE = 60


class Family:
    """A process and its descendants: also those whose parents are gone, for the environment remembers."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        name = uuid4().hex
        self._mark = f"TEST_FAMILY={name}".encode()
        self.head = subprocess.Popen(
            command,
            env={**os.environ, **(environment or {}), "TEST_FAMILY": name},
            stdout=subprocess.PIPE,
            text=True,
        )

    def members(self) -> set[int]:
        return {int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if self._is_ours(path)}

    def children(self) -> dict[int, str]:
        """The command line of each direct child, by its number."""
        head = self.head.pid
        pids = Path(f"/proc/{head}/task/{head}/children").read_text().split()
        return {pid: command_of(pid) for pid in map(int, pids)}

    def end(self) -> None:
        for pid in self.members():
            os.kill(pid, signal.SIGKILL)
        with self.head:
            pass  # Leaving it waits for it and closes its pipe.

    def _is_ours(self, path: Path) -> bool:
        try:
            return self._mark in path.read_bytes().split(b"\0")
        except OSError:
            return False


def descendants(pid: int) -> set[int]:
    """Everybody who descends from a process by living parents, whatever their environment."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _read(task).split()):
            found |= {child} | descendants(child)
    return found


def is_alive(pid: int) -> bool:
    return "State:\tZ" not in (status := _read(Path(f"/proc/{pid}/status"))) and bool(status)


def command_of(pid: int) -> str:
    """Its command line, in one piece; nothing once it has ended."""
    return _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def sometimes(seconds: Callable[[], float], *, below: float) -> bool:
    """Whether it takes less than so many seconds in one of ten tries: a machine that is busy proves nothing."""
    return any(seconds() < below for _try in range(10))


def eventually(holds: Callable[[], bool], *, within: float = SOON) -> bool:
    """Whether it comes true within so many seconds."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
