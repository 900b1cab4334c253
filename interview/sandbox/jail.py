"""How a child locks itself in, for good. A step that fails ends it before it has seen a person's code.

What can be made ready once is ready: the list of system calls as a program for the kernel, the folders that may be read
as a set of rules. A child only has to walk in.
"""

import ctypes
import os
import resource
import signal
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from interview.sandbox import landlock, seccomp

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CAPABILITY_VERSION_3 = 0x20080522
_MS_RDONLY = 1


@dataclass(frozen=True)
class Jail:
    """The walls, built by the zygote. `own_pids`, in tier A: its namespace of processes, to come back to."""

    rules: int | None
    program: bytes
    zygote: int
    own_pids: int | None

    @classmethod
    def build(cls, program: bytes, *, has_namespaces: bool) -> Self:
        """To be called once, after the imports, with a single thread."""
        _demand_one_thread()
        return cls(
            # In tier A the mounts already hide what Landlock would; in tier B a kernel without it ends us here.
            rules=landlock.rules(libraries()) if landlock.version() or not has_namespaces else None,
            program=program,
            zygote=os.getpid(),
            own_pids=os.open("/proc/self/ns/pid", os.O_RDONLY) if has_namespaces else None,
        )

    @property
    def tier(self) -> str:
        return "B" if self.own_pids is None else "A"

    def fork(self) -> int:
        """Like os.fork; in tier A the child is the first process of a namespace of its own."""
        if self.own_pids is None:
            return os.fork()
        pid = None
        os.unshare(os.CLONE_NEWPID)
        try:
            pid = os.fork()
        finally:
            if pid != 0:
                os.setns(self.own_pids, os.CLONE_NEWPID)
        return pid

    def lock(self, *, rules: int) -> None:
        """Give up every right but to compute, to read the libraries, and to use the pipes that are open now."""
        if self.own_pids is not None:
            _leave_the_others()
        _drop_capabilities()
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        self._die_with_zygote()
        for which in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
            resource.setrlimit(which, (0, 0))
        if self.rules is not None:
            landlock.restrict(rules)
            os.close(rules)
        seccomp.load(self.program)

    def _die_with_zygote(self) -> None:
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # In a namespace of its own a child sees no parent; its pipes end with the zygote all the same.
        if os.getppid() not in (self.zygote, 0):
            raise SystemExit("the zygote had ended before the child was ready")


def libraries() -> list[Path]:
    """Where Python and the system keep code and time zones; the project itself is not among them."""
    python = [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    shared = [Path(sysconfig.get_config_var("LIBDIR") or "/usr/lib")]
    system = [Path(folder) for folder in ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")]
    data = ("/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime", "/dev/urandom", os.devnull)
    return [*python, *shared, *system, *map(Path, data)]


def _demand_one_thread() -> None:
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("a second thread is running: it would not be there in a child")


def _leave_the_others() -> None:
    os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNS | os.CLONE_NEWNET | os.CLONE_NEWIPC | os.CLONE_NEWUTS)
    # Nothing to be seen of any process, the zygote included.
    _demand(_libc().mount(b"none", b"/proc", b"tmpfs", ctypes.c_ulong(_MS_RDONLY), b"size=4k,nr_inodes=1"))


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    _demand(_libc().capset(header, none))


def _prctl(option: int, value: int) -> None:
    arguments: Iterable[ctypes.c_ulong] = (ctypes.c_ulong(number) for number in (value, 0, 0, 0))
    _demand(_libc().prctl(option, *arguments))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _demand(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
