"""A language model as a real HTTP server on this machine, that answers as the test has it answer."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from interview.scoring.endpoint import Endpoint

KEY = "sk-this-must-be-seen-by-nobody"


class Asked(BaseHTTPRequestHandler):
    """One request to it; `server` keeps those that came."""

    server: "Server"
    # Its first line and headers are the test's own, so that they can be wrong.
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.body: bytes = self.rfile.read(int(self.headers["Content-Length"]))
        self.close_connection = True
        self.server.asked.append(self)
        try:
            self.server.behave(self)
        except OSError:
            self.server.hung_up.set()

    def log_message(self, *_args: object) -> None:
        """Silently."""

    def send(self, content: object, **message: object) -> None:
        """A reply as it should be, with this content."""
        text = content if isinstance(content, str) or content is None else json.dumps(content)
        choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}}
        self.send_body(json.dumps({"id": "1", "choices": [choice], "usage": {"total_tokens": 9}}).encode())

    def send_body(self, body: bytes, *, length: int | None = None, status: int = 200) -> None:
        size = len(body) if length is None else length
        self.send_raw(b"HTTP/1.1 %d Well\r\nContent-Length: %d\r\n\r\n%s" % (status, size, body))

    def send_raw(self, octets: bytes) -> None:
        self.wfile.write(octets)


Behaviour = Callable[[Asked], None]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behave: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.behave = behave
        self.asked: list[Asked] = []
        self.hung_up = threading.Event()

    def endpoint(self, *, seconds: float = 20) -> Endpoint:
        return Endpoint(f"http://127.0.0.1:{self.server_port}/v1", "some-model", seconds, KEY)


@contextmanager
def serving(behave: Behaviour) -> Iterator[Server]:
    with Server(behave) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def says(content: object, **message: object) -> Behaviour:
    """A server whose model says this."""
    return lambda asked: asked.send(content, **message)


def judgement(*points: tuple[str, object, object]) -> dict[str, Any]:
    """What a model says of these key points: each its id, verdict and quote."""
    return {"points": [{"id": id, "verdict": verdict, "quote": quote} for id, verdict, quote in points]}
