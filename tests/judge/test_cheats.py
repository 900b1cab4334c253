"""Programs that want to pass without solving the task: none may, nor bring a hidden case to light."""

import json
from textwrap import dedent

import pytest

from interview.judge.judge import judge
from tests.judge.tasks import HIDDEN_NUMBER, task

pytestmark = pytest.mark.usefixtures("sandbox")

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
}


@pytest.mark.parametrize("cheat", CHEATS.values(), ids=CHEATS.keys())
def test_no_cheat_passes_or_tells_of_a_hidden_case(cheat: str) -> None:
    record = judge(dedent(cheat), task(), submit=True, seed=5).as_json()

    assert record["verdict"] not in ("passed", "not_graded")
    assert record["hidden_passed"] == 0
    assert str(HIDDEN_NUMBER) not in json.dumps(record)
