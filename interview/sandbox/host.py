"""The outside of the warm zygotes: keeps them running for as long as this process lives, and leads runs to them.

One zygote is thin, one has the heavy packages loaded. One that dies is started again, one that tires is followed by
another; the socket at which they are reached stays the same, and whoever knocks meanwhile waits a moment.
"""

import contextlib
import json
import logging
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from interview.sandbox import bubblewrap, warm, zygote

_PROJECT = str(Path(__file__).resolve().parents[2])
_START = (
    "import sys; sys.path.append({project!r}); from interview.sandbox.zygote import main;"
    "main(listener={listener}, lifeline={lifeline}, program={program}, packages={packages}, project={project!r},"
    "has_namespaces={is_a})"
)
_PAUSE_SECONDS = 1.0
_SHOWN = 1000
_QUESTION = 64 * 1024
_log = logging.getLogger(__name__)


class Tier(StrEnum):
    """A: bubblewrap and namespaces around all that B has. B: seccomp, Landlock, limits; needs no privilege."""

    A = "A"
    B = "B"


class Zygotes:
    """The thin and the heavy zygote of one tier; each is started when it is first asked for."""

    def __init__(self, tier: Tier, folder: Path | None = None) -> None:
        self._tier = tier
        self._folder = folder
        self._lock = threading.Lock()
        self._keepers: dict[str, Keeper] = {}

    def address(self, kind: str) -> str:
        """Where a zygote of this kind listens; starts it if nobody has."""
        with self._lock:
            if kind not in self._keepers:
                # Without a folder an abstract name: no file to leave behind, and only this user gets an answer.
                address = str(self._folder / kind) if self._folder else f"\0rehearsal-{secrets.token_hex(16)}"
                self._keepers[kind] = Keeper(kind, self._tier, address)
            return self._keepers[kind].address

    def close(self) -> None:
        """End both."""
        with self._lock:
            for keeper in self._keepers.values():
                keeper.close()
            self._keepers.clear()


@dataclass(frozen=True)
class Service:
    """Zygotes that another process keeps (interview.sandbox.serve), by the folder of their sockets."""

    folder: Path

    def address(self, kind: str) -> str:
        """Where a zygote of this kind listens."""
        return str(self.folder / kind)


class Keeper:
    """Keeps one zygote running."""

    def __init__(self, kind: str, tier: Tier, address: str) -> None:
        self.address = address
        self._kind = kind
        self._tier = tier
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if not address.startswith("\0"):
            Path(address).unlink(missing_ok=True)
        self._listener.bind(address)
        self._listener.listen(128)
        self._listener.setblocking(False)
        self._lock = threading.Lock()
        self._is_closed = threading.Event()
        self._current = _Started(kind, tier, self._listener)
        # A thread that never ends, and no signal of a parent's death: the kernel sends that when a thread ends.
        threading.Thread(target=self._keep, name=f"keeper of the {kind} zygote", daemon=True).start()

    @property
    def pid(self) -> int:
        """The process that was started last: the zygote, in tier A the bubblewrap around it."""
        return self._current.popen.pid

    def close(self) -> None:
        """End the zygote, and refuse whoever knocks from now on."""
        with self._lock:
            self._is_closed.set()
            self._current.let_go()
            self._listener.close()

    def _keep(self) -> None:
        while not self._is_closed.is_set():
            word = self._current.listen()
            if word == zygote.TIRED:
                tired = self._current
                self._start_another()
                self._current.listen()
                tired.retire()
            elif not word and not self._is_closed.is_set():
                self._learn_why()
                self._start_another()
        self._current.popen.wait()

    def _start_another(self) -> None:
        while True:
            try:
                with self._lock:
                    if not self._is_closed.is_set():
                        self._current = _Started(self._kind, self._tier, self._listener)
                return
            except OSError:
                # No memory, no process to be had: that may pass.
                _log.exception("No %s zygote can be started.", self._kind)
                self._is_closed.wait(_PAUSE_SECONDS)

    def _learn_why(self) -> None:
        words = self._current.last_words()
        _log.error("The %s zygote ended (%s): starting it again.", self._kind, words)
        if not self._current.was_warm:
            self._refuse_who_waits(words)
        if time.monotonic() < self._current.started_at + _PAUSE_SECONDS:
            self._is_closed.wait(_PAUSE_SECONDS)

    def _refuse_who_waits(self, reason: str) -> None:
        """Tell those who wait for a zygote that can't get warm; who asks later waits for the next one."""
        with contextlib.suppress(OSError):
            while True:
                worker, _ = self._listener.accept()
                with worker, contextlib.suppress(OSError):
                    # An answer is lost where the question lies unread.
                    worker.recv(_QUESTION)
                    worker.send(json.dumps({"fault": reason}).encode())


class _Started:
    """One zygote's process, and the line that it lives by: when our end goes, however we end, so does it."""

    def __init__(self, kind: str, tier: Tier, listener: socket.socket) -> None:
        self.was_warm = False
        self.started_at = time.monotonic()
        self._lifeline, theirs = socket.socketpair()
        # Imported here, for without libseccomp it can't be, and the self-test has to say so.
        from interview.sandbox.syscalls import compile_program

        program = _file_of(compile_program())
        project = bubblewrap.PROJECT if tier is Tier.A else _PROJECT
        start = _START.format(
            project=project,
            listener=listener.fileno(),
            lifeline=theirs.fileno(),
            program=program.fileno(),
            packages=warm.PACKAGES[kind],
            is_a=tier is Tier.A,
        )
        command = [os.path.abspath(sys.executable), "-I", "-B", "-X", "utf8", "-c", start]
        self._words = _file_of(b"")
        with theirs, program:
            # An environment and a session of its own, no file of ours, and a folder that isn't ours.
            self.popen = subprocess.Popen(
                bubblewrap.around(command) if tier is Tier.A else command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._words,
                env=warm.ENVIRONMENT,
                cwd="/",
                pass_fds=(listener.fileno(), theirs.fileno(), program.fileno()),
                start_new_session=True,
            )

    def listen(self) -> bytes:
        """The next word of the zygote: that it is warm, or tired; nothing when it has ended."""
        word = self._lifeline.recv(1)
        self.was_warm = self.was_warm or word == zygote.WARM
        return word

    def retire(self) -> None:
        """Let it end what it has begun, and wait for that; a run's limits see to it that this ends."""
        with contextlib.suppress(OSError):  # It may have died meanwhile.
            self._lifeline.send(zygote.RETIRE)
        self.last_words()

    def let_go(self) -> None:
        with contextlib.suppress(OSError):
            self._lifeline.shutdown(socket.SHUT_RDWR)

    def last_words(self) -> str:
        """What it said before it ended."""
        code = self.popen.wait()
        self._lifeline.close()
        with self._words as words:
            words.seek(0)
            said = words.read().decode("utf-8", "replace").strip()
        return said[-_SHOWN:] or f"it ended with {code}"


def _file_of(content: bytes) -> IO[bytes]:
    """A file in memory, without a name."""
    file = os.fdopen(os.memfd_create("sandbox"), "w+b")
    file.write(content)
    file.seek(0)
    return file
