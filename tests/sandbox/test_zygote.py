"""The warm zygotes in all that can befall them: they die, tire, lose a spare, are asked by strangers."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interview.sandbox import host
from interview.sandbox.host import Keeper, Tier, Zygotes
from interview.sandbox.jobs import Ending, Job, Limits, Outcome
from interview.sandbox.process import Process, Stopped
from interview.sandbox.session import in_jail
from interview.sandbox.zygote import SPARES
from tests.processes import PATIENCE, SOON, descendants, eventually, is_alive


@pytest.fixture
def zygotes(tier: Tier) -> Iterator[Zygotes]:
    """A pair of its own, for it may suffer."""
    zygotes = Zygotes(tier)
    yield zygotes
    zygotes.close()


def _keeper(zygotes: Zygotes, kind: str = "thin") -> Keeper:
    zygotes.address(kind)
    return zygotes._keepers[kind]


def _zygote(zygotes: Zygotes) -> int:
    """The zygote itself: in tier A bubblewrap is around it."""
    started = _keeper(zygotes).pid
    if zygotes._tier is Tier.B:
        return started
    assert eventually(lambda: bool(_children(started)))
    return _children(started)[0]


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _spares(zygotes: Zygotes) -> set[int]:
    return {pid for pid in descendants(_zygote(zygotes)) if _is_locked_in(pid)}


def _is_locked_in(pid: int) -> bool:
    try:
        return b"Seccomp:\t2" in Path(f"/proc/{pid}/status").read_bytes()
    except OSError:
        return False  # It has gone meanwhile.


def _printed(outcome: Outcome) -> str:
    assert outcome.ending is Ending.FINISHED, outcome.error
    return outcome.prints


def test_a_zygote_that_is_killed_takes_its_runs_along_and_comes_back(zygotes: Zygotes) -> None:
    assert _printed(in_jail(Job("print(1)"), zygotes)) == "1\n"
    with ThreadPoolExecutor() as pool:
        cut = pool.submit(in_jail, Job("import time; time.sleep(60)"), zygotes)
        time.sleep(0.3)
        family = descendants(_keeper(zygotes).pid)

        os.kill(_zygote(zygotes), signal.SIGKILL)

        assert cut.result(timeout=SOON).ending is Ending.FAULT
        assert eventually(lambda: not any(map(is_alive, family)))
        assert _printed(in_jail(Job("print(2)"), zygotes)) == "2\n"


def test_who_asks_while_no_zygote_lives_waits_for_the_next_one(zygotes: Zygotes) -> None:
    in_jail(Job("print(1)"), zygotes)

    for _ in range(3):
        os.kill(_zygote(zygotes), signal.SIGKILL)
        assert _printed(in_jail(Job("print(2)"), zygotes)) == "2\n"


def test_a_tired_zygote_is_followed_by_another_and_no_run_notices(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    tired = "import interview.sandbox.zygote as z; z.MOST_RUNS = 4; main(listener"
    monkeypatch.setattr(host, "_START", host._START.replace("main(listener", tired))
    first = _keeper(zygotes).pid
    jobs = [Job(f"import time; time.sleep(0.05); print({number})") for number in range(24)]

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda job: in_jail(job, zygotes), jobs))

    assert [_printed(outcome) for outcome in outcomes] == [f"{number}\n" for number in range(24)]
    assert _keeper(zygotes).pid != first
    assert eventually(lambda: not is_alive(first))


def test_who_has_knocked_before_a_zygote_retires_still_gets_a_child(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    tired = "import interview.sandbox.zygote as z; z.MOST_RUNS = 1; main(listener"
    monkeypatch.setattr(host, "_START", host._START.replace("main(listener", tired))
    keeper = _keeper(zygotes)
    first = keeper.pid
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as worker:
        worker.connect(keeper.address)
        # The next in the queue has been answered, so this one was let in; one run makes its zygote tired.
        assert _printed(in_jail(Job("print(2)"), zygotes)) == "2\n"
        assert eventually(lambda: keeper.pid != first and keeper._current.was_warm, within=PATIENCE)
        time.sleep(0.3)  # The word to retire has arrived.
        worker.settimeout(PATIENCE)
        worker.send(b'{"limits": {}}')

        _, pipes, _, _ = socket.recv_fds(worker, 1000, 4)

    assert len(pipes) == 4
    for pipe in pipes:
        os.close(pipe)
    assert eventually(lambda: not is_alive(first))


def test_a_spare_that_died_is_not_handed_out(zygotes: Zygotes) -> None:
    _keeper(zygotes)  # No run yet: all that it has are spares.
    assert eventually(lambda: len(_spares(zygotes)) == SPARES)
    spares = _spares(zygotes)
    for spare in spares:
        os.kill(spare, signal.SIGKILL)
    assert eventually(lambda: not any(map(is_alive, spares)))

    assert _printed(in_jail(Job("print(2)"), zygotes)) == "2\n"


def test_a_worker_too_slow_to_watch_learns_that_the_time_was_over(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hasty = "import interview.sandbox.offspring as o; o._GRACE_SECONDS = 0; main(listener"
    monkeypatch.setattr(host, "_START", host._START.replace("main(listener", hasty))
    with Process(_keeper(zygotes).address, Limits(wall_seconds=1)) as process:
        process.ask({"source": "print(2)"})
        time.sleep(1.5)

        with pytest.raises(Stopped) as stop:
            process.ask({"setup": "", "expression": "1", "given": {}})

        assert stop.value.ending is Ending.TIME
        assert process.end().ending is not Ending.FAULT


def test_a_run_whose_worker_hangs_up_is_ended(zygotes: Zygotes) -> None:
    address = _keeper(zygotes).address
    assert eventually(lambda: len(_spares(zygotes)) == SPARES)
    children = _spares(zygotes)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as worker:
        worker.connect(address)
        worker.send(b'{"limits": {}}')
        _, pipes, _, _ = socket.recv_fds(worker, 1000, 4)
        os.write(pipes[0], b'{"id": "1", "source": "while True: pass"}\n')
        assert all(map(is_alive, children))

    assert eventually(lambda: sum(map(is_alive, children)) == SPARES - 1)
    for pipe in pipes:
        os.close(pipe)


def test_nothing_is_left_of_runs_not_even_a_number(zygotes: Zygotes) -> None:
    assert eventually(lambda: len(_children(_zygote(zygotes))) == SPARES)
    spares = _children(_zygote(zygotes))
    for ending in ("pass", "import os; os.abort()", "raise SystemExit(3)") * SPARES:
        in_jail(Job(ending), zygotes)

    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in spares))


def test_a_worker_that_stands_still_keeps_no_child_for_ever(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = "import interview.sandbox.offspring as o; o._GRACE_SECONDS = 0; main(listener"
    monkeypatch.setattr(host, "_START", host._START.replace("main(listener", strict))
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as worker:
        worker.settimeout(PATIENCE)
        worker.connect(_keeper(zygotes).address)
        worker.send(b'{"limits": {"wall_seconds": 0.2}}')
        _, pipes, _, _ = socket.recv_fds(worker, 1000, 4)

        assert b'"code": 0' in worker.recv(1000)
    for pipe in pipes:
        os.close(pipe)


def test_a_machine_without_a_process_to_spare_is_asked_again(
    zygotes: Zygotes, monkeypatch: pytest.MonkeyPatch
) -> None:
    scarce = (
        "import itertools, os; count, fork = itertools.count(), os.fork\n"
        "def scarce():\n"
        "    if next(count) in (0, 3, 4): raise BlockingIOError(11, 'none to spare')\n"
        "    return fork()\n"
        "os.fork = scarce\nmain(listener"
    )
    monkeypatch.setattr(host, "_START", host._START.replace(";main(listener", "\n" + scarce))
    zygote = _zygote(zygotes)

    for number in range(5):
        assert _printed(in_jail(Job(f"print({number})"), zygotes)) == f"{number}\n"
    assert _zygote(zygotes) == zygote


def test_a_child_may_call_itself_what_it_likes(zygotes: Zygotes) -> None:
    odd = r"import ctypes, time; ctypes.CDLL(None).prctl(15, b'\xff\n) R 1', 0, 0, 0); time.sleep(0.2); print(1)"

    assert _printed(in_jail(Job(odd), zygotes)) == "1\n"
    assert _printed(in_jail(Job("print(2)"), zygotes)) == "2\n"


def test_each_child_has_chance_of_its_own(zygotes: Zygotes) -> None:
    source = "import random, numpy\nprint(random.random(), numpy.random.random())"

    printed = " ".join(in_jail(Job(source), zygotes).prints for _ in range(4)).split()

    assert len(set(printed)) == 8


def test_a_stranger_gets_no_child(zygotes: Zygotes) -> None:
    if os.getuid() != 0:
        pytest.skip("only root can pretend to be somebody else")
    stranger = f"""
import os, socket
os.setuid(65534)
door = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
door.connect({_keeper(zygotes).address!r})
try:
    door.send(b'{{"limits": {{}}}}')
    print(door.recv(100) or "refused")
except OSError:
    print("refused")
"""
    seen = subprocess.run([sys.executable, "-c", stranger], capture_output=True, text=True, check=True)

    assert seen.stdout == "refused\n"


def test_closing_leaves_no_process(tier: Tier) -> None:
    zygotes = Zygotes(tier)
    in_jail(Job("print(1)"), zygotes)
    family = {_keeper(zygotes).pid} | descendants(_keeper(zygotes).pid)

    zygotes.close()

    assert eventually(lambda: not any(map(is_alive, family)))
