"""One message a line, as JSON, over the two private pipes between a child and its parent."""

import json
import os
from typing import Any


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
