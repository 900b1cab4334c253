"""The supervisor: its children live as long as it does, and not a moment longer."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest

from tests.processes import Family, eventually

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


@pytest.fixture
def family() -> Iterator[Family]:
    family = Family([sys.executable, "-c", HOUSE])
    assert eventually(lambda: len(family.members()) == EVERYBODY, within=5)
    yield family
    family.end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_it_ends_the_whole_family_within_two_seconds(family: Family, number: int) -> None:
    family.head.send_signal(number)

    assert family.head.wait(timeout=2) == 0
    assert family.members() == set()


def test_no_child_outlives_a_supervisor_that_was_killed(family: Family) -> None:
    children = set(family.children())
    family.head.kill()

    assert eventually(lambda: not children & family.members(), within=2)


def test_a_child_that_dies_is_started_again_without_a_trace_of_the_first(family: Family) -> None:
    victim = min(family.children())
    os.kill(victim, signal.SIGKILL)

    assert eventually(lambda: len(set(family.children()) - {victim}) == 2, within=6)
    assert eventually(lambda: len(family.members()) == EVERYBODY, within=5)
