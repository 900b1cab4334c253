"""One case and its answer: passed or not, and how much of that may be told."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from interview.bank.measure import Data
from interview.bank.schema import Case, Compare
from interview.judge.compare import alike, difference, sides
from interview.judge.elements import Diff
from interview.judge.grids import Grid, side_by_side
from interview.judge.keys import Key
from interview.judge.metrics import Ml, bar, measured
from interview.judge.record import Test, Visibility
from interview.judge.text import PRINTS, cut, shown
from interview.judge.verdicts import Status
from interview.sandbox.jobs import Answer, Error, Outcome

_log = logging.getLogger(__name__)
# Wrong, but nothing that went wrong: the code ran and came to something else than was asked for.
_WRONG_ALL_THE_SAME = (Key.OTHER_EXCEPTION, Key.UNREADABLE)


@dataclass(frozen=True)
class Graded:
    """A case, what the code answered (None: it was not asked), and what differs."""

    case: Case
    answer: Answer | None
    diff: Diff | None
    ml: Ml | None = None

    @classmethod
    def of(cls, case: Case, outcome: Outcome | None, data: Mapping[str, Data]) -> Self:
        """Grade a case by what is known of the run that it was part of."""
        answer = outcome.answers.get(case.id) if outcome else None
        diff, ml = _compared(case, answer, data) if answer else (None, None)
        return cls(case=case, answer=answer, diff=diff, ml=ml)

    @property
    def status(self) -> Status:
        if self.answer is None:
            return Status.NOT_RUN
        if self.diff is None:
            return Status.PASSED
        return Status.ERROR if self.error else Status.FAILED

    @property
    def error(self) -> Error | None:
        """What kept the code from an answer, where one was due."""
        if self.answer is None or self.diff is None or self.diff["key"] in _WRONG_ALL_THE_SAME:
            return None
        return self.answer.error

    def example(self) -> Test:
        """Everything, for an example case."""
        return Test(
            id=self.case.id,
            category=self.case.category,
            visibility=Visibility.EXAMPLE,
            status=self.status,
            call=code(self.case),
            expected=expected(self.case),
            got=_figures(self.ml) if self.ml else _got(self.case, self.answer),
            diff=self.diff,
            grids=self._grids(),
            prints=printed(self.answer),
            ms=_ms(self.answer),
        )

    def hidden(self) -> Test:
        """What may be told of a hidden case, which is not what it asked, nor what came of it.

        Nor how long it took: a program could spell out hidden arguments by sleeping.
        """
        return Test(category=self.case.category, visibility=Visibility.HIDDEN, status=self.status)

    def _grids(self) -> tuple[Grid, Grid] | None:
        # Where the order is free, places side by side say nothing.
        has_places = self.case.compare in (Compare.EXACT, Compare.ALLCLOSE)
        if self.status is not Status.FAILED or self.answer is None or not has_places:
            return None
        try:
            return side_by_side(*sides(self.case.expect, self.answer.value), alike(self.case))
        except Exception as problem:
            # As with comparing: what can't be drawn is the value's doing, and the words are there all the same.
            _log.error("%s: a value could not be drawn (%s).", self.case.id, type(problem).__name__)
            return None


def _compared(case: Case, answer: Answer, data: Mapping[str, Data]) -> tuple[Diff | None, Ml | None]:
    try:
        return measured(case.measure, data, answer) if case.measure else (difference(case, answer), None)
    except Exception as problem:
        # A value can be made so that comparing it fails, and that is no fault of ours. If it is, the log tells, without
        # a traceback: that could quote what is expected.
        _log.error("%s: an answer could not be compared (%s).", case.id, type(problem).__name__)
        return {"key": Key.UNREADABLE, "message": type(problem).__name__}, None


def printed(answer: Answer | None) -> str:
    """What a call printed, and after it the warnings that it gave."""
    return cut(answer.prints + answer.warnings, PRINTS) if answer else ""


def code(case: Case) -> str:
    """What a case does: its set-up and its call."""
    return "\n".join(part for part in (case.setup.rstrip(), case.call) if part)


def expected(case: Case) -> str:
    """What a case expects, as a person reads it."""
    if case.measure:
        gap = f", gap ≤ {case.measure.max_gap:g}" if case.measure.max_gap else ""
        return f"{case.measure.metric} {bar(case.measure)}{gap}"
    is_text = case.compare in (Compare.PRINTED, Compare.RAISES)
    return cut(case.expect, PRINTS) if is_text else shown(case.expect)


def _got(case: Case, answer: Answer | None) -> str | None:
    if answer is None or answer.error is not None:
        return None
    return cut(answer.prints, PRINTS) if case.compare is Compare.PRINTED else shown(answer.value)


def _figures(ml: Ml) -> str:
    gap = "" if ml["gap"] is None else f", gap {abs(ml['gap']):g}"
    return f"{ml['hidden']:g}{gap}"


def _ms(answer: Answer | None) -> int | None:
    # A call that was cut short has no time of its own.
    was_cut_short = answer is None or (answer.error is not None and not answer.error.type)
    return None if answer is None or was_cut_short else round(answer.seconds * 1000)
