"""manage.py load_questions [DIR]: read a folder of questions and store what is new in it."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from interview.actions.load_bank import load_bank
from interview.bank.problems import BankError
from interview.bank.reader import read_bank


class Command(BaseCommand):
    help = "Load the questions of a folder (default: the bank). Nothing is loaded if anything in it is wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.QUESTION_BANK)

    def handle(self, *, folder: Path, **_options: object) -> None:
        try:
            questions = read_bank(folder)
        except BankError as error:
            raise CommandError(str(error)) from error
        loaded = load_bank(questions, now=timezone.now())
        self.stdout.write(f"{loaded.added} added, {loaded.updated} updated, {loaded.unchanged} unchanged")
