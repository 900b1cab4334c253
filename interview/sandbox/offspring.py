"""A child as the zygote sees it: forked, limited from outside, watched, and ended for certain."""

import math
import os
import resource
import signal
import time
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

from interview.sandbox.jail import Jail
from interview.sandbox.jobs import Limits

_MEGABYTE = 1024 * 1024
_LAST_BREATH_SECONDS, _GRACE_SECONDS = 1.0, 5.0


@dataclass(frozen=True)
class Pipes:
    """One side's ends of the four pipes between a child and its worker, as descriptors."""

    requests: int
    answers: int
    stdout: int
    stderr: int

    @classmethod
    def pairs(cls) -> tuple[Self, Self]:
        """The worker's ends and the child's ends."""
        (child_requests, requests), *others = (os.pipe() for _ in fields(cls))
        return cls(requests, *(pair[0] for pair in others)), cls(
            child_requests, *(pair[1] for pair in others)
        )

    def __iter__(self) -> Any:
        return iter(asdict(self).values())

    def close(self) -> None:
        for end in self:
            os.close(end)


class Child:
    """One forked process for one job."""

    def __init__(self, pid: int, pipes: Pipes) -> None:
        self.pid = pid
        self.pipes = pipes
        self.is_parting = self._is_gone = False
        self._limits = Limits()
        self._resident = self._file_backed = 0
        self._cpu_before = 0.0
        self._reason = ""
        self._patient_until = 0.0
        self._overdue_at = math.inf

    @classmethod
    def fork(cls, jail: Jail) -> "Child | Pipes":
        """A new child in the zygote; in the child itself, its ends of the pipes. OSError where none can be had."""
        ours, theirs = Pipes.pairs()
        try:
            pid = jail.fork()
        except OSError:
            ours.close()
            theirs.close()
            raise
        if pid == 0:
            return theirs
        theirs.close()
        return cls(pid, ours)

    def limit(self, limits: Limits) -> None:
        """Set what a job may use, before its first byte. What the libraries take is not the person's."""
        self._limits = limits
        self._overdue_at = time.monotonic() + limits.wall_seconds + _GRACE_SECONDS
        pages = int(_read(self.pid, "statm").split()[0])
        self._cpu_before = _cpu_seconds(self.pid)
        facts = self._status()
        self._resident, self._file_backed = facts["VmRSS"], facts["RssFile"]
        for which, value in {
            resource.RLIMIT_CPU: int(self._cpu_before) + 1 + limits.cpu_seconds,
            resource.RLIMIT_AS: pages * resource.getpagesize() + limits.memory_mb * _MEGABYTE,
            resource.RLIMIT_NOFILE: limits.files,
        }.items():
            # Soft = hard: code could ignore the soft limit's signal, and in a namespace of its own it would.
            resource.prlimit(self.pid, which, (value, value))

    def watch_threads(self) -> None:
        """The kernel counts threads for a user, not for a process, and for root not at all."""
        if self._status().get("Threads", 0) > self._limits.threads and not self.has_died():
            self._reason = "too many threads"
            os.kill(self.pid, signal.SIGKILL)

    def is_overdue(self) -> bool:
        """Whether its worker should have ended it by now, and must be stopped itself."""
        return time.monotonic() > self._overdue_at

    def part(self, *, patiently: bool) -> None:
        """Its time is over: at once, or after a moment's grace in which it may die by itself."""
        self.is_parting = True
        self._patient_until = time.monotonic() + (_LAST_BREATH_SECONDS if patiently else 0)

    def is_over(self) -> bool:
        """Whether a parting child can be ended."""
        return self.has_died() or time.monotonic() >= self._patient_until

    def remains(self) -> dict[str, Any]:
        """What the kernel knows of it: how it died, if it did, and what it used."""
        if not self.has_died():
            cpu = _cpu_seconds(self.pid) - self._cpu_before
            return {"code": 0, "reason": "", "memory_mb": self._memory_mb(), "cpu_seconds": cpu}
        _, status, usage = os.wait4(self.pid, 0)
        self._is_gone = True
        return {
            "code": os.waitstatus_to_exitcode(status),
            "reason": self._reason,
            "memory_mb": max(0, usage.ru_maxrss - self._resident) / 1024,
            "cpu_seconds": usage.ru_utime + usage.ru_stime - self._cpu_before,
        }

    def end(self) -> None:
        """Kill it, if it hasn't ended by itself. It isn't gone at once: the kernel takes its time to clear up."""
        if not self._is_gone:
            os.kill(self.pid, signal.SIGKILL)

    def is_gone(self) -> bool:
        """Whether nothing is left of it; to be asked, once it has been ended, until it is."""
        if not self._is_gone:
            self._is_gone = os.waitpid(self.pid, os.WNOHANG)[0] == self.pid
        return self._is_gone

    def has_died(self) -> bool:
        """Whether it has ended, however, and waits to be asked how."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def _memory_mb(self) -> float:
        """The most that the code itself took: growth since the job began, less the pages of library files."""
        facts = self._status()
        files = max(0, facts.get("RssFile", 0) - self._file_backed)
        return max(0, facts.get("VmHWM", 0) - self._resident - files) / 1024

    def _status(self) -> dict[str, int]:
        wanted = (b"VmHWM", b"VmRSS", b"RssFile", b"Threads")
        facts = (line.split(b":")[:2] for line in _read(self.pid, "status").splitlines() if b":" in line)
        return {name.decode(): int(value.split()[0]) for name, value in facts if name in wanted}


def _cpu_seconds(pid: int) -> float:
    # Fields 14 and 15, behind a name that may hold anything but ends with the last bracket.
    ticks = _read(pid, "stat").rpartition(b")")[2].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _read(pid: int, name: str) -> bytes:
    """What the kernel tells of a child; in bytes, for a child gives itself any name. Nothing when it is gone."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except OSError:
        return b""
