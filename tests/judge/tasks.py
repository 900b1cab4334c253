"""Code tasks with sensible defaults; a test says only what it is about."""

from typing import Any

from interview.bank.schema import Bilingual, Case, Category, CodeTask

STARTER = "def total(numbers):\n    ...\n"
SOLUTION = "def total(numbers):\n    return sum(numbers)\n"
# What only a hidden case holds: anybody outside who sees it has seen too much.
HIDDEN_NUMBER = 7_919


def case(id: str = "plain", call: str = "total([1, 2])", expect: Any = 3, **more: Any) -> Case:
    return Case.model_validate({"id": id, "category": "sums", "call": call, "expect": expect, **more})


def task(*cases: Case, **more: Any) -> CodeTask:
    """A task of two examples and five hidden cases, or of the examples given and five hidden cases."""
    examples = cases or (case("two", example=True), case("none", "total([])", 0, example=True))
    hidden = [case(f"hidden-{n}", f"total([{HIDDEN_NUMBER}, {n}])", HIDDEN_NUMBER + n) for n in range(5)]
    words = Bilingual(ko="합", en="sums")
    facts = {"entry": "total", "starter": STARTER, "solution": SOLUTION, **more}
    return CodeTask(
        categories={"sums": Category(label=words, hint=words)},
        cases=(*examples, *hidden),
        mutants={f"mutant-{n}": f"total = lambda numbers: {n}" for n in range(3)},
        **facts,
    )
