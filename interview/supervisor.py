"""Keeps a few processes running for as long as this one lives, and not a moment longer."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
GRACE = 1.0  # seconds from the request to end to the end
RESTART_PAUSE = 3  # seconds between two starts, for one that can't start at all
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)


class Child(subprocess.Popen[bytes]):
    """A process that remembers when it was started."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        # Left unreaped, so that nobody else gets its number before its group is killed.
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def kill_group(self) -> None:
        """End what is left of it and of the processes that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.wait()


def supervise(commands: Mapping[str, Sequence[str]], *, pass_fds: Sequence[int] = ()) -> None:
    """Run the commands until this process is told to stop; one that ends is started again.

    To be called from the main thread: the kernel's death signal follows the thread that started a child.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
    children: dict[str, Child] = {}
    try:
        while True:
            for name, command in commands.items():
                _keep_running(children, name, command, pass_fds)
            # Waiting for a signal is also the pause between two looks.
            if signal.sigtimedwait(STOP, 0.5):
                return
    finally:
        _stop(list(children.values()))


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent's thread ends, however that comes about."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _keep_running(
    children: dict[str, Child], name: str, command: Sequence[str], pass_fds: Sequence[int]
) -> None:
    if child := children.get(name):
        if not child.has_ended() or time.monotonic() < child.started_at + RESTART_PAUSE:
            return
        child.kill_group()
        print(f"The {name} ended ({child.returncode}): starting it again.", file=sys.stderr, flush=True)
    # A group of its own: Ctrl-C reaches the supervisor only, and a child ends with all that it started.
    children[name] = Child(command, pass_fds=pass_fds, process_group=0, preexec_fn=_become_child)


def _become_child() -> None:
    die_with_parent()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)


def _stop(children: Sequence[Child]) -> None:
    """Ask all to end, give them a moment together, then end what is left of their groups."""
    for child in children:
        child.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0, deadline - time.monotonic()))
        child.kill_group()
