"""Which questions an interview asks: seeded, so that the same facts give the same choice."""

import math
import random
from collections.abc import Iterable
from dataclasses import dataclass

# How often a real interviewer asks it, as the author estimates: a very common question is drawn four times as
# readily as a moderately common one.
RARITY_WEIGHT = {"very-common": 4.0, "common": 2.0, "moderate": 1.0, "rare": 0.5}


@dataclass(frozen=True)
class Candidate:
    """A question as one person meets it; `weakness`, 0 to 1, is how little they know of its topic so far."""

    id: int
    topic: str
    difficulty: str
    rarity: str
    has_code: bool
    times_seen: int = 0
    weakness: float = 0.5


@dataclass(frozen=True)
class Part:
    """So many questions of a kind; an empty set of ids, topics or difficulties, or no `has_code`, means any."""

    number: int
    topics: frozenset[str] = frozenset()
    difficulties: frozenset[str] = frozenset()
    has_code: bool | None = None
    ids: frozenset[int] = frozenset()

    def fits(self, candidate: Candidate) -> bool:
        return (
            (not self.topics or candidate.topic in self.topics)
            and (not self.difficulties or candidate.difficulty in self.difficulties)
            and self.has_code in (None, candidate.has_code)
            and (not self.ids or candidate.id in self.ids)
        )


@dataclass(frozen=True)
class Plan:
    """The blueprint of an interview: its parts, in the order in which they are asked."""

    parts: tuple[Part, ...]

    @property
    def number(self) -> int:
        return sum(part.number for part in self.parts)


def choose(candidates: Iterable[Candidate], plan: Plan, *, seed: int) -> list[Candidate]:
    """Draw each part's questions, none twice: the least seen first, the common ones and weak topics more readily.

    Where the bank can't fill a part, it stays short. The part that has the least to choose from draws first, so that
    no other takes what only it could have used.
    """
    ranked = _ranked(candidates, random.Random(seed))
    drawn: dict[int, list[Candidate]] = {}
    for number in sorted(range(len(plan.parts)), key=lambda at: _choice(ranked, plan.parts[at])):
        part = plan.parts[number]
        drawn[number] = [each for each in ranked if part.fits(each)][: part.number]
        ranked = [each for each in ranked if each not in drawn[number]]
    return [each for number in sorted(drawn) for each in drawn[number]]


def _ranked(candidates: Iterable[Candidate], draw: random.Random) -> list[Candidate]:
    """A weighted draw without replacement (Efraimidis and Spirakis 2006), whole: the first are drawn first.

    Each candidate gets the key -log(u) / weight for a uniform u, and the smallest keys win.
    """
    keys = {
        each: (each.times_seen, -math.log(1.0 - draw.random()) / _weight(each), each.id)
        for each in sorted(candidates, key=lambda each: each.id)
    }
    return sorted(keys, key=keys.__getitem__)


def _weight(candidate: Candidate) -> float:
    # A topic that nothing is known of counts once, one of which everything is known half, a hopeless one 1.5 times.
    return RARITY_WEIGHT[candidate.rarity] * (0.5 + candidate.weakness)


def _choice(candidates: Iterable[Candidate], part: Part) -> int:
    """How many more questions there are than a part needs."""
    return sum(map(part.fits, candidates)) - part.number
