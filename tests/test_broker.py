"""The embedded broker: nothing lost, nothing twice, and a sign of life."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection, Exchange, Queue

import interview.celery  # noqa: F401  (makes the embedded transport known)
from interview.broker import Channel, has_consumer
from tests.processes import SOON

pytestmark = pytest.mark.alone

QUEUE = Queue("bell", Exchange("bell"), routing_key="bell")
THREADS = 2


def connect(folder: Path) -> Connection:
    return Connection(f"embedded://{folder}")


def produce(folder: Path, sender: str, count: int = 500) -> None:
    with connect(folder) as connection, connection.Producer() as producer:
        for number in range(count):
            producer.publish(f"{sender}-{number}", exchange="bell", routing_key="bell", declare=[QUEUE])


def consume(folder: Path, seconds_of_silence: float = 1.5) -> list[str]:
    received: list[str] = []

    def note(body: str, message: Any) -> None:
        received.append(body)
        message.ack()

    with connect(folder) as connection, connection.Consumer([QUEUE], callbacks=[note]):
        silent_since = time.monotonic()
        while time.monotonic() - silent_since < seconds_of_silence:
            try:
                connection.drain_events(timeout=0.1)
            except TimeoutError:
                continue
            silent_since = time.monotonic()
    return received


def in_threads(work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main(folder: Path, role: str) -> None:
    """What each process of the test below does: produce or consume in several threads, and say what came."""
    received: list[str] = []
    if role == "consume":
        in_threads(lambda number: received.extend(consume(folder)))
    else:
        in_threads(lambda number: produce(folder, f"{role}-{number}"))
    print(json.dumps(received))


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    with connect(tmp_path) as connection:
        yield connection.channel()


def test_of_2000_messages_none_is_lost_and_each_comes_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", __name__, str(tmp_path)]
    processes = [
        subprocess.Popen([*command, role], stdout=subprocess.PIPE)
        for role in ["first", "second", "consume", "consume"]
    ]

    received = [body for process in processes for body in json.loads(process.communicate(timeout=60)[0])]

    sent = {f"{role}-{t}-{n}" for role in ("first", "second") for t in range(THREADS) for n in range(500)}
    assert len(sent) == 2000
    assert sorted(received) == sorted(sent)


def test_messages_come_in_the_order_they_were_sent(tmp_path: Path) -> None:
    produce(tmp_path, "one", count=20)

    assert consume(tmp_path, seconds_of_silence=0.2) == [f"one-{number}" for number in range(20)]


def test_a_message_that_is_still_being_written_is_not_seen(channel: Channel, tmp_path: Path) -> None:
    channel._put("bell", {"body": "whole"})
    (tmp_path / "bell" / ".00000000000000000001-half").write_text('{"body": "ha')

    assert channel._size("bell") == 1
    assert channel._get("bell") == {"body": "whole"}


def test_a_message_that_was_taken_but_not_begun_comes_back(tmp_path: Path) -> None:
    produce(tmp_path, "one", count=1)
    with connect(tmp_path) as connection, connection.Consumer([QUEUE], callbacks=[print]):
        connection.drain_events(timeout=1)

    assert consume(tmp_path, seconds_of_silence=0.2) == ["one-0"]


def test_a_purged_queue_is_empty(channel: Channel) -> None:
    for number in range(3):
        channel._put("bell", {"body": number})

    assert channel._purge("bell") == 3
    assert channel._size("bell") == 0


def test_a_queue_says_whether_anybody_collects(tmp_path: Path) -> None:
    with connect(tmp_path) as doctor:
        assert not has_consumer(doctor, "bell")

        with connect(tmp_path) as connection, connection.Consumer([QUEUE]):
            assert has_consumer(doctor, "bell")

        assert not has_consumer(doctor, "bell")


def test_waiting_ends_soon_so_that_a_worker_can_stop(tmp_path: Path) -> None:
    with connect(tmp_path) as connection, connection.Consumer([QUEUE]):
        began = time.monotonic()
        with pytest.raises(socket.timeout):
            connection.drain_events(timeout=60)

    assert time.monotonic() - began < SOON


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
