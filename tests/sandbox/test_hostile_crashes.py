"""Programs that crash their interpreter, or end it in an odd way: an end like any other, seen from outside."""

import pytest

from interview.sandbox.jobs import Ending, Limits
from tests.sandbox.scene import Scene

CRASHES = {
    "reads at nowhere": "import ctypes; ctypes.string_at(0)",
    "writes at nowhere": "import ctypes; ctypes.memset(8, 1, 8)",
    "calls nowhere": "import ctypes; ctypes.CFUNCTYPE(None)(8)()",
    "aborts": "import os; os.abort()",
    "frees twice": """
        import ctypes
        libc = ctypes.CDLL(None)
        libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
        block = libc.malloc(2000)
        libc.free(block + 8)
    """,
    "overflows a small stack": """
        import sys, threading
        def deeper(*_): return sorted([1], key=deeper)
        sys.setrecursionlimit(10 ** 9)
        threading.stack_size(32 << 10)
        thread = threading.Thread(target=deeper)
        thread.start()
        thread.join()
    """,
    "runs code that no compiler makes": """
        def f(): pass
        f.__code__ = f.__code__.replace(co_code=bytes([151, 0, 100, 255, 83, 0]), co_consts=())
        f()
    """,
    "unwinds a type": "import ctypes; ctypes.memset(id(dict), 0, 400); {}[1]",
    "executes no instruction": """
        import ctypes, mmap
        code = mmap.mmap(-1, 4096, prot=7)
        code.write(bytes([0x0F, 0x0B]))
        ctypes.CFUNCTYPE(None)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
    """,
    "ends a fatal error": "import ctypes; ctypes.pythonapi.Py_FatalError(b'over')",
    "lets a thread end all": """
        import os, threading, time
        threading.Thread(target=os._exit, args=(3,)).start()
        time.sleep(2)
    """,
    "ends at once": "import os; os._exit(7)",
}
# Raised by programs of which Python itself takes care.
ERRORS = {
    "recurses": ("def f(): f()\nf()", "RecursionError"),
    "nests lists": ("x = []\nfor _ in range(10 ** 5): x = [x]\nrepr(x)", "RecursionError"),
    "nests code": ("eval('(' * 10 ** 4 + ')' * 10 ** 4)", "SyntaxError"),
    "nests operators": ("eval('-' * 10 ** 5 + '1')", "MemoryError"),
    "reads no marshal": ("import marshal; marshal.loads(b'\\xfb' + bytes(9))", "ValueError"),
    "reads no pickle": ("import pickle; pickle.loads(b'cos\\n_exit\\n)R')", "TypeError"),
    "raises what can't be told": (
        "class Odd(Exception):\n  def __str__(self): raise self\n  __repr__ = __str__\nraise Odd",
        "Odd",
    ),
    "raises itself": ("e = ValueError('x')\ne.__cause__ = e.__context__ = e\nraise e", "ValueError"),
    "raises a thousand": (
        "raise ExceptionGroup('g', [ValueError(n) for n in range(1000)])",
        "ExceptionGroup",
    ),
}
# The first process of a namespace, which a run in tier A is, doesn't hear what it tells itself.
SIGNALS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31, 34, 35, 40, 63, 64]


@pytest.mark.parametrize("program", CRASHES.values(), ids=CRASHES.keys())
def test_a_crash_is_an_error_of_the_program(program: str, scene: Scene) -> None:
    outcome = scene.attack_in_jail(program)

    assert outcome.ending is Ending.ERROR
    assert outcome.error is not None
    assert scene.harm() == set()
    assert scene.attack_at_large(program).code not in (0, 1)


@pytest.mark.parametrize(("program", "name"), ERRORS.values(), ids=ERRORS.keys())
def test_an_odd_error_is_told_like_any_other(program: str, name: str, scene: Scene) -> None:
    outcome = scene.attack_in_jail(program)

    assert outcome.error is not None
    assert outcome.error.type == name


@pytest.mark.parametrize("number", SIGNALS)
def test_a_program_that_signals_itself_ends_in_words(number: int, scene: Scene) -> None:
    outcome = scene.attack_in_jail(f"import os; os.kill(os.getpid(), {number})")

    assert outcome.ending in (Ending.ERROR, Ending.FORBIDDEN, Ending.FINISHED)
    loose = f"import os, signal; signal.signal({number}, signal.SIG_DFL); os.kill(os.getpid(), {number})"
    assert scene.attack_at_large(loose).code == -number


def test_a_program_that_stops_itself_is_ended(scene: Scene) -> None:
    outcome = scene.attack_in_jail("import os; os.kill(os.getpid(), 19)", Limits(wall_seconds=0.5))

    assert outcome.ending in (Ending.TIME, Ending.FINISHED)
