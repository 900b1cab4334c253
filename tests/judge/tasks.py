"""Code tasks with sensible defaults; a test says only what it is about."""

from typing import Any

from interview.bank.measure import Data
from interview.bank.schema import Bilingual, Case, Category, CodeTask

STARTER = "def total(numbers):\n    ...\n"
SOLUTION = "def total(numbers):\n    return sum(numbers)\n"
# What only a hidden case holds: anybody outside who sees it has seen too much. So long
# that no random id in a record says it by chance.
HIDDEN_NUMBER = 1_979_197_919


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


def measures(rows: str) -> dict[str, Data]:
    return {"d": Data(rows=rows, recipe="print()")}


def measured_task() -> CodeTask:
    """A task with predictions to make: of twenty hidden rows that say HIDDEN, and as an example of ten others.

    The label is 1 from x = 5 on, but for two of the hidden rows.
    """
    seen = [f"{n % 10},seen,1,{int(n % 10 >= 5)}" for n in range(40)]
    # In another order than those that are seen: their labels are no guess at these.
    hidden = [
        f"{x},HIDDEN,{48_819_100_000 + n},{int(x >= 5) ^ (n in (3, 14))}"
        for n, x in enumerate([7, 2, 9, 4, 1] * 4)
    ]
    facts = {"data": "d", "target": "y", "metric": "accuracy", "bar": 0.8}
    call = {"category": "rows", "call": "fit_predict(X_train, y_train, X_test)", "compare": "metric"}
    plain = task()
    cases = [
        Case.model_validate(
            {
                **call,
                "id": "seen",
                "example": True,
                "measure": {**facts, "train": [0, 30], "hidden": [30, 40]},
            }
        ),
        case("example", "1 + 2", example=True),
        Case.model_validate(
            {**call, "id": "unseen", "measure": {**facts, "train": [0, 40], "hidden": [40, 60]}}
        ),
        *(case(f"hidden-{n}", f"1 + {n}", 1 + n) for n in range(4)),
    ]
    return CodeTask.model_validate(
        {
            **plain.model_dump(),
            "entry": "fit_predict",
            "starter": "def fit_predict(X_train, y_train, X_test): ...\n",
            "categories": plain.categories | {"rows": plain.categories["sums"]},
            "cases": cases,
            "data": measures("\n".join(["x,word,secret,y", *seen, *hidden])),
        }
    )
