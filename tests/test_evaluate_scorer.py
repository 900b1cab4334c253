"""manage.py evaluate_scorer, as whoever works on the scorer uses it."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_version

pytestmark = pytest.mark.django_db


def _line(**fields: Any) -> dict[str, Any]:
    slug = make_version().question.slug
    return {"question": slug, "language": "en", "answer": "", "grade": 0, "covered": []} | fields


def _file(folder: Path, *lines: dict[str, Any]) -> Path:
    file = folder / "answers.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    return file


@pytest.mark.filterwarnings("ignore::scipy.stats.ConstantInputWarning")  # Two equal scores have no order.
def test_it_prints_the_agreement_and_a_row_for_each_language_kind_and_question(tmp_path: Path) -> None:
    line = _line(kind="empty")
    output = io.StringIO()

    call_command("evaluate_scorer", _file(tmp_path, line, line), stdout=output)

    printed = [row.split() for row in output.getvalue().splitlines()]
    assert ["answers", "2"] in printed
    assert ["rmse", "0.000"] in printed
    for group in ("en", "empty", line["question"]):
        assert [group, "2", "0.0", "0.0", "0.0", "0.0", "NaN"] in printed


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"question": "no-such-question"}, "no-such-question"),
        ({"grade": "good"}, '"grade"'),
        ({"grade": 101}, '"grade"'),
        ({"kind": ["good"]}, '"kind"'),
        ({"covered": "all"}, '"covered"'),
        ({"covered": ["no-such-point"]}, "no-such-point"),
        ({"covered": [["no-such-point"]]}, "no-such-point"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(tmp_path: Path, fields: dict[str, Any], complaint: str) -> None:
    file = _file(tmp_path, _line(), _line(**fields))

    with pytest.raises(CommandError, match=rf"answers.jsonl, line 2: .*{complaint}"):
        call_command("evaluate_scorer", file)


def test_without_a_file_it_prints_the_agreement_with_the_banks_own_answers() -> None:
    said = {
        "covered": ["I would look at the recall first"] * 5 + ["Nothing comes to my mind."],
        "missed": ["I would look at the rest first."],
        "negated": ["I would look at the recall first, as everybody."],
        "swapped": ["It rains."],
        "listed": ["recall"],
    }
    make_version(answers={"rare-class": {kind: {"en": texts} for kind, texts in said.items()}})
    output = io.StringIO()

    call_command("evaluate_scorer", stdout=output)

    printed = [row.split() for row in output.getvalue().splitlines()]
    assert ["answers", "10"] in printed
    assert ["precision", "0.833"] in printed
    assert ["recall", "0.833"] in printed
    assert ["en", "0.83", "0.0", "0.0", "1.0", "0.0"] in printed


def test_a_bank_without_such_answers_is_told() -> None:
    make_version()

    with pytest.raises(CommandError, match="The bank holds no answer"):
        call_command("evaluate_scorer")


def test_a_file_that_is_not_there_or_holds_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="can't be read"):
        call_command("evaluate_scorer", tmp_path / "nowhere.jsonl")
    with pytest.raises(CommandError, match="holds no answer"):
        call_command("evaluate_scorer", _file(tmp_path))
