"""Programs that want too much time, memory, output, threads or processes, or that speak to the kernel."""

import time
from dataclasses import replace
from textwrap import dedent

import pyseccomp
import pytest

from interview.sandbox.jobs import Ending, Job, Limits, Outcome
from interview.sandbox.run import run

pytestmark = pytest.mark.usefixtures("sandbox")

LIMITS = Limits(wall_seconds=1.5, cpu_seconds=1, memory_mb=128, output_bytes=10_000, answer_bytes=100_000)
TIME = {
    "loops": "while True: pass",
    "sleeps": "import time; time.sleep(60)",
    "catches everything": """
        while True:
            try:
                while True: pass
            except BaseException:
                pass
    """,
    "ignores signals": """
        import signal
        for number in (signal.SIGXCPU, signal.SIGTERM, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        while True: pass
    """,
    "computes inside one step": "10 ** 10 ** 9",
    "backtracks": "import re; re.match(r'(a+)+$', 'a' * 64 + 'b')",
    "waits for a lock": "import threading; threading.Semaphore(0).acquire()",
    "spins in threads": """
        import threading
        threads = [threading.Thread(target=lambda: all(x == 0 for x in iter(int, 1))) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """,
    "never ends its threads": """
        import threading, time
        thread = threading.Thread(target=time.sleep, args=(60,))
        thread.start()
        thread.join()
    """,
}
MEMORY = {
    "one block": "bytearray(1 << 30)",
    "a growing list": "kept = []\nwhile True: kept.append(bytearray(1 << 20))",
    "a long text": "'x' * (1 << 31)",
    "an array": "import numpy; numpy.ones(1 << 28)",
    "many small things": "kept = [{} for _ in range(10 ** 8)]",
}
OUTPUT = {
    "prints": "while True: print('x' * 100)",
    "writes by system call": "import os\nwhile True: os.write(1, b'x' * 1000)",
    "warns": "import sys\nwhile True: print('x' * 100, file=sys.stderr)",
    "prints without an end of line": "while True: print('x', end='', flush=True)",
    "floods every pipe": """
        import os
        while True:
            for pipe in range(1, 64):
                try: os.write(pipe, b"x" * 1000)
                except OSError: pass
    """,
}
KERNEL = [
    *("ptrace", "process_vm_readv", "mount", "umount2", "unshare", "setns", "bpf", "perf_event_open"),
    *("userfaultfd", "io_uring_setup", "keyctl", "add_key", "init_module", "kexec_load"),
    *("open_by_handle_at", "seccomp", "execve", "execveat", "chroot", "pivot_root"),
]
REFUSED = {
    "a process": "import os\nif os.fork() == 0: os._exit(0)",
    "a pool of processes": """
        from concurrent.futures import ProcessPoolExecutor
        with ProcessPoolExecutor(2) as pool: pool.submit(int).result()
    """,
    "a network card's socket": "import socket; socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
    "a socket to the host": "import socket; socket.socket(socket.AF_VSOCK)",
    "a socket to the kernel": "import socket; socket.socket(socket.AF_NETLINK)",
    "a file in memory": "import os; os.memfd_create('x')",
    "shared memory": """
        from multiprocessing.shared_memory import SharedMemory
        SharedMemory(create=True, size=9)
    """,
    "another user": "import os; os.setuid(1)",
    "other limits": "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))",
    "to outlive its parent": """
        import ctypes
        if ctypes.CDLL(None).prctl(1, 0, 0, 0, 0): raise PermissionError
    """,
}


def _run(source: str, limits: Limits = LIMITS) -> Outcome:
    return run(Job(dedent(source), limits=limits))


@pytest.mark.parametrize("program", TIME.values(), ids=TIME.keys())
def test_too_much_time_is_cut_off_and_called_that(program: str) -> None:
    started = time.monotonic()

    outcome = _run(program)

    assert outcome.ending is Ending.TIME
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("program", MEMORY.values(), ids=MEMORY.keys())
def test_too_much_memory_is_refused_and_called_that(program: str) -> None:
    outcome = _run(program, replace(LIMITS, wall_seconds=20, cpu_seconds=10))

    assert outcome.ending is Ending.MEMORY
    assert outcome.memory_mb < 128 + 100


@pytest.mark.parametrize("program", OUTPUT.values(), ids=OUTPUT.keys())
def test_too_much_output_is_cut_off_and_called_that(program: str) -> None:
    outcome = _run(program)

    assert outcome.ending is Ending.OUTPUT
    assert len(outcome.prints) + len(outcome.warnings) < 10_000 + 3 * 64 * 1024


@pytest.mark.parametrize("name", KERNEL)
def test_the_kernel_is_not_spoken_to(name: str) -> None:
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)

    outcome = _run(f"import ctypes; ctypes.CDLL(None).syscall({number}, 0, 0, 0, 0, 0)\nprint('still here')")

    assert (outcome.ending, outcome.prints) == (Ending.FORBIDDEN, "")


@pytest.mark.parametrize("program", REFUSED.values(), ids=REFUSED.keys())
def test_what_no_exercise_needs_is_refused(program: str) -> None:
    outcome = _run(f"{dedent(program)}\nprint('got it')")

    assert outcome.ending in (Ending.FORBIDDEN, Ending.ERROR)
    assert outcome.prints == ""


def test_more_threads_than_allowed_end_the_run() -> None:
    outcome = _run("""
        import threading
        threading.stack_size(64 * 1024)
        while True: threading.Thread(target=threading.Event().wait).start()
    """)

    assert outcome.ending is Ending.FORBIDDEN


def test_the_machine_code_of_another_kind_of_processor_is_deadly() -> None:
    # int 0x80, getpid: the 32-bit door that a filter for 64 bits would not see.
    outcome = _run("""
        import ctypes, mmap
        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3]))
        address = ctypes.addressof(ctypes.c_char.from_buffer(code))
        print(ctypes.CFUNCTYPE(ctypes.c_int)(address)())
    """)

    assert (outcome.ending, outcome.prints) == (Ending.FORBIDDEN, "")
