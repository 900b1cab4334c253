"""What the bank's own authors wrote to make a point, for tests that try it in other ways."""

import os
from dataclasses import dataclass, field

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from interview.bank.schema import KeyPoint, Language, Question
from interview.rules.grading import Verdict
from interview.scoring.score import Result, score
from tests.scoring.conftest import Questions

# The same few examples each time; SCORING_EXAMPLES=1000 tries so many others of each.
EXAMPLES = int(os.environ.get("SCORING_EXAMPLES", "0"))
tried = settings(
    max_examples=EXAMPLES or 40, derandomize=not EXAMPLES, suppress_health_check=[HealthCheck.filter_too_much]
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the bank's author says makes a point."""

    point: KeyPoint = field(repr=False)
    language: Language
    text: str


def claims(question: Question) -> list[Claim]:
    return [
        Claim(point, language, text)
        for point in question.points
        for phrases in (question.answers[point.id].covered, point.covered, point.phrasings)
        for language in Language
        for text in getattr(phrases, language)
    ]


def verdicts(outcome: Result) -> dict[str, Verdict]:
    return {found.id: found.verdict for found in outcome.points}


def is_earned(claim: Claim, question: Question) -> bool:
    """Whether the scorer hears the point in it, and calls nothing in it wrong."""
    alone = verdicts(score(claim.text, question, claim.language))
    return alone.get(claim.point.id) is Verdict.COVERED and Verdict.WRONG not in alone.values()


def drawn(data: st.DataObject, questions: Questions) -> Question:
    return questions[data.draw(st.sampled_from(sorted(questions)))]
