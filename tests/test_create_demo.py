from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from interview.actions.load_bank import load_bank
from interview.bank.reader import read_bank
from interview.models import Attempt, Interview
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("sandbox")
def test_the_demo_account_gets_a_scored_history_once(settings: Any) -> None:
    settings.DEBUG = True
    load_bank(read_bank(settings.QUESTION_BANK), now=datetime.now(UTC))

    call_command("create_demo")
    call_command("create_demo")

    assert Interview.objects.finished().count() == 3
    assert not Interview.objects.open().exists()
    scores = [attempt.score.prose for attempt in Attempt.objects.select_related("score")]
    assert len(scores) == 6
    assert all(score is not None and 20 < score < 100 for score in scores)
    assert Attempt.objects.get(version__question__slug="precision-recall-f1").score.code == pytest.approx(
        88.9
    )


def test_there_is_no_demo_account_outside_development() -> None:
    assert not settings.DEBUG

    with pytest.raises(CommandError):
        call_command("create_demo")
