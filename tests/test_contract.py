"""The tables of what must hold name a test for every statement, and no test that isn't there."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TABLES = {"T": ("timed_interviews.md", 32), "G": ("reveal_and_grading.md", 10)}


def _rows(letter: str) -> dict[str, str]:
    table = (TESTS / TABLES[letter][0]).read_text(encoding="utf-8")
    return dict(re.findall(rf"^\| ({letter}\d+) \|[^|]*\|([^|]*)\|$", table, flags=re.MULTILINE))


ROWS = {number: tests for letter in TABLES for number, tests in _rows(letter).items()}


@pytest.mark.parametrize("letter", TABLES)
def test_every_statement_has_its_row(letter: str) -> None:
    _, last = TABLES[letter]

    assert list(_rows(letter)) == [f"{letter}{number}" for number in range(1, last + 1)]


@pytest.mark.parametrize("number", ROWS)
def test_the_tests_that_hold_it_exist(number: str) -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", ROWS[number])

    assert named
    for file, name in named:
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert name in [each.name for each in tree.body if isinstance(each, ast.FunctionDef)], (file, name)
