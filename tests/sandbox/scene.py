"""Things that a hostile program could harm, and a look at them from outside."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from textwrap import dedent
from typing import Self

import pyseccomp

from interview.sandbox import warm
from interview.sandbox.jobs import Ending, Job, Limits, Outcome
from interview.sandbox.run import run
from tests.processes import eventually
from tests.sandbox.servers import has_visitor, servers

SECRET = "the-secret-of-this-scene"
PROJECT = Path(__file__).resolve().parents[2]
# Words that stand in the settings of the product, and that nobody in the jail can know.
_OF_THE_PROJECT = "INSTALLED_APPS = ["
_LIMITS = Limits(wall_seconds=3, cpu_seconds=2)
_CALLS = ("clone", "clone3", "openat2", "tgkill", "tkill")
_HONEST = {
    "thin": "print(sum(range(10)))",
    "heavy": "import numpy, pandas; print(pandas.Series(numpy.arange(10)).sum())",
}


@dataclass(frozen=True)
class Loose:
    """How a program at large ended, and what it wrote."""

    code: int
    told: str


class Scene:
    """Files with a secret, servers that listen, a victim that sleeps; `harm` tells what was done to them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._closing = ExitStack()
        # Short enough for the name of a process, and no one else's.
        self._mark = f"m{token_hex(6)}"
        self.file = folder / "secret.txt"
        self.file.write_text(SECRET)
        (folder / ".env").write_text(f"DJANGO_SECRET_KEY={SECRET}")
        with closing(sqlite3.connect(folder / "db.sqlite3")) as database, database:
            database.execute("CREATE TABLE secrets AS SELECT ? AS secret", (SECRET,))

    def __enter__(self) -> Self:
        # A session of its own, so that a program at large that kills its group kills nobody else.
        self.victim = subprocess.Popen(["sleep", "60"], env={"SECRET": SECRET}, start_new_session=True)
        self._closing.callback(self._end_what_is_left)
        # The kernel says that a program has been started a moment before its environment is there.
        assert eventually(lambda: SECRET.encode() in self._victim_file("environ"))
        self._servers = servers(self._folder, self._mark)
        for server in self._servers.values():
            self._closing.callback(server.close)
        self._victim_before = self._victim_state()
        self._files_before = self._files()
        return self

    def __exit__(self, *problem: object) -> None:
        self._closing.close()

    def attack_in_jail(self, source: str, limits: Limits = _LIMITS) -> Outcome:
        """Run a program as a person's code would be run; honest programs before and after it run as ever."""
        source = self._aimed(source)
        kind = warm.kind([source])
        self._demand_honest_results(kind)
        ours = _children()
        outcome = run(Job(source, limits=limits))
        # The kernel takes a moment to clear up after the child itself.
        eventually(lambda: not self.left_processes())
        self._demand_honest_results(kind)
        assert ours <= _children(), "a zygote was killed"
        return outcome

    def attack_at_large(self, source: str, *, under: str = "") -> Loose:
        """Run the same program unhindered: the proof that it does harm."""
        return at_large(self._aimed(source), under=under)

    def harm(self, told: str = "") -> set[str]:
        """Everything that isn't as it was, seen without asking the program."""
        seen = {
            "files": self._files() != self._files_before,
            "victim": self._victim_state() != self._victim_before,
            "secret": SECRET in told,
            "project": _OF_THE_PROJECT in told,
            "processes": bool(self.left_processes()),
            **{name: has_visitor(server) for name, server in self._servers.items()},
        }
        return {name for name, is_harmed in seen.items() if is_harmed}

    def has(self, server: str) -> bool:
        """Whether this machine has a server of that kind."""
        return server in self._servers

    def left_processes(self) -> list[int]:
        """Processes that bear the mark of this scene, in their name or in their command."""
        return [int(place.name) for place in Path("/proc").glob("[0-9]*") if self._is_marked(place)]

    def _demand_honest_results(self, kind: str) -> None:
        outcome = run(Job(_HONEST[kind]))
        assert (outcome.ending, outcome.prints) == (Ending.FINISHED, "45\n"), outcome

    def _aimed(self, source: str) -> str:
        aims = {
            "FILE": str(self.file),
            "NEW": str(self._folder / "new"),
            "FOLDER": str(self._folder),
            "PROJECT": str(PROJECT),
            "VICTIM": self.victim.pid,
            "MARK": self._mark,
            "CALLS": {name: pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in _CALLS},
            **{name.upper(): server.getsockname() for name, server in self._servers.items()},
        }
        return "".join(f"{name} = {value!r}\n" for name, value in aims.items()) + dedent(source)

    def _files(self) -> dict[str, object]:
        facts: dict[str, object] = {}
        for path in sorted(self._folder.rglob("*")):
            status = path.lstat()
            content = path.read_bytes() if path.is_file() else b""
            facts[str(path)] = (status.st_mode, status.st_nlink, status.st_mtime_ns, status.st_uid, content)
        return facts

    def _victim_state(self) -> tuple[object, ...]:
        if self.victim.poll() is not None:
            return ("dead",)
        pid = self.victim.pid
        told = (b"TracerPid", b"Cpus_allowed_list", b"State:\tT")
        try:
            status = [line for line in self._victim_file("status").splitlines() if line.startswith(told)]
            files = [self._victim_file(name) for name in ("limits", "environ", "oom_score_adj")]
            return (*status, *files, os.getpriority(os.PRIO_PROCESS, pid), os.sched_getscheduler(pid))
        except (ProcessLookupError, PermissionError):
            return ("dying",)

    def _victim_file(self, name: str) -> bytes:
        return Path(f"/proc/{self.victim.pid}", name).read_bytes()

    def _is_marked(self, place: Path) -> bool:
        try:
            return self._mark.encode() in (place / "comm").read_bytes() + (place / "cmdline").read_bytes()
        except OSError:
            return False

    def _end_what_is_left(self) -> None:
        for pid in self.left_processes():
            os.kill(pid, signal.SIGKILL)
        self.victim.kill()
        self.victim.wait()


def at_large(source: str, *, under: str = "") -> Loose:
    """Run a program unhindered, with another one as its parent if need be, and tell how it went."""
    command = [sys.executable, "-I", "-c", dedent(source)]
    if under:
        command = [sys.executable, "-I", "-c", under, *command]
    # A file, for the end of a pipe would be waited for until whatever the program has started ends too.
    # Python 3.12 lets threads that print at once write each other's memory, which may be no text.
    with tempfile.TemporaryFile("w+", errors="replace") as told:
        done = subprocess.run(
            command, stdout=told, stderr=told, timeout=60, check=False, start_new_session=True, cwd="/"
        )
        told.seek(0)
        return Loose(done.returncode, told.read())


@contextmanager
def let_loose(sources: Iterable[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """These programs running unhindered at the same time, for a while."""
    with ExitStack() as ending:
        programs = []
        for source in sources:
            command = [sys.executable, "-I", "-c", dedent(source)]
            programs.append(subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/"))
            ending.callback(programs[-1].wait)
            ending.callback(programs[-1].kill)
        yield programs


def _children() -> set[int]:
    return {
        int(child)
        for task in Path("/proc/self/task").glob("*/children")
        for child in task.read_text().split()
    }
