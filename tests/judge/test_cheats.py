"""Programs that want to pass without solving the task: none may, nor bring a hidden case to light."""

import json
from textwrap import dedent

import pytest

from interview.judge.judge import judge
from tests.judge.tasks import HIDDEN_NUMBER, task
from tests.sandbox.conftest import tier

__all__ = ["tier"]

pytestmark = pytest.mark.usefixtures("tier")

CHEATS = {
    "equals everything": """
        class Any:
            def __eq__(self, other): return True
            def __hash__(self): return 3
        def total(numbers): return Any()
    """,
    "is a number that equals everything": """
        class Any(int):
            def __eq__(self, other): return True
            __hash__ = int.__hash__
        def total(numbers): return Any(3)
    """,
    "is an array that equals everything": """
        import numpy as np
        class Any(np.ndarray):
            def __eq__(self, other): return np.bool_(True)
        def total(numbers): return np.array([3]).view(Any)
    """,
    "remembers arguments and returns them": """
        SEEN = []
        def total(numbers):
            SEEN.append(list(numbers))
            return SEEN
    """,
    "remembers arguments and prints them": """
        SEEN = []
        def total(numbers):
            SEEN.append(numbers)
            print(SEEN)
            return 3
    """,
    "raises its arguments": "def total(numbers): raise ValueError(repr(numbers))",
    "looks for expected values in frames": """
        import sys
        def total(numbers):
            frame, found = sys._getframe(), []
            while frame:
                found += [v for v in frame.f_locals.values() if type(v) is int]
                frame = frame.f_back
            print(found)
            return found[-1] if found else 0
    """,
    "looks for expected values in the collector": """
        import gc
        def total(numbers):
            found = [o["expect"] for o in gc.get_objects() if isinstance(o, dict) and "expect" in o]
            print(found)
            return found[0] if found else 3
    """,
    "looks for the question on disk": """
        import os
        def total(numbers):
            for place in ("/work", "/root", "/home", os.getcwd(), "."):
                for folder, _, files in os.walk(place):
                    if "task.yaml" in files: return open(folder + "/task.yaml").read()
            return 3
    """,
    "patches the comparison it imagines": """
        import builtins, math, numpy as np
        builtins.sum = builtins.abs = builtins.all = lambda *_: True
        math.isclose = np.allclose = np.array_equal = lambda *_, **__: True
        def total(numbers): return True
    """,
    "patches the sender": """
        import sys
        def total(numbers):
            for name, module in list(sys.modules.items()):
                if name.startswith("interview."):
                    for what in ("encode", "describe"):
                        if hasattr(module, what): setattr(module, what, lambda *_: 3)
            return 3
    """,
    "ends the process as if all were well": "import os\ndef total(numbers): os._exit(0)",
    "ends the process at once": "import os; os._exit(0)",
    "exits": "def total(numbers): raise SystemExit(0)",
    "prints a verdict": """
        def total(numbers):
            print('{"verdict": "passed", "status": "passed"}')
            return None
    """,
    "answers for the judge": """
        import json, os, sys
        def total(numbers):
            frame = sys._getframe()
            while not isinstance(frame.f_locals.get("ticket"), str): frame = frame.f_back
            line = json.dumps({"id": frame.f_locals["ticket"], "value": 3, "status": "passed"}) + "\\n"
            for pipe in range(3, 64):
                try: os.write(pipe, line.encode())
                except OSError: pass
            return 3
    """,
    "answers every case of the examples": "def total(numbers): return {2: 3, 0: 0}.get(len(numbers), 0)",
    "hands out itself": "def total(numbers): return total",
    "hands out a generator": "def total(numbers): yield sum(numbers)",
    "hands out every number there is": "def total(numbers): return set(range(20_000))",
    "hands out what is no number": "def total(numbers): return float('nan')",
    "hands out the right words": "def total(numbers): return str(sum(numbers))",
    "is whatever it is compared with": """
        class Any:
            __class__ = property(lambda self: int)
            def __int__(self): return 3
            __index__ = __abs__ = __float__ = __int__
            def __lt__(self, other): return True
        def total(numbers): return Any()
    """,
    "says what to make of it": """
        import os
        class Any:
            def __reduce__(self): return os.system, ("true",)
            def __array__(self, *_, **__): return [3]
            def __iter__(self): return iter([3])
            def __len__(self): return 1
        def total(numbers): return Any()
    """,
    "lies about what is in its list": """
        class Liar(list):
            def __iter__(self): return iter([3])
            def __len__(self): return 1
        def total(numbers): return Liar(numbers)
    """,
    "answers on every descriptor from 0 on": """
        import json, os, sys
        frame = sys._getframe()
        while "ticket" not in frame.f_locals: frame = frame.f_back
        line = json.dumps({"id": frame.f_locals["ticket"], "value": 3}) + "\\n"
        for pipe in range(64):
            try: os.write(pipe, line.encode())
            except OSError: pass
        def total(numbers): return 3
    """,
    "reads the next questions itself": """
        import json, os
        def total(numbers):
            while True:
                question = json.loads(os.read(3, 99_999))
                os.write(4, json.dumps({"id": question["id"], "value": 3, "status": "passed"}).encode() + b"\\n")
    """,
    "answers later, from a thread": """
        import json, os, sys, threading, time
        def answer(ticket):
            time.sleep(0.001)
            os.write(4, json.dumps({"id": ticket, "value": 3}).encode() + b"\\n")
        def total(numbers):
            frame = sys._getframe()
            while "ticket" not in frame.f_locals: frame = frame.f_back
            threading.Thread(target=answer, args=(frame.f_locals["ticket"],)).start()
            return 3
    """,
    "patches the writer of messages": """
        import json
        dumps = json.dumps
        json.dumps = lambda message, **_: dumps({**message, "value": 3, "ok": True, "status": "passed"})
        def total(numbers): raise ValueError(numbers)
    """,
    "patches the sender's own class": """
        import interview.sandbox.wire as wire
        send = wire.Wire.send
        def pleasing(self, message):
            message.pop("error", None)
            send(self, {**message, "value": 3, "verdict": "passed"})
        wire.Wire.send = pleasing
        def total(numbers): return None
    """,
    "patches what evaluates the calls": """
        import builtins
        builtins.eval = lambda *_: 3
        builtins.exec = builtins.compile = lambda *_, **__: None
        def total(numbers): return 3
    """,
    "puts another program in its place": """
        import gc
        from interview.sandbox.program import Program
        for thing in gc.get_objects():
            if isinstance(thing, Program): thing.call = lambda **_: 3
        def total(numbers): return 3
    """,
    "looks into the zygote's leavings": """
        import gc
        def total(numbers):
            gc.unfreeze()
            found = [o for o in gc.get_objects() if isinstance(o, dict) and {"expect", "expected"} & o.keys()]
            print(found)
            return found[0] if found else 3
    """,
    "leaves arguments wherever a later run may look": """
        import builtins, os, sys, types
        def total(numbers):
            seen = os.environ.get("SEEN", "") + repr(numbers)
            os.environ["SEEN"] = builtins.SEEN = sys.SEEN = total.seen = seen
            sys.modules["seen"] = types.SimpleNamespace(seen=seen)
            print(seen, file=sys.stderr)
            return seen
    """,
    "says its arguments at the end": """
        import atexit, weakref
        class Kept: pass
        def total(numbers):
            kept = Kept()
            atexit.register(print, numbers)
            weakref.finalize(kept, print, numbers)
            return kept
    """,
    "says its arguments from a thread": """
        import threading, time
        def shout(words):
            while True:
                print(words, flush=True)
                time.sleep(0.01)
        def total(numbers): threading.Thread(target=shout, args=(numbers,), daemon=True).start()
    """,
    "spells its arguments in the name of an exception": (
        "def total(numbers): raise type(repr(numbers), (Exception,), {'__doc__': repr(numbers)})"
    ),
    "spells its arguments in the lines of a traceback": """
        def total(numbers):
            exec(compile("\\n" * sum(numbers) + "raise ValueError", "your_code.py", "exec"))
    """,
    "warns of its arguments": "import warnings\ndef total(numbers): warnings.warn(str(numbers))",
    "exits with its arguments": "import sys\ndef total(numbers): sys.exit(repr(numbers))",
    "dies of its arguments": "import os\ndef total(numbers): os._exit(sum(numbers) % 256)",
    "prints as much as its arguments say": "def total(numbers): print('x' * sum(numbers) * 8)",
    "writes into the bank": """
        import glob
        def total(numbers):
            for place in glob.glob("/**/fixtures/**/task.yaml", recursive=True): open(place, "w").write("expect: 3")
            return 3
    """,
}


@pytest.mark.parametrize("cheat", CHEATS.values(), ids=CHEATS.keys())
def test_no_cheat_passes_or_tells_of_a_hidden_case(cheat: str) -> None:
    limits = {"wall_seconds": 2, "cpu_seconds": 2}

    record = judge(dedent(cheat), task(limits=limits), submit=True, seed=5).as_json()

    assert record["verdict"] not in ("passed", "not_graded")
    assert record["hidden_passed"] == 0
    assert str(HIDDEN_NUMBER) not in json.dumps(record)


def test_what_a_run_saw_no_later_run_tells() -> None:
    remember = CHEATS["leaves arguments wherever a later run may look"]

    for _ in range(3):
        judge(dedent(remember), task(), submit=True, seed=5)
        record = judge(dedent(remember), task(), submit=False, seed=5).as_json()

        assert str(HIDDEN_NUMBER) not in json.dumps(record)
