"""Things that a hostile program could harm, and a look at them from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from textwrap import dedent
from typing import Self

from interview.sandbox.jobs import Job, Limits, Outcome
from interview.sandbox.run import run

SECRET = "the-secret-of-this-scene"
_LIMITS = Limits(wall_seconds=3, cpu_seconds=2)


class Scene:
    """A file with a secret, servers that listen, a victim that sleeps; `harm` tells what was done to them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._closing = ExitStack()
        self.file = folder / "secret.txt"
        self.file.write_text(SECRET)
        self.new = folder / "new"
        self._before = self._files()

    def __enter__(self) -> Self:
        self.victim = subprocess.Popen(["sleep", "60"], env={"SECRET": SECRET})
        self._closing.callback(self._end_victim)
        self._victim_before = self._victim_state()
        self._servers = {
            "tcp": _listening(socket.AF_INET, ("127.0.0.1", 0)),
            "udp": _listening(socket.AF_INET, ("127.0.0.1", 0), socket.SOCK_DGRAM),
            "unix": _listening(socket.AF_UNIX, str(self._folder / "unix")),
            "datagram": _listening(socket.AF_UNIX, str(self._folder / "datagram"), socket.SOCK_DGRAM),
            "abstract": _listening(socket.AF_UNIX, f"\0scene-{os.getpid()}-{time.monotonic_ns()}"),
        }
        for server in self._servers.values():
            self._closing.callback(server.close)
        self._before = self._files()
        return self

    def __exit__(self, *problem: object) -> None:
        self._closing.close()

    def attack_in_jail(self, source: str) -> Outcome:
        """Run a program against this scene as a person's code would be run."""
        return run(Job(self._aimed(source), limits=_LIMITS))

    def attack_at_large(self, source: str) -> str:
        """Run the same program unhindered, and give what it printed: the proof that it would do harm."""
        command = [sys.executable, "-I", "-c", self._aimed(source)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=20, check=False, start_new_session=True
        )
        return done.stdout

    def harm(self, printed: str = "") -> set[str]:
        """Everything that isn't as it was, seen without asking the program."""
        seen = {
            "files": self._files() != self._before,
            "victim": self._victim_state() != self._victim_before,
            "secret": SECRET in printed,
            **{name: _has_visitor(server) for name, server in self._servers.items()},
        }
        return {name for name, is_harmed in seen.items() if is_harmed}

    def _aimed(self, source: str) -> str:
        places = {"FILE": str(self.file), "NEW": str(self.new), "VICTIM": self.victim.pid}
        addresses = {name.upper(): server.getsockname() for name, server in self._servers.items()}
        aims = "".join(f"{name} = {value!r}\n" for name, value in {**places, **addresses}.items())
        return aims + dedent(source)

    def _files(self) -> dict[str, object]:
        facts: dict[str, object] = {}
        for path in sorted(self._folder.rglob("*")):
            status = path.lstat()
            content = path.read_text() if path.is_file() else ""
            facts[str(path)] = (status.st_mode, status.st_nlink, status.st_mtime_ns, status.st_uid, content)
        return facts

    def _victim_state(self) -> tuple[object, ...]:
        if self.victim.poll() is not None:
            return ("dead",)
        pid = self.victim.pid
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
        watched = [
            line for line in status if line.startswith(("TracerPid", "Cpus_allowed_list", "State:\tT"))
        ]
        limits = Path(f"/proc/{pid}/limits").read_text()
        return (*watched, os.getpriority(os.PRIO_PROCESS, pid), limits)

    def _end_victim(self) -> None:
        self.victim.send_signal(signal.SIGKILL)
        self.victim.wait()


def _listening(
    family: socket.AddressFamily, address: object, kind: socket.SocketKind = socket.SOCK_STREAM
) -> socket.socket:
    server = socket.socket(family, kind)
    server.bind(address)  # type: ignore[arg-type]
    if kind is socket.SOCK_STREAM:
        server.listen()
    server.setblocking(False)
    return server


def _has_visitor(server: socket.socket) -> bool:
    try:
        if server.type is socket.SOCK_STREAM:
            server.accept()[0].close()
        else:
            server.recv(100)
    except BlockingIOError:
        return False
    return True
