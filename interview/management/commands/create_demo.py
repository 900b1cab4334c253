"""manage.py create_demo: an account with a little history, to look around in. Development only."""

from datetime import datetime, timedelta
from typing import Any

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from interview import tasks
from interview.actions.advance import open_next
from interview.actions.finish import finish
from interview.actions.lock import lock
from interview.actions.self_grade import OwnMark, self_grade
from interview.actions.start import write_down
from interview.models import Attempt, Interview, Mark, Question, RevealPolicy

READING = timedelta(minutes=2)


class Command(BaseCommand):
    help = "Create the demo account with its history, once. Refused outside development."

    def handle(self, *_args: object, **_options: object) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo account is for development only: DJANGO_DEBUG is off.")
        if User.objects.filter(email=settings.DEMO_EMAIL).exists():
            return
        user = User.objects.create_user(
            settings.DEMO_EMAIL, settings.DEMO_PASSWORD, language=User.Language.KO
        )
        stories = yaml.safe_load(settings.DEMO_HISTORY.read_text(encoding="utf-8"))
        for story in stories:
            _take(user, story, now=timezone.now() - timedelta(days=story["days_ago"]))
        self.stdout.write(f"Demo account made, with {len(stories)} interviews.")


def _take(user: User, story: dict[str, Any], *, now: datetime) -> None:
    """Take one interview of the past, through the same actions and the same scoring as anybody's."""
    interview = Interview(
        user=user,
        language=story["language"],
        reveal_policy=RevealPolicy.AFTER_EACH,
        limit=timedelta(minutes=story["minutes"]),
        seed=0,
        started_at=now,
    )
    current = dict(Question.objects.askable().values_list("slug", "current_id"))
    # In one piece: a sweep that came in between would find an interview long overdue.
    with transaction.atomic():
        write_down(interview, [current[said["question"]] for said in story["answers"]])
        for said in story["answers"]:
            now += timedelta(minutes=said["minutes"])
            _answer(interview, said, now=now)
            now += READING
            open_next(interview, now=now)
        finish(interview, now=now)
    _judge(interview)


def _judge(interview: Interview) -> None:
    """The worker isn't up during set-up: what waits is done here; if code can't be run here, it goes on waiting."""
    for attempt in interview.attempts.all():
        for run in attempt.runs.pending():
            tasks.run_code(run.pk)
        tasks.score(attempt.pk)


def _answer(interview: Interview, said: dict[str, Any], *, now: datetime) -> None:
    attempt = interview.attempts.open().get()
    code = said.get("code", attempt.version.starter)
    lock(attempt, answer=said["answer"], code=code, confidence=said.get("sure"), now=now)
    self_grade(attempt, _marks(attempt, said["said"]), now=now + timedelta(minutes=1))


def _marks(attempt: Attempt, said: list[str]) -> dict[int, OwnMark]:
    points = attempt.version.points.values_list("pk", "slug")
    return {pk: OwnMark(Mark.COVERED if slug in said else Mark.MISSED) for pk, slug in points}
