"""Says what the schema refused: in which file, in which field, and what was expected instead."""

from pathlib import PurePath
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from interview.bank.problems import Problem

FILES = {
    "facts": "question.yaml",
    "points": "points.yaml",
    "task": "task.yaml",
    "example": "example.py",
    "answers": "answers.yaml",
}
PLAIN_WORDS = {"missing": "this field is missing", "extra_forbidden": "there is no such field"}
Step = int | str


def explain(error: ValidationError, data: dict[str, Any], label: PurePath) -> list[Problem]:
    """The problems behind a question's data that don't fit the schema."""
    details = error.errors()
    return [_problem(detail, data, label) for detail in details if not _only_follows(detail, details)]


def _only_follows(detail: ErrorDetails, details: list[ErrorDetails]) -> bool:
    """A list counts as too short also when one of its items is wrong: only the item is worth a message."""
    loc = detail["loc"]
    return detail["type"] == "too_short" and any(
        other["loc"][: len(loc)] == loc for other in details if other != detail
    )


def _problem(detail: ErrorDetails, data: dict[str, Any], label: PurePath) -> Problem:
    name, depth = _file(detail["loc"])
    return Problem(label / name, _message(detail), field=_field(detail["loc"], depth, data))


def _file(loc: tuple[Step, ...]) -> tuple[str, int]:
    """The file that an error is about, and how many steps of its location the file's name tells already."""
    match loc:
        case ("wording", language, *_):
            return f"{language}.md", 2
        case ("task", ("starter" | "solution") as source, *_):
            return f"{source}.py", 2
        case ("task", "mutants", str(mutant), *_):
            return f"mutants/{mutant}.py", 3
        case ("task", "data", str(name), part, *_):
            return f"{name}.{'py' if part == 'recipe' else 'csv'}", 4
        case (("facts" | "points" | "task" | "example" | "answers") as part, *_):
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


def _message(detail: ErrorDetails) -> str:
    if detail["type"] in PLAIN_WORDS:
        return PLAIN_WORDS[detail["type"]]
    found = f", found {detail['input']!r}" if isinstance(detail["input"], str | int | float | None) else ""
    return detail["msg"].removeprefix("Value error, ").replace("Input should", "should") + found
