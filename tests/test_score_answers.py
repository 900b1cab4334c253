"""manage.py score_answers, as an author of questions uses it."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_version

pytestmark = pytest.mark.django_db


def _score(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    output = io.StringIO()
    try:
        call_command("score_answers", stdout=output)
    finally:
        written = [json.loads(line) for line in output.getvalue().splitlines()]
    return written


def test_a_line_comes_back_with_its_fields_and_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    version = make_version()
    line = {"question": version.question.slug, "language": "ko", "answer": "", "grade": 0, "who": "지민"}

    [scored] = _score([json.dumps(line), ""], monkeypatch)
    result = scored.pop("result")

    assert scored == line
    assert result.pop("ms") >= 0
    assert result.pop("scorer")
    assert [point["id"] for point in result["points"]] == [point.id for point in version.content().points]
    assert {tuple(sorted(point)) for point in result.pop("points")} == {
        ("evidence", "features", "id", "lacks", "probability", "reason", "verdict")
    }
    assert result == {"scored": True, "score": 0.0, "flags": ["empty"], "between": [0.0, 0.0]}


def test_an_answer_that_cannot_be_told_has_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    line = {
        "question": make_version().question.slug,
        "language": "en",
        "answer": "Это ответ на другом языке.",
    }

    [scored] = _score([json.dumps(line)], monkeypatch)

    assert (scored["result"]["scored"], scored["result"]["score"]) == (False, None)


def test_bad_lines_get_an_error_in_their_place_and_fail_the_command_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    good = {"question": make_version().question.slug, "language": "en", "answer": "something"}
    lines = [
        "{",
        "[]",
        json.dumps(good | {"question": "no-such-question"}),
        json.dumps(good | {"language": "fr"}),
        json.dumps(good | {"answer": None}),
        json.dumps(good),
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    output = io.StringIO()

    with pytest.raises(CommandError, match="5"):
        call_command("score_answers", stdout=output)

    *bad, last = (json.loads(line) for line in output.getvalue().splitlines())
    assert [list(line) for line in bad] == [["error"]] * 5
    assert "no-such-question" in bad[2]["error"]
    assert "result" in last
