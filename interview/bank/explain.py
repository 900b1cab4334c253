"""Says what the schema refused: in which file, in which field, and what was expected instead."""

from pathlib import PurePath
from typing import Any

from pydantic_core import ErrorDetails

from interview.bank.problems import Problem

FILES = {"facts": "question.yaml", "points": "points.yaml", "task": "task.yaml", "example": "example.py"}
PLAIN_WORDS = {"missing": "this field is missing", "extra_forbidden": "there is no such field"}
Step = int | str


def explain(error: ErrorDetails, data: dict[str, Any], label: PurePath) -> Problem:
    """The problem behind one of pydantic's errors about a question's data."""
    name, depth = _file(error["loc"])
    return Problem(label / name, _message(error), field=_field(error["loc"], depth, data))


def _file(loc: tuple[Step, ...]) -> tuple[str, int]:
    """The file that an error is about, and how many steps of its location the file's name tells already."""
    match loc:
        case ("wording", language, *_):
            return f"{language}.md", 2
        case ("task", ("starter" | "solution") as source, *_):
            return f"{source}.py", 2
        case ("task", "mutants", str(mutant), *_):
            return f"mutants/{mutant}.py", 3
        case (("facts" | "points" | "task" | "example") as part, *_):
            return FILES[part], 1
    return "", 0


def _field(loc: tuple[Step, ...], depth: int, data: Any) -> str:
    """`tells-why.weight`: the steps to the field, where an item of a list goes by its id if it has one."""
    names: list[str] = []
    for step in loc:
        data = _item(data, step)
        named = isinstance(step, int) and isinstance(data, dict) and isinstance(data.get("id"), str)
        names.append(data["id"] if named else str(step))
    return ".".join(names[depth:])


def _item(data: Any, step: Step) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None


def _message(error: ErrorDetails) -> str:
    if error["type"] in PLAIN_WORDS:
        return PLAIN_WORDS[error["type"]]
    found = f", found {error['input']!r}" if isinstance(error["input"], str | int | float | None) else ""
    return error["msg"].removeprefix("Value error, ").replace("Input should", "should") + found
