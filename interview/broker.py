"""A message broker without a server, for one machine (`embedded:///folder`): a queue is a folder, a message a file.

A message is written under a hidden name and renamed when it is whole, so nobody reads half of one; it belongs
to the consumer that manages to unlink its file. What a stopping consumer had not begun, kombu puts back.
"""

import fcntl
import os
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import IO, Any, ClassVar

from kombu import Connection
from kombu.transport import virtual
from kombu.utils.json import dumps, loads


class Channel(virtual.Channel):
    """What kombu asks of a transport: put, get, count and purge the messages of a queue."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._signs: list[IO[str]] = []

    def basic_consume(self, queue: str, *args: Any, **kwargs: Any) -> None:
        # The kernel takes the lock back however this process ends: a sign of life that can't go stale.
        sign = _sign(self._folder(queue))
        fcntl.flock(sign, fcntl.LOCK_SH)
        self._signs.append(sign)
        super().basic_consume(queue, *args, **kwargs)

    def close(self) -> None:
        super().close()
        while self._signs:
            self._signs.pop().close()

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        name = f"{time.time_ns():020}-{uuid.uuid4().hex}"
        hidden = _made(self._folder(queue)) / f".{name}"
        hidden.write_text(dumps(message))
        hidden.rename(hidden.with_name(name))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        folder = self._folder(queue)
        for name in _waiting(folder):
            try:
                content = (folder / name).read_text()
                (folder / name).unlink()
            except FileNotFoundError:
                continue  # Another consumer was faster.
            return loads(content)  # type: ignore[no-any-return]
        raise Empty

    def _size(self, queue: str) -> int:
        return len(_waiting(self._folder(queue)))

    def _purge(self, queue: str) -> int:
        folder = self._folder(queue)
        names = _waiting(folder)
        for name in names:
            (folder / name).unlink(missing_ok=True)
        return len(names)

    def _folder(self, queue: str) -> Path:
        return _folder(self.connection.client, queue)


class Transport(virtual.Transport):
    """The embedded broker as kombu and Celery see it."""

    Channel = Channel
    driver_type = driver_name = "embedded"
    # Half of this is what a message waits on average; looking costs 0.07 ms.
    polling_interval = 0.01
    default_connection_params: ClassVar[dict[str, Any]] = {}  # No host, so kombu need not miss one.

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        # Come up for air often, so that a worker that was told to stop notices.
        super().drain_events(connection, timeout=timeout and min(timeout, 0.2))

    def driver_version(self) -> str:
        return "1"


def has_consumer(connection: Connection, queue: str) -> bool:
    """Whether a living process collects the messages of this queue."""
    with _sign(_folder(connection, queue)) as sign:
        try:
            fcntl.flock(sign, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _folder(connection: Connection, queue: str) -> Path:
    return Path("/", connection.virtual_host, queue)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _waiting(folder: Path) -> list[str]:
    """The names of the messages in a queue's folder, oldest first."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except FileNotFoundError:
        return []


def _sign(folder: Path) -> IO[str]:
    return (_made(folder) / ".consumer").open("a")
