"""What is wrong with the files of a bank, in words that lead to the place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True)
class Problem:
    """One mistake; `path` is relative to the bank's folder."""

    path: PurePath
    message: str
    line: int | None = None
    field: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return ": ".join(part for part in (place, self.field, self.message) if part)


class BankError(Exception):
    """Everything that was wrong, found in one go, so that nobody mends a bank one message at a time."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def collect[T](problems: list[Problem], read: Callable[[], T]) -> T | None:
    """What `read` returns; where it raises a BankError, its problems join the list and None comes back."""
    try:
        return read()
    except BankError as error:
        problems.extend(error.problems)
        return None
