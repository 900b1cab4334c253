"""A question's formats: YAML without repeated keys, Markdown in fixed sections, Python that parses."""

import ast
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import yaml

from interview.bank.problems import BankError, Problem

SECTIONS = {
    "## Prompt": "prompt",
    "## Task": "task",
    "## Answer": "answer",
    "## Deeper": "deeper",
    "## Follow-up": "follow_up",
}
OPTIONAL = "## Task"


def parse_yaml(path: PurePath, text: str) -> Any:
    """The data of a YAML file."""
    try:
        # A SafeLoader: plain data, no objects.
        return yaml.load(text, Loader=_UniqueKeys)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BankError([Problem(path, f"not valid YAML: {error.problem}", line)]) from error
    except yaml.YAMLError as error:
        raise BankError([Problem(path, f"not valid YAML: {error}")]) from error


def parse_python(path: PurePath, text: str) -> str:
    """The source itself, once it is known to parse."""
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise BankError([Problem(path, f"not valid Python: {error.msg}", error.lineno)]) from error
    return text


def parse_markdown(path: PurePath, text: str) -> dict[str, str]:
    """The title and the text below each heading, by the names of `schema.Wording`."""
    title, _, body = text.partition("\n")
    problems = (
        [] if title.startswith("# ") else [Problem(path, "the first line must be `# ` and the title", 1)]
    )
    lines = body.splitlines()
    headings = list(_headings(lines))
    problems += _misplaced(path, headings)
    if any(line.strip() for line in lines[: headings[0][0] if headings else None]):
        problems.append(Problem(path, "text stands between the title and the first section", 2))
    if problems:
        raise BankError(problems)
    ends = [start for start, _ in headings[1:]] + [len(lines)]
    sections = {
        SECTIONS[heading]: "\n".join(lines[start + 1 : end]).strip()
        for (start, heading), end in zip(headings, ends, strict=True)
    }
    return {"title": title.removeprefix("# ").strip(), **sections}


def _headings(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Index and text of every second-level heading that doesn't stand in a code fence."""
    fenced = False
    for index, line in enumerate(lines):
        if line.startswith("```"):
            fenced = not fenced
        elif line.startswith("## ") and not fenced:
            yield index, line.strip()


def _misplaced(path: PurePath, headings: list[tuple[int, str]]) -> Iterator[Problem]:
    """Headings that are unknown, repeated, out of order or missing."""
    order = list(SECTIONS)
    known: list[str] = []
    for index, heading in headings:
        line = index + 2
        if heading not in SECTIONS:
            yield Problem(path, f"unknown heading `{heading}`, expected one of: {', '.join(order)}", line)
        elif heading in known:
            yield Problem(path, f"`{heading}` stands twice", line)
        elif known and order.index(heading) < order.index(known[-1]):
            yield Problem(path, f"`{heading}` must stand before `{known[-1]}`", line)
        known += [heading] if heading in SECTIONS else []
    for heading in SECTIONS:
        if heading not in known and heading != OPTIONAL:
            yield Problem(path, f"the section `{heading}` is missing")


class _UniqueKeys(yaml.SafeLoader):
    """PyYAML keeps the last of two equal keys without a word; here the second one is refused."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key `{key.value}` stands twice", problem_mark=key.start_mark
                )
            seen |= {key.value} if isinstance(key.value, str) else set()
        return super().construct_mapping(node, deep)
