"""The scorer on every question of the bank: what must earn nothing, what must earn much, and what the examples say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from interview.bank.glossary import read_glossary
from interview.bank.reader import question_folders, read_question
from interview.bank.schema import Language, Question
from interview.rules.grading import Verdict
from interview.scoring.score import score

BANK = settings.QUESTION_BANK
GIBBERISH = "asdf qwer zxcv uiop hjkl vbnm rtyu fghj dfgh cvbn ㅁㄴㅇㄹ ㅂㅈㄷㄱ"
OFF_TOPIC = {
    Language.EN: "On Sunday we drove to the sea. The train would have been faster, but my sister wanted to stop at "
    "every market on the way. We bought apples, two kinds of bread and far too much cheese. After that it rained, so "
    "we sat in a small café and watched the ferries until it was dark.",
    Language.KO: "지난 주말에는 가족과 함께 바다에 다녀왔습니다. 기차가 더 빨랐겠지만 동생이 시장마다 "
    "들르자고 해서 차로 갔어요. 사과와 빵을 사고 치즈도 너무 많이 샀습니다. 오후에는 비가 와서 작은 찻집에 "
    "앉아 저녁까지 배를 구경했습니다.",
}

either_language = pytest.mark.parametrize("language", Language)


@pytest.fixture(params=question_folders(BANK), ids=lambda folder: folder.name)
def question(request: pytest.FixtureRequest) -> Question:
    folder: Path = request.param
    return read_question(folder, read_glossary(BANK / "glossary.yaml"))


@either_language
def test_a_reference_answer_earns_ninety_points_and_pays_for_nothing(
    question: Question, language: Language
) -> None:
    outcome = score(question.wording[language].answer, question, language)

    assert (outcome.score or 0) >= 90
    assert Verdict.WRONG not in {point.verdict for point in outcome.points}


@either_language
def test_what_is_no_answer_earns_next_to_nothing(question: Question, language: Language) -> None:
    reference = question.wording[language].answer
    keywords = [_keyword(group, language) for point in question.points for group in point.terms]

    assert score("", question, language).score == 0
    assert (score(question.wording[language].prompt, question, language).score or 0) <= 5
    lists = (sign.join(keywords) for sign in (", ", " / ", " → "))
    for answer in (GIBBERISH, OFF_TOPIC[language], *lists, *reference.split()[::5]):
        assert (score(answer, question, language).score or 0) <= 10, answer


def test_examples_of_a_point_are_judged_as_their_author_says(question: Question) -> None:
    wrong = [
        f"{point.id}: {answer}"
        for at, point in enumerate(question.points)
        for examples, is_covered in ((point.covered, True), (point.missed, False))
        for language in Language
        for answer in getattr(examples, language)
        if (_verdict(answer, question, at, language) is Verdict.COVERED) is not is_covered
    ]

    assert wrong == []


def test_the_scorer_is_measured_by_answers_to_every_point_of_the_bank(question: Question) -> None:
    assert question.answers.keys() == {point.id for point in question.points}


def test_one_more_covered_point_never_lowers_the_score(question: Question) -> None:
    for language, answer in _growing_answers(question):
        before = score(answer, question, language)
        for point, outcome in zip(question.points, before.points, strict=False):
            if outcome.verdict is Verdict.MISSED and (examples := getattr(point.covered, language)):
                after = score(f"{answer}\n{examples[0]}", question, language)
                assert (after.score or 0) >= (before.score or 0), (point.id, answer)


def _keyword(group: str, language: Language) -> str:
    forms = [form.strip(" *") for form in group.split("|")]
    return next((form for form in forms if form.isascii() is (language is Language.EN)), forms[0])


def _verdict(answer: str, question: Question, at: int, language: Language) -> Verdict:
    outcome = score(answer, question, language)
    return outcome.points[at].verdict if outcome.scored else Verdict.MISSED


def _growing_answers(question: Question) -> Iterator[tuple[Language, str]]:
    for language in Language:
        said = [text for point in question.points for text in getattr(point.covered, language)[:1]]
        yield from ((language, "\n".join(said[:count])) for count in range(1, len(said)))
