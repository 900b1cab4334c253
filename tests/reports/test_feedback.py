"""What an ended run says, and what the page shows of it."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from interview.actions.request_run import request_run
from interview.actions.runs import record_result
from interview.judge.judge import judge
from interview.models import Run, RunKind
from interview.reports.feedback import Feedback, feedback
from tests.factories import make_interview
from tests.sandbox.conftest import sandbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db


def ended(tests: list[dict[str, Any]], **record: Any) -> Run:
    """A submission that ended with a record as the judge writes it."""
    attempt = make_interview(code=True, now=timezone.now()).attempts.get(position=1)
    source = "import os\ndef twice(number):\n    return number + 2\n"
    run = request_run(attempt, kind=RunKind.SUBMIT, source=source, now=timezone.now())
    result = {"version": 1, "kind": "submit", "verdict": "failed", "tests": tests} | record
    record_result(run, record=result, now=timezone.now())
    return run


def example(status: str, **more: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("diff", "prints", "expected", "got", "grids", "ms"))
    told = {"category": "numbers", "visibility": "example", "status": status, "call": f"twice({status})"}
    return nothing | told | more


def hidden(status: str, category: str = "numbers") -> dict[str, Any]:
    return {"category": category, "visibility": "hidden", "status": status}


def html(run: Run) -> str:
    return render_to_string("interview/run.html#record", {"feedback": feedback(run)})


def folds(told: Feedback) -> list[tuple[str, bool]]:
    return [(test["status"], test["is_open"]) for test in told.examples]


def test_the_first_failure_stands_first_and_open() -> None:
    told = feedback(ended([example("passed"), example("failed"), example("error"), example("not_run")]))

    assert folds(told) == [("failed", True), ("error", False), ("passed", False), ("not_run", False)]


def test_where_all_pass_only_what_has_printed_is_open() -> None:
    told = feedback(ended([example("passed"), example("passed", prints="here\n")], verdict="passed"))

    assert folds(told) == [("passed", False), ("passed", True)]


def test_failing_categories_come_before_those_that_passed() -> None:
    told = feedback(ended([hidden("passed"), hidden("passed", "ties"), hidden("failed", "ties")]))

    assert [(group.label, group.passed, group.total) for group in told.hidden] == [
        ("ties", 1, 2),
        ("numbers", 1, 1),
    ]


@pytest.mark.parametrize(("status", "is_example_first"), [("passed", False), ("failed", True)])
def test_where_only_hidden_tests_fail_they_come_before_the_examples(
    status: str, is_example_first: bool
) -> None:
    page = html(ended([example(status), hidden("failed")]))

    assert (page.index("<details") < page.index("0 / 1")) is is_example_first


def test_hidden_tests_that_were_never_run_are_no_failures() -> None:
    run = ended(
        [example("error"), hidden("not_run"), hidden("not_run", "ties")],
        verdict="error",
        error={"type": "SyntaxError", "message": "", "line": 3, "traceback": ""},
    )

    told = feedback(run)

    assert [group.has_failed for group in told.hidden] == [False, False]
    assert html(run).count("not run") == 2
    assert "0 / 1" not in html(run)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ({"type": "TypeError", "line": 3}, "The line below"),
        ({"type": "TypeError", "line": None}, "in the line of a test"),
        ({"type": "ended", "line": None}, "Python itself was ended"),
        (None, "in a hidden test"),
    ],
)
def test_where_an_error_happened_is_said_as_far_as_it_is_known(
    error: dict[str, Any] | None, advice: str
) -> None:
    facts = error and {**error, "message": "", "traceback": ""}

    told = feedback(ended([example("error")], verdict="error", error=facts))

    assert advice in str(told.advice)


def test_a_single_failure_is_not_said_to_be_the_first_of_several() -> None:
    told = feedback(ended([example("failed"), hidden("passed")]))

    assert (str(told.headline), told.advice) == ("One test fails.", "")


def test_the_versions_go_by_the_names_that_people_know() -> None:
    env = {"python": "3.13.1", "numpy": "2.5.0", "pandas": "3.1.0", "sklearn": "1.9.0"}

    page = re.sub(
        r"\s+", " ", html(ended([example("passed")], env=env, passed=1, total=1, ms=12.4, memory_mb=5))
    )

    assert (
        "1 of 1 tests · 12 ms · 5 MB · Python 3.13.1 · NumPy 2.5.0 · pandas 3.1.0 · scikit-learn 1.9.0"
        in page
    )


def test_a_finding_is_shown_with_the_own_line_and_both_examples() -> None:
    found = {"rule": "F401", "line": 1, "column": 8, "message": "`os` imported but unused", "also": [4]}

    page = html(ended([example("passed")], findings=[found]))

    assert "1 note on style" in page
    assert "<b>Line 1, 4</b> <code>import os</code>" in page
    assert "print(3.14)" in page
    assert "print(math.pi)" in page
    assert "ruff F401: `os` imported but unused" in page


def test_tables_are_drawn_side_by_side_and_what_differs_is_said() -> None:
    cells = [{"text": "1", "is_wrong": False}, {"text": "<2>", "is_wrong": True}]
    grid = {
        "size": "(1, 2)",
        "columns": ["0", "1"],
        "rows": [{"label": "0", "cells": cells}],
        "is_part": True,
    }

    page = html(ended([example("failed", grids=[grid, grid], expected="[[1, 2]]", got="[[1, 3]]")]))

    assert page.count("<table>") == 2
    assert (
        page.count('<mark class="wrong">&lt;2&gt;<span class="visually-hidden"> differs</span></mark>') == 2
    )
    assert "in part" in page
    assert "[[1, 3]]" not in page


def test_a_failure_that_is_no_table_shows_both_values() -> None:
    page = html(ended([example("failed", expected="4", got="<3>")]))

    assert "<code>4</code>" in page
    assert "<code>&lt;3&gt;</code>" in page


def test_a_record_from_before_there_were_findings_can_still_be_read() -> None:
    test = example("failed", expected="4", got="3")
    del test["grids"]

    assert "failed" in html(ended([test]))


@pytest.mark.usefixtures("sandbox")
def test_the_judges_own_record_is_drawn_whole() -> None:
    source = "import os\ndef twice(number):\n    print('trying')\n    return [number]\n"
    attempt = make_interview(code=True, now=timezone.now()).attempts.get(position=1)
    run = request_run(attempt, kind=RunKind.SUBMIT, source=source, now=timezone.now())
    record = judge(source, attempt.version.content().task, submit=True, seed=1).as_json()
    record_result(run, record=record, now=timezone.now())

    page = html(run)

    assert "It is of type list instead of number." in page
    assert page.count("trying") == 2
    assert "0 / 5" in page
    assert "import os" in page
