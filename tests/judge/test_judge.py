"""Runs and submissions from source to record, in the real sandbox."""

import json
import logging
from unittest.mock import patch

import pytest

from interview.judge.judge import judge
from interview.judge.verdicts import Verdict
from interview.sandbox.jobs import Ending, Error, Outcome
from tests.judge.tasks import HIDDEN_NUMBER, SOLUTION, STARTER, case, task

pytestmark = pytest.mark.usefixtures("sandbox")

SUMS = {
    "by a loop": "def total(numbers):\n  s = 0\n  for n in numbers: s += n\n  return s",
    "by numpy": "import numpy as np\ndef total(numbers): return np.sum(numbers)",
    "as a float": "def total(numbers): return float(sum(numbers))",
    "as an array without dimensions": "import numpy as np\ndef total(numbers): return np.array(sum(numbers))",
    "by a lambda": "total = lambda numbers: sum(numbers)",
    "by pandas": "import pandas as pd\ndef total(numbers): return pd.Series(numbers, dtype=float).sum()",
    "by recursion": "def total(numbers): return numbers[0] + total(numbers[1:]) if numbers else 0",
    "in a class": "class Sum:\n  def __call__(self, numbers): return sum(numbers)\ntotal = Sum()",
    "changing its argument": "def total(numbers):\n  s = 0\n  while numbers: s += numbers.pop()\n  return s",
    "with a guarded main": SOLUTION + "if __name__ == '__main__':\n  print(total([1]))\n",
    "with prints": "def total(numbers):\n  print(numbers)\n  return sum(numbers)",
}
ENDS = {
    Verdict.FAILED: "def total(numbers): return 3",
    Verdict.ERROR: "def total(numbers): return numbers[0]",
    Verdict.TIME_LIMIT: "def total(numbers):\n  while True: pass",
    Verdict.MEMORY_LIMIT: "def total(numbers): return bytearray(1 << 33)",
    Verdict.OUTPUT_LIMIT: "def total(numbers):\n  while True: print(numbers)",
    Verdict.FORBIDDEN: "def total(numbers): return open('/etc/passwd')",
}
QUICK = {"limits": {"wall_seconds": 1, "cpu_seconds": 1}}


@pytest.mark.parametrize("source", SUMS.values(), ids=SUMS.keys())
def test_any_honest_solution_passes(source: str) -> None:
    record = judge(source, task(), submit=True, seed=1).as_json()

    assert (record["verdict"], record["passed"], record["total"]) == ("passed", 7, 7)
    assert (record["hidden_passed"], record["hidden_total"]) == (5, 5)


@pytest.mark.parametrize(("verdict", "source"), ENDS.items(), ids=ENDS.keys())
def test_every_end_has_its_word(verdict: Verdict, source: str) -> None:
    assert judge(source, task(**QUICK), submit=True, seed=1).verdict is verdict


@pytest.mark.parametrize("source", ["", "  \n\n", STARTER, STARTER.replace("\n", "  \r\n\n")])
def test_an_untouched_starter_is_no_attempt(source: str) -> None:
    assert judge(source, task(), submit=True, seed=1).as_json()["verdict"] == "not_attempted"


def test_a_run_tries_the_examples_only() -> None:
    record = judge(SOLUTION, task(), submit=False, seed=1).as_json()

    assert (record["kind"], record["verdict"], record["total"], record["hidden_total"]) == (
        "run",
        "passed",
        2,
        0,
    )


def test_an_example_is_shown_whole() -> None:
    source = "import warnings\ndef total(numbers):\n  print('\\x1b[1m', numbers)\n  return [3]"

    tests = judge(source, task(), submit=False, seed=1).as_json()["tests"]

    assert tests[0] | {"ms": 0} == {
        "id": "two",
        "category": "sums",
        "visibility": "example",
        "status": "failed",
        "call": "total([1, 2])",
        "expected": "3",
        "got": "[3]",
        "diff": {"key": "type", "expected": "number", "got": "list"},
        "grids": None,
        "prints": "\\x1b[1m [1, 2]\n",
        "ms": 0,
    }


def test_an_example_that_comes_to_another_table_draws_both() -> None:
    examples = [case(f"by-{n}", f"total([{n}, 2])", [n, 2], example=True) for n in (1, 5)]
    more = case("a-secret", "total([1, 77])", [1, 78])
    judged = task(*examples, more)

    tests = judge("def total(numbers): return [1, 2]", judged, submit=True, seed=1).as_json()["tests"]

    assert [cell["is_wrong"] for cell in tests[1]["grids"][1]["rows"][0]["cells"]] == [True, False]
    assert [test["grids"] is None for test in tests] == [True, False] + 6 * [True]


def test_an_example_shows_what_was_set_up_for_it() -> None:
    examples = [case(f"set-up-{n}", "total(xs)", 1, setup="xs = [1]", example=True) for n in range(2)]

    tests = judge(SOLUTION, task(*examples), submit=False, seed=1).as_json()["tests"]

    assert tests[0]["call"] == "xs = [1]\ntotal(xs)"


def test_the_error_of_an_example_is_told_with_its_line() -> None:
    record = judge("def total(numbers):\n  return numbers.sum()", task(), submit=True, seed=1).as_json()

    assert record["error"]["type"] == "AttributeError"
    assert record["error"]["line"] == 2
    assert {test["diff"]["key"] for test in record["tests"] if test["visibility"] == "example"} == {"raised"}


def test_of_a_hidden_case_nothing_is_told_but_category_and_status() -> None:
    source = (
        "def total(numbers):\n  print('saw', numbers)\n"
        "  if len(numbers) == 2 and numbers[0] > 99: raise ValueError(f'{numbers}')\n  return sum(numbers)"
    )

    record = judge(source, task(), submit=True, seed=1).as_json()

    hidden = [test for test in record["tests"] if test["visibility"] == "hidden"]
    assert len(hidden) == 5
    told = {name for test in hidden for name, value in test.items() if value is not None}
    assert told == {"category", "visibility", "status"}
    assert str(HIDDEN_NUMBER) not in json.dumps(record)
    assert record["error"] is None
    assert (record["verdict"], record["hidden_passed"]) == ("error", 0)


def test_time_and_memory_spell_out_nothing_of_hidden_arguments() -> None:
    source = (
        "import time\ndef total(numbers):\n"
        "  if sum(numbers) > 99:\n    time.sleep(1)\n    numbers = list(bytearray(1 << 25))\n"
        "  return sum(numbers)"
    )

    slow = judge(source, task(), submit=True, seed=1).as_json()
    quick = judge(SOLUTION, task(), submit=True, seed=1).as_json()

    assert slow["hidden_passed"] == 0
    assert slow["ms"] < 1000 * slow["hidden_total"]
    assert slow["memory_mb"] < quick["memory_mb"] + 32


def test_an_own_call_is_answered_after_the_examples() -> None:
    record = judge(
        SOLUTION, task(), submit=False, own_call="print('hello') or total([40, 2])", seed=1
    ).as_json()

    assert record["own"] == {
        "call": "print('hello') or total([40, 2])",
        "got": "42",
        "prints": "hello\n",
        "error": None,
    }


def test_an_own_call_that_fails_does_not_fail_the_run() -> None:
    record = judge(SOLUTION, task(), submit=False, own_call="total(1)", seed=1).as_json()

    assert record["verdict"] == "passed"
    assert record["own"]["error"]["type"] == "TypeError"


def test_an_own_call_has_no_part_in_a_submission() -> None:
    record = judge(SOLUTION, task(), submit=True, own_call="exec('while True: pass')", seed=1).as_json()

    assert (record["verdict"], record["own"]) == ("passed", None)


def test_without_a_task_code_just_runs() -> None:
    record = judge("print('hello')", None, submit=False, seed=1).as_json()

    assert (record["kind"], record["verdict"], record["prints"]) == ("plain", "completed", "hello\n")
    assert {"python", "numpy", "pandas", "sklearn"} <= record["env"].keys()


def test_an_error_at_the_top_of_the_module_is_told_and_no_case_is_run() -> None:
    record = judge("import nothing_like_this", task(), submit=True, seed=1).as_json()

    assert record["verdict"] == "error"
    assert record["error"]["type"] == "ModuleNotFoundError"
    assert {test["status"] for test in record["tests"]} == {"not_run"}


def test_the_cases_come_in_an_order_that_the_seed_decides() -> None:
    source = "SEEN = []\ndef total(numbers):\n  SEEN.append(len(numbers))\n  return sum(numbers)"
    examples = [case(f"n-{n}", f"total([0] * {n})", 0, example=True) for n in range(3)]

    orders = [
        judge(source, task(*examples), submit=False, own_call="SEEN", seed=seed).as_json()["own"]["got"]
        for seed in (1, 1, 2, 3, 4)
    ]

    assert orders[0] == orders[1]
    assert len(set(orders)) > 1


def test_a_record_is_plain_json_that_a_database_takes() -> None:
    record = judge(
        "print('\\x00\\ud800')\ndef total(n): return {'\\x00'}", task(), submit=False, seed=1
    ).as_json()

    text = json.dumps(record, allow_nan=False)
    assert json.loads(text) == record
    assert "\\u0000" not in text
    assert record["version"] == 1


def test_a_fault_of_ours_is_no_verdict_on_the_person(caplog: pytest.LogCaptureFixture) -> None:
    fault = Outcome(ending=Ending.FAULT, error=Error("", "no more processes", ending=Ending.FAULT))

    with patch("interview.judge.judge.run", return_value=fault), caplog.at_level(logging.ERROR):
        record = judge(SOLUTION, task(), submit=True, seed=1).as_json()

    assert (record["verdict"], record["error"]) == ("not_graded", None)
    assert "no more processes" in caplog.text
