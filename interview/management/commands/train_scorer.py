"""manage.py train_scorer [BANK]: train the scorer's model, show how good it is, and write it with its card."""

import hashlib
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import sklearn
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from interview.bank.reader import read_bank
from interview.bank.schema import Question
from interview.scoring import material, model, training
from interview.scoring.features import NAMES

BANK = settings.BASE_DIR / "fixtures" / "questions"
GRADED = settings.BASE_DIR / "fixtures" / "graded_answers.jsonl"
GOLDEN = 8


class Command(BaseCommand):
    help = "Train the scorer's model on a bank's own answers and on whole graded answers, and write it with its card."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bank", type=Path, nargs="?", default=BANK)
        parser.add_argument(
            "--graded", type=Path, default=GRADED, help="whole graded answers, one JSON object a line"
        )
        parser.add_argument("--to", type=Path, default=model.PATH, help="the file to write")

    def handle(self, *, bank: Path, graded: Path, to: Path, **_options: object) -> None:
        questions = {question.slug: question for question in read_bank(bank)}
        if len(questions) < 2:
            raise CommandError(f"{bank} holds too few questions: one is learnt from while one is left out.")
        rows = material.table(_answers(questions, graded), questions)
        trained, evaluation = training.train(rows)
        golden = training.feature_rows(rows.drop_duplicates(list(NAMES)).head(GOLDEN))
        model.save(replace(trained, card=_card(questions, graded, evaluation)), to, golden)
        self._tell(evaluation)
        self.stdout.write(f"\n{model.read(to).name} is in {to.name}.")

    def _tell(self, evaluation: dict[str, Any]) -> None:
        self.stdout.write(
            "F1 of single key points, on questions left out and on answers left out at random:\n"
        )
        self.stdout.write(pd.DataFrame(evaluation["f1"]).to_string())
        for name in ("bank", "graded"):
            table = {key: value for key, value in evaluation[name].items() if isinstance(value, dict)}
            self.stdout.write(f"\n{name}, on questions left out:\n{pd.DataFrame(table).T.to_string()}")
        figures = {key: value for key, value in evaluation["graded"].items() if not isinstance(value, dict)}
        self.stdout.write(f"\nscores against grades: {figures}")
        self.stdout.write(f"\nfound, by kind: {evaluation['found']}")
        calibration = evaluation["calibration"]
        self.stdout.write(f"\ncalibration: Brier {calibration['brier']}, error {calibration['error']}")
        self.stdout.write(pd.DataFrame(calibration["bins"]).to_string(index=False))


def _answers(questions: dict[str, Question], graded: Path) -> Iterator[material.GradedAnswer]:
    for question in questions.values():
        yield from material.single_answers(question)
        yield from material.composed_answers(question)
    yield from material.whole_answers(graded, questions)


def _card(questions: dict[str, Question], graded: Path, evaluation: dict[str, Any]) -> dict[str, Any]:
    return {
        "rules": model.RULES,
        "trained": timezone.now().date().isoformat(),
        "commit": _commit(),
        "bank": material.bank_hash(questions),
        "graded": hashlib.sha256(graded.read_bytes()).hexdigest(),
        "libraries": {"python": platform.python_version(), "scikit-learn": model.minor(sklearn.__version__)},
        "evaluation": evaluation,
    }


def _commit() -> str:
    """The commit that this is run at, where it is a clone."""
    told = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    return told.stdout.strip()
