"""Runs a job in a fresh jailed child. There is no other way to run a person's code."""

from collections.abc import Iterable

from interview.sandbox import warm
from interview.sandbox.jobs import Job, Outcome
from interview.sandbox.process import NoChild
from interview.sandbox.selftest import MEND_ZYGOTE, SandboxUnavailable, self_test
from interview.sandbox.session import in_jail

__all__ = ["Job", "SandboxUnavailable", "run", "warm_up"]


def run(job: Job) -> Outcome:
    """What came of a job, whatever the code did; SandboxUnavailable where it was not even begun."""
    try:
        return in_jail(job, self_test().demand())
    except NoChild as problem:
        # Here the jail held once, so it will again: a service that comes back needs nobody who starts the worker anew.
        raise SandboxUnavailable(probe="get a child", reason=str(problem), mend=MEND_ZYGOTE) from problem


def warm_up(kinds: Iterable[str] = warm.PACKAGES) -> None:
    """Have these kinds of zygotes ready, so that no run waits for imports; SandboxUnavailable like `run`."""
    for kind in kinds:
        run(Job("\n".join(f"import {package}" for package in warm.PACKAGES[kind])))
