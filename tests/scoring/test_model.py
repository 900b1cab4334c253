"""A model that can't be trusted is not used, and says why."""

import json
from pathlib import Path
from typing import Any

import pytest

from interview.rules.grading import Verdict
from interview.scoring import material, model
from interview.scoring.features import NAMES
from interview.scoring.model import Model, ModelUnusable
from tests.scoring.conftest import Questions

PLAIN = Model(intercept=0.0, coefficients=dict.fromkeys(NAMES, 0.0), covered_from=0.5, partly_from=0.3)
NOTHING = dict.fromkeys(NAMES, 0.0)
NAMED = NOTHING | {"terms": 1.0}


def _changed(tmp_path: Path, **changes: Any) -> Path:
    """The model's file with other content, signed again, so that only that content is wrong."""
    said = json.loads(model.PATH.read_text()) | changes
    said["sha256"] = model.fingerprint(said)
    path = tmp_path / "model.json"
    path.write_text(json.dumps(said))
    return path


def test_the_model_that_is_shipped_can_be_used_and_belongs_to_this_bank(questions: Questions) -> None:
    shipped = model.load()

    assert shipped.name == f"{model.RULES}-{shipped.sha256[:8]}"
    # Otherwise the figures on its card tell of another bank: `manage.py train_scorer` makes new ones.
    assert shipped.card["bank"] == material.bank_hash(questions)


def test_what_was_saved_is_read_again(tmp_path: Path) -> None:
    path = _changed(tmp_path, intercept=-1.0, golden=[])

    assert model.read(path).intercept == -1.0


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"sha256": "0"}', "\x00"])
def test_a_file_that_is_no_model_is_not_used(content: str, tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(content)

    with pytest.raises(ModelUnusable, match=r"model\.json can't be used: .*train_scorer"):
        model.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="can't be read: No such file"):
        model.read(tmp_path / "model.json")


def test_a_number_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text(model.PATH.read_text().replace('"covered_from": 0.', '"covered_from": 0.1'))

    with pytest.raises(ModelUnusable, match="damaged"):
        model.read(path)


def test_a_model_of_other_rules_is_not_used(tmp_path: Path) -> None:
    path = _changed(tmp_path, card=dict(model.load().card) | {"rules": "rules-1"})

    with pytest.raises(ModelUnusable, match=f"trained on rules-1, and these are {model.RULES}"):
        model.read(path)


def test_a_model_of_another_library_is_not_used(tmp_path: Path) -> None:
    card = dict(model.load().card) | {"libraries": {"scikit-learn": "0.1"}}

    with pytest.raises(ModelUnusable, match=r"needs scikit-learn 0\.1, here is"):
        model.read(_changed(tmp_path, card=card))


def test_a_model_that_computes_something_else_is_not_used(tmp_path: Path) -> None:
    path = _changed(tmp_path, golden=[{"features": NOTHING, "chance": 0.123}])

    with pytest.raises(ModelUnusable, match="golden"):
        model.read(path)


def test_a_chance_is_a_logistic_of_the_weighed_features() -> None:
    weighed = Model(intercept=-1.0, coefficients=dict.fromkeys(NAMES, 0.0) | {"covered": 3.0})

    assert weighed.chance(NOTHING) == 0
    assert weighed.chance(NAMED) == pytest.approx(0.26894, abs=1e-5)
    assert weighed.chance(NAMED | {"covered": 1.0}) == pytest.approx(0.88080, abs=1e-5)


@pytest.mark.parametrize(
    ("by_rules", "chance", "expected"),
    [
        (Verdict.COVERED, 0.5, Verdict.COVERED),
        (Verdict.COVERED, 0.49, Verdict.PARTLY),
        (Verdict.PARTLY, 0.29, Verdict.MISSED),
        (Verdict.WRONG, 0.99, Verdict.WRONG),
    ],
)
def test_a_verdict_follows_the_chance_but_what_is_wrong_stays_so(
    by_rules: Verdict, chance: float, expected: Verdict
) -> None:
    assert PLAIN.verdict(by_rules, chance) is expected
