"""What goes into a run of untrusted code and what comes out of it: plain facts, no process in sight."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Limits:
    """What one run may use; time and memory count from the moment its child is isolated and ready."""

    wall_seconds: float = 10
    cpu_seconds: int = 5
    memory_mb: int = 512
    output_bytes: int = 64 * 1024
    answer_bytes: int = 4 * 1024 * 1024
    files: int = 64
    threads: int = 32


@dataclass(frozen=True)
class Call:
    """One question to the code: run `setup`, then evaluate `expression`, in a namespace of their own.

    `names` are values that both see as variables. They travel as data, a fresh copy for each call.
    """

    id: str
    expression: str
    setup: str = ""
    names: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    source: str
    calls: tuple[Call, ...] = ()
    limits: Limits = Limits()


class Ending(StrEnum):
    """How a run ended, as seen from outside. Facts only: the judge makes verdicts of them."""

    FINISHED = "finished"
    ERROR = "error"
    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    FORBIDDEN = "forbidden"
    FAULT = "fault"


@dataclass(frozen=True)
class Error:
    """Why there is no value: what the code raised, by its own lines, or (without `type`) what ended it."""

    type: str
    message: str
    line: int | None = None
    traceback: str = ""
    bases: tuple[str, ...] = ()
    ending: Ending = Ending.ERROR


@dataclass(frozen=True)
class Answer:
    """What one call came to: a value as plain data or an error, and what was printed meanwhile."""

    value: Any = None
    error: Error | None = None
    prints: str = ""
    warnings: str = ""
    seconds: float = 0


@dataclass(frozen=True)
class Outcome:
    """Everything that is known of a run.

    `prints` and `warnings` are the module's own; `error` is the module's or that of a call cut short.
    """

    ending: Ending
    answers: Mapping[str, Answer] = field(default_factory=dict)
    prints: str = ""
    warnings: str = ""
    error: Error | None = None
    seconds: float = 0
    memory_mb: float = 0
    env: Mapping[str, str] = field(default_factory=dict)
    tier: str = ""
