"""A small bank, right in every file, for tests that then break one thing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sandbox.conftest import sandbox

__all__ = ["bank", "edit", "sandbox"]

FACTS = """\
difficulty: easy
rarity: common
minutes: 5
author: A. Author
written: 2026-11-21
licence: CC-BY-4.0
follow_up: idea-1
"""
POINT = """\
- id: idea-{number}
  weight: 3
  text: {{ko: 생각 {number}, en: thought {number}}}
  phrasings: {{ko: [생각을 말한다], en: [says the thought]}}
  terms: ["@thought", "number {number} | {number}번"]
"""
ANSWERS = """\
idea-1:
  covered: {en: [a, b, c], ko: [d, e, f]}
  missed: {en: [g]}
  negated: {en: [h]}
  swapped: {en: [i]}
  listed: {ko: [j]}
"""
POINTS = "".join(POINT.format(number=number) for number in range(1, 5))
TEXT = """\
# A title

## Prompt

Why?

## Answer

Because.

## Deeper

```python
## Not a heading
```

## Follow-up

And then?
"""
TASK = """\
entry: double
categories:
  zero: {label: {ko: 영, en: zero}, hint: {ko: 영을 보세요, en: look at zero}}
cases:
""" + "".join(
    f"- {{id: case-{n}, category: zero, call: double({n}), expect: {2 * n}, example: {str(n < 2).lower()}}}\n"
    for n in range(7)
)
TASK_TEXT = TEXT.replace("## Answer", "## Task\n\nDouble it.\n\n## Answer")

PROSE = {
    "question.yaml": FACTS,
    "points.yaml": POINTS,
    "ko.md": TEXT,
    "en.md": TEXT,
    "example.py": "print(1)\n",
}
CODE = {
    "question.yaml": FACTS,
    "points.yaml": POINTS,
    "ko.md": TASK_TEXT,
    "en.md": TASK_TEXT,
    "task.yaml": TASK,
    "starter.py": "def double(x): ...\n",
    "solution.py": "def double(x):\n    return 2 * x\n",
    "mutants/squares.py": "def double(x):\n    return x**2\n",
    "mutants/adds-two.py": "def double(x):\n    return x + 2\n",
    "mutants/crash-on-zero.py": "def double(x):\n    return 2 * x * x / x\n",
}


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank of two questions: `mlops/prose` with an example, `python/code` with a task."""
    for place, files in {"mlops/prose": PROSE, "python/code": CODE}.items():
        for name, text in files.items():
            path = tmp_path / place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    (tmp_path / "glossary.yaml").write_text("thought: idea | 생각\n", "utf-8")
    return tmp_path


@pytest.fixture
def edit(bank: Path) -> Callable[[str, str, str], None]:
    """Replaces a piece of text in one of the bank's files."""

    def replace(name: str, old: str, new: str) -> None:
        text = (bank / name).read_text("utf-8")
        assert old in text
        (bank / name).write_text(text.replace(old, new, 1), "utf-8")

    return replace
