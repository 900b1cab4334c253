"""Programs that want too much time, memory, output or threads: cut off, and called what they are."""

import time
from textwrap import dedent

import pytest

from interview.sandbox.jobs import Ending, Limits
from tests.processes import PATIENCE, SOON
from tests.sandbox.scene import Scene, at_large, let_loose

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
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}: signal.signal(number, signal.SIG_IGN)
        while True: pass
    """,
    "blocks signals": """
        import signal
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        while True: pass
    """,
    "wakes itself for ever": """
        import signal, time
        signal.signal(signal.SIGALRM, lambda *_: None)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        while True: time.sleep(1)
    """,
    "computes inside one step": "10 ** 10 ** 9",
    "writes out a number": "import sys; sys.set_int_max_str_digits(0); str(7 ** 10 ** 7)",
    "sums in C": "sum(range(10 ** 12))",
    "multiplies in Fortran": "import numpy; a = numpy.ones((2000, 2000))\nfor _ in range(1000): a = a @ a / 2000",
    "backtracks": "import re; re.match(r'(a+)+$', 'a' * 64 + 'b')",
    "hashes into one place": "{(2 ** 61 - 1) * n for n in range(10 ** 6)}",
    "waits for a lock": "import threading; threading.Semaphore(0).acquire()",
    "waits for a word": "import sys, os; reading, _ = os.pipe(); os.read(reading, 1)",
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
    "goes on in a thread without the first": """
        import ctypes, threading, time
        threading.Thread(target=time.sleep, args=(60,)).start()
        ctypes.CDLL(None).pthread_exit(None)
    """,
    "never comes to an end of its objects": """
        class Endless:
            def __del__(self):
                while True: pass
        Endless()
    """,
}
# Each takes about 300 MB, touched.
MEMORY = {
    "one block": "kept = b'x' * (300 << 20)",
    "a growing list": "kept = [b'x' * (1 << 20) * (1 + n // n) for n in range(1, 151)]",
    "a long text": "kept = 'x' * (300 << 20)",
    "a wide text": "kept = '\\U0001f600' * (75 << 20)",
    "a number": "kept = 1 << (8 * 300 << 20)",
    "an array": "import numpy; kept = numpy.ones(300 << 17)",
    "a table": "import pandas; kept = pandas.DataFrame({'a': [1.0]}, index=range(300 << 17)) + 1",
    "many small things": "kept = [{} for _ in range(5 * 10 ** 6)]",
    "a memory map": """
        import mmap
        try: kept = mmap.mmap(-1, 300 << 20)
        except OSError as problem: raise MemoryError from problem
        for place in range(0, 300 << 20, 4096): kept[place] = 1
    """,
    "a block of the C library": """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.malloc.restype = ctypes.c_void_p
        libc.memset.argtypes = ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t
        kept = libc.malloc(300 << 20)
        if kept is None: raise MemoryError
        libc.memset(kept, 1, 300 << 20)
    """,
    "stacks of threads": """
        import threading
        def deep(n): return n and deep(n - 1)
        threading.stack_size(64 << 20)
        gate = threading.Event()
        try: threads = [threading.Thread(target=gate.wait) for _ in range(5)]; [t.start() for t in threads]
        except RuntimeError as problem: raise MemoryError from problem
        finally: gate.set()
        kept = b"x" * (300 << 20)
    """,
    "takes what it gets, again and again": """
        kept = []
        while len(kept) < 150:
            try: kept.append(bytes([len(kept)]) * (2 << 20))
            except MemoryError as problem: refused = problem; break
        if len(kept) < 150: raise refused
    """,
}
# Each writes a megabyte.
OUTPUT = {
    "prints": "for _ in range(10_000): print('x' * 100)",
    "prints at once": "print('x' * 1_000_000)",
    "writes by system call": "import os\nfor _ in range(1000): os.write(1, b'x' * 1000)",
    "warns": "import sys\nfor _ in range(10_000): print('x' * 100, file=sys.stderr)",
    "prints without an end of line": "for _ in range(1_000_000): print('x', end='', flush=True)",
    "prints from threads": """
        import threading
        def shout():
            for _ in range(2500): print("x" * 100)
        threads = [threading.Thread(target=shout) for _ in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """,
    "prints through copies of the pipe": """
        import os
        pipes = [os.dup(1) for _ in range(20)]
        for pipe in pipes: os.write(pipe, b"x" * 50_000)
    """,
    "floods every pipe": """
        import os
        for _ in range(1000):
            for pipe in range(1, 64):
                try: os.write(pipe, b"x" * 1000)
                except OSError: pass
    """,
}
_SECONDS = 0.7


@pytest.mark.parametrize("program", TIME.values(), ids=TIME.keys())
def test_too_much_time_is_cut_off_and_called_that(program: str, scene: Scene) -> None:
    outcome = scene.attack_in_jail(program, Limits(wall_seconds=_SECONDS, cpu_seconds=1, memory_mb=128))

    assert outcome.ending is Ending.TIME
    assert outcome.seconds < _SECONDS + SOON


def test_processor_time_has_a_limit_of_its_own(scene: Scene) -> None:
    limits = Limits(wall_seconds=PATIENCE, cpu_seconds=1)

    outcome = scene.attack_in_jail(TIME["spins in threads"], limits)

    assert (outcome.ending, outcome.seconds < PATIENCE) == (Ending.TIME, True)


@pytest.mark.parametrize("program", MEMORY.values(), ids=MEMORY.keys())
def test_too_much_memory_is_refused_and_called_that(program: str, scene: Scene) -> None:
    limits = Limits(wall_seconds=20, cpu_seconds=10, memory_mb=128)

    outcome = scene.attack_in_jail(program, limits)

    assert outcome.ending is Ending.MEMORY
    assert outcome.memory_mb < limits.memory_mb + 32


@pytest.mark.parametrize("program", OUTPUT.values(), ids=OUTPUT.keys())
def test_too_much_output_is_cut_off_and_called_that(program: str, scene: Scene) -> None:
    outcome = scene.attack_in_jail(program, Limits(output_bytes=10_000, answer_bytes=100_000))

    assert outcome.ending is Ending.OUTPUT
    assert len(outcome.prints) + len(outcome.warnings) < 10_000 + 3 * 64 * 1024


def test_more_threads_than_allowed_end_the_run(scene: Scene) -> None:
    outcome = scene.attack_in_jail("""
        import threading
        threading.stack_size(64 * 1024)
        while True: threading.Thread(target=threading.Event().wait).start()
    """)

    # On a busy machine the memory for their stacks may be used up before anybody has counted them.
    assert outcome.ending in (Ending.FORBIDDEN, Ending.ERROR)
    assert outcome.error
    assert outcome.ending is Ending.FORBIDDEN or outcome.error.message == "can't start new thread"


def test_let_loose_they_would_go_on_for_ever() -> None:
    with let_loose(TIME.values()) as programs:
        time.sleep(2)
        ended = [name for name, program in zip(TIME, programs, strict=True) if program.poll() is not None]

    assert ended == []


@pytest.mark.parametrize("program", MEMORY.values(), ids=MEMORY.keys())
def test_let_loose_they_would_take_their_fill(program: str) -> None:
    peak = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"

    assert int(at_large(dedent(program) + peak).told) > 250 * 1024


@pytest.mark.parametrize("program", OUTPUT.values(), ids=OUTPUT.keys())
def test_let_loose_they_would_write_it_all(program: str) -> None:
    assert len(at_large(program).told) >= 1_000_000
