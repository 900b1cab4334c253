"""manage.py score_answers < answers.jsonl: score written answers, one JSON object a line."""

import json
import sys
from dataclasses import asdict
from functools import cache
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from interview.bank.schema import Language
from interview.bank.schema import Question as Content
from interview.models import Question
from interview.scoring.score import score


class BadLine(ValueError):
    """A line that can't be scored, and why."""


class Command(BaseCommand):
    help = 'Read lines of {"question", "language", "answer", …} and write each back with its "result".'

    def handle(self, **_options: object) -> None:
        bad = 0
        contents = cache(content_of)
        for line in filter(str.strip, sys.stdin):
            try:
                scored = _scored(line, contents)
            except BadLine as reason:
                scored = {"error": str(reason)}
                bad += 1
            self.stdout.write(json.dumps(scored, ensure_ascii=False))
        if bad:
            raise CommandError(f"lines that can't be scored: {bad}")


def _scored(line: str, contents: Any) -> dict[str, Any]:
    fields = read_line(line)
    content = contents(fields["question"])
    begin = perf_counter()
    result = asdict(score(fields["answer"], content, fields["language"]))
    return {**fields, "result": {**result, "ms": round(1000 * (perf_counter() - begin), 1)}}


def read_line(line: str) -> dict[str, Any]:
    """An answer with all that the line says about it."""
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(fields, dict):
        raise BadLine("expected a JSON object")
    for name in ("question", "language", "answer"):
        if not isinstance(fields.get(name), str):
            raise BadLine(f'expected text in "{name}"')
    if fields["language"] not in list(Language):
        raise BadLine(f'expected "language" to be one of: {", ".join(Language)}')
    return fields


def content_of(slug: str) -> Content:
    """The question as it is asked today."""
    question = Question.objects.askable().select_related("current").filter(slug=slug).first()
    if question is None or question.current is None:
        raise BadLine(f"no question is called {slug}")
    return question.current.content()
