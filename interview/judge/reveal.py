"""The one hidden case that is shown when the interview is over: from the bank, never from the child."""

from collections.abc import Mapping
from typing import Any

from interview.bank.schema import CodeTask
from interview.judge.grade import code, expected
from interview.judge.record import Visibility
from interview.judge.verdicts import Status

_FAILED = (Status.FAILED, Status.ERROR)


def revealed_case(task: CodeTask, record: Mapping[str, Any]) -> dict[str, str] | None:
    """The category, call and expected value of the first hidden case that failed in a stored record; None without."""
    hidden = [case for case in task.cases if not case.example]
    tests = [test for test in record["tests"] if test["visibility"] == Visibility.HIDDEN]
    # A record names no hidden case, but tells of them in the bank's order.
    for case, test in zip(hidden, tests, strict=False):
        if test["status"] in _FAILED:
            return {"category": case.category, "call": code(case), "expected": expected(case)}
    return None
