"""Which of the compared things a sentence speaks of: "bagging lowers bias" isn't a point about boosting."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interview.scoring.terms import Span
from interview.scoring.text import Sentence

_FOIL_BEFORE = re.compile(
    r"(?:\b(?:unlike|than|versus|vs\.?|compared (?:to|with)|as opposed to|instead of|not)\s+)$"
)
_FOIL_AFTER = re.compile(
    r"\w*?(?:와는?|과는?|하고는?)?\s*(?:달리|다르게|반대로)|\w*?보다|\w*?에\s*비해|\w*?(?:이|가)?\s*아니라|\w*?\s*대신"
)
# A modifier leads up to the thing it describes, and a condition to the thing that is chosen.
_MODIFIER = re.compile(r"[^,]*(?:(?:[하되지뀌추내있없않르키]|줄이|높이|보이)는|[된한진뀐변])\s")
_AFTER_CONDITION = re.compile(r"[면때],?\s*")
_CHOSEN = re.compile(r"\w*(?:[을를]|으로|로)(?!\w)")
_JOINED = re.compile(r"\s*(?:and|or|&|/|,|와|과|하고|이나|나|및|,\s*and)\s*")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a sentence turns to one of the compared things, or to several ("precision and recall")."""

    start: int
    end: int
    subjects: frozenset[str]


def mentions(sentence: Sentence, named: Mapping[str, Sequence[Span]]) -> list[Mention]:
    """What the sentence turns to, in order of its names; a foil ("unlike boosting") isn't what it speaks about."""
    found = sorted((span, subject) for subject, spans in named.items() for span in spans)
    turns: list[Mention] = []
    end = -1
    for span, subject in found:
        if _is_foil(sentence.text, span):
            continue
        if turns and _JOINED.fullmatch(sentence.text[end : span[0]]):
            turns[-1] = Mention(turns[-1].start, span[1], turns[-1].subjects | {subject})
        else:
            turns.append(Mention(*span, frozenset({subject})))
        end = span[1]
    return turns


def governing(
    hit: Span, sentence: Sentence, turns: Sequence[Mention], before: frozenset[str]
) -> frozenset[str]:
    """What a term is said of: what it leads up to, else what was named last before it, else next, else earlier."""
    named = [turn for turn in turns if turn.start <= hit[0]]
    later = [turn for turn in turns if turn.start > hit[0]]
    start, end = next((span for span in sentence.clauses if span[0] <= hit[0] < span[1]), (0, hit[1]))
    if later and _leads_up(sentence.text, hit, end, later[0], is_bare=not named or named[-1].end <= start):
        return later[0].subjects
    if named:
        return named[-1].subjects
    return next((turn.subjects for turn in later if turn.start < end), later[0].subjects if later else before)


def _leads_up(text: str, hit: Span, end: int, to: Mention, *, is_bare: bool) -> bool:
    """Whether a term modifies the next subject ("분포가 바뀌는 data drift") or is the condition of choosing it."""
    if to.start < end:
        return bool(_MODIFIER.fullmatch(text, hit[1], to.start))
    is_condition = is_bare and bool(_AFTER_CONDITION.fullmatch(text, end - 1, to.start))
    return is_condition and bool(_CHOSEN.match(text, to.end))


def _is_foil(text: str, span: Span) -> bool:
    return bool(_FOIL_BEFORE.search(text, 0, span[0]) or _FOIL_AFTER.match(text, span[1]))
