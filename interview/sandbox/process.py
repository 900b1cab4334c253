"""A child seen from outside: started without anything of ours, spoken to, watched, and ended for certain."""

import contextlib
import os
import secrets
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from interview.sandbox import wire
from interview.sandbox.jobs import Ending, Limits
from interview.sandbox.warm import ENVIRONMENT

_PROJECT = str(Path(__file__).resolve().parents[2])
_START = (
    "import sys; sys.path.append({project!r}); from interview.sandbox.child import main;"
    "main(parent={parent}, requests={requests}, answers={answers}, project={project!r})"
)
_START_SECONDS = 25
_CHUNK = 64 * 1024
_GLANCE_SECONDS = 0.1
_LAST_BREATH_SECONDS = 1.0


class Stopped(Exception):
    """The child will say no more. `ending` is None where only its exit status can tell why."""

    def __init__(self, ending: Ending | None, reason: str = "") -> None:
        super().__init__(reason)
        self.ending = ending
        self.reason = reason


@dataclass(frozen=True)
class Remains:
    """What the kernel tells of a child that has ended."""

    ending: Ending
    reason: str
    memory_mb: float


class Process:
    """One jailed interpreter for one job. A warm zygote can later hand them out, with the same four pipes."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._selector = selectors.DefaultSelector()
        self._unsent = b""
        self._printed = 0
        self._cpu_before = 0.0
        self._is_ready = False
        self._hung_up = False
        self._deadline = time.monotonic() + _START_SECONDS
        with contextlib.ExitStack() as ours:
            ours.callback(self._selector.close)
            self._popen = self._spawn(ours)
            self._closing = ours.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        if self._popen.returncode is None:
            self.end()

    def prepare(self, packages: Sequence[str]) -> dict[str, str]:
        """Wait until the child has imported the packages and locked itself in; then its clock starts."""
        self._write({"packages": packages, "limits": asdict(self._limits)})
        ready = self._read()
        self._is_ready = True
        self._cpu_before = ready["cpu_seconds"]
        self._deadline = time.monotonic() + self._limits.wall_seconds
        return dict(ready["ready"])

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The one reply to a request. A reply nobody asked for, or a second one, stops the run."""
        ticket = secrets.token_hex(8)
        self._write({"id": ticket, **request})
        reply = self._read()
        while self._pump(0):
            pass
        if reply.get("id") != ticket or self._buffers[self._answers]:
            raise Stopped(Ending.FORBIDDEN, "an answer that was not asked for")
        return reply

    def take_output(self) -> tuple[str, str]:
        """What was written to standard output and to standard error since the last time."""
        texts = [bytes(self._buffers[pipe]).decode("utf-8", "backslashreplace") for pipe in self._outputs]
        for pipe in self._outputs:
            self._buffers[pipe].clear()
        return texts[0], texts[1]

    def end(self) -> Remains:
        """End the child with everything it started, close every pipe, and say how it went."""
        # A child that hung up is dying, and of what is worth a moment's wait; any other is killed at once.
        until = time.monotonic() + (_LAST_BREATH_SECONDS if self._hung_up else 0)
        while (has_died := self._has_died()) is False and time.monotonic() < until:
            time.sleep(0.002)
        peak = self._look("VmHWM") / 1024
        os.killpg(self._popen.pid, signal.SIGKILL)
        _, status, usage = os.wait4(self._popen.pid, 0)
        self._popen.returncode = os.waitstatus_to_exitcode(status)
        self._closing.close()
        cpu = usage.ru_utime + usage.ru_stime - self._cpu_before
        spent = cpu > self._limits.cpu_seconds - 0.2
        ending, reason = _why(self._popen.returncode if has_died else 0, is_cpu_spent=spent)
        return Remains(ending=ending, reason=reason, memory_mb=peak or usage.ru_maxrss / 1024)

    def _spawn(self, ours: contextlib.ExitStack) -> subprocess.Popen[bytes]:
        with contextlib.ExitStack() as theirs:
            requests, self._requests = _pipe(reader=theirs, writer=ours)
            self._answers, answers = _pipe(reader=ours, writer=theirs)
            stdout, out = _pipe(reader=ours, writer=theirs)
            stderr, err = _pipe(reader=ours, writer=theirs)
            self._outputs = (stdout, stderr)
            self._buffers = {pipe: bytearray() for pipe in (self._answers, stdout, stderr)}
            for pipe in (self._requests, *self._buffers):
                os.set_blocking(pipe, False)
            for pipe in self._buffers:
                self._selector.register(pipe, selectors.EVENT_READ)
            start = _START.format(project=_PROJECT, parent=os.getpid(), requests=requests, answers=answers)
            # An environment and a session of its own, no file of ours, and a folder that isn't ours.
            return subprocess.Popen(
                [sys.executable, "-I", "-B", "-X", "utf8", "-c", start],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=ENVIRONMENT,
                cwd="/",
                pass_fds=(requests, answers),
                start_new_session=True,
            )

    def _write(self, message: dict[str, Any]) -> None:
        self._unsent = wire.to_line(message)
        self._selector.register(self._requests, selectors.EVENT_WRITE)

    def _read(self) -> dict[str, Any]:
        buffer = self._buffers[self._answers]
        while b"\n" not in buffer:
            self._pump(_GLANCE_SECONDS)
        line, _, rest = bytes(buffer).partition(b"\n")
        buffer[:] = rest
        try:
            return wire.parse(line)
        except ValueError:
            raise Stopped(Ending.FORBIDDEN, "an answer that can't be read") from None

    def _pump(self, timeout: float) -> bool:
        """Move the bytes that can be moved, keep an eye on the limits, and say if anything moved."""
        events = self._selector.select(timeout)
        for key, _ in events:
            if key.fd == self._requests:
                self._send_some()
            else:
                self._receive_some(key.fd)
        self._watch()
        return bool(events)

    def _send_some(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._requests, self._unsent) :]
        except BrokenPipeError:
            self._unsent = b""
        if not self._unsent:
            self._selector.unregister(self._requests)

    def _receive_some(self, pipe: int) -> None:
        data = os.read(pipe, _CHUNK)
        self._buffers[pipe] += data
        if not data:
            self._selector.unregister(pipe)
        if not data and pipe == self._answers:
            self._hung_up = True
            raise Stopped(None)
        if pipe in self._outputs:
            self._printed += len(data)

    def _watch(self) -> None:
        if time.monotonic() > self._deadline:
            raise Stopped(Ending.TIME, "wall clock")
        if self._printed > self._limits.output_bytes:
            raise Stopped(Ending.OUTPUT, "too much was printed")
        if len(self._buffers[self._answers]) > self._limits.answer_bytes:
            raise Stopped(Ending.OUTPUT, "too large a value was returned")
        # The kernel counts threads for a user, not for a process, and for root not at all.
        if self._is_ready and self._look("Threads") > self._limits.threads:
            raise Stopped(Ending.FORBIDDEN, "too many threads")

    def _look(self, what: str) -> int:
        try:
            status = Path(f"/proc/{self._popen.pid}/status").read_text()
        except OSError:
            return 0
        return next((int(line.split()[1]) for line in status.splitlines() if line.startswith(f"{what}:")), 0)

    def _has_died(self) -> bool:
        return os.waitid(os.P_PID, self._popen.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _pipe(*, reader: contextlib.ExitStack, writer: contextlib.ExitStack) -> tuple[int, int]:
    ends = os.pipe()
    reader.callback(os.close, ends[0])
    writer.callback(os.close, ends[1])
    return ends


def _why(code: int, *, is_cpu_spent: bool) -> tuple[Ending, str]:
    if code == -signal.SIGSYS:
        return Ending.FORBIDDEN, "a system call that is not allowed here"
    if code == -signal.SIGKILL:
        # Not by us, and the jail lets no one else: the kernel, for one of two reasons.
        return (Ending.TIME, "processor time") if is_cpu_spent else (Ending.MEMORY, "the machine ran out")
    if code < 0:
        return Ending.ERROR, f"the interpreter crashed ({signal.Signals(-code).name})"
    return Ending.ERROR, "the program ended itself"
