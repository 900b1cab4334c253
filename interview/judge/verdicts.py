"""Facts in, one word out: how the endings of the children and the tests' states make a verdict."""

from collections.abc import Collection
from enum import StrEnum

from interview.sandbox.jobs import Ending


class Status(StrEnum):
    """What became of one test."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    NOT_RUN = "not_run"


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    FORBIDDEN = "forbidden"
    NOT_ATTEMPTED = "not_attempted"
    NOT_GRADED = "not_graded"
    CANCELLED = "cancelled"
    COMPLETED = "completed"


# The first that applies is the verdict: our own fault before anything that could be the person's, and then
# what explains the rest of the run best.
_PRECEDENCE = (
    (Ending.FAULT, Verdict.NOT_GRADED),
    (Ending.FORBIDDEN, Verdict.FORBIDDEN),
    (Ending.MEMORY, Verdict.MEMORY_LIMIT),
    (Ending.TIME, Verdict.TIME_LIMIT),
    (Ending.OUTPUT, Verdict.OUTPUT_LIMIT),
    (Ending.ERROR, Verdict.ERROR),
)


def verdict(endings: Collection[Ending], statuses: Collection[Status]) -> Verdict:
    """The verdict on a run: `endings` of its children and failed tests, `statuses` of all its tests."""
    for ending, word in _PRECEDENCE:
        if ending in endings:
            return word
    if not statuses:
        return Verdict.COMPLETED
    return Verdict.PASSED if set(statuses) == {Status.PASSED} else Verdict.FAILED
