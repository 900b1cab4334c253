"""All the people together: they come, they take their interviews, and their promises are checked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from interview.simulation.browser import Browser
from interview.simulation.guests import Guests, lost_in_database
from interview.simulation.ledger import Ledger
from interview.simulation.life import lives
from interview.simulation.line import Line, NoReply
from interview.simulation.page import Place
from interview.simulation.person import Person
from interview.simulation.tally import Tally


class NoServer(Exception):
    """There is nothing to simulate against, and why."""


@dataclass(frozen=True)
class Choice:
    """What the operator asks for."""

    people: int
    minutes: float
    url: str
    seed: int
    server_restarts: bool


def simulate(choice: Choice) -> Tally:
    """Let the people in, wait until they have gone, and compare what they were promised with what is there."""
    tally = Tally()
    with _guests(choice.people) as guests:
        lines = [Line(choice.url, cookies, seems_secure=_needs_https()) for cookies in guests.cookies()]
        _demand_server(lines[0], choice.url)
        ledgers = _live(choice, lines, tally)
        tally.lose(lost_in_database(ledgers), "from the database")
    return tally


@contextmanager
def _guests(number: int) -> Iterator[Guests]:
    guests = Guests(number)
    try:
        yield guests
    finally:
        guests.leave()


def _demand_server(line: Line, url: str) -> None:
    try:
        status = line.get("/home/").status
    except NoReply as problem:
        raise NoServer(f"Nobody answers at {url} ({problem}).") from problem
    finally:
        line.hang_up()
    if status != 200:
        raise NoServer(
            f"The server at {url} doesn't know the people that were just made (its answer is {status}). "
            "It has to use the same database and cache, and to allow this name as a host."
        )


def _live(choice: Choice, lines: list[Line], tally: Tally) -> dict[Place, Ledger]:
    stop = threading.Event()
    plans = lives(choice.people, seconds=60 * choice.minutes, seed=choice.seed, stop=stop)
    people = [
        Person(Browser(line, tally, server_restarts=choice.server_restarts), life)
        for line, life in zip(lines, plans, strict=True)
    ]
    try:
        for person in people:
            person.start()
        for person in people:
            person.join()
    finally:
        # After Ctrl-C, too: nobody may write any more when their accounts go.
        stop.set()
        for person in people:
            person.join()
    return {place: ledger for person in people for place, ledger in person.ledgers.items()}


def _needs_https() -> bool:
    return bool(getattr(settings, "SECURE_SSL_REDIRECT", False))
