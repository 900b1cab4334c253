"""How one person lives through the simulation: when they come and go, how fast they are, and what befalls them."""

import random
import threading
import time
from dataclasses import dataclass
from enum import Enum


class Habit(Enum):
    """What befalls a person again and again, apart from the interview."""

    CALM = "calm"
    LEAVES = "leaves"
    TWO_TABS = "two tabs"
    BAD_NETWORK = "bad network"


# Far more trouble than real people have, and some of each kind among the first four.
HABITS = (Habit.LEAVES, Habit.TWO_TABS, Habit.BAD_NETWORK, Habit.CALM, Habit.CALM)
# Even at an easy question people sit for minutes; this keeps a longer simulation lively.
LONGEST_QUESTION = 120.0


class Gone(Exception):
    """This person won't do anything more."""


@dataclass(frozen=True)
class Life:
    """Moments are time.monotonic()'s."""

    habit: Habit
    begins: float
    ends: float
    question_seconds: float
    chance: random.Random
    stop: threading.Event

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.ends

    def sleep(self, seconds: float) -> None:
        """Raises Gone where everybody has been told to stop."""
        if self.stop.wait(max(0.0, seconds)):
            raise Gone

    def sleep_between(self, least: float, most: float) -> None:
        self.sleep(self.chance.uniform(least, most))


def lives(number: int, *, seconds: float, seed: int, stop: threading.Event) -> list[Life]:
    """So many lives within these seconds. People come one after the other, and each stays equally long."""
    now = time.monotonic()
    arriving = min(30.0, seconds / 3)
    stay = seconds - arriving
    return [
        Life(
            habit=HABITS[each % len(HABITS)],
            begins=now + arriving * each / number,
            ends=now + arriving * each / number + stay,
            # A short simulation has to see everything, too, autosave included; in a long one people take their time.
            question_seconds=min(LONGEST_QUESTION, max(7.0, 0.8 * stay)),
            chance=random.Random(seed * 1_000_003 + each),
            stop=stop,
        )
        for each in range(number)
    ]
