"""Programs that meddle with the pipes between a child and its worker: the worker stays as calm as its next run."""

import time
from textwrap import dedent

import pytest

from interview.sandbox.jobs import Call, Ending, Job, Limits
from interview.sandbox.run import run
from tests.processes import SOON

pytestmark = pytest.mark.usefixtures("tier")

# How a program finds the ticket of the question that it is asked, and how it answers for itself.
_TOOLS = """
import json, os, sys, time
def ticket():
    frame = sys._getframe()
    while not isinstance(frame.f_locals.get("ticket"), str): frame = frame.f_back
    return frame.f_locals["ticket"]
def message(**facts): return json.dumps(facts).encode() + b"\\n"
"""
MEDDLING = {
    "answers before the end of a question": (
        """
        def f():
            os.write(4, message(id=ticket(), value=1))
            beginning = os.read(3, 200).decode()
            os.write(4, message(id=beginning.split('"')[3], value=1))
            time.sleep(9)
        """,
        Ending.FORBIDDEN,
    ),
    "never listens again": (
        """
        def f():
            os.write(4, message(id=ticket(), value=1))
            time.sleep(9)
        """,
        Ending.TIME,
    ),
    "listens in a thread and says nothing": (
        """
        import threading
        def f():
            def listen():
                while True: os.read(3, 10)
            threading.Thread(target=listen).start()
        """,
        Ending.TIME,
    ),
    "answers letter by letter": (
        """
        def f():
            while True:
                os.write(4, b"[")
                time.sleep(0.001)
        """,
        Ending.TIME,
    ),
    "answers with another's ticket": (
        "def f(): os.write(4, message(id='0' * 16, value=1))",
        Ending.FORBIDDEN,
    ),
    "answers with a ticket of another kind": (
        "def f(): os.write(4, message(id={'is': ticket()}, value=1))",
        Ending.FORBIDDEN,
    ),
    "answers with a number too long to read": (
        "def f(): os.write(4, b'{\"value\": ' + b'9' * 9000 + b'}\\n')",
        Ending.FORBIDDEN,
    ),
    "answers in bytes of no text": ("def f(): os.write(4, bytes(range(11, 256)) + b'\\n')", Ending.FORBIDDEN),
    "hangs up and goes on": ("def f():\n  os.close(4)\n  while True: pass", Ending.ERROR),
    "hangs up and prints on": (
        "def f():\n  os.close(4)\n  for _ in range(99): os.write(1, b'x'); time.sleep(0.1)",
        Ending.ERROR,
    ),
    "closes all it has": ("def f(): os.closerange(0, 256)", Ending.ERROR),
    "turns its pipes round": ("def f():\n  os.dup2(3, 9); os.dup2(4, 3); os.dup2(9, 4)", Ending.ERROR),
    "lets its pipes wait for nothing": (
        "import fcntl\ndef f(): [fcntl.fcntl(n, fcntl.F_SETFL, os.O_NONBLOCK) for n in range(5)]",
        None,
    ),
}


@pytest.mark.parametrize(("program", "ending"), MEDDLING.values(), ids=MEDDLING.keys())
def test_a_meddler_harms_only_its_own_run(program: str, ending: Ending | None) -> None:
    long = {"long": [0] * 40_000}
    calls = (Call("a", "f()"), Call("b", "1 + 1", "", long), Call("c", "2 + 2", "", long))
    started = time.monotonic()

    outcome = run(Job(_TOOLS + dedent(program), calls, Limits(wall_seconds=2)))

    assert outcome.ending is ending or ending is None
    assert Ending.FAULT not in {
        outcome.ending,
        *(a.error.ending for a in outcome.answers.values() if a.error),
    }
    assert 1 not in [answer.value for name, answer in outcome.answers.items() if name != "a"]
    assert time.monotonic() - started < 2 + SOON
    assert [run(Job("", calls[1:])).answers[name].value for name in "bc"] == [2, 4]
