"""The bank itself: every question in it is as good as it claims."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from interview.bank.checker import check
from interview.bank.glossary import read_glossary
from interview.bank.reader import question_folders, read_bank, read_question
from interview.bank.schema import Question

BANK = settings.QUESTION_BANK


def test_the_whole_bank_can_be_read() -> None:
    assert len(read_bank(BANK)) == len(question_folders(BANK))


@pytest.mark.parametrize("folder", question_folders(BANK), ids=lambda folder: folder.name)
def test_a_question_proves_itself(sandbox: None, folder: Path) -> None:
    written = read_question(folder, read_glossary(BANK / "glossary.yaml"))
    # As the product has it: out of a JSON column.
    question = Question.model_validate(json.loads(json.dumps(written.model_dump(mode="json"))))

    assert question == written
    assert [str(problem) for problem in check(question)] == []
