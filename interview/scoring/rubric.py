"""What a question's author wrote, made ready to be looked for; fitted once for each content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any

from interview.bank.schema import KeyPoint, Language, Question
from interview.scoring import negation, words
from interview.scoring.terms import Span, TermIndex
from interview.scoring.text import normalise, sentences

SHINGLE = 8


@dataclass(frozen=True, slots=True)
class Nearest:
    """How near a text comes to a point, and what its nearest phrasing, or any other, says in the negative."""

    akin: float
    denied: frozenset[int]
    denied_by_any: frozenset[int]
    is_prevention: bool


@dataclass(frozen=True, slots=True)
class Rubric:
    """Key points with what their phrasings look like, and the texts that earn nothing when repeated.

    `names` has for each point what its own text calls its groups of terms, where it names them.
    """

    points: tuple[KeyPoint, ...]
    index: TermIndex
    names: tuple[dict[Language, dict[str, str]], ...]
    subjects: tuple[str, ...]
    asked: tuple[set[str], ...]
    vocabulary: frozenset[str]
    references: dict[Language, set[tuple[str, ...]]]
    vectorizer: Any
    phrasings: Any
    owned: tuple[Span, ...]
    denials: tuple[frozenset[int], ...]
    denied_by_any: tuple[frozenset[int], ...]
    preventions: tuple[bool, ...]

    def nearest(self, texts: Sequence[str]) -> list[list[Nearest]]:
        """For each text and point, the nearest of the point's phrasings, by character n-grams."""
        cosines = (self.vectorizer.transform(texts) @ self.phrasings.T).toarray()
        return [[self._nearest(row, at) for at in range(len(self.points))] for row in cosines]

    def _nearest(self, cosines: Any, point: int) -> Nearest:
        start, end = self.owned[point]
        best = start + int(cosines[start:end].argmax())
        return Nearest(
            float(cosines[best]), self.denials[best], self.denied_by_any[point], self.preventions[best]
        )


def rubric(question: Question) -> Rubric:
    """The question's rubric; the same content is prepared only once."""
    texts = question.wording.values()
    asked = [
        line for text in texts for line in (f"{text.title} {text.prompt}", *(text.task or "").splitlines())
    ]
    references = tuple((language, text.answer) for language, text in question.wording.items())
    return _rubric(question.points, tuple(asked), references)


@lru_cache(maxsize=64)
def _rubric(
    points: tuple[KeyPoint, ...], asked: tuple[str, ...], references: tuple[tuple[Language, str], ...]
) -> Rubric:
    from sklearn.feature_extraction.text import TfidfVectorizer

    said = [_phrasings(point) for point in points]
    ends = list(accumulate(map(len, said)))
    vectorizer = TfidfVectorizer(analyzer=_ngrams, sublinear_tf=True)
    index = TermIndex(group for point in points for group in _groups(point))
    denials = [
        [_denials(point, each, index) for each in own] for point, own in zip(points, said, strict=True)
    ]
    return Rubric(
        points=points,
        index=index,
        names=tuple({language: _names(point, language, index) for language in Language} for point in points),
        subjects=tuple(dict.fromkeys(point.subject for point in points if point.subject)),
        asked=tuple(stems for text in asked if (stems := set(words.content(words.tokens(_plain(text)))))),
        vocabulary=frozenset(
            stem
            for text in (*asked, *(answer for _, answer in references), *map(_everything, points))
            for stem in words.content(words.tokens(_plain(text)))
        ),
        references={of: words.shingles(words.tokens(_plain(text)), SHINGLE) for of, text in references},
        vectorizer=vectorizer,
        phrasings=vectorizer.fit_transform([*chain(*said)]),
        owned=tuple(zip([0, *ends], ends, strict=False)),
        denials=tuple(chain(*denials)),
        denied_by_any=tuple(frozenset[int]().union(*each) for each in denials),
        preventions=tuple(map(negation.is_prevention, chain(*said))),
    )


def _ngrams(text: str) -> list[str]:
    return [ngram for word in words.content(words.tokens(text)) for ngram in _ngrams_of_word(word)]


@lru_cache(maxsize=20_000)
def _ngrams_of_word(word: str) -> tuple[str, ...]:
    """Two to four characters, within the word and its edges; kept, as answers use the same words."""
    edged = f" {word} "
    return tuple(edged[at : at + size] for size in (2, 3, 4) for at in range(len(edged) - size + 1))


def _phrasings(point: KeyPoint) -> list[str]:
    return [_plain(text) for text in (point.text.ko, point.text.en, *point.phrasings.all())]


def _groups(point: KeyPoint) -> Iterator[str]:
    yield from point.terms
    yield from chain(*point.contradictions)
    if point.subject:
        yield point.subject


def _names(point: KeyPoint, language: Language, index: TermIndex) -> dict[str, str]:
    text = _plain(point.text[language])
    found = index.find(text)
    return {group: text[slice(*found[group][0])] for group in point.terms if group in found}


def _everything(point: KeyPoint) -> str:
    return " ".join([*_phrasings(point), *point.terms]).replace("|", " ").replace("*", " ")


def _denials(point: KeyPoint, phrasing: str, index: TermIndex) -> frozenset[int]:
    """The groups that the author's own words deny: such a negation is part of the point."""
    spoken = [(one, index.find(one.text)) for one in sentences(phrasing)]
    hits = [(one, [found.get(group, []) for group in point.terms]) for one, found in spoken]
    return frozenset[int]().union(*(negation.denied(one, each) for one, each in hits))


def _plain(text: str) -> str:
    return normalise(text).characters
