import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("sandbox")


def test_good_questions_are_listed_and_the_command_succeeds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    question = "ml-theory/precision-recall-f1"
    shutil.copytree(settings.QUESTION_BANK / question, tmp_path / question)
    shutil.copy(settings.QUESTION_BANK / "glossary.yaml", tmp_path)
    (tmp_path / question / "question.yaml").write_text(_without_links(tmp_path / question / "question.yaml"))

    call_command("check_questions", tmp_path)

    assert capsys.readouterr().out == f"{question}: good\n"


def test_problems_stand_below_their_question_and_the_command_fails(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="problems found: 8"):
        call_command("check_questions", bank)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "mlops/prose: to mend"
    assert lines[1] == "  mlops/prose/en.md: the answer has 1 words, expected 150 to 260"


def test_json_lists_the_key_points_of_every_question(bank: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError):
        call_command("check_questions", bank, "--json")

    found = json.loads(capsys.readouterr().out)
    assert [question["slug"] for question in found["questions"]] == ["prose", "code"]
    assert found["questions"][0]["points"] == ["idea-1", "idea-2", "idea-3", "idea-4"]
    assert len(found["questions"][0]["problems"]) == 4
    assert found["problems"] == []


def test_a_bank_that_cannot_be_read_is_told_with_all_its_problems(
    bank: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bank / "mlops/prose/ko.md").unlink()
    (bank / "python/code/solution.py").unlink()

    with pytest.raises(CommandError, match="problems found: 2"):
        call_command("check_questions", bank)

    assert capsys.readouterr().out.splitlines() == [
        "mlops/prose/ko.md: this file is missing",
        "python/code/solution.py: this file is missing",
    ]


def _without_links(path: Path) -> str:
    return "".join(line for line in path.open(encoding="utf-8") if not line.startswith("related:"))
