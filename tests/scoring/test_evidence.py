import unicodedata

import pytest

from interview.scoring.text import normalise, sentences
from tests.scoring.bagging import result

SENTENCE = "Bagging averages many models and lowers the variance."
KOREAN = "배깅은 여러 모델을 평균 내서 분산을 줄입니다."


def _full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


@pytest.mark.parametrize(
    "sentence",
    [SENTENCE, KOREAN, unicodedata.normalize("NFD", KOREAN), _full_width(SENTENCE), SENTENCE.upper()],
    ids=["english", "korean", "decomposed", "full-width", "upper-case"],
)
@pytest.mark.parametrize("before", ["", "😀 좋은 질문이네요! ", "👩‍💻① ﬁrst: ½ İ. ", "- 첫째\n- "])
def test_evidence_is_the_very_stretch_that_was_typed(before: str, sentence: str) -> None:
    answer = f"{before}{sentence} 끝 😀"

    evidence = {point.id: point.evidence for point in result(answer).points}["variance"]

    assert [answer[begin:end] for begin, end in evidence] == [sentence]


def test_an_idea_over_two_sentences_has_both_as_evidence() -> None:
    answer = "Boosting corrects the errors of earlier models. So it changes the bias. It is lower in the end."

    evidence = {point.id: point.evidence for point in result(answer).points}["bias"]

    assert [answer[begin:end] for begin, end in evidence] == [
        "So it changes the bias.",
        "It is lower in the end.",
    ]


def test_a_missed_point_has_no_evidence() -> None:
    assert {point.evidence for point in result("It depends on the data, I would say.").points} == {()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! 3.5 is three.", ["one.", "two!", "3.5 is three."]),
        ("first e.g. this one. second", ["first e.g. this one.", "second"]),
        ("배깅을 씁니다 그리고 평균을 내요 끝", ["배깅을 씁니다", "그리고 평균을 내요", "끝"]),
        ("- one thing\n2) another\n\n# heading", ["one thing", "another", "heading"]),
        (
            "a line that goes on and on until there is "
            + "no " * 20
            + "room for the next of its\nmany words",
            None,
        ),
        (
            "a line without a full stop that stands for itself\nlike so many in notes",
            ["a line without a full stop that stands for itself", "like so many in notes"],
        ),
        ("before ```x = 1. y = 2``` after", ["before", "after"]),
    ],
)
def test_an_answer_is_cut_into_sentences(text: str, expected: list[str] | None) -> None:
    cut = [sentence.text for sentence in sentences(normalise(text).characters)]

    assert cut == (expected or [text.replace("\n", " ")])
