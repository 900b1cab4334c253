"""A person's line to the server: one connection, kept open and resent upon as a browser does, and their cookies."""

import re
import select
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

# A page that takes longer than this has nobody left who waits for it.
PATIENCE = 30.0
SLOW_PIECES = 8
FORM = "application/x-www-form-urlencoded"
TIME_IN_APP = re.compile(r"\bapp;dur=([\d.]+)")


class NoReply(Exception):
    """Refused, reset, or silent for too long: whether the request was heard is not known."""


@dataclass(frozen=True)
class Reply:
    """What came back: `seconds` go from sending to the first byte, `waited` is the part of it before Django began."""

    status: int
    text: str
    leads_to: str
    seconds: float
    waited: float | None
    was_resent: bool


class Line:
    """Requests of one person, one after the other."""

    def __init__(self, url: str, cookies: Mapping[str, str], *, seems_secure: bool = False) -> None:
        where = urlsplit(url)
        kind = HTTPSConnection if where.scheme == "https" else HTTPConnection
        self._http = kind(where.hostname or "", where.port, timeout=PATIENCE)
        self._cookies = dict(cookies)
        self._headers = {"User-Agent": "Rehearsal simulation", "Origin": f"{where.scheme}://{where.netloc}"}
        if seems_secure and where.scheme == "http":
            # Straight to the web server, past the proxy that would have said this.
            self._headers |= {"X-Forwarded-Proto": "https", "Origin": f"https://{where.netloc}"}

    def get(self, path: str, *, is_fragment: bool = False) -> Reply:
        """Ask for a page, or for a part of one."""
        return self._exchange("GET", path, b"", self._say(is_fragment), slowly=0)

    def post(self, path: str, fields: Mapping[str, str], *, slowly: float = 0) -> Reply:
        """Send a form as htmx does; `slowly` takes so many seconds over it."""
        return self._exchange("POST", path, urlencode(fields).encode(), self._say(True), slowly=slowly)

    def cut(self, path: str, fields: Mapping[str, str], *, share: float = 1) -> None:
        """Send so much of a form and hang up: all of it, and nobody hears the reply; less, and it never arrives."""
        body = urlencode(fields).encode()
        self._forget_dead_connection()
        try:
            self._http.putrequest("POST", path)
            for name, value in (self._say(True) | {"Content-Type": FORM}).items():
                self._http.putheader(name, value)
            self._http.putheader("Content-Length", str(len(body)))
            self._http.endheaders()
            self._http.send(body[: int(len(body) * share)])
        except (OSError, HTTPException):
            pass  # It was to be lost anyway.
        self.hang_up()

    def hang_up(self) -> None:
        self._http.close()

    def _say(self, is_fragment: bool) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        said = self._headers | {"Cookie": cookies}
        if is_fragment:
            said |= {"HX-Request": "true", "X-CSRFToken": self._cookies.get("csrftoken", "")}
        return said

    def _exchange(
        self, method: str, path: str, body: bytes, headers: dict[str, str], *, slowly: float
    ) -> Reply:
        was_open = self._forget_dead_connection()
        try:
            return self._once(method, path, body, headers, slowly)
        except (ConnectionResetError, BrokenPipeError) as problem:
            self.hang_up()
            if not was_open:
                raise NoReply(_name(problem)) from problem
        except (OSError, HTTPException) as problem:
            self.hang_up()
            raise NoReply(_name(problem)) from problem
        # The server hung up on an idle connection while the request was on its way: browsers send it once more.
        try:
            return self._once(method, path, body, headers, slowly, was_resent=True)
        except (OSError, HTTPException) as problem:
            self.hang_up()
            raise NoReply(_name(problem)) from problem

    def _once(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
        slowly: float,
        was_resent: bool = False,
    ) -> Reply:
        if method == "POST":
            headers = headers | {"Content-Type": FORM, "Content-Length": str(len(body))}
        began = time.perf_counter()
        self._http.request(method, path, _in_pieces(body, slowly) if slowly else body or None, headers)
        response = self._http.getresponse()
        seconds = time.perf_counter() - began
        text = response.read().decode()
        self._keep_cookies(response)
        in_app = TIME_IN_APP.search(response.headers.get("Server-Timing", ""))
        return Reply(
            status=response.status,
            text=text,
            leads_to=response.headers.get("HX-Redirect") or response.headers.get("Location") or "",
            seconds=seconds,
            waited=max(0.0, seconds - float(in_app[1]) / 1000) if in_app else None,
            was_resent=was_resent,
        )

    def _forget_dead_connection(self) -> bool:
        """Whether there is a connection left to send on: the server closes the idle ones."""
        if self._http.sock is None:
            return False
        try:
            has_news = bool(select.select([self._http.sock], [], [], 0)[0])
        except (OSError, ValueError, ssl.SSLError):
            has_news = True
        if has_news:
            self.hang_up()
        return not has_news

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value


def _in_pieces(body: bytes, seconds: float) -> Iterator[bytes]:
    size = max(1, -(-len(body) // SLOW_PIECES))
    for start in range(0, len(body), size):
        time.sleep(seconds / SLOW_PIECES)
        yield body[start : start + size]


def _name(problem: Exception) -> str:
    return type(problem).__name__
