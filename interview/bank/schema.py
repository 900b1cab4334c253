"""What a question file may say. Knows neither Django nor the files' places: plain data in, checked models out."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, model_validator

from interview.bank.measure import Data, Measure, Name, demand_measurable
from interview.bank.part import Part, from_json, to_json

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(min_length=1)]
# One group of a key point: alternatives separated by "|", each a surface form or "@concept" of the glossary.
TermGroup = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Language(StrEnum):
    KO = "ko"
    EN = "en"


class Topic(StrEnum):
    PYTHON = "python"
    ML_THEORY = "ml-theory"
    MLOPS = "mlops"


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Rarity(StrEnum):
    VERY_COMMON = "very-common"
    COMMON = "common"
    MODERATE = "moderate"
    RARE = "rare"


class Compare(StrEnum):
    EXACT = "exact"
    UNORDERED = "unordered"
    ALLCLOSE = "allclose"
    PRINTED = "printed"
    RAISES = "raises"
    METRIC = "metric"


class Bilingual(Part):
    ko: Text
    en: Text

    def __getitem__(self, language: str) -> str:
        return str(getattr(self, Language(language).value))


class Phrases(Part):
    """Sentences in each language, one list a language."""

    ko: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()

    def all(self) -> tuple[str, ...]:
        return self.ko + self.en


class KeyPoint(Part):
    """One idea that a strict interviewer would tick; its author tests it with what covers it and what doesn't."""

    id: Slug
    weight: Annotated[int, Field(ge=1, le=3)]
    text: Bilingual
    phrasings: Phrases
    terms: Annotated[tuple[TermGroup, ...], Field(min_length=1)]
    contradictions: tuple[Annotated[tuple[TermGroup, ...], Field(min_length=1)], ...] = ()
    subject: TermGroup | None = None
    covered: Phrases = Phrases()
    missed: Phrases = Phrases()


LEAST_COVERED = 6


class PointAnswers(Part):
    """Answers as people type them, by what they do with one key point; only those of the first kind earn it.

    They are written in sight of the point's text alone, so that the scorer can be measured by them: `covered` states
    the point, `missed` comes near it, `negated` denies it, `swapped` says it the wrong way round or of the other thing,
    and `listed` strings its terms together.
    """

    covered: Phrases
    missed: Phrases
    negated: Phrases
    swapped: Phrases
    listed: Phrases

    @model_validator(mode="after")
    def _enough_of_each(self) -> Self:
        if len(self.covered.all()) < LEAST_COVERED:
            raise ValueError(f"at least {LEAST_COVERED} answers that cover the point expected")
        for kind, phrases in self:
            if not phrases.all():
                raise ValueError(f"at least one answer expected under `{kind}`")
        return self

    def each(self) -> Iterator[tuple[str, Language, str]]:
        """Every answer: its kind, its language, its text."""
        for kind, phrases in self:
            for language in Language:
                yield from ((kind, language, text) for text in getattr(phrases, language.value))


class Facts(Part):
    """question.yaml."""

    difficulty: Difficulty
    rarity: Rarity
    minutes: Annotated[int, Field(ge=1, le=60)]
    author: Text
    written: datetime.date
    licence: Text
    follow_up: Slug
    related: tuple[Slug, ...] = ()


class Wording(Part):
    """One language's Markdown file, by its headings."""

    title: Text
    prompt: Text
    answer: Text
    deeper: Text
    follow_up: Text
    task: Text | None = None


class Category(Part):
    """What a case is about, and what to think about when it fails (shown, so it may give no hidden value away)."""

    label: Bilingual
    hint: Bilingual


class Case(Part):
    """`setup` runs first, then `call` is evaluated; its value (or print, or exception) is compared with `expect`.

    With `compare: metric` its value are predictions, and `measure` says for what.
    """

    id: Slug
    category: Slug
    call: Code
    expect: Annotated[Any, BeforeValidator(from_json), PlainSerializer(to_json, when_used="json")] = None
    compare: Compare = Compare.EXACT
    setup: str = ""
    example: bool = False
    rtol: Annotated[float, Field(ge=0)] = 1e-6
    atol: Annotated[float, Field(ge=0)] = 1e-9
    measure: Measure | None = None

    @model_validator(mode="after")
    def _fits_its_comparison(self) -> Self:
        if self.compare in (Compare.PRINTED, Compare.RAISES) and not isinstance(self.expect, str):
            raise ValueError(f"`expect` must be text where `compare` is {self.compare.value}")
        if (self.compare is Compare.METRIC) != (self.measure is not None):
            raise ValueError("`measure` is expected exactly where `compare` is metric")
        return self


class CaseLimits(Part):
    wall_seconds: Annotated[float, Field(gt=0, le=30)] = 10
    cpu_seconds: Annotated[int, Field(gt=0, le=30)] = 5
    memory_mb: Annotated[int, Field(ge=64, le=2048)] = 512


class CodeTask(Part):
    """task.yaml, with the Python files beside it."""

    entry: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
    categories: dict[Slug, Category]
    cases: tuple[Case, ...]
    limits: CaseLimits = CaseLimits()
    data: dict[Name, Data] = {}
    starter: Code
    solution: Code
    mutants: dict[Slug, Code]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _demand_unique("case", [case.id for case in self.cases])
        if unknown := {case.category for case in self.cases} - self.categories.keys():
            raise ValueError(f"cases name unknown categories: {', '.join(sorted(unknown))}")
        examples = sum(case.example for case in self.cases)
        if not 2 <= examples <= 3:
            raise ValueError(f"2 or 3 example cases expected, found {examples}")
        if not 5 <= len(self.cases) - examples <= 10:
            raise ValueError(f"5 to 10 hidden cases expected, found {len(self.cases) - examples}")
        if len(self.mutants) < 3:
            raise ValueError(f"at least 3 mutants expected, found {len(self.mutants)}")
        measures = [(case.example, case.measure) for case in self.cases if case.measure]
        seen, hidden = ([measure for is_seen, measure in measures if is_seen == one] for one in (True, False))
        demand_measurable(seen, hidden, self.data)
        return self


class Question(Part):
    """A whole question: everything that is stored for it, and nothing about where it came from."""

    slug: Slug
    topic: Topic
    facts: Facts
    wording: dict[Language, Wording]
    points: Annotated[tuple[KeyPoint, ...], Field(min_length=4, max_length=8)]
    task: CodeTask | None = None
    example: Code | None = None
    answers: dict[Slug, PointAnswers] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _demand_unique("key point", [point.id for point in self.points])
        if missing := set(Language) - self.wording.keys():
            raise ValueError(f"no text in: {', '.join(sorted(missing))}")
        if unknown := self.answers.keys() - {point.id for point in self.points}:
            raise ValueError(
                f"answers.yaml names no key point of this question: {', '.join(sorted(unknown))}"
            )
        if max(point.weight for point in self.points) < 3:
            raise ValueError("at least one key point of weight 3 expected")
        if self.facts.follow_up not in {point.id for point in self.points}:
            raise ValueError(f"follow_up names no key point of this question: {self.facts.follow_up}")
        if any((text.task is None) != (self.task is None) for text in self.wording.values()):
            raise ValueError("a `## Task` section is expected exactly where there is a task.yaml")
        if (self.task is None) == (self.example is None):
            raise ValueError("either task.yaml with solution.py or example.py is expected, not both")
        return self

    def content_hash(self) -> str:
        """SHA-256 of everything in it: the name of this version of the question."""
        text = json.dumps(self.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _demand_unique(what: str, ids: list[str]) -> None:
    if repeated := sorted({name for name in ids if ids.count(name) > 1}):
        raise ValueError(f"{what} ids must be unique, repeated: {', '.join(repeated)}")
