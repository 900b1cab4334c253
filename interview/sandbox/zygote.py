"""The inside of the warm zygote: imports once, keeps isolated children ready, gives one to each job, and ends it.

It has one thread, no secret, and never sees a person's code: that goes from the worker straight to the child, by pipes
that the zygote hands over. The worker says that a run is over, or hangs up; either way the child is ended for certain.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import NoReturn

from interview.sandbox import child, warm, wire
from interview.sandbox.jail import Jail
from interview.sandbox.jobs import Limits
from interview.sandbox.offspring import Child, Pipes

SPARES = 3  # two for a submission, and one for whoever comes meanwhile
# For each zygote: enough that one run that sleeps or computes holds up nobody, and so few that a run which computes for
# all its CPU seconds still gets them within its wall limit. Workers that each run two at once ask for less.
MOST_AT_ONCE = 2 * (os.cpu_count() or 1)
# All children share the zygote's hash seed and addresses, so it doesn't live for ever.
MOST_RUNS, LONGEST_LIFE_SECONDS = 5000, 24 * 3600
WARM, TIRED, RETIRE = b"w", b"t", b"r"
# After a run, for so long, there is no fork but for want of spares: a submission's other run is about to ask.
_GLANCE_SECONDS, _MOMENT_SECONDS, _QUIET_SECONDS = 0.05, 0.002, 0.05
_MESSAGE = 64 * 1024


def main(
    *, listener: int, lifeline: int, program: int, packages: list[str], project: str, has_namespaces: bool
) -> None:
    """Serve until the lifeline breaks. What a fork brings into the world goes on from here as a child."""
    warm.warm(packages)
    sys.path.remove(project)
    os.environ.pop("PWD", None)  # Bubblewrap's.
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    with os.fdopen(program, "rb") as file:
        jail = Jail.build(file.read(), has_namespaces=has_namespaces)
    gc.collect()
    # A collection in a child would otherwise touch, and so copy, every page of the libraries.
    gc.freeze()
    zygote = _Zygote(socket.socket(fileno=listener), socket.socket(fileno=lifeline), jail)
    pipes = zygote.serve()
    # Only children get here; everything of the zygote but the libraries is gone by now.
    child.main(pipes, jail, has_time=not zygote.is_busy)


class _Zygote:
    def __init__(self, listener: socket.socket, lifeline: socket.socket, jail: Jail) -> None:
        self._listener = listener
        self._lifeline = lifeline
        self._jail = jail
        self._versions = warm.versions()
        self._selector = selectors.DefaultSelector()
        self._preparing: list[Child] = []
        self._ready: deque[Child] = deque()
        self._workers: set[socket.socket] = set()  # Whoever is connected: has not asked yet, waits, or runs.
        self._waiting: deque[tuple[socket.socket, Limits]] = deque()
        self._running: dict[socket.socket, Child] = {}
        self._ended: list[Child] = []  # Killed, and not yet gone.
        self._given = 0
        self._born_at = self._last_end = time.monotonic()
        self._is_tired = self._is_retired = self._is_barren = False

    @property
    def is_busy(self) -> bool:
        return bool(self._running or self._waiting)

    def serve(self) -> Pipes:
        """Hand out children for as long as the worker lives; returns in a newborn child only."""
        self._listener.setblocking(False)
        self._watch(self._listener, self._accept)
        self._watch(self._lifeline, self._listen_to_keeper)
        self._lifeline.send(WARM)
        while True:
            if (newborn := self._breed()) is not None:
                self._forget_everything()
                return newborn
            for key, _ in self._selector.select(self._pause()):
                key.data()
            self._look_after_running()
            self._hand_out()
            if self._is_retired and not self._workers:
                self._exit()

    def _pause(self) -> float | None:
        if any(one.is_parting for one in self._running.values()):
            return _MOMENT_SECONDS
        is_short = len(self._preparing) + len(self._ready) < SPARES and not self._is_barren
        return _GLANCE_SECONDS if self.is_busy or is_short or self._ended else None

    def _watch(self, thing: socket.socket | int, act: Callable[[], None]) -> None:
        self._selector.register(thing, selectors.EVENT_READ, act)

    def _breed(self) -> Pipes | None:
        """Fork until there are spares enough; the pipes of its life, in the child."""
        while len(self._preparing) + len(self._ready) < self._wanted():
            try:
                newborn = Child.fork(self._jail)
            except OSError:
                # The machine has no process to spare, or no memory. Who waits may get a spare of before, or the next.
                self._is_barren = True
                return None
            if isinstance(newborn, Pipes):
                return newborn
            self._preparing.append(newborn)
            self._watch(newborn.pipes.answers, partial(self._hear_from_spare, newborn))
        return None

    def _wanted(self) -> int:
        # One that can't lock itself in is tried again only when somebody asks for it.
        if self._is_retired or self._is_barren:
            return len(self._waiting)
        # Forking takes time that a run would have to wait for, unless others wait for a spare already.
        if self._running:
            return max(1, min(len(self._waiting), SPARES))
        return SPARES if time.monotonic() > self._last_end + _QUIET_SECONDS else SPARES - 1

    def _hear_from_spare(self, spare: Child) -> None:
        # Nothing of a person's code is in a spare, so what it says about itself is true.
        self._selector.unregister(spare.pipes.answers)
        self._preparing.remove(spare)
        self._is_barren = os.read(spare.pipes.answers, _MESSAGE) != child.READY
        if not self._is_barren:
            self._ready.append(spare)
            return
        reason = os.read(spare.pipes.stderr, _MESSAGE).decode("utf-8", "replace").strip()
        self._end(spare)
        spare.pipes.close()
        if self._waiting:
            self._refuse(self._waiting.popleft()[0], f"a child could not lock itself in: {reason}")

    def _accept(self) -> None:
        try:
            worker, _ = self._listener.accept()
        except BlockingIOError:
            return  # An older zygote, about to retire, was faster.
        if wire.peer_uid(worker) != os.getuid():
            worker.close()
            return
        worker.setblocking(False)
        self._workers.add(worker)
        self._watch(worker, partial(self._listen_to, worker))

    def _listen_to(self, worker: socket.socket) -> None:
        message = wire.receive(worker)
        if worker in self._running:
            self._part(worker, has_hung_up=message == {"has_hung_up": True})
        elif message and "limits" in message:
            self._waiting.append((worker, Limits(**message["limits"])))
        else:
            self._waiting = deque(waiting for waiting in self._waiting if waiting[0] is not worker)
            self._forget(worker)

    def _hand_out(self) -> None:
        while self._waiting and self._ready and len(self._running) < MOST_AT_ONCE:
            spare = self._ready.popleft()
            if spare.has_died():
                # Not by the doing of the one who would get it: the machine ran out of memory, say.
                spare.pipes.close()
                self._end(spare)
                continue
            worker, limits = self._waiting.popleft()
            spare.limit(limits)
            self._running[worker] = spare
            facts = json.dumps({"versions": self._versions, "tier": self._jail.tier}).encode()
            try:
                socket.send_fds(worker, [facts], list(spare.pipes))
            except OSError:
                self._part(worker, has_hung_up=False)
            spare.pipes.close()
            self._count()

    def _count(self) -> None:
        self._given += 1
        is_old = self._given >= MOST_RUNS or time.monotonic() > self._born_at + LONGEST_LIFE_SECONDS
        if is_old and not self._is_tired:
            self._is_tired = True
            self._lifeline.send(TIRED)

    def _look_after_running(self) -> None:
        for worker, one in list(self._running.items()):
            one.watch_threads()
            if one.is_overdue() or (one.is_parting and one.is_over()):
                self._tell_of_end(worker)
        self._ended = [one for one in self._ended if not one.is_gone()]

    def _part(self, worker: socket.socket, *, has_hung_up: bool) -> None:
        """The worker is through with its child. One that hung up is dying, and of what is worth a moment's wait."""
        one = self._running[worker]
        one.part(patiently=has_hung_up)
        if one.is_over():
            self._tell_of_end(worker)

    def _tell_of_end(self, worker: socket.socket) -> None:
        one = self._running.pop(worker)
        wire.send(worker, one.remains())
        self._forget(worker)
        self._end(one)
        self._last_end = time.monotonic()

    def _end(self, one: Child) -> None:
        # Nobody waits while the kernel clears up, which takes as long as a fork.
        one.end()
        self._ended.append(one)

    def _refuse(self, worker: socket.socket, reason: str) -> None:
        wire.send(worker, {"fault": reason[-2000:]})
        self._forget(worker)

    def _forget(self, worker: socket.socket) -> None:
        self._selector.unregister(worker)
        self._workers.remove(worker)
        worker.close()

    def _listen_to_keeper(self) -> None:
        if self._lifeline.recv(1) != RETIRE:
            self._exit()
        self._is_retired = True
        self._selector.unregister(self._listener)
        self._listener.close()

    def _forget_everything(self) -> None:
        """In a newborn child: collected later, these would close descriptors that mean something else by then."""
        self._selector.close()
        for ours in (self._listener, self._lifeline, *self._workers):
            ours.close()

    def _exit(self) -> NoReturn:
        for one in (*self._preparing, *self._ready, *self._running.values()):
            os.kill(one.pid, signal.SIGKILL)
        os._exit(0)
