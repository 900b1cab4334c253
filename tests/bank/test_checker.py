import json
from collections.abc import Callable
from pathlib import Path

import pytest

from interview.bank.checker import check
from interview.bank.reader import read_bank
from interview.bank.schema import Case
from tests.bank.conftest import ANSWERS

Edit = Callable[[str, str, str], None]
pytestmark = pytest.mark.usefixtures("sandbox")

NINE_WORDS = "one two three four five six seven eight nine"


def problems(bank: Path, name: str) -> list[str]:
    """What the checker says about one file, without the file's name."""
    (question,) = [one for one in read_bank(bank) if name.startswith(f"{one.topic}/{one.slug}/")]
    found = [problem for problem in check(question) if str(problem.path) == name]
    return [str(problem).removeprefix(f"{name}: ") for problem in found]


def test_right_code_has_no_problems(bank: Path) -> None:
    found = [str(problem.path) for question in read_bank(bank) for problem in check(question)]

    assert not [path for path in found if path.endswith(".py")]


def test_an_answer_has_the_length_of_two_minutes_of_speech(bank: Path) -> None:
    assert "the answer has 1 words, expected 150 to 260" in problems(bank, "mlops/prose/en.md")
    assert "the answer has 1 words, expected 110 to 260" in problems(bank, "mlops/prose/ko.md")


def test_a_reference_answer_must_earn_its_score(bank: Path, edit: Edit) -> None:
    edit("mlops/prose/en.md", "Because.", "The idea is number 1.")

    (problem,) = [text for text in problems(bank, "mlops/prose/en.md") if "scores" in text]

    assert "expected 90 or more" in problem
    assert "idea-2 is missed" in problem
    assert "idea-1" not in problem


def test_a_phrasing_may_not_repeat_the_reference_answer(bank: Path, edit: Edit) -> None:
    edit("mlops/prose/en.md", "Because.", f"{NINE_WORDS}.")
    edit("mlops/prose/points.yaml", "says the thought", f"so {NINE_WORDS}")

    found = problems(bank, "mlops/prose/points.yaml")

    assert found == [f"idea-1: shares 8 words in a row with the reference answer: “so {NINE_WORDS}”"]


def test_an_answer_that_earns_a_point_may_not_repeat_the_reference_answer(bank: Path, edit: Edit) -> None:
    edit("mlops/prose/en.md", "Because.", f"{NINE_WORDS}.")
    (bank / "mlops/prose/answers.yaml").write_text(ANSWERS.replace("e, f", f"e, so {NINE_WORDS}"))

    found = problems(bank, "mlops/prose/answers.yaml")

    assert found == [f"idea-1: shares 8 words in a row with the reference answer: “so {NINE_WORDS}”"]


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        (
            "covered: {en: [It is raining again today.]}",
            "should be covered, is missed: “It is raining again today.”",
        ),
        (
            "missed: {en: [It says the idea is number 1.]}",
            "should be missed, is covered: “It says the idea is number 1.”",
        ),
        ("covered: {en: [It says the idea is number 1.]}", ""),
        ("missed: {ko: [오늘은 비가 옵니다.]}", ""),
    ],
)
def test_an_example_of_an_answer_is_marked_as_its_author_says(
    bank: Path, edit: Edit, examples: str, message: str
) -> None:
    edit("mlops/prose/points.yaml", "weight: 3", f"weight: 3\n  {examples}")

    assert problems(bank, "mlops/prose/points.yaml") == ([f"idea-1: {message}"] if message else [])


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("starter.py", "double", "twice", "should define `double`"),
        ("solution.py", "2 * x", "2 * x if x < 6 else 0", "should pass every case, is failed; case-6"),
        ("solution.py", "2 * x", "2 * y", "should pass every case, is error: NameError"),
        ("mutants/squares.py", "x**2", "x + x", "passes every case"),
        ("mutants/squares.py", "x**2", "x**2 + 9", "should return the right value in at least one case"),
        ("mutants/squares.py", "x**2", "{0: 0, 1: 2}[x]", "should fail by a wrong value, or be named"),
        ("mutants/squares.py", "x**2", "2 * y", "should return the right value in at least one case"),
    ],
)
def test_code_that_proves_nothing_is_a_problem(
    bank: Path, edit: Edit, name: str, old: str, new: str, message: str
) -> None:
    edit(f"python/code/{name}", old, new)

    (problem,) = problems(bank, f"python/code/{name}")

    assert problem.startswith(message)


def test_an_example_that_stops_with_an_error_is_a_problem(bank: Path, edit: Edit) -> None:
    edit("mlops/prose/example.py", "print(1)", "print(1 / 0)")

    assert problems(bank, "mlops/prose/example.py") == [
        "should run to its end, is error: ZeroDivisionError: division by zero"
    ]


def test_data_that_its_recipe_does_not_print_is_a_problem(bank: Path, edit: Edit) -> None:
    measure = "{data: rows, target: y, train: [0, 1], hidden: [1, 2], metric: f1, bar: 0.5}"
    edit("python/code/task.yaml", "expect: 6", f"compare: metric, measure: {measure}")
    (bank / "python/code/rows.csv").write_text("x,y\n1,0\n2,1\n")
    (bank / "python/code/rows.py").write_text("print('x,y\\n1,0\\n3,1')\n")

    assert problems(bank, "python/code/rows.csv") == ["should be what rows.py prints"]


@pytest.mark.parametrize("value", [".nan", "2026-11-21"])
def test_a_value_that_would_come_back_from_the_database_as_another_is_a_problem(
    bank: Path, edit: Edit, value: str
) -> None:
    edit("python/code/task.yaml", "expect: 6", f"expect: {value}")

    assert any("can't be stored as JSON" in problem for problem in problems(bank, "python/code/task.yaml"))


def test_a_dict_with_numbers_as_keys_comes_back_from_json_as_it_was() -> None:
    expect = {7: [{None: 1, "text": {2.5: True}}], "(pairs)": 3}

    case = Case.model_validate({"id": "a", "category": "b", "call": "f()", "expect": expect})

    assert Case.model_validate(json.loads(case.model_dump_json())).expect == expect
