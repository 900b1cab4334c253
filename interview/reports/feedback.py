"""A run's record in the person's words: the verdict, what it means, and what to do next."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from interview.models import Run, RunKind
from interview.reports.differences import in_words
from interview.reports.findings import Hint, hints
from interview.reports.ml import Figures, figures

# Verdict: what happened, and what to do about it.
WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "passed": (_("All tests pass."), ""),
    "failed": (_("Some tests fail."), _("Look at the first one below; the others often follow.")),
    "error": (_("Your code stopped with an error."), ""),
    "time_limit": (
        _("Your code ran out of time and was stopped."),
        _("Look for a loop that doesn't end, or work that grows with the square of the input."),
    ),
    "memory_limit": (
        _("Your code used too much memory and was stopped."),
        _("Look for a list that holds everything at once, and work in pieces."),
    ),
    "output_limit": (
        _("Your code printed too much and was stopped."),
        _("Print less, or only the first few rows."),
    ),
    "forbidden": (
        _("Your code tried something that isn't possible here."),
        _("There are no files, no network and no other programs here. The task needs none of them."),
    ),
    "not_attempted": (_("This is still the code you started from."), _("Write your solution, then run it.")),
    "not_graded": (_("Your code could not be graded. That is our fault, and it costs you nothing."), ""),
    "cancelled": (_("Cancelled: a newer run took its place."), ""),
    "completed": (_("Your code ran to its end."), ""),
}
# In the order of the page: a database may keep the record's own in any.
NAMES = {"python": "Python", "numpy": "NumPy", "pandas": "pandas", "sklearn": "scikit-learn"}
TONE = {"passed": "ok", "completed": "ok", "not_graded": "ask", "not_attempted": "ask", "cancelled": "ask"}


@dataclass(frozen=True)
class Group:
    """The hidden tests of one category; their inputs and values are never shown."""

    label: str
    hint: str
    passed: int
    total: int
    was_run: bool

    @property
    def has_failed(self) -> bool:
        return self.was_run and self.passed < self.total


@dataclass(frozen=True)
class Feedback:
    """What the page shows of a run. While it is pending there is only its place in the queue."""

    headline: str | Promise
    advice: str | Promise
    tone: str
    record: dict[str, Any]
    examples: tuple[dict[str, Any], ...]
    hidden: tuple[Group, ...]
    ahead: int
    waiting_seconds: int
    ml: Figures | None = None
    hints: tuple[Hint, ...] = ()
    versions: tuple[str, ...] = ()

    @property
    def has_failed_in_hidden_only(self) -> bool:
        return not any(map(_has_failed, self.examples)) and any(group.has_failed for group in self.hidden)


def follow(run: Run, *, now: datetime) -> Feedback:
    """The run's feedback, or its place in the queue: the number of runs that were asked for before it."""
    if run.is_ended:
        return feedback(run)
    ahead = Run.objects.pending().filter(queued_at__lt=run.queued_at).count()
    return Feedback("", "", "", {}, (), (), ahead, int((now - run.queued_at).total_seconds()))


def feedback(run: Run) -> Feedback:
    """What an ended run says."""
    record = run.record or {}
    headline, advice = WORDS[run.verdict]
    if run.verdict == "passed" and run.kind == RunKind.RUN:
        headline, advice = (
            _("The examples pass."),
            _("Submit when you are ready: the hidden tests look further."),
        )
    tests, env = record.get("tests", []), record.get("env", {})
    if run.verdict == "error":
        advice = _where(record.get("error"))
    if run.verdict == "failed" and sum(map(_has_failed, tests)) == 1:
        headline, advice = _("One test fails."), ""
    # What failed comes first; the rest stays in the bank's order.
    examples = sorted(
        (test for test in tests if test["visibility"] == "example"), key=_has_failed, reverse=True
    )
    hidden = _groups(run, [test for test in tests if test["visibility"] == "hidden"])
    return Feedback(
        headline=headline,
        advice=advice,
        tone=TONE.get(run.verdict, "bad"),
        record=record,
        examples=tuple(_example(run, test, is_first=not at) for at, test in enumerate(examples)),
        hidden=tuple(sorted(hidden, key=lambda group: group.has_failed, reverse=True)),
        ahead=0,
        waiting_seconds=0,
        ml=figures(record.get("ml")),
        hints=hints(record, run.source),
        versions=tuple(f"{NAMES[name]} {env[name]}" for name in NAMES if name in env),
    )


def _where(error: dict[str, Any] | None) -> Promise:
    if error is None:
        return _("It happened in a hidden test; its subject stands below.")
    if error["line"] is not None:
        return _("The line below is where it happened.")
    if error["type"] == "ended":
        return _("Python itself was ended: by a crash, or by leaving early.")
    return _("It happened in the line of a test, with what your code gave it. The test below says more.")


def _has_failed(test: dict[str, Any]) -> bool:
    return test["status"] in ("failed", "error")


def _example(run: Run, test: dict[str, Any], *, is_first: bool) -> dict[str, Any]:
    """An example in words, folded unless it is the first that failed or has printed something."""
    return test | {
        "label": category_words(run, test["category"], "label"),
        "difference": in_words(test["diff"]),
        "is_open": bool(test["prints"]) or (is_first and _has_failed(test)),
    }


def _groups(run: Run, tests: list[dict[str, Any]]) -> tuple[Group, ...]:
    totals = Counter(test["category"] for test in tests)
    passed = Counter(test["category"] for test in tests if test["status"] == "passed")
    begun = {test["category"] for test in tests if test["status"] != "not_run"}

    def group(slug: str, total: int) -> Group:
        label, hint = (category_words(run, slug, part) for part in ("label", "hint"))
        return Group(label, hint, passed[slug], total, was_run=slug in begun)

    return tuple(group(slug, total) for slug, total in totals.items())


def category_words(run: Run, category: str, part: str) -> str:
    """The label or the hint of a category of cases, in the page's language."""
    words = run.attempt.version.categories().get(category)
    return words[part][get_language() or "en"] if words else category
