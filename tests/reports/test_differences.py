import pytest

from interview.judge.keys import Key
from interview.reports.differences import SENTENCES, in_words


def test_the_page_has_words_for_every_difference_the_judge_knows() -> None:
    assert set(SENTENCES) == set(Key)


@pytest.mark.parametrize(
    ("diff", "words"),
    [
        (None, ""),
        ({"key": "shape", "expected": "(3, 1)", "got": "(3,)"}, "The shape is (3,) instead of (3, 1)."),
        ({"key": "value", "where": "[2]", "expected": "1", "got": "2"}, "At [2] it is 2 instead of 1."),
        ({"key": "value", "where": "", "expected": "1", "got": "2"}, "It is 2 instead of 1."),
        (
            {"key": "items", "missing": "[1, 2]", "extra": "[3, 4]"},
            "These are not the same items. Missing: [1, 2]. Too many: [3, 4].",
        ),
        ({"key": "columns", "missing": "'age'"}, "These are not the same columns. Missing: 'age'."),
        (
            {"key": "value", "where": "[2]", "expected": "1", "got": "2"}
            | {"count": 3, "total": 12, "greatest": "0.5"},
            "At [2] it is 2 instead of 1. Values that differ: 3 of 12. The greatest difference is 0.5.",
        ),
        (
            {"key": "cell", "column": "'age'", "row": 7, "expected": "1", "got": "2"},
            "In column 'age', row 7 (counted from 0), it is 2 instead of 1.",
        ),
    ],
)
def test_a_difference_reads_as_a_sentence(diff: dict[str, object] | None, words: str) -> None:
    assert in_words(diff) == words
