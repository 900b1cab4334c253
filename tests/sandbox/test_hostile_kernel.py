"""Programs that speak to the kernel of what no exercise needs: refused, or ended at the first word."""

import errno
import platform

import pyseccomp
import pytest

from interview.sandbox.jobs import Ending
from tests.sandbox.scene import Scene

# With arguments that make each of them fail where it is let through.
DEADLY = [
    *("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_open", "pidfd_getfd", "pidfd_send_signal"),
    *("execve", "execveat", "mount", "umount2", "pivot_root", "chroot", "unshare", "setns"),
    *("move_mount", "open_tree", "fsopen", "bpf", "perf_event_open", "userfaultfd"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "keyctl", "add_key", "request_key"),
    *("init_module", "finit_module", "delete_module", "kexec_load", "reboot", "swapon", "swapoff"),
    *("open_by_handle_at", "name_to_handle_at", "seccomp", "quotactl"),
]
REFUSED = [
    *(
        "socket",
        "connect",
        "bind",
        "listen",
        "accept",
        "accept4",
        "sendmsg",
        "sendmmsg",
        "recvmsg",
        "recvmmsg",
    ),
    *("setsockopt", "kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"),
    *("timer_create", "mq_open", "shmget", "semget", "msgget", "memfd_create", "memfd_secret"),
    *(
        "openat2",
        "mknodat",
        "mkdirat",
        "unlinkat",
        "renameat2",
        "linkat",
        "symlinkat",
        "fchmodat",
        "fchownat",
    ),
    *("truncate", "ftruncate", "fallocate", "utimensat", "setxattr", "removexattr", "flock", "sendfile"),
    *("splice", "tee", "vmsplice", "copy_file_range", "inotify_init1", "fanotify_init", "signalfd4"),
    *("setuid", "setgid", "setgroups", "setresuid", "setfsuid", "capset", "personality", "setpgid", "setsid"),
    *("setrlimit", "setpriority", "sched_setscheduler", "sched_setattr", "ioprio_set", "setdomainname"),
    *("sethostname", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "syslog", "vhangup"),
    *("process_madvise", "migrate_pages", "move_pages", "mbind", "mlockall", "kcmp", "lookup_dcookie"),
    *("landlock_create_ruleset", "landlock_restrict_self", "open_tree_attr", "mount_setattr", "cachestat"),
]
ODD = {
    "pushes letters into a terminal": "libc.ioctl(0, 0x5412, b'x')",
    "takes over a terminal": "libc.ioctl(0, 0x540E, 1)",
    "pastes into a terminal": "libc.ioctl(0, 0x541C, b'x')",
    "owns a pipe's signals": "libc.fcntl(1, 8, 1)",
    "locks a file": "libc.fcntl(0, 6, ctypes.create_string_buffer(64))",
    "leases a file": "libc.fcntl(0, 1024, 0)",
    "widens a pipe": "libc.fcntl(1, 1031, 1 << 20)",
    "watches a folder": "libc.fcntl(libc.open(b'/usr/lib', 0), 1026, 1)",
    "outlives its parent": "libc.prctl(1, 0, 0, 0, 0)",
    "becomes traceable": "libc.prctl(4, 1, 0, 0, 0)",
    "lets anybody trace it": "libc.prctl(0x59616D61, -1, 0, 0, 0)",
    "adopts orphans": "libc.prctl(36, 1, 0, 0, 0)",
    "moves its own command line": "libc.prctl(35, 8, 0, 0, 0)",
    "loads rules of its own": "libc.prctl(22, 1, 0, 0, 0)",
    "limits itself otherwise": "libc.prlimit(0, 7, (ctypes.c_uint64 * 2)(9, 9), None)",
    "reads another's limits": "libc.prlimit(VICTIM, 7, None, (ctypes.c_uint64 * 2)())",
    "kills everybody": "libc.kill(-1, 0)",
    "kills itself past a catch": "libc.kill(libc.getpid(), 9)",
    "moves others about": "libc.sched_setaffinity(VICTIM, 8, (ctypes.c_uint64 * 1)(1))",
    "makes a pair of datagrams": "libc.socketpair(1, 2, 0, (ctypes.c_int * 2)())",
    "makes a pair across the network": "libc.socketpair(2, 1, 0, (ctypes.c_int * 2)())",
    "opens for writing": "libc.open(b'/dev/null', 1)",
    "opens for both": "libc.open(b'/dev/null', 2)",
}
_LIBC = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"


def _number(name: str) -> int:
    number: int = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    return number


@pytest.mark.parametrize("name", [name for name in DEADLY if _number(name) > 0])
def test_some_words_to_the_kernel_are_the_last(name: str, scene: Scene) -> None:
    program = f"{_LIBC}libc.syscall({_number(name)}, -1, -1, -1, -1, -1)\nprint('still here')"

    outcome = scene.attack_in_jail(program)

    assert (outcome.ending, outcome.prints) == (Ending.FORBIDDEN, "")
    assert scene.attack_at_large(program).told == "still here\n"


def test_others_are_refused(scene: Scene) -> None:
    numbers = {name: _number(name) for name in REFUSED if _number(name) > 0}

    outcome = scene.attack_in_jail(
        f"{_LIBC}print(libc.syscall({_number('getpid')}, -1, -1, -1, -1, -1) > 0)\n"
        f"for name, number in {numbers}.items():\n"
        "  result = libc.syscall(number, -1, -1, -1, -1, -1)\n"
        "  print(name, result, ctypes.get_errno())"
    )

    # Not for the arguments, which are wrong too, but before anybody looked at them.
    assert outcome.prints.splitlines() == ["True", *(f"{name} -1 {errno.EPERM}" for name in numbers)]


@pytest.mark.parametrize("call", ODD.values(), ids=ODD.keys())
def test_a_harmless_call_is_refused_with_harmful_arguments(call: str, scene: Scene) -> None:
    outcome = scene.attack_in_jail(f"{_LIBC}print({call}, ctypes.get_errno())")

    assert outcome.prints == f"-1 {errno.EPERM}\n"
    assert scene.harm() == set()


@pytest.mark.skipif(platform.machine() != "x86_64", reason="other processors have one table of calls")
@pytest.mark.parametrize("table", ["32 bits", "x32"])
def test_other_tables_of_calls_are_closed(table: str, scene: Scene) -> None:
    # getpid by int 0x80, or by a number that only the x32 table has: doors that a filter for 64 bits would not see.
    code = (
        [0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3] if table == "32 bits" else [0xB8, 39, 0, 0, 0x40, 0x0F, 5, 0xC3]
    )
    program = f"""
        import ctypes, mmap
        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(bytes({code}))
        address = ctypes.addressof(ctypes.c_char.from_buffer(code))
        print(ctypes.CFUNCTYPE(ctypes.c_int)(address)())
    """

    outcome = scene.attack_in_jail(program)

    assert (outcome.ending, outcome.prints) == (Ending.FORBIDDEN, "")
    assert scene.attack_at_large(program).code == 0
