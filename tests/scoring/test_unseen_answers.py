"""The scorer on answers nobody tuned it to: bounds wide enough to hold by more than luck."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import pytest
import yaml
from django.conf import settings

from interview.bank.glossary import read_glossary
from interview.bank.reader import question_folders, read_question
from interview.rules.grading import Verdict
from interview.scoring.score import Result, score


@dataclass(frozen=True, slots=True)
class Graded:
    """An answer, what a person thought of it, and what the scorer does."""

    slug: str
    kind: str
    grade: int
    points: frozenset[str]
    outcome: Result

    @property
    def marked(self) -> frozenset[str]:
        return frozenset(point.id for point in self.outcome.points if point.verdict is Verdict.COVERED)


@pytest.fixture(scope="module")
def graded() -> list[Graded]:
    return list(_graded())


def test_no_list_of_keywords_and_nothing_beside_the_question_earns_points(graded: list[Graded]) -> None:
    assert {
        one.slug: one.outcome.score for one in graded if _earned(one) > 15 and one.kind == "keywords"
    } == {}
    assert {
        one.slug: one.outcome.score for one in graded if _earned(one) > 10 and one.kind == "off-topic"
    } == {}


def test_a_wrong_answer_earns_little_and_a_good_one_much(graded: list[Graded]) -> None:
    assert _mean(graded, "wrong") <= 30
    assert _mean(graded, "good-long") >= 75
    assert _mean(graded, "half") < _mean(graded, "good-short") < _mean(graded, "good-long")


def test_scores_lie_near_those_a_person_gives(graded: list[Graded]) -> None:
    assert mean((_earned(one) - one.grade) ** 2 for one in graded) ** 0.5 <= 18


def test_points_are_found_where_a_person_finds_them(graded: list[Graded]) -> None:
    both = sum(len(one.points & one.marked) for one in graded)

    assert both / sum(len(one.marked) for one in graded) >= 0.85
    assert both / sum(len(one.points) for one in graded) >= 0.75


def _earned(one: Graded) -> float:
    return one.outcome.score or 0


def _mean(graded: list[Graded], kind: str) -> float:
    return mean(_earned(one) for one in graded if one.kind == kind)


def _graded() -> Iterator[Graded]:
    bank, answers = settings.QUESTION_BANK, Path(__file__).with_name("answers.yaml")
    folders, glossary = {folder.name: folder for folder in question_folders(bank)}, bank / "glossary.yaml"
    for slug, entries in yaml.safe_load(answers.read_text(encoding="utf-8")).items():
        question = read_question(folders[slug], read_glossary(glossary))
        for entry in entries:
            outcome = score(entry["answer"], question, entry["language"])
            yield Graded(slug, entry["kind"], entry["grade"], frozenset(entry["points"]), outcome)
