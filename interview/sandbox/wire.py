"""Messages as JSON: one a line on the pipes of a child, one a packet on the socket between a worker and the zygote."""

import json
import os
import socket
import sys
from typing import Any

_PACKET = 64 * 1024


class Wire:
    """The child's end: it reads requests and writes answers, one at a time."""

    def __init__(self, *, requests: int, answers: int) -> None:
        self._requests = os.fdopen(requests, "rb")
        self._answers = answers

    def receive(self) -> dict[str, Any]:
        """The next request; the child ends here when the parent has hung up."""
        line = self._requests.readline()
        if not line:
            raise SystemExit(0)
        return parse(line)

    def send(self, message: dict[str, Any]) -> None:
        data = to_line(message)
        while data:
            data = data[os.write(self._answers, data) :]


def to_line(message: dict[str, Any]) -> bytes:
    """A message as it travels. Escapes keep it ASCII, so that half a character can't break it."""
    return json.dumps(message).encode("ascii") + b"\n"


def parse(line: bytes) -> dict[str, Any]:
    """The message of one line; ValueError where it isn't one."""
    try:
        message = json.loads(line)
    except RecursionError as problem:
        raise ValueError("nested too deeply") from problem
    if not isinstance(message, dict):
        raise ValueError("an object was expected")
    return message


def receive(worker: socket.socket) -> dict[str, Any] | None:
    """What a worker says to the zygote; None when it has hung up."""
    try:
        data = worker.recv(_PACKET)
    except OSError:
        return None
    return parse(data) if data else None


def send(worker: socket.socket, message: dict[str, Any]) -> None:
    """Tell a worker, if it still wants to know."""
    try:
        worker.send(json.dumps(message).encode())
    except OSError:
        return


def peer_uid(worker: socket.socket) -> int:
    """Whose process is at the other end, as the kernel knows it."""
    credentials = worker.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(credentials[4:8], sys.byteorder)
