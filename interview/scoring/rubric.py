"""What a question's author wrote, made ready to be looked for; fitted once for each content."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from interview.bank.schema import KeyPoint, Language, Question
from interview.scoring import negation, words
from interview.scoring.terms import find
from interview.scoring.text import normalise, sentences

SHINGLE = 8


@dataclass(frozen=True, slots=True)
class Rubric:
    """Key points with what their phrasings look like, and the texts that earn nothing when they are repeated."""

    points: tuple[KeyPoint, ...]
    subjects: tuple[str, ...]
    spoken_in_the_negative: frozenset[str]
    spoken_as_prevention: frozenset[str]
    asked: tuple[set[str], ...]
    references: dict[Language, set[tuple[str, ...]]]
    vectorizer: Any
    phrasings: Any
    owners: tuple[int, ...]

    def similarity(self, texts: Sequence[str]) -> list[list[float]]:
        """For each text and point, the cosine with the point's nearest phrasing in character n-grams."""
        cosines = (self.vectorizer.transform(texts) @ self.phrasings.T).toarray()
        columns = [
            [at for at, owner in enumerate(self.owners) if owner == point]
            for point in range(len(self.points))
        ]
        return [[float(row[own].max()) for own in columns] for row in cosines]


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
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]

    said = [(at, phrasing) for at, point in enumerate(points) for phrasing in _phrasings(point)]
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, lowercase=False)
    return Rubric(
        points=points,
        subjects=tuple(dict.fromkeys(point.subject for point in points if point.subject)),
        spoken_in_the_negative=frozenset(point.id for point in points if _is_spoken_in_the_negative(point)),
        spoken_as_prevention=frozenset(
            point.id for point in points if any(map(negation.is_prevention, _phrasings(point)))
        ),
        asked=tuple(stems for text in asked if (stems := words.content(words.tokens(_plain(text))))),
        references={of: words.shingles(words.tokens(_plain(text)), SHINGLE) for of, text in references},
        vectorizer=vectorizer,
        phrasings=vectorizer.fit_transform([phrasing for _, phrasing in said]),
        owners=tuple(at for at, _ in said),
    )


def _phrasings(point: KeyPoint) -> list[str]:
    return [_plain(text) for text in (point.text.ko, point.text.en, *point.phrasings.all())]


def _is_spoken_in_the_negative(point: KeyPoint) -> bool:
    spoken = [sentence for phrasing in _phrasings(point) for sentence in sentences(phrasing)]
    return any(negation.is_denied(one, [find(group, one.text) for group in point.terms]) for one in spoken)


def _plain(text: str) -> str:
    return normalise(text).characters
