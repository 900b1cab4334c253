"""The inside of a run: take the pipes, lock oneself in, say so, then answer what comes.

Nothing of a person's code is in this process before the jail is closed.
"""

import fcntl
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interview.sandbox import warm
from interview.sandbox.jail import Jail
from interview.sandbox.program import Program, describe
from interview.sandbox.wire import Wire

if TYPE_CHECKING:
    from interview.sandbox.offspring import Pipes

READY = b"locked in\n"
# The places of what a child has open; behind standard input, output and error.
_REQUESTS, _ANSWERS, _RULES = 3, 4, 5
# Given up when an exception must be told of, for it may be that memory has run out.
_ballast = bytearray(8 * 1024 * 1024)


def main(pipes: "Pipes", jail: Jail, *, has_time: bool) -> None:
    """Serve one job, and end. A trial first, if nobody waits for the processor that it takes."""
    os.setsid()
    _take(pipes, rules=jail.rules)
    _be_first_to_go()
    if has_time:
        _try_out()
    _reseed()
    jail.lock(rules=_RULES)
    os.write(_ANSWERS, READY)
    _serve(Wire(requests=_REQUESTS, answers=_ANSWERS), Program())


def _serve(wire: Wire, program: Program) -> None:
    while True:
        request = wire.receive()
        ticket = request.pop("id")
        step = program.load if "source" in request else program.call
        wire.send({"id": ticket, **_attempt(step, request)})


def _attempt(step: Callable[..., Any], request: dict[str, Any]) -> dict[str, Any]:
    # Also SystemExit and KeyboardInterrupt: whatever the code raises is its answer, not the end of the run.
    try:
        return {"value": step(**request)}
    except BaseException as problem:
        _ballast.clear()
        return {"error": describe(problem)}
    finally:
        _flush()


def _flush() -> None:
    # What was printed must be in the pipe before the answer is; the code may have put anything in its place.
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except Exception:
        return


def _take(pipes: "Pipes", *, rules: int | None) -> None:
    """Put what this child needs in its place, and close whatever else the zygote had open."""
    # Opened afresh: what is set on an open file is seen by all who share it, also by the next run.
    nothing = os.open(os.devnull, os.O_RDONLY)
    needed = [nothing, pipes.stdout, pipes.stderr, pipes.requests, pipes.answers]
    needed += [] if rules is None else [rules]
    # Out of the way first, for one thing may lie in another's place.
    aside = [fcntl.fcntl(end, fcntl.F_DUPFD, len(needed)) for end in needed]
    for place, end in enumerate(aside):
        os.dup2(end, place)
    os.closerange(len(needed), os.sysconf("SC_OPEN_MAX"))


def _be_first_to_go() -> None:
    """Where the machine runs out of memory, it is a run that the kernel ends, and not what serves the others."""
    Path("/proc/self/oom_score_adj").write_text("1000")


def _try_out() -> None:
    warm.try_out()
    trial = Program()
    trial.load("def trial():\n    return [0.5]\n")
    trial.call("", "trial()", {})


def _reseed() -> None:
    """Forks share their zygote's state of chance; Python reseeds its own after a fork, NumPy doesn't."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
