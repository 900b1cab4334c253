"""What people did before the clock's events were recorded is still told the same."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from interview.models import Interview
from interview.rules.timing import final
from tests.factories import make_user, minutes

BEFORE = [("interview", "0001_initial"), ("accounts", "0002_time_for_people")]


@pytest.mark.django_db(transaction=True)
def test_stretches_in_which_the_clock_stood_become_events() -> None:
    now, user = timezone.now(), make_user()
    executor = _migrate_back()
    try:
        old = executor.loader.project_state(BEFORE).apps
        interview = old.get_model("interview", "Interview").objects.create(
            user_id=user.pk,
            language="en",
            reveal_policy="after_each",
            limit=minutes(20),
            seed=1,
            started_at=now,
        )
        question = old.get_model("interview", "Question").objects.create(slug="q", topic="python")
        version = old.get_model("interview", "QuestionVersion").objects.create(
            question=question, hash="x", minutes=5, has_code=False, source={}, loaded_at=now
        )
        attempt = old.get_model("interview", "Attempt").objects.create(
            interview=interview, version=version, position=1, opened_at=now, locked_at=now + minutes(4)
        )
        old.get_model("interview", "Suspension").objects.create(
            interview=interview, attempt=attempt, began_at=now + minutes(4), ended_at=now + minutes(7)
        )
        _migrate_to_now()
        _migrate_back()
        stretch = old.get_model("interview", "Suspension").objects.get()
        assert (stretch.attempt_id, stretch.began_at) == (attempt.pk, now + minutes(4))
        assert stretch.ended_at == now + minutes(7)
    finally:
        _migrate_to_now()

    spent = final(Interview.objects.get().clock, now=now + minutes(9))
    assert (spent.active, spent.revealed, spent.left) == (minutes(6), minutes(3), minutes(14))


def _migrate_back() -> MigrationExecutor:
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    return executor


def _migrate_to_now() -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
