"""The table of what must hold names a test for every statement, and no test that isn't there."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
TABLE = (TESTS / "timed_interviews.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| T(\d+) \|[^|]*\|([^|]*)\|$", TABLE, flags=re.MULTILINE))


def test_every_statement_has_its_row() -> None:
    assert list(map(int, ROWS)) == list(range(1, 33))


@pytest.mark.parametrize("number", ROWS)
def test_the_tests_that_hold_it_exist(number: str) -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", ROWS[number])

    assert named
    for file, name in named:
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert name in [each.name for each in tree.body if isinstance(each, ast.FunctionDef)], (file, name)
