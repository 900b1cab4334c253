"""The sentences of an answer, each with what decides whether it can be evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from interview.scoring import words
from interview.scoring.rubric import Rubric
from interview.scoring.subject import Mention, mentions
from interview.scoring.text import Sentence

# Measured on answers people wrote: prose has .42 (English) or .63 (Korean) function-bearing words, lists up to .15.
LIST_SHARE = 0.20
# A short sentence may do without function words ("Bagging reduces variance"): there the answer around it decides, unless
# commas make it a list.
SHORT = 8
WORDS_OF_AN_ITEM = 2
COPIED_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, how near it comes to each point, and what it speaks about."""

    sentence: Sentence
    is_list: bool
    is_copied: bool
    similarity: list[float]
    turns: list[Mention]
    said_before: frozenset[str]

    @property
    def counts(self) -> bool:
        return not (self.is_list or self.is_copied)


def read(found: Sequence[Sentence], rubric: Rubric) -> list[Reading]:
    """Every sentence in the light of the rubric."""
    if not found:
        return []
    spoken = [words.tokens(sentence.text) for sentence in found]
    overall = words.function_share([word for each in spoken for word in each])
    similarity = rubric.similarity([sentence.text for sentence in found])
    readings: list[Reading] = []
    subject: frozenset[str] = frozenset()
    for at, sentence in enumerate(found):
        turns = mentions(sentence, rubric.subjects)
        is_copied = _is_copied(spoken[at], rubric)
        readings.append(
            Reading(
                sentence, _is_list(sentence, spoken[at], overall), is_copied, similarity[at], turns, subject
            )
        )
        subject = turns[-1].subjects if turns else subject
    return readings


def _is_list(sentence: Sentence, spoken: list[str], overall: float) -> bool:
    if words.function_share(spoken) >= LIST_SHARE:
        return False
    items = sentence.text.count(",") + sentence.text.count("/") + 1
    return (
        overall < LIST_SHARE or len(spoken) >= SHORT or 1 < items and len(spoken) <= WORDS_OF_AN_ITEM * items
    )


def _is_copied(spoken: list[str], rubric: Rubric) -> bool:
    stems = words.content(spoken)
    return bool(stems) and any(len(stems & asked) >= COPIED_SHARE * len(stems) for asked in rubric.asked)
