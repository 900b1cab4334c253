"""Which of the compared things a sentence speaks of: "bagging lowers bias" isn't a point about boosting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview.scoring.terms import Span, find
from interview.scoring.text import Sentence

_FOIL_BEFORE = re.compile(
    r"(?:\b(?:unlike|than|versus|vs\.?|compared (?:to|with)|as opposed to|instead of|not)\s+)$"
)
_FOIL_AFTER = re.compile(
    r"\w*?(?:와는?|과는?|하고는?)?\s*(?:달리|다르게|반대로)|\w*?보다|\w*?에\s*비해|\w*?(?:이|가)?\s*아니라|\w*?\s*대신"
)
_JOINED = re.compile(r"\s*(?:and|or|&|/|,|와|과|하고|이나|나|및|,\s*and)\s*")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a sentence turns to one of the compared things, or to several ("precision and recall")."""

    start: int
    subjects: frozenset[str]


def mentions(sentence: Sentence, subjects: Sequence[str]) -> list[Mention]:
    """What the sentence turns to, in order; a foil ("unlike boosting") isn't what it speaks about."""
    found = sorted((span, subject) for subject in subjects for span in find(subject, sentence.text))
    turns: list[Mention] = []
    end = -1
    for span, subject in found:
        if _is_foil(sentence.text, span):
            continue
        if turns and _JOINED.fullmatch(sentence.text[end : span[0]]):
            turns[-1] = Mention(turns[-1].start, turns[-1].subjects | {subject})
        else:
            turns.append(Mention(span[0], frozenset({subject})))
        end = span[1]
    return turns


def governing(
    hit: Span, sentence: Sentence, turns: Sequence[Mention], before: frozenset[str]
) -> frozenset[str]:
    """What a term is said of: what was named last before it, else in its clause, else next, else earlier."""
    if named := [turn for turn in turns if turn.start <= hit[0]]:
        return named[-1].subjects
    clause = next((span for span in sentence.clauses if span[0] <= hit[0] < span[1]), (0, len(sentence.text)))
    if later := [turn for turn in turns if clause[0] <= turn.start < clause[1]] or turns:
        return later[0].subjects
    return before


def _is_foil(text: str, span: Span) -> bool:
    return bool(_FOIL_BEFORE.search(text, 0, span[0]) or _FOIL_AFTER.match(text, span[1]))
