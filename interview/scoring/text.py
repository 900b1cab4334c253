"""An answer as the scorer reads it: normalised, cut into sentences and clauses, tied to what was typed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from interview.scoring.terms import Span

# A character with the marks, vowels and final consonants that NFKC may join to it: one unit of the map back.
_UNITS = re.compile(r".[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*", re.DOTALL)
# What nobody sees or reads (soft hyphens, zero-width characters, all but one of several blanks) must not part words.
_INVISIBLE = r"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_UNSEEN = re.compile(rf"[{_INVISIBLE}]|\r(?=\n)|[^\S\n](?=[{_INVISIBLE}]*[^\S\n])")
_PLAIN = str.maketrans("‘’‛′`“”„″‐\t", "'''''\"\"\"\"- ")
_FENCE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL)
_SENTENCE_END = re.compile(
    # The dots of "cls(...)" end nothing.
    r"\n+|(?:(?<=[!?。])|(?<=\.)(?<!\.\.\.))[\"')\]]*\s+|(?<=\.\.\.)\s+(?!from\b)"
    # People leave full stops out: formal and polite endings close a Korean sentence as well.
    r"|(?<=니다)\s+|(?<=[가-힣]요)(?<!중요|필요|주요|개요|수요|소요)\s+|;\s+"
)
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|vs|etc|cf)\.$")
_BULLET = re.compile(r"(?:[-*•·▪◦>#]+|\d+[.)])\s+")
# A full line that ends in the middle of a sentence was wrapped, not finished.
_WRAP = re.compile(
    r"(?:(?<=[^\n]{95})|(?<=[^\n]{49}[가-힣,]))(?<![.!?…:;다요죠음함임됨])\n(?!\s*\n|\s*(?:[-*•·▪◦>#]+|\d+[.)])\s)"
)
_CLAUSE_END = re.compile(
    r"[,:()—–]\s*"
    r"|\s+(?=(?:but|while|whereas|although|though|because|since|so|which|unless|if|when|then|therefore|instead"
    r"|rather|without|yet|however)\b)"
    # "and" joins clauses where a subject, an auxiliary or a negation of its own follows it.
    r"|\s+(?=and (?:i|it|you|we|they|then|the|this|that|so)\b)"
    r"|\s+(?=and (?:[\w@]+ ){0,2}?(?:is|are|was|were|has|have|can|will|would|should|must|may|do|does|did"
    r"|not?|never|cannot|\w+n't)\b)"
    r"|(?<=[가-힣])(?<=고|며|면)\s+|(?:(?<=지만|는데|은데|니까|므로|면서|도록|거나|대신)|(?<=때문에))\s+"
    r"|(?<=[아어해라여와워려져]서)\s+"
)


@dataclass(frozen=True, slots=True)
class Text:
    """Normalised characters, and for each of them where its original begins and ends."""

    characters: str
    begins: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """The same stretch in code points of what was typed."""
        return self.begins[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text, with the clauses it is made of counted from its own beginning."""

    start: int
    text: str
    clauses: tuple[Span, ...]


def normalise(typed: str) -> Text:
    """NFKC, lower case, plain signs, single blanks; fenced code is blanked out, because only prose is evidence."""
    unseen = {match.start() for match in _UNSEEN.finditer(typed)}
    if not unseen and unicodedata.is_normalized("NFKC", typed) and len(typed.lower()) == len(typed):
        return Text(_prose(typed.lower()), tuple(range(len(typed))), tuple(range(1, len(typed) + 1)))
    characters, begins, ends = [], [], []
    for unit in _UNITS.finditer(typed):
        if unit.start() in unseen:
            continue
        for character in unicodedata.normalize("NFKC", unit.group()).lower():
            characters.append(character)
            begins.append(unit.start())
            ends.append(unit.end())
    return Text(_prose("".join(characters)), tuple(begins), tuple(ends))


def sentences(text: str) -> list[Sentence]:
    """The sentences of a normalised text, without bullets and blank lines."""
    return [
        Sentence(start, text[start:end], tuple(_cut(text[start:end], _CLAUSE_END)))
        for start, end in _trimmed(text, _cut(text, _SENTENCE_END))
    ]


def _prose(characters: str) -> str:
    without_code = _FENCE.sub(lambda code: "\n" * len(code.group()), characters)
    return _WRAP.sub(" ", without_code.translate(_PLAIN))


def _cut(text: str, boundary: re.Pattern[str]) -> Iterator[Span]:
    start = 0
    for match in boundary.finditer(text):
        if boundary is _SENTENCE_END and _ABBREVIATION.search(text[start : match.start()]):
            continue
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _trimmed(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    for start, end in spans:
        while start < end and text[start].isspace():
            start += 1
        if bullet := _BULLET.match(text, start, end):
            start = bullet.end()
        end = start + len(text[start:end].rstrip())
        if start < end:
            yield start, end
