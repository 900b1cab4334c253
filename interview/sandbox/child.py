"""The inside of a run: import, lock oneself in, say so, then answer what comes over the pipe.

Nothing of a person's code is in this process before the jail is closed.
"""

import sys
from collections.abc import Callable
from typing import Any

from interview.sandbox import jail, warm
from interview.sandbox.jobs import Limits
from interview.sandbox.program import Program, describe
from interview.sandbox.wire import Wire

# Given up when an exception must be told of, for it may be that memory has run out.
_ballast = bytearray(8 * 1024 * 1024)


def main(*, parent: int, requests: int, answers: int, project: str) -> None:
    """Serve one job. The warm zygote will fork a child right after `warm.warm` and go on from there."""
    wire = Wire(requests=requests, answers=answers)
    order = wire.receive()
    warm.warm(order["packages"])
    versions = warm.versions()
    sys.path.remove(project)
    sys.stdout.reconfigure(line_buffering=True, errors="backslashreplace")  # type: ignore[union-attr]
    jail.lock(Limits(**order["limits"]), parent=parent)
    wire.send({"ready": versions, "cpu_seconds": jail.cpu_seconds()})
    _serve(wire, Program())


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
