"""The model that turns what the rules found into the chance that a key point was made: one for all questions.

A logistic regression, kept as the numbers it is made of beside the card that says where they come from:
`manage.py train_scorer` writes it. It is read once, and not used where anything about it is doubtful.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from interview.rules.grading import Verdict
from interview.scoring.features import NAMES

PATH = Path(__file__).with_name("model.json")
# What the model was trained on top of: to be counted up whenever the rules judge anything otherwise.
RULES = "rules-4"
SAME = 1e-9


class ModelUnusable(Exception):
    """There is no model that could be trusted; the text says why, and what to do."""


@dataclass(frozen=True)
class Model:
    """Coefficients by the name of their feature, the chances from which a point counts, and the card.

    `spread`: so many standard deviations to either side of the score hold four of five grades of a strict reader.
    """

    intercept: float
    coefficients: Mapping[str, float]
    covered_from: float = 1.0
    partly_from: float = 1.0
    spread: float = 0.0
    card: Mapping[str, Any] = field(default_factory=dict)
    sha256: str = ""

    @property
    def name(self) -> str:
        """What is stored with every score, for the same name always gives the same marks."""
        return f"{RULES}-{self.sha256[:8]}"

    def chance(self, features: Mapping[str, float]) -> float:
        """The chance that a strict interviewer would tick the point, 0 to 1; none where no term of it was said."""
        if not features["terms"]:
            return 0.0
        weighed = self.intercept + sum(self.coefficients[name] * features[name] for name in NAMES)
        return 1 / (1 + math.exp(-weighed))

    def verdict(self, by_rules: Verdict, chance: float, *, is_contradicted: bool = False) -> Verdict:
        """What becomes of a point. The rules have the last word on what is wrong, and on what is said both ways."""
        if by_rules is Verdict.WRONG or (is_contradicted and by_rules is Verdict.PARTLY):
            return by_rules
        if chance >= self.covered_from:
            return Verdict.COVERED
        return Verdict.PARTLY if chance >= self.partly_from else Verdict.MISSED


def load() -> Model:
    """The model that lies beside this file; ModelUnusable where it is missing, damaged, or of another version."""
    return read(PATH)


@cache
def read(path: Path) -> Model:
    """The model of a file; ModelUnusable where it is missing, damaged, or of another version."""
    import sklearn

    said = _parsed(path)
    if said.get("sha256") != fingerprint(said):
        raise _unusable(path, "it is damaged: its content doesn't fit its sha256")
    card = said["card"]
    if card["rules"] != RULES:
        raise _unusable(path, f"it was trained on {card['rules']}, and these are {RULES}")
    if card["libraries"]["scikit-learn"] != (version := minor(sklearn.__version__)):
        raise _unusable(path, f"it needs scikit-learn {card['libraries']['scikit-learn']}, here is {version}")
    model = Model(**{name: said[name] for name in Model.__dataclass_fields__})
    for golden in said["golden"]:
        if abs(model.chance(golden["features"]) - golden["chance"]) > SAME:
            raise _unusable(path, "it doesn't find its own golden answers again")
    return model


def save(model: Model, path: Path, golden: Sequence[Mapping[str, float]]) -> None:
    """Write the model, with a few rows of features to prove by that it computes what it computed here."""
    said = asdict(model)
    said["golden"] = [{"features": dict(row), "chance": model.chance(row)} for row in golden]
    said["sha256"] = fingerprint(said)
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def fingerprint(said: Mapping[str, Any]) -> str:
    """SHA-256 of everything in a model's file but this."""
    rest = {name: value for name, value in said.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def minor(version: str) -> str:
    """A version without what only mends it: "1.7" of "1.7.2"."""
    return ".".join(version.split(".")[:2])


def _parsed(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unusable(path, f"it can't be read: {error.strerror}") from error
    except ValueError as error:
        raise _unusable(path, "it is no JSON") from error
    if not isinstance(said, dict):
        raise _unusable(path, "it is no model")
    return said


def _unusable(path: Path, reason: str) -> ModelUnusable:
    return ModelUnusable(
        f"The scorer's model {path.name} can't be used: {reason}. `manage.py train_scorer` makes it."
    )
