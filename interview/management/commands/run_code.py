"""manage.py run_code [SLUG] < file.py: run a file as a person's code, and print the record as JSON.

To standard error: the tier it ran in, and what it took from the call to the record in a sandbox that is warm.
"""

import json
import sys
import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from interview.bank.schema import CodeTask
from interview.judge.judge import judge
from interview.models import Question
from interview.sandbox import warm
from interview.sandbox.run import SandboxUnavailable, warm_up
from interview.sandbox.selftest import self_test

# Trying a file twice should show the same thing twice.
SEED = 0


class Command(BaseCommand):
    help = "Read Python from standard input: with a question's slug it is judged, without it is just run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="?")

    def handle(self, *, slug: str | None, **_options: object) -> None:
        task = _task(slug) if slug else None
        source = sys.stdin.read()
        try:
            # The cases of a task may need what its code doesn't name.
            warm_up(warm.PACKAGES if task else [warm.kind([source])])
            started = time.perf_counter()
            record = judge(source, task, submit=task is not None, seed=SEED)
        except SandboxUnavailable as refusal:
            raise CommandError(str(refusal)) from refusal
        took = 1000 * (time.perf_counter() - started)
        self.stderr.write(f"tier {self_test().tier}, {took:.1f} ms", str)
        self.stdout.write(json.dumps(record.as_json(), ensure_ascii=False, indent=2))


def _task(slug: str) -> CodeTask:
    question = Question.objects.askable().filter(slug=slug).first()
    if question is None or question.current is None:
        raise CommandError(f"No question is called {slug}; manage.py load_questions loads them.")
    if (task := question.current.content().task) is None:
        raise CommandError(f"The question {slug} asks for no code.")
    return task
