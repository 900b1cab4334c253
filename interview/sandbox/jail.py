"""How a process locks itself in, for good. A step that fails ends it before it has seen a person's code."""

import ctypes
import math
import os
import resource
import signal
import sysconfig
from pathlib import Path

from interview.sandbox import landlock, seccomp
from interview.sandbox.jobs import Limits

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CAPABILITY_VERSION_3 = 0x20080522
_MEGABYTE = 1024 * 1024


def lock(limits: Limits, *, parent: int) -> None:
    """Give up every right but to compute, to read the libraries, and to use the pipes that are open now."""
    _demand_one_thread()
    _drop_capabilities()
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _die_with(parent)
    _limit(limits)
    landlock.restrict(_libraries())
    seccomp.load()


def cpu_seconds() -> float:
    """Processor time that this process has used so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _demand_one_thread() -> None:
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("a second thread is running: it would stay outside the jail")


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    _demand(ctypes.CDLL(None, use_errno=True).capset(header, none))


def _die_with(parent: int) -> None:
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit("the parent had ended before the child was ready")


def _libraries() -> list[Path]:
    """Where Python and the system keep code and time zones; the project itself is not among them."""
    python = [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    shared = [Path(sysconfig.get_config_var("LIBDIR") or "/usr/lib")]
    system = [Path(folder) for folder in ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")]
    data = [
        Path("/usr/share/zoneinfo"),
        Path("/etc/ld.so.cache"),
        Path("/etc/localtime"),
        Path("/dev/urandom"),
    ]
    return [*python, *shared, *system, *data, Path(os.devnull)]


def _limit(limits: Limits) -> None:
    # Soft = hard: code could ignore the soft limit's signal. Addresses of the imports aren't the person's.
    cpu = math.ceil(cpu_seconds()) + limits.cpu_seconds
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    memory = pages * resource.getpagesize() + limits.memory_mb * _MEGABYTE
    for which, value in {
        resource.RLIMIT_CPU: cpu,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }.items():
        resource.setrlimit(which, (value, value))


def _prctl(option: int, value: int) -> None:
    arguments = (ctypes.c_ulong(number) for number in (value, 0, 0, 0))
    _demand(ctypes.CDLL(None, use_errno=True).prctl(option, *arguments))


def _demand(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
