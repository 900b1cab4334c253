"""One job's conversation with one jailed child, and what came of it."""

import errno
import time
from collections.abc import Iterator
from typing import Any

from interview.sandbox import codec, warm
from interview.sandbox.host import Service, Zygotes
from interview.sandbox.jobs import Answer, Call, Ending, Error, Job, Outcome
from interview.sandbox.process import NoChild, Process, Stopped

# Exceptions that tell of a limit that was met. A file outside is forbidden in tier B and not even there in tier A.
_TELLING = {
    "MemoryError": Ending.MEMORY,
    "PermissionError": Ending.FORBIDDEN,
    "FileNotFoundError": Ending.FORBIDDEN,
    "gaierror": Ending.FORBIDDEN,  # No name is found without a network.
    "URLError": Ending.FORBIDDEN,
}


def in_jail(job: Job, zygotes: Zygotes | Service) -> Outcome:
    """Hold one job in a fresh child that has locked itself in; whether the lock holds here is not asked.

    NoChild where none could be had: the job has not begun, and can be brought again.
    """
    try:
        process = Process(zygotes.address(warm.kind(_texts(job))), job.limits)
    except OSError as problem:
        raise NoChild(str(problem)) from problem
    with process:
        return _Session(process, job).outcome()


class _Session:
    """The conversation about one job; whatever cuts it short, what was learnt until then is kept."""

    def __init__(self, process: Process, job: Job) -> None:
        self._process = process
        self._job = job
        self._answers: dict[str, Answer] = {}
        self._module = Answer()
        self._asked: str | None = None
        self._started = time.monotonic()

    def outcome(self) -> Outcome:
        """Hold the conversation to its end, whatever end that is, and tell of it."""
        try:
            self._converse()
            ending = self._module.error.ending if self._module.error else Ending.FINISHED
            error = self._module.error
            seconds = self._seconds()
            remains = self._process.end()
        except Stopped as stop:
            seconds = self._seconds()
            remains = self._process.end()
            error = self._cut_short(stop.ending or remains.ending, stop.reason or remains.reason)
            ending = error.ending
        return Outcome(
            ending=ending,
            answers=self._answers,
            prints=self._module.prints,
            warnings=self._module.warnings,
            error=error,
            seconds=seconds,
            memory_mb=remains.memory_mb,
            env=self._process.versions,
            tier=self._process.tier,
        )

    def _converse(self) -> None:
        self._module = self._ask({"source": self._job.source})
        if self._module.error:
            return
        for call in self._job.calls:
            self._asked = call.id
            self._answers[call.id] = self._ask(_question(call))
        # One more question, so that a second answer to the last one is noticed too.
        self._process.ask(_question(Call(id="", expression="None")))

    def _ask(self, request: dict[str, Any]) -> Answer:
        asked_at = time.monotonic()
        reply = self._process.ask(request)
        seconds = time.monotonic() - asked_at
        prints, warnings = self._process.take_output()
        value, error = _read(reply)
        return Answer(value=value, error=error, prints=prints, warnings=warnings, seconds=seconds)

    def _cut_short(self, ending: Ending, reason: str) -> Error:
        prints, warnings = self._process.take_output()
        error = Error(type="", message=reason, ending=ending)
        answer = Answer(error=error, prints=prints, warnings=warnings)
        if ending is Ending.FORBIDDEN:
            # Where one answer was forged, none counts.
            self._answers.clear()
        if self._asked is None:
            self._module = answer
        else:
            self._answers[self._asked] = answer
        return error

    def _seconds(self) -> float:
        return time.monotonic() - self._started


def _texts(job: Job) -> Iterator[str]:
    """Whatever can tell which packages a job needs: its code, and the homes of the values that are handed in."""
    yield job.source
    for call in job.calls:
        yield f"{call.setup} {call.expression}"
        yield from (type(value).__module__ for value in call.names.values())


def _question(call: Call) -> dict[str, Any]:
    names = {name: codec.encode(value) for name, value in call.names.items()}
    return {"setup": call.setup, "expression": call.expression, "given": names}


def _read(reply: dict[str, Any]) -> tuple[Any, Error | None]:
    if "error" in reply:
        return None, _error(reply["error"])
    try:
        return codec.decode(reply.get("value")), None
    except codec.Unreadable as problem:
        return None, Error(type="Unreadable", message=str(problem))


def _error(told: Any) -> Error:
    """An exception as the child told it, cut to size and believed in nothing but its words."""
    facts = told if isinstance(told, dict) else {}
    line, bases = facts.get("line"), facts.get("bases")
    names = tuple(str(name)[:100] for name in bases[:20]) if isinstance(bases, list) else ()
    return Error(
        type=str(facts.get("type"))[:100],
        message=str(facts.get("message"))[:2000],
        line=line if isinstance(line, int) else None,
        traceback=str(facts.get("traceback", ""))[:8000],
        bases=names,
        ending=_ending(names, str(facts.get("message"))),
    )


def _ending(bases: tuple[str, ...], message: str) -> Ending:
    # Some of Python asks the system for memory itself, and tells of it by a number.
    if "OSError" in bases and message.startswith(f"[Errno {errno.ENOMEM}]"):
        return Ending.MEMORY
    return next((ending for name, ending in _TELLING.items() if name in bases), Ending.ERROR)
