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
    id: int
    topic: str
    difficulty: str
    rarity: str
    has_code: bool
    times_seen: int = 0


@dataclass(frozen=True)
class Plan:
    """What an interview should consist of; an empty set of topics or difficulties, or no `has_code`, means any."""

    number: int
    topics: frozenset[str] = frozenset()
    difficulties: frozenset[str] = frozenset()
    has_code: bool | None = None


def fitting(candidates: Iterable[Candidate], plan: Plan) -> list[Candidate]:
    """The candidates that the plan allows."""
    return [
        each
        for each in candidates
        if (not plan.topics or each.topic in plan.topics)
        and (not plan.difficulties or each.difficulty in plan.difficulties)
        and (plan.has_code is None or each.has_code == plan.has_code)
    ]


def choose(candidates: Iterable[Candidate], plan: Plan, *, seed: int) -> list[Candidate]:
    """Draw `plan.number` questions, never one twice, the least seen first and the common ones more readily.

    A weighted draw without replacement (Efraimidis and Spirakis 2006): each candidate gets the key -log(u) / weight
    for a uniform u, and the smallest keys win.
    """
    draw = random.Random(seed)
    ordered = sorted(fitting(candidates, plan), key=lambda each: each.id)
    keyed = [
        (each.times_seen, -math.log(1.0 - draw.random()) / RARITY_WEIGHT[each.rarity], each.id, each)
        for each in ordered
    ]
    return [each for *_, each in sorted(keyed)[: plan.number]]
