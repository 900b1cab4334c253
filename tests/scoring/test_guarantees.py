"""What the scorer promises of every question of the bank (G3 to G6)."""

import os
import random
import string
import subprocess
import sys
from collections.abc import Iterator

import pandas as pd
import pytest

from interview.bank.schema import Language, Question
from interview.rules.grading import Mark, Verdict, prose_score
from interview.scoring.score import Result, score
from interview.scoring.text import normalise, sentences
from tests.scoring.conftest import Questions

OFF_TOPIC = {
    Language.EN: "On Sunday we drove to the sea. The train would have been faster, but my sister wanted to stop at "
    "every market on the way. We bought apples, two kinds of bread and far too much cheese. After that it rained, so "
    "we sat in a small café and watched the ferries until it was dark.",
    Language.KO: "지난 주말에는 가족과 함께 바다에 다녀왔습니다. 기차가 더 빨랐겠지만 동생이 시장마다 "
    "들르자고 해서 차로 갔어요. 사과와 빵을 사고 치즈도 너무 많이 샀습니다. 오후에는 비가 와서 작은 찻집에 "
    "앉아 저녁까지 배를 구경했습니다.",
}
JAMO = "".join(map(chr, range(ord("ㄱ"), ord("ㅣ") + 1)))
SYLLABLES = "".join(map(chr, range(ord("가"), ord("힣") + 1)))
MASHED = [
    "asdf qwer zxcv uiop hjkl vbnm rtyu fghj dfgh cvbn ㅁㄴㅇㄹ ㅂㅈㄷㄱ",
    "ㅋㅋㅋㅋㅋ",
    "aaaaaaaaaaaaaaaaaaaa",
    ".,.,.,.;;;",
    "1234567890 0987654321",
]
# Tells what it makes of the reference answers of the questions that it is given, one a line.
TELL = """
import sys
from interview.bank.schema import Question
from interview.scoring.score import score
for line in sys.stdin:
    question = Question.model_validate_json(line)
    for language, wording in question.wording.items():
        print(score(wording.answer, question, language))
"""

either_language = pytest.mark.parametrize("language", Language)


@either_language
def test_a_reference_answer_earns_ninety_points_and_pays_for_nothing(
    question: Question, language: Language
) -> None:
    outcome = _reference(question, language)

    assert (outcome.score or 0) >= 90
    assert Verdict.WRONG not in {point.verdict for point in outcome.points}


@either_language
def test_an_empty_answer_and_the_question_itself_earn_nothing(question: Question, language: Language) -> None:
    wording = question.wording[language]
    asked = f"{wording.title}\n\n{wording.prompt}\n\n{wording.task or ''}"
    parts = [asked[begin:end] for begin, end in _places(asked)]
    orders = (parts[::-1], sorted(parts), parts[1::2] + parts[::2])

    assert [score(nothing, question, language).score for nothing in ("", " \n\t")] == [0, 0]
    for answer in (wording.prompt, asked, *map("\n\n".join, orders)):
        assert (score(answer, question, language).score or 0) <= 5, answer


@either_language
def test_what_is_no_answer_earns_next_to_nothing(question: Question, language: Language) -> None:
    keywords = [_keyword(group, language) for point in question.points for group in point.terms]
    lists = (sign.join(keywords) for sign in (", ", " / ", " → "))
    words = question.wording[language].answer.split()[::5]

    for answer in (OFF_TOPIC[language], *MASHED, *_gibberish(question.slug), *lists, *words):
        assert (score(answer, question, language).score or 0) <= 10, answer


@either_language
def test_four_in_five_answers_to_another_topic_earn_next_to_nothing(
    questions: Questions, language: Language
) -> None:
    """All of them should. Where two topics touch (a pipeline, a log, a split by time) some earn a point so far."""
    scores = pd.Series(
        score(other.wording[language].answer, question, language).score or 0
        for question in questions.values()
        for other in questions.values()
        if other.topic != question.topic
    )

    assert len(scores) >= 150
    assert (scores <= 10).mean() >= 0.8
    assert scores.mean() <= 5


def test_one_more_covered_point_never_lowers_the_score(question: Question) -> None:
    for language, answer in _growing_answers(question):
        before = score(answer, question, language)
        for point, outcome in zip(question.points, before.points, strict=False):
            if outcome.verdict is Verdict.MISSED and (examples := getattr(point.covered, language)):
                after = score(f"{answer}\n{examples[0]}", question, language)
                assert (after.score or 0) >= (before.score or 0), (point.id, answer)


def test_the_same_answer_gets_the_same_marks_again(question: Question) -> None:
    for language in Language:
        assert _reference(question, language) == _reference(question, language)


def test_another_process_comes_to_the_same_marks(questions: Questions) -> None:
    """With other hashes, which decide the order of sets."""
    some = list(questions.values())[::4]

    told = subprocess.run(
        [sys.executable, "-c", TELL],
        input="\n".join(question.model_dump_json() for question in some),
        env={**os.environ, "PYTHONHASHSEED": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert told == [str(_reference(question, language)) for question in some for language in question.wording]


@either_language
def test_a_score_is_what_its_marks_are_worth_and_marks_rest_on_words(
    question: Question, language: Language
) -> None:
    for answer in _answers_by_kind(question, language):
        outcome = score(answer, question, language)

        marks = [
            Mark(point.weight, found.verdict)
            for point, found in zip(question.points, outcome.points, strict=True)
        ]
        assert outcome.score == prose_score(marks)
        assert [found.id for found in outcome.points] == [point.id for point in question.points]
        for found in outcome.points:
            assert bool(found.evidence) == (found.verdict is not Verdict.MISSED)


def _reference(question: Question, language: Language) -> Result:
    return score(question.wording[language].answer, question, language)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where its sentences stand."""
    read = normalise(text)
    return (
        read.original(sentence.start, sentence.start + len(sentence.text))
        for sentence in sentences(read.characters)
    )


def _keyword(group: str, language: Language) -> str:
    forms = [form.strip(" *") for form in group.split("|")]
    return next((form for form in forms if form.isascii() is (language is Language.EN)), forms[0])


def _gibberish(seed: str) -> Iterator[str]:
    """A dozen words that are none, of each kind of letters; as prose, too."""
    chance = random.Random(seed)
    for letters in (string.ascii_lowercase, JAMO, SYLLABLES):
        words = ["".join(chance.choices(letters, k=chance.randint(2, 7))) for _ in range(12)]
        yield " ".join(words)
        as_prose = "the {}" if letters is string.ascii_lowercase else "{}는"
        yield " ".join(map(as_prose.format, words)) + "."


def _growing_answers(question: Question) -> Iterator[tuple[Language, str]]:
    for language in Language:
        said = [text for point in question.points for text in getattr(point.covered, language)[:1]]
        yield from ((language, "\n".join(said[:count])) for count in range(1, len(said)))


def _answers_by_kind(question: Question, language: Language) -> list[str]:
    """One answer of each kind: of what was written for the single points, the first to every point."""
    said: dict[str, list[str]] = {}
    for answers in question.answers.values():
        for kind, phrases in answers:
            said.setdefault(kind, []).extend(getattr(phrases, language)[:1])
    return ["\n".join(texts) for texts in said.values()]
