"""The address of a language model: where it is, who is asked there, and one question to it within its time."""

import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR, socket
from urllib.parse import SplitResult, urlsplit

LONGEST_WAIT = 300.0
# A verdict with quotes for eight key points takes a hundredth of it.
LARGEST_REPLY = 512 * 1024
# With what stands around it, model and host fit into `Score.scorer`.
LONGEST_NAME = 180
OK = 200


class Misconfigured(ValueError):
    """What is wrong with the settings; never with the key in it."""


class Unusable(Exception):
    """Why there is no verdict; without the key, and without a word of the answer or the reply."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model behind an address that speaks OpenAI's chat completions; each question has so many seconds in all."""

    url: str
    model: str
    seconds: float
    key: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    def ask(self, body: bytes) -> bytes:
        """What the server replies; Unusable where it doesn't, whatever it does instead."""
        exchange = _Exchange(self, body)
        exchange.start()
        exchange.join(self.seconds)
        if exchange.is_alive():
            exchange.hang_up()
            raise Unusable(f"no whole reply within {self.seconds:g} s")
        if exchange.problem:
            raise Unusable(_in_words(exchange.problem)) from None
        return exchange.reply


def endpoint(*, url: str, model: str, key: str, seconds: str) -> Endpoint | None:
    """The endpoint that these settings name, None where they name no address; Misconfigured says what is wrong."""
    if not url:
        return None
    if not model:
        raise Misconfigured("SCORER_URL is set, but SCORER_MODEL doesn't say which model to ask there.")
    host = _demand_address(url).netloc
    if len(model) + len(host) > LONGEST_NAME:
        raise Misconfigured(f"SCORER_MODEL and the host are longer than {LONGEST_NAME} characters together.")
    if not all("!" <= character <= "~" for character in key):
        raise Misconfigured("SCORER_KEY holds a character that no key has, perhaps a space or a line's end.")
    return Endpoint(url.rstrip("/"), model, _demand_seconds(seconds), key)


def _demand_address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    # http.client would refuse them only once an answer waits.
    if not is_address or not all("!" <= character <= "~" for character in url):
        raise Misconfigured("SCORER_URL must be an address like https://models.example/v1.")
    if "@" in parts.netloc:
        raise Misconfigured("SCORER_URL must hold no name or password: the key belongs into SCORER_KEY.")
    if "?" in url or "#" in url:
        raise Misconfigured("SCORER_URL must end with its path: /chat/completions is put behind it.")
    return parts


def _demand_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_WAIT:
        raise Misconfigured(f"SCORER_SECONDS must be a number above 0 and up to {LONGEST_WAIT:g}.")
    return seconds


class _Exchange(threading.Thread):
    """One request, in a thread of its own: whatever it hangs in, a name's look-up or a header, it can be left there."""

    def __init__(self, to: Endpoint, body: bytes) -> None:
        super().__init__(name="language model", daemon=True)
        self.reply = b""
        self.problem: Exception | None = None
        self._to, self._body = to, body
        self._socket: socket | None = None
        self._is_left = False

    def run(self) -> None:
        try:
            with closing(self._connection()) as connection:
                connection.connect()
                self._socket = connection.sock
                if not self._is_left:
                    self.reply = self._post(connection)
        except Exception as problem:
            # Whatever a server makes of http.client: the caller wants to know of it, and no thread's end does.
            self.problem = problem

    def hang_up(self) -> None:
        """Wake it from whatever it waits for; it sends nothing any more where it has not even begun."""
        self._is_left = True
        if self._socket:
            with suppress(OSError):
                self._socket.shutdown(SHUT_RDWR)

    def _connection(self) -> HTTPConnection:
        """Straight to the host: http.client knows no proxies, and follows no redirects."""
        parts = urlsplit(self._to.url)
        kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        return kind(parts.hostname or "", parts.port, timeout=self._to.seconds)

    def _post(self, connection: HTTPConnection) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
        if self._to.key:
            headers["Authorization"] = f"Bearer {self._to.key}"
        path = f"{urlsplit(self._to.url).path}/chat/completions"
        connection.request("POST", path, self._body, headers)
        with connection.getresponse() as response:
            if response.status != OK:
                raise Unusable(f"status {response.status}")
            reply = response.read(LARGEST_REPLY + 1)
            if len(reply) > LARGEST_REPLY:
                raise Unusable(f"a reply of more than {LARGEST_REPLY // 1024} KiB")
            if response.length:
                raise Unusable("a reply that ended in its middle")
            return reply


def _in_words(problem: Exception) -> str:
    """What went wrong. Of a reply that is no HTTP only the kind: its text is the server's, and may repeat the key."""
    if isinstance(problem, Unusable | OSError) and not isinstance(problem, HTTPException):
        return str(problem)
    return type(problem).__name__
