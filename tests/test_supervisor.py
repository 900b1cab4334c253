"""The supervisor: its children live as long as it does, and not a moment longer."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.processes import Family, eventually, sometimes

pytestmark = pytest.mark.alone

# Two children with a child each; one of them doesn't end when asked.
HOUSE = """
import sys
from interview.supervisor import supervise

child = "import subprocess, time; subprocess.Popen(['sleep', '60']); time.sleep(60)"
stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + child
supervise({"child": [sys.executable, "-c", child], "stubborn child": [sys.executable, "-c", stubborn]})
"""
EVERYBODY = 5


@contextmanager
def _a_family() -> Iterator[Family]:
    family = Family([sys.executable, "-c", HOUSE])
    try:
        assert eventually(lambda: len(family.members()) == EVERYBODY)
        yield family
    finally:
        family.end()


@pytest.fixture
def family() -> Iterator[Family]:
    with _a_family() as family:
        yield family


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_it_ends_the_whole_family_within_two_seconds(number: int) -> None:
    def seconds() -> float:
        with _a_family() as family:
            began = time.monotonic()
            family.head.send_signal(number)

            assert family.head.wait() == 0
            seconds = time.monotonic() - began
            assert family.members() == set()
            return seconds

    assert sometimes(seconds, below=2)


def test_no_child_outlives_a_supervisor_that_was_killed(family: Family) -> None:
    children = set(family.children())
    family.head.kill()

    assert eventually(lambda: not children & family.members())


def test_a_child_that_dies_is_started_again_without_a_trace_of_the_first(family: Family) -> None:
    victim = min(family.children())
    os.kill(victim, signal.SIGKILL)

    assert eventually(lambda: len(set(family.children()) - {victim}) == 2)
    assert eventually(lambda: len(family.members()) == EVERYBODY)
