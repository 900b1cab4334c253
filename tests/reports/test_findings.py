"""Advice on style: words for every rule, and examples that ruff itself agrees with."""

from typing import Any

import pytest

from interview.judge.style import RULES, findings
from interview.reports.findings import ADVICE, hints


def found(source: str) -> list[dict[str, Any]]:
    return [vars(each) for each in findings(source)]


def test_every_rule_that_is_looked_for_has_its_advice() -> None:
    assert list(ADVICE) == list(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_the_bad_example_breaks_its_rule_and_no_other(rule: str) -> None:
    assert [each.rule for each in findings(ADVICE[rule].bad + "\n")] == [rule]


@pytest.mark.parametrize("rule", RULES)
def test_the_good_example_breaks_none(rule: str) -> None:
    assert findings(ADVICE[rule].good + "\n") == ()


def test_a_hint_shows_the_persons_own_line() -> None:
    source = "import os\r\n\r\ndef f(a=[], b=[]):\n    return a, b\n\ndef g(c={}):\n    return c"

    shared, unused = hints({"findings": found(source)}, source)

    assert (shared.rule, shared.line, shared.also, shared.own) == ("B006", 3, (6,), "def f(a=[], b=[]):")
    assert (unused.line, unused.own, unused.message) == (1, "import os", "`os` imported but unused")


def test_a_record_without_findings_has_no_hints() -> None:
    assert hints({"verdict": "failed"}, "import os") == ()


def test_a_rule_that_was_dropped_since_is_left_out() -> None:
    kept = {"rule": "X1", "line": 1, "column": 1, "message": "", "also": []}

    assert hints({"findings": [kept]}, "import os") == ()
