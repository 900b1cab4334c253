"""Whether a sentence that names the terms of a point denies it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from interview.scoring import cues
from interview.scoring.terms import Span
from interview.scoring.text import Sentence

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cue:
    """A negation in force, and the stretch of its clause that it denies."""

    span: Span
    scope: Span
    is_korean: bool
    is_contrast: bool


def denied(sentence: Sentence, hits: Sequence[Sequence[Span]]) -> frozenset[int]:
    """Which groups of terms (by number, as found in the sentence) stand under a negation outside them."""
    flat = list(_flat(hits))
    found = _cues(sentence, flat)
    close = _needless(sentence, hits) | _under(
        hits, [cue.scope for cue in found if any(_is_next_to(sentence.text, cue, hit) for hit in flat)]
    )
    firm = _under(hits, [cue.scope for cue in found if not cue.is_contrast])
    every = _under(hits, [cue.scope for cue in found])
    named = sum(map(bool, hits))
    return close | (firm if 2 * len(firm) > named else _NONE) | (every if len(every) == named else _NONE)


def is_undone(sentence: Sentence) -> bool:
    """Whether a prevention is denied: "no leakage" is as good as "prevents it", "can't prevent it" isn't."""
    means = [match.span() for match in cues.PREVENTION.finditer(sentence.text)]
    return any(_is_next_to(sentence.text, cue, span) for cue in _cues(sentence, means) for span in means)


def is_prevention(text: str) -> bool:
    """Whether an author's phrasing says that something bad is kept away."""
    return bool(cues.PREVENTION.search(text))


def is_disapproved(sentence: Sentence, hits: Sequence[Sequence[Span]]) -> bool:
    """Whether the sentence warns of what the terms say, or only supposes it, instead of claiming it."""
    flat = list(_flat(hits))
    foils = [cue.scope for cue in _cues(sentence, flat) if cue.is_contrast]
    if denied(sentence, hits) or _under(hits, [*foils, *_conceded(sentence)]):
        return True
    if any(not _is_inside(cue.span(), flat) for cue in cues.DISAPPROVAL.finditer(sentence.text)):
        return True
    # A Korean verdict closes what it judges: "멈추면 안 되니까" says nothing about what follows.
    verdicts = [cue for cue in cues.FORBIDDEN.finditer(sentence.text) if not _touches(cue.span(), flat)]
    if any(hit[1] <= cue.start() for cue in verdicts for hit in flat):
        return True
    return _is_supposed(sentence, flat) and not cues.APPROVAL.search(sentence.text)


def _conceded(sentence: Sentence) -> list[Span]:
    """What is said of the other thing: "a list can be read twice, but a generator only once"."""
    text = sentence.text
    return [
        one
        for one, other in pairwise(sentence.clauses)
        if cues.CONCESSION.search(text, *one) or cues.TURN.match(text, *other)
    ]


def _is_supposed(sentence: Sentence, hits: list[Span]) -> bool:
    """Whether all of the terms stand in if-clauses."""
    supposed = [_supposed(sentence.text, span) for span in sentence.clauses]
    return all(_is_inside(hit, [span for span in supposed if span]) for hit in hits)


def _supposed(text: str, clause: Span) -> Span | None:
    """What a clause only supposes: in Korean all up to its ending, in English what follows "if", up to who acts."""
    start, end = clause
    if not (cue := cues.IF.search(text, start, end + 1)):
        return None
    if not cue.group().isascii():
        return clause
    turn = cues.SUBJECT.search(text, cue.end() + 1, end)
    return cue.start(), turn.start() if turn and cue.start() == start else end


def _cues(sentence: Sentence, terms: list[Span]) -> list[_Cue]:
    """The negations in force, but for those that are part of the author's own terms."""
    taken = list(terms)
    found: list[_Cue] = []
    for cue in _negations(sentence):
        if not _touches(cue.span, taken):
            found.append(cue)
            taken.append(cue.span)
    return found


@lru_cache(maxsize=1024)
def _negations(sentence: Sentence) -> tuple[_Cue, ...]:
    """Negations that are neither an idiom nor in a condition; kept, because every point asks for them."""
    harmless = [match.span() for match in cues.HARMLESS.finditer(sentence.text)]
    return tuple(
        _Cue(match.span(), *_scope(pattern, match, (start, end)), is_contrast=pattern is cues.CONTRAST)
        for start, end in sentence.clauses
        if not cues.CONDITION.match(sentence.text, start, end)
        for pattern in (cues.DISREGARD, cues.CONTRAST, cues.KOREAN_AFTER, cues.KOREAN_BEFORE, cues.ENGLISH)
        for match in pattern.finditer(sentence.text, start, end)
        if not _touches(match.span(), harmless)
    )


def _scope(pattern: re.Pattern[str], cue: re.Match[str], clause: Span) -> tuple[Span, bool]:
    """What a cue denies (안: the next word; 않: all before it; "not": the clause), and if it is Korean."""
    if pattern is cues.KOREAN_BEFORE:
        return cue.span(1), True
    is_contrast = pattern is cues.CONTRAST
    if cue.group().isascii():
        return _english_scope(cue, clause, is_contrast=is_contrast), False
    # The topic of a contrast belongs to both of its sides: "테스트셋은 튜닝에 쓰지 말고 마지막에 쓴다".
    topic = cues.TOPIC.match(cue.string, clause[0], cue.start()) if is_contrast else None
    return (topic.end() if topic else clause[0], cue.start()), True


def _english_scope(cue: re.Match[str], clause: Span, *, is_contrast: bool) -> Span:
    """The clause, but only what follows "no", "instead of", a relative pronoun, or "not" before "but"."""
    text, (start, end) = cue.string, clause
    if cue.group() == "no":
        return cue.end(), end
    if is_contrast:
        turn = cues.SUBJECT.search(text, cue.end(), end)
        return cue.end(), turn.start() if turn else end
    if cues.RELATIVE.search(text, start, cue.start()) and (few := cues.FEW_WORDS.match(text, cue.end(), end)):
        return cue.start(), few.end()
    if cues.BUT.match(text, end):
        verb = cues.SHARED_VERB.match(text, cue.end(), end)
        return verb.end() if verb else cue.end(), end
    return clause


def _needless(sentence: Sentence, hits: Sequence[Sequence[Span]]) -> frozenset[int]:
    """All groups that were named, where half of them or more are called needless or without effect."""
    flat = list(_flat(hits))
    found = [cue for cue in _needless_cues(sentence.text) if not _touches(cue.span(), flat)]
    scopes = [_needless_scope(sentence, cue) for cue in found]
    named = frozenset(at for at, group in enumerate(hits) if group)
    touched = [at for at in named if any(_is_inside(hit, scopes) for hit in hits[at])]
    return named if touched and 2 * len(touched) >= len(named) else _NONE


@lru_cache(maxsize=1024)
def _needless_cues(text: str) -> tuple[re.Match[str], ...]:
    return tuple(cues.NEEDLESS.finditer(text))


def _needless_scope(sentence: Sentence, cue: re.Match[str]) -> Span:
    """Korean calls needless what stands before it in the clause; English its own subject, and what follows it up to
    the reason for that, or what is done about it."""
    start = next((span[0] for span in sentence.clauses if span[0] <= cue.start() < span[1]), cue.start())
    if not cue.group().isascii():
        return start, cue.end()
    turn = cues.REASON.search(sentence.text, cue.end())
    return start, turn.start() if turn else len(sentence.text)


def _under(hits: Sequence[Sequence[Span]], scopes: list[Span]) -> frozenset[int]:
    return frozenset(
        at for at, group in enumerate(hits) if group and all(_is_inside(hit, scopes) for hit in group)
    )


def _is_next_to(text: str, cue: _Cue, hit: Span) -> bool:
    if not _is_inside(hit, [cue.scope]):
        return False
    if hit[1] <= cue.span[0]:
        return cue.is_korean and bool(cues.AT_ONCE.fullmatch(text, hit[1], cue.span[0]))
    return bool(re.fullmatch(r"\s*(?:[\w']+\s+)?", text[cue.span[1] : hit[0]]))


def _flat(hits: Sequence[Sequence[Span]]) -> Iterator[Span]:
    return (span for group in hits for span in group)


def _is_inside(span: Span, outer: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer)


def _touches(span: Span, others: list[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
