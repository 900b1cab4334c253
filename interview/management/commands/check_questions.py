"""manage.py check_questions [DIR]: prove every question of a folder, and tell what its author has to mend."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from interview.bank.checker import check
from interview.bank.problems import BankError, Problem
from interview.bank.reader import read_bank
from interview.bank.schema import Question
from interview.sandbox.run import SandboxUnavailable

Report = list[tuple[Question, list[Problem]]]


class Command(BaseCommand):
    help = "Check the questions of a folder (default: the bank): files, texts, marking examples, code."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.QUESTION_BANK)
        parser.add_argument(
            "--json",
            action="store_true",
            dest="as_json",
            help="questions, their key-point ids and problems as JSON",
        )

    def handle(self, *, folder: Path, as_json: bool, **_options: object) -> None:
        try:
            report, unreadable = [(question, check(question)) for question in read_bank(folder)], []
        except BankError as error:
            report, unreadable = [], list(error.problems)
        except SandboxUnavailable as error:
            raise CommandError(f"no code can be run here, so no solution can be proven: {error}") from error
        self.stdout.write(_as_json(report, unreadable) if as_json else _as_text(report, unreadable))
        if count := len(unreadable) + sum(len(problems) for _, problems in report):
            raise CommandError(f"problems found: {count}")


def _as_text(report: Report, unreadable: list[Problem]) -> str:
    lines = [str(problem) for problem in unreadable]
    for question, problems in report:
        lines.append(f"{question.topic}/{question.slug}: {'to mend' if problems else 'good'}")
        lines += [f"  {problem}" for problem in problems]
    return "\n".join(lines)


def _as_json(report: Report, unreadable: list[Problem]) -> str:
    found: dict[str, Any] = {
        "questions": [
            {
                "slug": question.slug,
                "topic": question.topic,
                "points": [point.id for point in question.points],
                "problems": [str(problem) for problem in problems],
            }
            for question, problems in report
        ],
        "problems": [str(problem) for problem in unreadable],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)
