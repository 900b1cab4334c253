"""A person's browser: sends, counts what comes back, and says what should not have come."""

import re
from collections.abc import Collection, Mapping

from interview.simulation.line import Line, NoReply, Reply
from interview.simulation.tally import AUTOSAVE, OTHER, Tally

# What a proxy says for a server that is just being restarted.
NOBODY_THERE = {502, 503, 504}
OK = frozenset({200})


class Browser:
    """Every method gives None where there was no reply, or none that could be used: then a person tries again."""

    def __init__(self, line: Line, tally: Tally, *, server_restarts: bool) -> None:
        self.line, self.tally = line, tally
        self._server_restarts = server_restarts

    def get(self, path: str, *, expect: Collection[int] = OK, is_fragment: bool = False) -> Reply | None:
        """A page, or a part of one."""
        try:
            reply = self.line.get(path, is_fragment=is_fragment)
        except NoReply as problem:
            self._miss("GET", path, problem)
            return None
        return self._checked("GET", path, reply, expect, kind=OTHER)

    def act(self, path: str, fields: Mapping[str, str], *, expect: Collection[int] = OK) -> Reply | None:
        """Press a button."""
        try:
            reply = self.line.post(path, fields)
        except NoReply as problem:
            self._miss("POST", path, problem)
            return None
        # The first time it was done already, and the second time it came too early or too late.
        return self._checked("POST", path, reply, {*expect, 409} if reply.was_resent else expect, kind=OTHER)

    def save(self, path: str, fields: Mapping[str, str], *, slowly: float = 0) -> Reply | None:
        """Autosave. Over a slow network it isn't timed: the server is not what takes so long."""
        try:
            reply = self.line.post(path, fields, slowly=slowly)
        except NoReply as problem:
            self._miss("POST", path, problem)
            return None
        return self._checked("POST", path, reply, {200, 409}, kind=AUTOSAVE, is_timed=not slowly)

    def _checked(
        self,
        method: str,
        path: str,
        reply: Reply,
        expect: Collection[int],
        *,
        kind: str,
        is_timed: bool = True,
    ) -> Reply | None:
        self.tally.note(kind, reply, is_timed=is_timed)
        if reply.status in expect:
            return reply
        if self._server_restarts and reply.status in NOBODY_THERE:
            self.tally.count("retries")
        else:
            self.tally.error(f"{method} {_shape(path)}: {reply.status}")
        return None

    def _miss(self, method: str, path: str, problem: NoReply) -> None:
        if self._server_restarts:
            self.tally.count("retries")
        else:
            self.tally.error(f"{method} {_shape(path)}: no reply ({problem})")


def _shape(path: str) -> str:
    return re.sub(r"\d+", "N", path.partition("?")[0])
