"""Time that passes on the server alone, or in the browser alone, so that no test has to sit it out."""

import re
from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page

from interview.models import Attempt, ClockEvent, Interview
from interview.rules.timing import remaining

# Where an interview leads that is over. Time that passes at once may send a page there twice, and the first way is cut
# short: look at where it is, and don't wait for one way to end.
RESULT = re.compile("/result/$")


def pass_time(interview: Interview, length: timedelta) -> None:
    """Everything on record about this interview lies that much longer ago."""
    Interview.objects.filter(pk=interview.pk).update(started_at=F("started_at") - length)
    ClockEvent.objects.filter(interview=interview).update(at=F("at") - length)
    moments = ("opened_at", "locked_at", "follow_up_asked_at", "follow_up_answered_at", "self_graded_at")
    Attempt.objects.filter(interview=interview).update(**{name: F(name) - length for name in moments})
    interview.refresh_from_db()


def leave(interview: Interview, length: timedelta) -> None:
    """Let time pass until only this much is left."""
    interview.refresh_from_db()
    left = remaining(interview.clock, now=timezone.now())
    assert left is not None
    pass_time(interview, left - length)


def wait(page: Page, length: timedelta) -> None:
    """Let time pass in all tabs of this browser, if its clock was installed before it opened the page."""
    page.clock.fast_forward(length // timedelta(milliseconds=1))
