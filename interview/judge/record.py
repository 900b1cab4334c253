"""The result of a run as it is stored and shown: one versioned record of plain facts."""

import math
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from interview.judge.elements import Diff
from interview.judge.grids import Grid
from interview.judge.metrics import Ml
from interview.judge.style import Finding
from interview.judge.text import PRINTS, cut, harmless
from interview.judge.verdicts import Status, Verdict
from interview.sandbox.jobs import Error

VERSION = 1


class Kind(StrEnum):
    RUN = "run"
    SUBMIT = "submit"
    PLAIN = "plain"


class Visibility(StrEnum):
    EXAMPLE = "example"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Test:
    """One case. Of a hidden one nothing but category and status is ever filled in."""

    category: str
    visibility: Visibility
    status: Status
    id: str | None = None
    call: str | None = None
    expected: str | None = None
    got: str | None = None
    diff: Diff | None = None
    grids: tuple[Grid, Grid] | None = None
    prints: str | None = None
    ms: int | None = None


@dataclass(frozen=True)
class Own:
    """The person's own call."""

    call: str
    got: str | None
    prints: str
    error: dict[str, Any] | None


@dataclass(frozen=True)
class Record:
    kind: Kind
    verdict: Verdict
    tests: tuple[Test, ...] = ()
    own: Own | None = None
    prints: str = ""
    error: dict[str, Any] | None = None
    findings: tuple[Finding, ...] = ()
    ml: Ml | None = None
    env: dict[str, str] = field(default_factory=dict)
    ms: int = 0
    memory_mb: int = 0

    def as_json(self) -> dict[str, Any]:
        """Everything as plain JSON data, with no character in it that could do harm."""
        hidden = [test for test in self.tests if test.visibility is Visibility.HIDDEN]
        counts = {
            "passed": _passed(self.tests),
            "total": len(self.tests),
            "hidden_passed": _passed(hidden),
            "hidden_total": len(hidden),
        }
        cleaned: dict[str, Any] = _clean({"version": VERSION, **asdict(self), **counts})
        return cleaned


def error_facts(error: Error | None) -> dict[str, Any] | None:
    """An error as a record tells it; limits that were met are told by the verdict."""
    if error is None:
        return None
    facts = {"type": error.type or "ended", "message": error.message, "line": error.line}
    return {**facts, "traceback": cut(error.traceback, PRINTS)}


def _passed(tests: Any) -> int:
    return sum(test.status is Status.PASSED for test in tests)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return harmless(str(value))
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)  # Databases refuse what isn't JSON by the letter.
    if isinstance(value, dict):
        return {name: _clean(item) for name, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list | tuple) else value
