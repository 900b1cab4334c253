"""The files of one question's folder, read into the shape that the schema judges."""

from collections.abc import Callable
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from interview.bank.formats import parse_markdown, parse_python, parse_yaml
from interview.bank.problems import Problem, collect
from interview.bank.schema import Language


class QuestionFiles:
    """Which files were read, and what was wrong with them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.label = PurePath(self.folder.parent.name, self.folder.name)
        self.names: set[str] = set()
        self.problems: list[Problem] = []

    def contents(self) -> dict[str, Any]:
        """All of the question's data; None stands where a file couldn't be read."""
        texts = {language.value: self._read(f"{language.value}.md", parse_markdown) for language in Language}
        data: dict[str, Any] = {
            "slug": self.label.name,
            "topic": self.label.parent.name,
            "facts": self._read("question.yaml", parse_yaml),
            "points": self._read("points.yaml", parse_yaml),
            "wording": texts,
        }
        if (self.folder / "task.yaml").exists():
            data["task"] = self._task()
        if (self.folder / "example.py").exists():
            data["example"] = self._read("example.py", parse_python)
        if (self.folder / "answers.yaml").exists():
            data["answers"] = self._read("answers.yaml", parse_yaml)
        self._refuse_strays()
        return data

    def _task(self) -> Any:
        facts = self._read("task.yaml", parse_yaml)
        sources = {name: self._read(f"{name}.py", parse_python) for name in ("starter", "solution")}
        names = sorted(path.name for path in (self.folder / "mutants").glob("*.py"))
        mutants = {PurePath(name).stem: self._read(f"mutants/{name}", parse_python) for name in names}
        data = {path.stem: self._data(path.stem) for path in sorted(self.folder.glob("*.csv"))}
        return {**facts, **sources, "mutants": mutants, "data": data} if isinstance(facts, dict) else facts

    def _data(self, name: str) -> dict[str, Any]:
        rows = self._read(f"{name}.csv", lambda path, text: text)
        return {"rows": rows, "recipe": self._read(f"{name}.py", parse_python)}

    def _read[T](self, name: str, parse: Callable[[PurePath, str], T]) -> T | None:
        path = self.label / name
        self.names.add(name)
        try:
            text = (self.folder / name).read_text("utf-8")
        except FileNotFoundError:
            self.problems.append(Problem(path, "this file is missing"))
        except UnicodeDecodeError as error:
            self.problems.append(Problem(path, f"must be text in UTF-8: {error.reason}"))
        else:
            return collect(self.problems, partial(parse, path, text))
        return None

    def _refuse_strays(self) -> None:
        """What nobody read has no place: a file that is ignored in silence is a mistake that nobody sees."""
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in self.names and not is_hidden(path):
                self.problems.append(Problem(self.label / name, "this file has no place in a question"))


def is_hidden(path: Path) -> bool:
    """Whether an editor or Python left it there, rather than an author."""
    return path.name.startswith(".") or "__pycache__" in path.parts
