"""Everything that happened, counted across all people."""

import math
import threading
from collections import Counter
from collections.abc import Iterator, Sequence

from interview.simulation.line import Reply

AUTOSAVE = "autosave"
OTHER = "other"


class Tally:
    """Counts and times; every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seconds: dict[str, list[float]] = {AUTOSAVE: [], OTHER: []}
        self._waited: list[float] = []
        self._counts: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()

    def note(self, kind: str, reply: Reply, *, is_timed: bool = True) -> None:
        """A reply came. One that its sender was slow over isn't `timed`."""
        with self._lock:
            self._counts["requests"] += 1
            self._counts["retries"] += reply.was_resent
            if is_timed:
                self._seconds[kind].append(reply.seconds)
                if reply.waited is not None:
                    self._waited.append(reply.waited)

    def count(self, name: str, number: int = 1) -> None:
        with self._lock:
            self._counts[name] += number

    def error(self, what: str) -> None:
        with self._lock:
            self._errors[what] += 1

    def lose(self, characters: int, where: str) -> None:
        """Characters that the server had acknowledged are gone."""
        if characters:
            self.count("lost characters", characters)
            self.error(f"{characters} acknowledged characters are missing {where}")

    @property
    def lost_characters(self) -> int:
        return self._counts["lost characters"]

    @property
    def errors(self) -> dict[str, int]:
        """How often each thing went wrong."""
        return dict(self._errors)

    @property
    def is_clean(self) -> bool:
        """Nothing was lost or went wrong, and there was something that could have been."""
        return not self._errors and bool(self._seconds[AUTOSAVE])

    def lines(self, *, people: int, minutes: float) -> Iterator[str]:
        """The report."""
        counts = self._counts
        yield _line("people", f"{people}")
        yield _line("minutes", f"{minutes:g}")
        yield _line("requests", f"{counts['requests']}")
        yield _line("errors", f"{self._errors.total()}")
        yield _line("lost characters", f"{self.lost_characters}")
        yield _line("autosave", _times(self._seconds[AUTOSAVE], (50, 95, 99)))
        yield _line("other requests", _times(self._seconds[OTHER], (50, 95)))
        yield _line("waiting for a free thread", _times(self._waited, (99,)))
        yield _line("stale saves", f"{counts['stale met']} met, {counts['stale resolved']} resolved")
        yield _line("retries", f"{counts['retries']}")
        for what, number in self._errors.most_common():
            yield f"  {number} × {what}"
        if not self._seconds[AUTOSAVE]:
            yield "Not one autosave was answered, so this proves nothing."


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that so many per cent of all don't exceed."""
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def _line(name: str, value: str) -> str:
    return f"{name:26}{value}"


def _times(seconds: Sequence[float], shares: Sequence[int]) -> str:
    if not seconds:
        return "not known"
    return ", ".join(f"p{share} {1000 * percentile(seconds, share):.0f} ms" for share in shares)
