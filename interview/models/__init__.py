"""What is stored, and what never can be."""

from interview.models.attempts import Attempt, Draft, LateDraft
from interview.models.interviews import ClockEvent, Interview, Mode, OwnPreset, RevealPolicy
from interview.models.questions import (
    Difficulty,
    KeyPoint,
    Language,
    Question,
    QuestionVersion,
    Rarity,
    Reference,
    Topic,
    Wording,
)
from interview.models.runs import Run, RunKind
from interview.models.scores import AutomaticMark, Contest, Mark, PointMark, Score, SelfMark

__all__ = [
    "Attempt",
    "AutomaticMark",
    "ClockEvent",
    "Contest",
    "Difficulty",
    "Draft",
    "Interview",
    "KeyPoint",
    "Language",
    "LateDraft",
    "Mark",
    "Mode",
    "OwnPreset",
    "PointMark",
    "Question",
    "QuestionVersion",
    "Rarity",
    "Reference",
    "RevealPolicy",
    "Run",
    "RunKind",
    "Score",
    "SelfMark",
    "Topic",
    "Wording",
]
