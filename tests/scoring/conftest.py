"""The question bank, read once."""

import pytest
from django.conf import settings

from interview.bank.reader import question_folders, read_bank
from interview.bank.schema import Question

Questions = dict[str, Question]


@pytest.fixture(scope="session")
def questions() -> Questions:
    return {question.slug: question for question in read_bank(settings.QUESTION_BANK)}


@pytest.fixture(params=[folder.name for folder in question_folders(settings.QUESTION_BANK)])
def question(request: pytest.FixtureRequest, questions: Questions) -> Question:
    """Every question by turns."""
    return questions[request.param]
