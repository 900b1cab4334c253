"""Runs a person's module and the calls to it, inside the jail, and describes what they raise."""

import builtins
import linecache
import sys
import traceback
import types
from typing import Any

from interview.sandbox import codec, warm

FILE = "your_code.py"
_BUILTINS = dict(vars(builtins))
_MESSAGE = 2000
_TRACEBACK = 8000


class Program:
    """A person's module. It runs as `__main__`, as it would where they tried it out."""

    def __init__(self) -> None:
        self._module = types.ModuleType("__main__")
        sys.modules["__main__"] = self._module
        sys.argv = [FILE]

    def load(self, source: str) -> None:
        """Run the module from top to bottom; leaving it early by exit(0) is a good end."""
        linecache.cache[FILE] = (len(source), None, source.splitlines(keepends=True), FILE)
        try:
            exec(compile(source, FILE, "exec", dont_inherit=True), vars(self._module))
        except SystemExit as leaving:
            if leaving.code not in (None, 0):
                raise

    def call(self, setup: str, expression: str, given: dict[str, Any]) -> Any:
        """The value of an expression as data, in a namespace that no other call sees."""
        # Python's own names win: a case that says all(…) means Python's, not the person's.
        own = {name: value for name, value in vars(self._module).items() if name not in _BUILTINS}
        values = {name: codec.decode(data) for name, data in given.items()}
        names = {**own, **warm.aliases(), **values, "__builtins__": dict(_BUILTINS)}
        exec(compile(setup, "<setup>", "exec", dont_inherit=True), names)
        return codec.encode(eval(compile(expression.strip(), "<call>", "eval", dont_inherit=True), names))


def describe(problem: BaseException) -> dict[str, Any]:
    """An exception as data, with the frames of the person's own file only."""
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == FILE]
    line = frames[-1].lineno if frames else None
    if isinstance(problem, SyntaxError) and problem.filename == FILE:
        line = problem.lineno
    return {
        "type": type(problem).__name__,
        "message": _words(problem)[:_MESSAGE],
        "line": line,
        "traceback": _trace(problem, frames),
        "bases": [base.__name__ for base in type(problem).__mro__],
    }


def _trace(problem: BaseException, frames: list[traceback.FrameSummary]) -> str:
    where = ["Traceback (most recent call last):\n", *traceback.StackSummary.from_list(frames).format()]
    try:
        what = traceback.format_exception_only(problem)
    except Exception:
        what = [f"{type(problem).__name__}\n"]
    return "".join((where if frames else []) + what)[-_TRACEBACK:]


def _words(problem: BaseException) -> str:
    try:
        return str(problem)
    except Exception:
        return ""
