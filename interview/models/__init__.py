"""What is stored, and what never can be."""

from interview.models.interviews import Attempt, Draft, Interview, RevealPolicy, Suspension
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
from interview.models.scores import AutomaticMark, Mark, PointMark, Score, SelfMark

__all__ = [
    "Attempt",
    "AutomaticMark",
    "Difficulty",
    "Draft",
    "Interview",
    "KeyPoint",
    "Language",
    "Mark",
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
    "Suspension",
    "Topic",
    "Wording",
]
