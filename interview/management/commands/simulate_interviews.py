"""manage.py simulate_interviews: people take interviews over real HTTP, and a report says how the server bore it."""

import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError

from interview.simulation.crowd import Choice, NoServer, simulate


class Command(BaseCommand):
    help = (
        "Let people take interviews on a running server, in accounts that are deleted afterwards, and report times, "
        "errors and lost characters. The exit code is 1 if anything was lost or went wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=_positive(int), default=50)
        parser.add_argument("--minutes", type=_positive(float), default=1.0)
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="where the server is")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same people")
        parser.add_argument(
            "--server-restarts",
            action="store_true",
            help="the server is restarted meanwhile: lost connections are tried again and are no errors",
        )

    def handle(
        self, *, people: int, minutes: float, url: str, seed: int, server_restarts: bool, **_options: object
    ) -> None:
        self.stdout.write(f"{people} people take interviews at {url} for {minutes:g} minutes.")
        self.stdout.flush()
        # However it is ended, the accounts are deleted.
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            tally = simulate(Choice(people, minutes, url, seed, server_restarts))
        except NoServer as reason:
            raise CommandError(str(reason)) from reason
        finally:
            signal.signal(signal.SIGTERM, before)
        for line in tally.lines(people=people, minutes=minutes):
            self.stdout.write(line)
        if not tally.is_clean:
            sys.exit(1)


def _positive[Number: (int, float)](kind: type[Number]) -> Callable[[str], Number]:
    def read(text: str) -> Number:
        try:
            number = kind(text)
        except ValueError:
            number = kind(0)
        if not 0 < number < float("inf"):
            raise ArgumentTypeError(f"not a number above zero: {text}")
        return number

    return read
