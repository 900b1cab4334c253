"""Programs that want to leave something for the run after them: it finds nothing, whatever they did."""

import random
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from interview.sandbox.jobs import Call, Ending, Job, Limits, Outcome
from interview.sandbox.run import run
from interview.sandbox.zygote import SPARES

pytestmark = pytest.mark.usefixtures("tier")

# What a program does, and an expression that shows, in the same program, that it was done.
LEFT = {
    "a patched builtin": ("import builtins; builtins.len = lambda _: 42", "__import__('builtins').len([1])"),
    "a name among the builtins": (
        "import builtins; builtins.left = 1",
        "'left' in vars(__import__('builtins'))",
    ),
    "a patched numpy": ("import numpy; numpy.mean = lambda *_: 42.0", "float(np.mean([1.0]))"),
    "a patched method of numpy": (
        "import numpy.random; numpy.random.default_rng = lambda *_: 42",
        "repr(np.random.default_rng)[:9]",
    ),
    "a patched pandas": (
        "import pandas; pandas.Series.sum = lambda *_: 42",
        "int(pd.Series([1]).sum())",
    ),
    "a patched metric": (
        "import sklearn.metrics; sklearn.metrics.accuracy_score = lambda *_: 1.0",
        "__import__('sklearn.metrics').metrics.accuracy_score([0], [1])",
    ),
    "a patched model": (
        "from sklearn.linear_model import Ridge; Ridge.fit = lambda self, *_: self",
        "hasattr(__import__('sklearn.linear_model').linear_model.Ridge().fit([[1], [2]], [1, 2]), 'coef_')",
    ),
    "numpy's way with errors": ("import numpy; numpy.seterr(all='raise')", "str(np.geterr())"),
    "numpy's way of printing": (
        "import numpy; numpy.set_printoptions(precision=1)",
        "repr(np.float64(1) * np.array([0.123]))",
    ),
    "an option of pandas": (
        "import pandas; pandas.set_option('display.max_rows', 7)",
        "pd.get_option('display.max_rows')",
    ),
    "a setting of sklearn": (
        "import sklearn; sklearn.set_config(assume_finite=True)",
        "__import__('sklearn').get_config()['assume_finite']",
    ),
    "a variable of the environment": (
        "import os; os.environ['LEFT'] = '1'",
        "__import__('os').environ.get('LEFT')",
    ),
    "a variable of the C library": (
        "import ctypes; ctypes.CDLL(None).setenv(b'LEFT', b'1', 1)",
        "__import__('ctypes').CDLL(None).getenv(b'LEFT') != 0",
    ),
    "a module of its own": (
        "import sys, types; sys.modules['left'] = types.ModuleType('left')",
        "'left' in __import__('sys').modules",
    ),
    "a place to import from": ("import sys; sys.path.insert(0, '/left')", "__import__('sys').path[0]"),
    "a finder of modules": (
        "import sys; sys.meta_path.insert(0, object())",
        "len(__import__('sys').meta_path)",
    ),
    "a patched codec": (
        "import interview.sandbox.codec as codec; codec._looks = lambda _: 'left'",
        "object()",
    ),
    "a patched wire": (
        "import interview.sandbox.wire as wire; wire.left = 1",
        "hasattr(__import__('interview.sandbox.wire').sandbox.wire, 'left')",
    ),
    "a patched encoder": ("import json; json.left = 1", "hasattr(__import__('json'), 'left')"),
    "a collector that is switched off": ("import gc; gc.disable()", "__import__('gc').isenabled()"),
    "thresholds of the collector": ("import gc; gc.set_threshold(7)", "__import__('gc').get_threshold()[0]"),
    "a limit of recursion": (
        "import sys; sys.setrecursionlimit(77777)",
        "__import__('sys').getrecursionlimit()",
    ),
    "a pace of threads": ("import sys; sys.setswitchinterval(0.5)", "__import__('sys').getswitchinterval()"),
    "a hook for imports": ("import sys; sys.left = 1", "hasattr(__import__('sys'), 'left')"),
    "a tracer": (
        "import sys, threading; threading.settrace(print)",
        "repr(__import__('threading').gettrace())[:9]",
    ),
    "a handler of a signal": (
        "import signal; signal.signal(signal.SIGUSR1, signal.SIG_IGN)",
        "__import__('signal').getsignal(10) == 1",
    ),
    "a blocked signal": (
        "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])",
        "len(__import__('signal').pthread_sigmask(0, []))",
    ),
    "a timer": (
        "import signal; signal.setitimer(signal.ITIMER_REAL, 99)",
        "__import__('signal').getitimer(0)[0] > 0",
    ),
    "a processor it keeps to": (
        "import os; os.sched_setaffinity(0, {0})",
        "len(__import__('os').sched_getaffinity(0))",
    ),
    "a name": (
        "import ctypes; ctypes.CDLL(None).prctl(15, b'left')",
        "(n := (c := __import__('ctypes')).create_string_buffer(16), c.CDLL(None).prctl(16, n), n.value)[2]",
    ),
    "a warning that was silenced": (
        "import warnings; warnings.simplefilter('ignore')",
        "len(__import__('warnings').filters)",
    ),
    "a precision": (
        "import decimal; decimal.getcontext().prec = 7",
        "__import__('decimal').getcontext().prec",
    ),
    "a locale": ("import locale; locale.setlocale(locale.LC_ALL, 'C')", "__import__('locale').setlocale(0)"),
    "a number rewritten in memory": (
        "import ctypes; ctypes.memmove(id(251) + 24, (42).to_bytes(4, 'little'), 4)",
        "250 + int('1')",
    ),
    "a text rewritten in memory": (
        "import ctypes, sys; ctypes.memmove(id(sys.platform) + 40, b'L', 1)",
        "__import__('sys').platform",
    ),
    "marks on its standard input": (
        "import fcntl, os; fcntl.fcntl(0, fcntl.F_SETFL, os.O_APPEND | os.O_NONBLOCK)",
        "__import__('fcntl').fcntl(0, 3)",
    ),
    "marks on its standard output": (
        "import fcntl, os; fcntl.fcntl(1, fcntl.F_SETFL, os.O_NONBLOCK)",
        "__import__('fcntl').fcntl(1, 3)",
    ),
    "more descriptors": ("import os; [os.dup(0) for _ in range(9)]", "__import__('os').dup(0)"),
    "another standard output": (
        "import io, sys; sys.stdout = io.StringIO()",
        "type(__import__('sys').stdout).__name__",
    ),
}
# What goes on, or comes late, when the run that started it is over.
LATE = {
    "a thread": """
        import threading, time
        def shout():
            while True: print("left"); time.sleep(0.01)
        threading.Thread(target=shout, daemon=True).start()
    """,
    "a thread with copies of the pipes": """
        import os, threading, time
        pipes = [os.dup(n) for n in range(1, 5)]
        def shout():
            while True:
                for pipe in pipes:
                    try: os.write(pipe, b"left\\n")
                    except OSError: pass
                time.sleep(0.01)
        timer = threading.Timer(0.02, shout)
        timer.daemon = True
        timer.start()
    """,
    "something for the end": "import atexit; atexit.register(print, 'left')",
    "something for the end of a thread": "import threading; threading._register_atexit(print, 'left')",
    "something for a fork": "import os; os.register_at_fork(after_in_child=lambda: print('left'))",
    "a finalizer": "import sys\nclass Left:\n  def __del__(self): print('left')\nsys.left = Left()",
    "a hook for exceptions": "import sys; sys.excepthook = sys.unraisablehook = lambda *_: print('left')",
    "words without an end of line": """
        import sys
        sys.stdout.reconfigure(line_buffering=False)
        sys.stdout.write("left")
    """,
}
DRAWS = """
import os, random, secrets, tempfile, uuid
import numpy as np
from scipy import stats
def draws():
    names = [next(tempfile._get_candidate_names()), str(uuid.uuid4()), secrets.token_hex(8)]
    numbers = [random.random(), np.random.rand(), np.random.default_rng().random(), stats.norm.rvs(), os.urandom(8)]
    return [str(draw) for draw in names + numbers]
"""
# More than there are children that were made ready beforehand.
_LATER = SPARES + 3


@pytest.mark.parametrize(("deed", "sign"), LEFT.values(), ids=LEFT.keys())
def test_nothing_that_a_run_changes_is_seen_by_a_later_one(deed: str, sign: str) -> None:
    untouched = _value(deed.split(";")[0], sign)

    changed = _value(deed, sign)
    later = [_value(deed.split(";")[0], sign) for _ in range(_LATER)]

    assert changed != untouched
    assert later == [untouched] * _LATER


@pytest.mark.parametrize("deed", LATE.values(), ids=LATE.keys())
def test_nothing_of_a_run_comes_late(deed: str) -> None:
    first = _run(deed, "1 + 1")

    outcomes = [_run("import time; time.sleep(0.01)", "[1]") for _ in range(_LATER)]

    assert first.ending in (Ending.FINISHED, Ending.FORBIDDEN)
    assert {(outcome.ending, outcome.prints + outcome.answers["sign"].prints) for outcome in outcomes} == {
        (Ending.FINISHED, "")
    }


def test_no_two_runs_draw_the_same() -> None:
    runs = [_value(DRAWS, "draws()") for _ in range(6)]

    assert all(len(set(same_kind)) == 6 for same_kind in zip(*runs, strict=True))


def test_a_seed_is_gone_with_its_run() -> None:
    seeded = "import random, numpy; random.seed(1); numpy.random.seed(1)"
    sign = "[__import__('random').random(), float(np.random.rand())]"
    known = [random.Random(1).random(), np.random.RandomState(1).rand()]

    assert _value(seeded, sign) == known
    assert known not in [_value("import numpy", sign) for _ in range(_LATER)]


def _value(source: str, sign: str) -> Any:
    outcome = _run(source, sign)
    assert outcome.answers, outcome
    answer = outcome.answers["sign"]
    return answer.error.type if answer.error else answer.value


def _run(source: str, sign: str) -> Outcome:
    return run(Job(dedent(source), (Call("sign", sign),), Limits(wall_seconds=3, cpu_seconds=2)))
