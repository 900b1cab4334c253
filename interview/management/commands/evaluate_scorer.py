"""manage.py evaluate_scorer [FILE.jsonl]: how far the scorer agrees with the people who graded these answers."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from interview.bank import schema
from interview.management.commands.score_answers import BadLine, content_of, read_line
from interview.models import Question
from interview.scoring.agreement import (
    Comparison,
    PointComparison,
    agreement,
    by,
    compare,
    compare_bank,
    found_by,
    point_agreement,
    table,
)
from interview.scoring.score import score


class Command(BaseCommand):
    help = (
        'Read lines of {"question", "language", "answer", "grade", "covered", …} and print the agreement; '
        "without a file, that with the bank's own answers to its key points."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")

    def handle(self, *, file: Path | None, **_options: object) -> None:
        answers = table(_comparisons(file) if file else _bank())
        if answers.empty:
            raise CommandError(f"{file or 'The bank'} holds no answer.")
        measure, split = (agreement, by) if file else (point_agreement, found_by)
        for name, value in measure(answers).items():
            self.stdout.write(f"{name:12}{value}" if isinstance(value, int) else f"{name:12}{value:.3f}")
        for column in ("language", "kind", "question") if file else ("language", "question"):
            self.stdout.write(f"\n{split(answers, column).to_string()}")


def _bank() -> Iterator[PointComparison]:
    for question in Question.objects.exclude(current=None).select_related("current"):
        assert question.current
        yield from compare_bank(question.current.content())


def _comparisons(file: Path) -> Iterator[Comparison]:
    contents = cache(content_of)
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file} can't be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _comparison(line, contents)
            except BadLine as reason:
                raise CommandError(f"{file}, line {number}: {reason}") from reason


def _comparison(line: str, contents: Callable[[str], schema.Question]) -> Comparison:
    said = read_line(line)
    question = contents(said["question"])
    grade, covered = _labels(said, {point.id for point in question.points})
    return compare(said, grade, covered, score(said["answer"], question, said["language"]))


def _labels(said: dict[str, Any], points: set[str]) -> tuple[float, list[str]]:
    grade, covered = said.get("grade"), said.get("covered")
    if not isinstance(grade, int | float) or not 0 <= grade <= 100:
        raise BadLine('expected a number from 0 to 100 in "grade"')
    if not isinstance(said.get("kind", ""), str):
        raise BadLine('expected text in "kind"')
    if not isinstance(covered, list):
        raise BadLine('expected a list of key points in "covered"')
    if unknown := [point for point in covered if not isinstance(point, str) or point not in points]:
        raise BadLine(f"the question has no key point {unknown[0]}")
    return float(grade), covered
