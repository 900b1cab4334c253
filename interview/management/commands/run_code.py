"""manage.py run_code [SLUG] < file.py: run a file as a person's code, and print the record as JSON."""

import json
import sys
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from interview.bank.schema import CodeTask
from interview.judge.judge import judge
from interview.models import Question
from interview.sandbox.run import SandboxUnavailable

# Trying a file twice should show the same thing twice.
SEED = 0


class Command(BaseCommand):
    help = "Read Python from standard input: with a question's slug it is judged, without it is just run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="?")

    def handle(self, *, slug: str | None, **_options: object) -> None:
        task = _task(slug) if slug else None
        try:
            record = judge(sys.stdin.read(), task, submit=task is not None, seed=SEED)
        except SandboxUnavailable as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(record.as_json(), ensure_ascii=False, indent=2))


def _task(slug: str) -> CodeTask:
    question = Question.objects.askable().filter(slug=slug).first()
    if question is None or question.current is None:
        raise CommandError(f"No question is called {slug}; manage.py load_questions loads them.")
    if (task := question.current.content().task) is None:
        raise CommandError(f"The question {slug} asks for no code.")
    return task
