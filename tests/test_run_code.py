"""manage.py run_code, as an author of questions uses it."""

import io
import json
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from interview.sandbox import run
from interview.sandbox.run import SandboxUnavailable
from tests.factories import make_version
from tests.sandbox.conftest import sandbox

__all__ = ["sandbox"]


def _run_code(source: str, monkeypatch: pytest.MonkeyPatch, *slug: str) -> dict[str, Any]:
    monkeypatch.setattr("sys.stdin", io.StringIO(source))
    output = io.StringIO()
    call_command("run_code", *slug, stdout=output)
    record: dict[str, Any] = json.loads(output.getvalue())
    return record


@pytest.mark.django_db
@pytest.mark.usefixtures("sandbox")
def test_code_for_a_question_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    slug = make_version(code=True).question.slug

    right = _run_code("def twice(number): return 2 * number", monkeypatch, slug)
    wrong = _run_code("def twice(number): return number ** 2", monkeypatch, slug)

    assert (right["kind"], right["verdict"], right["hidden_total"]) == ("submit", "passed", 5)
    assert wrong["verdict"] == "failed"


@pytest.mark.usefixtures("sandbox")
def test_code_without_a_question_is_just_run(monkeypatch: pytest.MonkeyPatch) -> None:
    record = _run_code("print('안녕')", monkeypatch)

    assert (record["kind"], record["verdict"], record["prints"]) == ("plain", "completed", "안녕\n")


@pytest.mark.usefixtures("sandbox")
def test_tier_and_time_stand_beside_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("print(1)"))
    record, beside = io.StringIO(), io.StringIO()

    call_command("run_code", stdout=record, stderr=beside)

    assert json.loads(record.getvalue())["prints"] == "1\n"
    assert re.fullmatch(r"tier [AB], \d+\.\d ms\n", beside.getvalue())


@pytest.mark.django_db
def test_a_question_that_is_not_there_or_asks_for_no_code_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    prose = make_version().question.slug

    for slug in ("no-such-question", prose):
        with pytest.raises(CommandError, match=slug):
            _run_code("pass", monkeypatch, slug)


def test_where_no_code_can_be_run_the_command_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise SandboxUnavailable(probe="Landlock", reason="the kernel offers none", mend="Boot another")

    monkeypatch.setattr(run, "self_test", refuse)

    with pytest.raises(CommandError, match=r"Landlock: the kernel offers none. Boot another"):
        _run_code("print(1)", monkeypatch)
