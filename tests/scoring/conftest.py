"""The question bank, read once."""

import pytest
from django.conf import settings

from interview.bank.reader import question_folders, read_bank
from interview.bank.schema import Question


class Questions(dict[str, Question]):
    """The bank's questions, each under its slug."""

    def __repr__(self) -> str:
        # What a test that fails prints has to be read by somebody.
        return f"<{len(self)} questions>"


@pytest.fixture(scope="session")
def questions() -> Questions:
    return Questions({question.slug: question for question in read_bank(settings.QUESTION_BANK)})


@pytest.fixture(params=[folder.name for folder in question_folders(settings.QUESTION_BANK)])
def question(request: pytest.FixtureRequest, questions: Questions) -> Question:
    """Every question by turns."""
    return questions[request.param]
