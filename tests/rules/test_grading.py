import pytest

from interview.rules.grading import (
    Mark,
    Verdict,
    change,
    code_score,
    interview_score,
    prose_score,
    question_score,
)


def marks(*found: tuple[int, str]) -> list[Mark]:
    return [Mark(weight, Verdict(verdict)) for weight, verdict in found]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(3, "covered"), (1, "covered")], 100),
        ([(3, "missed"), (1, "missed")], 0),
        ([(3, "covered"), (3, "missed")], 61.6),
        ([(3, "partly"), (3, "partly")], 61.6),
        ([(3, "covered"), (3, "wrong")], 21.6),
        ([(1, "covered"), (3, "wrong")], 0),
    ],
)
def test_a_prose_score_weighs_key_points_and_takes_off_for_what_was_said_wrong(
    found: list[tuple[int, str]], expected: float
) -> None:
    assert prose_score(marks(*found)) == pytest.approx(expected)


@pytest.mark.parametrize(("passed", "total", "expected"), [(0, 5, 0), (5, 5, 100), (2, 3, 66.7), (0, 0, 0)])
def test_a_code_score_is_the_share_of_hidden_cases_that_pass(
    passed: int, total: int, expected: float
) -> None:
    assert code_score(passed, total) == expected


@pytest.mark.parametrize(
    ("prose", "code", "asks_code", "expected"),
    [
        (80, None, False, 80),
        (None, None, False, None),
        (80, 60, True, 70),
        (80, None, True, 80),
        (None, 60, True, 60),
        (None, None, True, None),
    ],
)
def test_a_question_that_asks_for_both_is_worth_their_mean(
    prose: float | None, code: float | None, asks_code: bool, expected: float | None
) -> None:
    assert question_score(prose, code, asks_code=asks_code) == expected


def test_an_interview_is_worth_the_mean_of_its_scored_answers_and_nothing_where_there_is_none() -> None:
    assert interview_score([80, None, 60]) == 70
    assert interview_score([None]) is None
    assert interview_score([]) is None


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("missed", "partly", "gained"),
        ("partly", "covered", "gained"),
        ("wrong", "missed", "gained"),
        ("covered", "partly", "lost"),
        ("missed", "wrong", "lost"),
        ("partly", "partly", "kept"),
        ("wrong", "wrong", "kept"),
    ],
)
def test_a_point_is_gained_or_lost_as_it_does_more_or_less_for_the_score(
    before: str, after: str, expected: str
) -> None:
    assert change(Verdict(before), Verdict(after)) == expected
