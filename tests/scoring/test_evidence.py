import unicodedata

import pytest

from interview.scoring.text import normalise, sentences
from tests.scoring.bagging import result, verdicts

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


@pytest.mark.parametrize(
    "typed",
    [
        "Bagging  averages\u00a0 many models \t and lowers the variance.",
        "\ufeffBagging\u200b averages many mo\u00addels and lowers\u2060 the\u200b variance.",
        "Bagging averages many\tmodels and lowers the variance.\r\n",
    ],
    ids=["blanks", "zero width", "tab and line end"],
)
def test_what_nobody_sees_changes_nothing(typed: str) -> None:
    [variance] = [point for point in result(typed).points if point.id == "variance"]

    assert variance.verdict == "covered"
    assert [typed[begin:end] for begin, end in variance.evidence] == [typed.strip("\ufeff\r\n")]


@pytest.mark.parametrize("blank", [" ", "  ", "\t", " \u200b "])
def test_a_denial_is_heard_whatever_parts_its_words(blank: str) -> None:
    answer = "You don't really need bagging, there are other ways to lower the variance."

    assert verdicts(answer.replace(" ", blank)) == {"variance": "wrong"}


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u2011"])
def test_every_hyphen_joins_words(hyphen: str) -> None:
    assert verdicts(f"부스팅은 과적합되기 쉬워서 early{hyphen}stopping을 씁니다.") == {"rounds": "covered"}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_finished_line_ends_its_sentence_however_it_is_stored(line_end: str) -> None:
    lines = ["부스팅은 " + "앞 모델의 오차를 보완하면서 " * 6 + "편향을 줄임", "배깅은 분산을 줄임"]

    assert [one.text for one in sentences(normalise(line_end.join(lines)).characters)] == lines


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
