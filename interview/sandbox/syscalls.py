"""The system calls that code in the jail may make. What isn't named here fails, or ends the process.

By name through libseccomp, so that the list holds on every architecture; a name one lacks is passed over.
"""

import errno
import fcntl
import os
import signal
import socket
import termios
from collections.abc import Iterator

import pyseccomp
from pyseccomp import EQ, MASKED_EQ, NE, Arg

from interview.sandbox.seccomp import SOMEBODY


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_FREE = _names("""
    read readv pread64 preadv write writev close lseek fstat newfstatat stat lstat statx fstatfs statfs
    access faccessat faccessat2 readlink readlinkat getdents64 getcwd dup dup2 dup3 pipe pipe2
    mmap munmap mremap mprotect madvise brk membarrier
    futex futex_wait futex_wake futex_waitv set_robust_list set_tid_address rseq arch_prctl
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend sigaltstack pause
    alarm setitimer getitimer timerfd_create timerfd_settime timerfd_gettime restart_syscall exit exit_group
    sched_yield sched_getaffinity sched_getparam sched_getscheduler
    sched_get_priority_max sched_get_priority_min getpriority getpid gettid getppid getpgrp getpgid getsid
    getuid geteuid getgid getegid getgroups getresuid getresgid getrlimit getrusage times
    clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time uname sysinfo getrandom getcpu
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd eventfd2
    getsockopt getsockname shutdown
""")

# Nothing that a person writes for an interview gets here by accident: no error to catch, the process ends.
_DEADLY = _names("""
    ptrace process_vm_readv process_vm_writev pidfd_getfd pidfd_open pidfd_send_signal
    execve execveat fork vfork mount umount2 pivot_root chroot unshare setns move_mount open_tree fsopen
    bpf perf_event_open userfaultfd io_uring_setup io_uring_enter io_uring_register
    keyctl add_key request_key init_module finit_module delete_module kexec_load kexec_file_load reboot
    swapon swapoff iopl ioperm open_by_handle_at name_to_handle_at seccomp modify_ldt quotactl acct
""")

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | (os.O_TMPFILE & ~os.O_DIRECTORY)
_FCNTL = (fcntl.F_DUPFD, fcntl.F_DUPFD_CLOEXEC, fcntl.F_GETFD, fcntl.F_SETFD, fcntl.F_GETFL, fcntl.F_SETFL)
_IOCTL = (termios.TCGETS, termios.FIOCLEX, termios.FIONCLEX, termios.FIONBIO, termios.FIONREAD)
_PR_SET_NAME, _PR_GET_NAME = 15, 16
# CLONE_VM | CLONE_SIGHAND | CLONE_THREAD: a thread of this process and never a process, nor a namespace, of its own.
_THREAD = 0x100 | 0x800 | 0x10000
_NAMESPACES = 0x7E020000 | 0x80
_SOCKET_KIND = 0xF

Rule = tuple[str, tuple[Arg, ...]]


def compile_program() -> bytes:
    """The rules as a program for the kernel, for seccomp.load: compiled once, loaded by every child."""
    door = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    door.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for name in _DEADLY:
        _add(door, pyseccomp.KILL_PROCESS, name)
    # The C library falls back to clone, whose flags can be looked at, when clone3 is not there.
    _add(door, pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    for name, conditions in _allowed():
        _add(door, pyseccomp.ALLOW, name, *conditions)
    with os.fdopen(os.memfd_create("seccomp"), "w+b") as file:
        door.export_bpf(file)
        file.seek(0)
        return file.read()


def _allowed() -> Iterator[Rule]:
    yield from ((name, ()) for name in _FREE)
    yield "open", (Arg(1, MASKED_EQ, _WRITING, 0),)
    yield "openat", (Arg(2, MASKED_EQ, _WRITING, 0),)
    yield "clone", (Arg(0, MASKED_EQ, _THREAD | _NAMESPACES, _THREAD),)
    yield from (("fcntl", (Arg(1, EQ, command),)) for command in _FCNTL)
    yield from (("ioctl", (Arg(1, EQ, command),)) for command in _IOCTL)
    yield from (("prctl", (Arg(0, EQ, option),)) for option in (_PR_SET_NAME, _PR_GET_NAME))
    yield from _on_itself_only()
    yield from _between_its_own_threads()


def _on_itself_only() -> Iterator[Rule]:
    # Not even itself by SIGKILL: seen from outside, that is how the kernel ends a run.
    yield "kill", (Arg(0, EQ, SOMEBODY), Arg(1, NE, signal.SIGKILL))
    yield "tgkill", (Arg(0, EQ, SOMEBODY), Arg(2, NE, signal.SIGKILL))
    yield "sched_setaffinity", (Arg(0, EQ, 0),)
    yield from (("prlimit64", (Arg(0, EQ, who), Arg(2, EQ, 0))) for who in (0, SOMEBODY))


def _between_its_own_threads() -> Iterator[Rule]:
    """A pair of connected stream sockets, which asyncio wakes itself with; they lead nowhere else."""
    pair = Arg(0, EQ, socket.AF_UNIX), Arg(1, MASKED_EQ, _SOCKET_KIND, socket.SOCK_STREAM)
    yield "socketpair", pair
    yield "sendto", (Arg(4, EQ, 0),)
    yield "recvfrom", (Arg(4, EQ, 0),)


def _add(door: pyseccomp.SyscallFilter, action: int, name: str, *conditions: Arg) -> None:
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    if number != -1:
        door.add_rule(action, number, *conditions)
