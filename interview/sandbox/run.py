"""Runs a job in a fresh jailed child. There is no other way to run a person's code."""

from interview.sandbox.jobs import Job, Outcome
from interview.sandbox.selftest import SandboxUnavailable, self_test
from interview.sandbox.session import in_jail

__all__ = ["SandboxUnavailable", "run"]


def run(job: Job) -> Outcome:
    """What came of a job, whatever the code did; SandboxUnavailable where the self-test says no."""
    return in_jail(job, self_test().demand())
