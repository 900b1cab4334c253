"""Stop the clock of an interview while an answer is revealed, and let it run again."""

from datetime import datetime

from interview.models import Attempt, Interview, Suspension


def stop_clock(attempt: Attempt, *, now: datetime) -> None:
    """From here the clock stands still, for as long as the rules allow for a reveal."""
    Suspension.objects.create(interview_id=attempt.interview_id, attempt=attempt, began_at=now)


def run_clock(interview: Interview, *, now: datetime) -> None:
    """The clock runs again. No stretch ends before it began, in whatever order requests come to be written."""
    for open_stretch in interview.suspensions.filter(ended_at=None):
        open_stretch.ended_at = max(open_stretch.began_at, now)
        open_stretch.save(update_fields=["ended_at"])
