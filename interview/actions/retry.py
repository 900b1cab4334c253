"""Ask the question of an earlier answer again, by itself."""

from datetime import datetime

from interview.actions.errors import NotEnoughQuestions
from interview.actions.start import start
from interview.models import Attempt, Interview, Mode, RevealPolicy
from interview.rules.selection import Part, Plan


def retry(attempt: Attempt, *, language: str, now: datetime) -> Interview:
    """A practice interview of this one question, as it is worded now, or the interview that is open.

    It has no limit, for there is no form here to turn one off. Raises NotEnoughQuestions for a retired question.
    """
    current = attempt.version.question.current_id
    if current is None:
        raise NotEnoughQuestions(0)
    return start(
        attempt.interview.user,
        Plan((Part(1, ids=frozenset({current})),)),
        mode=Mode.PRACTICE,
        limit=None,
        reveal_policy=RevealPolicy.AFTER_EACH,
        follows_up=attempt.interview.follows_up,
        language=language,
        seed=0,  # There is nothing to draw.
        now=now,
    )
