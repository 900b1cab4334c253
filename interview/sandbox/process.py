"""A child seen from the worker: received from a zygote, spoken to, watched, and given back to be ended."""

import contextlib
import json
import os
import secrets
import selectors
import signal
import socket
import time
from dataclasses import asdict, dataclass
from typing import Any, Self

from interview.sandbox import wire
from interview.sandbox.jobs import Ending, Limits

_START_SECONDS = 25
_CHUNK = 64 * 1024
_GLANCE_SECONDS = 0.1


class NoChild(Exception):
    """No child could be had: a fault of ours."""


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
    """One child of a zygote, for one job: spoken to and watched through the four pipes that lead to it."""

    def __init__(self, address: str, limits: Limits) -> None:
        self._limits = limits
        self._selector = selectors.DefaultSelector()
        self._unsent = b""
        self._printed = 0
        self._has_hung_up = False
        self._remains: Remains | None = None
        with contextlib.ExitStack() as closing:
            closing.callback(self._selector.close)
            self._zygote = closing.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            facts = self._receive_child(address, closing)
            self._closing = closing.pop_all()
        self.versions: dict[str, str] = facts["versions"]
        self.tier: str = facts["tier"]
        self._deadline = time.monotonic() + limits.wall_seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.end()

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The one reply to a request. A reply nobody asked for, or a second one, stops the run."""
        ticket = secrets.token_hex(8)
        self._write({"id": ticket, **request})
        reply = self._read()
        if self._unsent:
            raise Stopped(Ending.FORBIDDEN, "an answer before the end of its question")
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
        """Have the child ended with everything it started, close every pipe, and say how it went."""
        if self._remains is None:
            self._remains = self._hear_of_its_end()
            self._closing.close()
        return self._remains

    def _receive_child(self, address: str, closing: contextlib.ExitStack) -> dict[str, Any]:
        """Wait for a child that is locked in; its clock starts then."""
        self._zygote.settimeout(_START_SECONDS)
        try:
            self._zygote.connect(address)
            self._zygote.send(json.dumps({"limits": asdict(self._limits)}).encode())
            message, ends, _, _ = socket.recv_fds(self._zygote, _CHUNK, 4, socket.MSG_CMSG_CLOEXEC)
        except OSError as problem:
            raise NoChild(f"no zygote answers: {problem}") from problem
        for end in ends:
            closing.callback(os.close, end)
        facts: dict[str, Any] = json.loads(message or b"{}")
        if len(ends) != 4:
            raise NoChild(facts.get("fault", "the zygote ended"))
        self._requests, self._answers, stdout, stderr = ends
        self._outputs = (stdout, stderr)
        self._buffers = {pipe: bytearray() for pipe in (self._answers, stdout, stderr)}
        for pipe in ends:
            os.set_blocking(pipe, False)
        for pipe in self._buffers:
            self._selector.register(pipe, selectors.EVENT_READ)
        return facts

    def _hear_of_its_end(self) -> Remains:
        try:
            with contextlib.suppress(BrokenPipeError):  # It has ended what was overdue, and left word.
                self._zygote.send(json.dumps({"has_hung_up": self._has_hung_up}).encode())
            told = json.loads(self._zygote.recv(_CHUNK) or b"{}")
        except OSError:
            told = {}
        if "code" not in told:
            return Remains(Ending.FAULT, "the zygote ended", memory_mb=0)
        is_spent = told["cpu_seconds"] > self._limits.cpu_seconds - 0.2
        ending, reason = _why(told["code"], is_cpu_spent=is_spent)
        if told["reason"]:
            ending, reason = Ending.FORBIDDEN, told["reason"]
        return Remains(ending, reason, memory_mb=told["memory_mb"])

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
            self._has_hung_up = True
            self._watch()  # The zygote may have ended it, because nobody here had the time to.
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


def _why(code: int, *, is_cpu_spent: bool) -> tuple[Ending, str]:
    if code == -signal.SIGSYS:
        return Ending.FORBIDDEN, "a system call that is not allowed here"
    if code == -signal.SIGKILL:
        # Not by us, and the jail lets no one else: the kernel, for one of two reasons.
        return (Ending.TIME, "processor time") if is_cpu_spent else (Ending.MEMORY, "the machine ran out")
    if code < 0:
        return Ending.ERROR, f"the interpreter crashed ({signal.strsignal(-code) or -code})"
    return Ending.ERROR, "the program ended itself"
