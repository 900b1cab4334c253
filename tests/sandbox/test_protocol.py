"""Programs that meddle with the pipe on which their answers travel."""

from textwrap import dedent

import pytest

from interview.sandbox.jobs import Call, Ending, Job, Limits
from interview.sandbox.run import run

pytestmark = pytest.mark.usefixtures("sandbox")

# What a program can find out: the pipes are open, and the ticket of the current question is in a frame above.
MEDDLE = """
import json, os, sys

def pipes():
    for pipe in range(3, 64):
        try: os.write(pipe, b"")
        except OSError: continue
        yield pipe

def ticket():
    frame = sys._getframe()
    while not isinstance(frame.f_locals.get("ticket"), str): frame = frame.f_back
    return frame.f_locals["ticket"]

def forge(value, name):
    for pipe in pipes():
        try: os.write(pipe, json.dumps({"id": name, "value": value}).encode() + b"\\n")
        except OSError: pass
"""
FORGERIES = {
    "answers twice": "def f():\n  forge(42, ticket())\n  return 42",
    "answers ahead of a question": "forge(42, 'x')\ndef f(): return 42",
    "answers from a thread": """
        import threading, time
        def f():
            now = ticket()
            threading.Thread(target=lambda: (time.sleep(0.05), forge(42, now))).start()
            return 42
    """,
    "answers what isn't a message": """
        def f():
            for pipe in pipes(): os.write(pipe, b"[[[[\\n")
            return 42
    """,
    "answers nested without end": """
        def f():
            for pipe in pipes(): os.write(pipe, b"[" * 60000 + b"\\n")
            return 42
    """,
}


@pytest.mark.parametrize("cheat", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_second_or_forged_answer_spoils_the_run(cheat: str) -> None:
    calls = (Call("first", "f()"), Call("second", "__import__('time').sleep(0.2)"))

    outcome = run(Job(MEDDLE + dedent(cheat), calls, Limits(wall_seconds=3)))

    assert outcome.ending is Ending.FORBIDDEN
    assert 42 not in [answer.value for answer in outcome.answers.values()]


def test_an_endless_answer_is_cut_off() -> None:
    cheat = "def f():\n  while True:\n    for pipe in pipes(): os.write(pipe, b'x' * 10000)"

    outcome = run(Job(MEDDLE + cheat, (Call("a", "f()"),), Limits(wall_seconds=3, answer_bytes=50_000)))

    assert outcome.ending is Ending.OUTPUT


def test_a_call_whose_answer_was_withheld_has_none() -> None:
    cheat = "def f():\n  [os.close(pipe) for pipe in list(pipes())]\n  return 42"

    outcome = run(Job(MEDDLE + cheat, (Call("a", "f()"),), Limits(wall_seconds=3)))

    assert outcome.ending is Ending.ERROR
    assert outcome.answers["a"].value is None
