"""Hints on style: few, the weightiest first, and never in the way of a run."""

import logging
from unittest.mock import patch

import pytest

from interview.judge import style
from interview.judge.judge import judge
from interview.judge.style import MOST, Finding, findings
from interview.judge.verdicts import Verdict
from tests.judge.tasks import SOLUTION, STARTER, task

MANY = """import os
def one(a=[], b={}):
    try:
        return undefined
    except:
        list = lambda: a == None
        print(f"nothing")
def two(c=[]):
    unused = 1
"""


def test_a_finding_says_where_and_where_else() -> None:
    assert findings("import os\ndef f(a=[]):\n    return a\ndef g(b={}):\n    return b\n") == (
        Finding("B006", 2, 9, "Do not use mutable data structures for argument defaults", also=(4,)),
        Finding("F401", 1, 8, "`os` imported but unused"),
    )


def test_five_at_most_are_told_and_the_weightiest_first() -> None:
    assert [each.rule for each in findings(MANY)] == ["F821", "B006", "E722", "A001", "E711"]
    assert len(findings(MANY)) == MOST


@pytest.mark.parametrize(
    "source",
    ["def f(:\n  return 1\n", "", "\x00", "\ud800", "(" * 20_000, "-" * 20_000 + "1", 'f"{"a"!r:{"b"}}"'],
    ids=["syntax", "empty", "nul", "half a character", "deep", "deeper", "new syntax"],
)
def test_odd_sources_have_no_findings_and_harm_nothing(source: str) -> None:
    assert findings(source) == ()


def test_no_settings_from_around_change_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "concise")

    assert [each.rule for each in findings("import os\n")] == ["F401"]


@pytest.mark.parametrize("program", ["/bin/false", "/bin/echo", "/nowhere/ruff"])
def test_a_broken_ruff_costs_a_line_in_the_log_and_no_run(
    program: str, caplog: pytest.LogCaptureFixture
) -> None:
    with patch.object(style, "find_ruff_bin", return_value=program), caplog.at_level(logging.WARNING):
        assert findings("import os\n") == ()

    assert "ruff gave no findings" in caplog.text


def test_a_ruff_that_hangs_is_not_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    with patch.multiple(style, find_ruff_bin=lambda: "/usr/bin/env", _COMMAND=("sleep", "60"), _SECONDS=0.1):
        assert findings("import os\n") == ()

    assert "timed out" in caplog.text


@pytest.mark.usefixtures("sandbox")
def test_findings_change_no_verdict() -> None:
    record = judge("import os\n" + SOLUTION, task(), submit=True, seed=1)

    assert record.verdict is Verdict.PASSED
    assert [each["rule"] for each in record.as_json()["findings"]] == ["F401"]


def test_an_untouched_starter_has_no_findings() -> None:
    assert judge("\n" + STARTER, task(), submit=True, seed=1).findings == ()
