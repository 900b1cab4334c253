"""Whether a sentence that names the terms of a point denies it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from interview.scoring.terms import Span
from interview.scoring.text import Sentence

# A Korean modifier speaks of its noun alone ("필요 없는 열"), unless that noun only closes the sentence.
_NOUN = r"\s+(?!(?:것|거|게|걸|건|편|점|셈)|\S+(?:입니다|이다|이에요|예요|이고)(?!\S))[가-힣a-z0-9]"
# Negations that deny nothing: idioms ("not only"), conditions ("않으면"), purposes ("넘치지 않게").
_HARMLESS = re.compile(
    r"뿐만?\s*아니라|뿐\s*아니고|아니라면|아니면|않으면|없으면|못하면|(?<!\S)(?:안|못)\s+[가-힣]*면(?!\S)"
    rf"|(?:(?:없|않|못하)[은는을던]|(?<!\S)(?:안|못)\s+[가-힣]*[한은는던된]){_NOUN}|만\s+[가-힣]*지\s*(?:않고|말고)"
    r"|않을까|않도록|않게|문제\s*없|끊임없|틀림없|수\s*밖에\s*없|잊지\s*(?:않|말|마)"
    r"|whether or not|not (?:only|just|merely|simply)|(?:don't|do not|never|not) forget"
    r"|no matter|no doubt|why not|if not"
)
_KOREAN_AFTER = re.compile(
    r"(?:지(?:는|도|를|가)?\s*)?(?:않|못|말아|마세요)|(?:수\s*)?없|아니|아닌|아닙|피해야"
)
_KOREAN_BEFORE = re.compile(r"(?<!\S)(?:안|못)\s+(?=([가-힣]+))")
_ENGLISH = re.compile(
    r"\b(?:not|never|no|cannot|\w+n't|neither|nor|hardly|fails? to|(?:should|must) avoid"
    r"|ignor(?:e|es|ed|ing)|regardless of)\b",
    re.ASCII,
)
# What is disregarded is denied, too: "클래스 비율은 신경 쓰지 않고".
_DISREGARD = re.compile(
    r"(?:신경\s*(?:을\s*)?(?:안\s*)?쓰|고려하|상관하|따지|구분하|생각하)지\s*(?:않|못)|상관\s*없이|무시하고"
)
_CONTRAST = re.compile(
    r"(?:지\s*)?않고|(?:지\s*)?않은\s*채|없이|말고|(?:이|가)?\s*아니라|아니고|(?<![은는한운])\s대신"
    r"|\b(?:without|instead of|rather than)\b",
    re.ASCII,
)
_CONDITION = re.compile(r"\s*(?:if|when|unless)\b")
# "not V X but Y" and "that can't be V" reach less far than their clause does.
_AT_ONCE = re.compile(r"[가-힣]{0,4}\s?(?:\s하)?")
_TOPIC = re.compile(r".*[은는]\s+(?=\S{2})")
_BUT = re.compile(r"[\s,]*but\b(?!\s+(?:i|it|we|you|they|this|that)\b)")
_SHARED_VERB = re.compile(
    r"(?:(?<=n't)|(?<=\bdo not)|(?<=ld not))\s+\w+(?:\s+(?:at|on|for|by|with))?", re.ASCII
)
_RELATIVE = re.compile(
    r"\b(?:that|which|who)(?:\s+(?:is|are|was|were|do|does|can|should|must|may|will))?\s*$"
)
_FEW_WORDS = re.compile(r"(?:\W+\w+){0,3}", re.ASCII)
_SUBJECT = re.compile(r"\s(?:i|we|you|it|they)\s")
_DISAPPROVAL = re.compile(
    r"(?<!\bno )(?<!\bnever a )(?<!\bnot a )\b"
    r"(?:wrong|mistake|mistaken|error|trap|pitfall|myth|misconception|leak(?:s|age|ing)?|danger(?:ous)?"
    r"|bad|harm(?:s|ful)?|must not|should not|problem|cheat(?:s|ing)?|optimistic|misleading|inflat\w*)\b"
    r"|잘못|실수|오해|함정|위험|금물|누수|낙관|과대평가",
    re.ASCII,
)
_FORBIDDEN = re.compile(r"문제(?!\S*\s*없)|안 된|안 되|안 됩|안 돼|부풀|나쁘|나쁩|새어|샌다|샙니다")
_PREVENTION = re.compile(
    r"\b(?:avoid|prevent|protect)\w*|(?<![가-힣])막[가-힣]|방지|예방|피하|피할|피해", re.ASCII
)
_CONCESSION = re.compile(r"(?:지만|는데|은데|반면|반면에|달리)$")
_TURN = re.compile(r"(?:but|while|whereas)\b")
_IF = re.compile(r"\b(?:if|when|once)\b|면(?:\s|,)", re.ASCII)
_APPROVAL = re.compile(
    r"면\s*(?:되|된|됩|돼|좋|충분|가장)|\b(?:fine|good|best|enough|better|safe|correct)\b", re.ASCII
)
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
    cues = _cues(sentence, flat)
    close = _under(
        hits, [cue.scope for cue in cues if any(_is_next_to(sentence.text, cue, hit) for hit in flat)]
    )
    firm = _under(hits, [cue.scope for cue in cues if not cue.is_contrast])
    every = _under(hits, [cue.scope for cue in cues])
    named = sum(map(bool, hits))
    return close | (firm if 2 * len(firm) > named else _NONE) | (every if len(every) == named else _NONE)


def is_undone(sentence: Sentence) -> bool:
    """Whether a prevention is denied: "no leakage" is as good as "prevents it", "can't prevent it" isn't."""
    means = [match.span() for match in _PREVENTION.finditer(sentence.text)]
    return any(_is_next_to(sentence.text, cue, span) for cue in _cues(sentence, means) for span in means)


def is_prevention(text: str) -> bool:
    """Whether an author's phrasing says that something bad is kept away."""
    return bool(_PREVENTION.search(text))


def is_disapproved(sentence: Sentence, hits: Sequence[Sequence[Span]]) -> bool:
    """Whether the sentence warns of what the terms say, or only supposes it, instead of claiming it."""
    flat = list(_flat(hits))
    foils = [cue.scope for cue in _cues(sentence, flat) if cue.is_contrast]
    if denied(sentence, hits) or _under(hits, [*foils, *_conceded(sentence)]):
        return True
    if any(not _is_inside(cue.span(), flat) for cue in _DISAPPROVAL.finditer(sentence.text)):
        return True
    # A Korean verdict closes what it judges: "멈추면 안 되니까" says nothing about what follows.
    if any(hit[1] <= cue.start() for cue in _FORBIDDEN.finditer(sentence.text) for hit in flat):
        return True
    return _is_supposed(sentence, flat) and not _APPROVAL.search(sentence.text)


def _conceded(sentence: Sentence) -> list[Span]:
    """What is said of the other thing: "a list can be read twice, but a generator only once"."""
    text = sentence.text
    return [
        one
        for one, other in pairwise(sentence.clauses)
        if _CONCESSION.search(text, *one) or _TURN.match(text, *other)
    ]


def _is_supposed(sentence: Sentence, hits: list[Span]) -> bool:
    """Whether some of the terms stand in an if-clause."""
    return any(
        _IF.search(sentence.text, start, end + 1) and any(_is_inside(hit, [(start, end)]) for hit in hits)
        for start, end in sentence.clauses
    )


def _cues(sentence: Sentence, terms: list[Span]) -> list[_Cue]:
    """The negations in force, but for those that are part of the author's own terms."""
    taken = list(terms)
    cues: list[_Cue] = []
    for cue in _negations(sentence):
        if not any(_overlap(cue.span, other) for other in taken):
            cues.append(cue)
            taken.append(cue.span)
    return cues


@lru_cache(maxsize=1024)
def _negations(sentence: Sentence) -> tuple[_Cue, ...]:
    """Negations that are neither an idiom nor in a condition; kept, because every point asks for them."""
    harmless = [match.span() for match in _HARMLESS.finditer(sentence.text)]
    return tuple(
        _Cue(match.span(), *_scope(pattern, match, (start, end)), is_contrast=pattern is _CONTRAST)
        for start, end in sentence.clauses
        if not _CONDITION.match(sentence.text, start, end)
        for pattern in (_DISREGARD, _CONTRAST, _KOREAN_AFTER, _KOREAN_BEFORE, _ENGLISH)
        for match in pattern.finditer(sentence.text, start, end)
        if not any(_overlap(match.span(), idiom) for idiom in harmless)
    )


def _scope(pattern: re.Pattern[str], cue: re.Match[str], clause: Span) -> tuple[Span, bool]:
    """What a cue denies (안: the next word; 않: all before it; "not": the clause), and if it is Korean."""
    if pattern is _KOREAN_BEFORE:
        return cue.span(1), True
    is_contrast = pattern is _CONTRAST
    if cue.group().isascii():
        return _english_scope(cue, clause, is_contrast=is_contrast), False
    # The topic of a contrast belongs to both of its sides: "테스트셋은 튜닝에 쓰지 말고 마지막에 쓴다".
    topic = _TOPIC.match(cue.string, clause[0], cue.start()) if is_contrast else None
    return (topic.end() if topic else clause[0], cue.start()), True


def _english_scope(cue: re.Match[str], clause: Span, *, is_contrast: bool) -> Span:
    """The clause, but only what follows "no", "instead of", a relative pronoun, or "not" before "but"."""
    text, (start, end) = cue.string, clause
    if cue.group() == "no":
        return cue.end(), end
    if is_contrast:
        turn = _SUBJECT.search(text, cue.end(), end)
        return cue.end(), turn.start() if turn else end
    if _RELATIVE.search(text, start, cue.start()) and (few := _FEW_WORDS.match(text, cue.end(), end)):
        return cue.start(), few.end()
    if _BUT.match(text, end):
        verb = _SHARED_VERB.match(text, cue.end(), end)
        return verb.end() if verb else cue.end(), end
    return clause


def _under(hits: Sequence[Sequence[Span]], scopes: list[Span]) -> frozenset[int]:
    return frozenset(
        at for at, group in enumerate(hits) if group and all(_is_inside(hit, scopes) for hit in group)
    )


def _is_next_to(text: str, cue: _Cue, hit: Span) -> bool:
    if not _is_inside(hit, [cue.scope]):
        return False
    if hit[1] <= cue.span[0]:
        return cue.is_korean and bool(_AT_ONCE.fullmatch(text, hit[1], cue.span[0]))
    return bool(re.fullmatch(r"\s*(?:[\w']+\s+)?", text[cue.span[1] : hit[0]]))


def _flat(hits: Sequence[Sequence[Span]]) -> Iterator[Span]:
    return (span for group in hits for span in group)


def _is_inside(span: Span, outer: list[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in outer)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
