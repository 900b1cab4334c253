"""Judges a person's code: gives it the cases one by one in the jail, and compares the answers out here.

Example and hidden cases never meet in one process, for code that remembers arguments could print them later.
"""

import logging
import random
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from interview.bank.measure import Data
from interview.bank.schema import Case, CodeTask
from interview.judge.grade import Graded, printed
from interview.judge.metrics import given
from interview.judge.record import Kind, Own, Record, error_facts
from interview.judge.style import findings
from interview.judge.text import PRINTS, cut, shown
from interview.judge.verdicts import Verdict, verdict
from interview.sandbox.jobs import Call, Ending, Error, Job, Limits, Outcome
from interview.sandbox.run import run

# No slug, and so never the id of a case.
_OWN = "own call"
_log = logging.getLogger(__name__)


def judge(source: str, task: CodeTask | None, *, submit: bool, own_call: str = "", seed: int) -> Record:
    """The record of one run, whatever the code does; SandboxUnavailable where no code can be run.

    An own call is for trying things out: a submission is judged by the cases alone.
    """
    kind = Kind.PLAIN if task is None else Kind.SUBMIT if submit else Kind.RUN
    if not _essence(source) or (task and _essence(source) == _essence(task.starter)):
        return Record(kind=kind, verdict=Verdict.NOT_ATTEMPTED)
    order = random.Random(seed)
    limits = Limits(**task.limits.model_dump()) if task else Limits()
    examples, hidden = _split(task, with_hidden=submit)
    data = task.data if task else {}
    own = [] if submit or not own_call.strip() else [Call(id=_OWN, expression=own_call)]
    with ThreadPoolExecutor(max_workers=1) as beside:
        found = beside.submit(findings, source)
        outcomes = [run(Job(source, (*_calls(examples, data, order), *own), limits))]
        # What ended one child would end the next one too.
        if hidden and outcomes[0].ending is Ending.FINISHED:
            outcomes.append(run(Job(source, tuple(_calls(hidden, data, order)), limits)))
    second = outcomes[1] if len(outcomes) > 1 else None
    shown_tests = [Graded.of(case, outcomes[0], data) for case in examples]
    hidden_tests = [Graded.of(case, second, data) for case in hidden]
    return replace(_record(kind, shown_tests, hidden_tests, outcomes, own), findings=found.result())


def _split(task: CodeTask | None, *, with_hidden: bool) -> tuple[list[Case], list[Case]]:
    cases = task.cases if task else ()
    hidden = [case for case in cases if not case.example] if with_hidden else []
    return [case for case in cases if case.example], hidden


def _calls(cases: Sequence[Case], data: Mapping[str, Data], order: random.Random) -> list[Call]:
    shuffled = order.sample(cases, len(cases))
    # The measured one first: the score that it claims is told, and by then it has seen nothing of the others.
    shuffled.sort(key=lambda case: case.measure is None)
    return [Call(case.id, case.call, case.setup, given(case.measure, data)) for case in shuffled]


def _record(
    kind: Kind,
    shown_tests: list[Graded],
    hidden_tests: list[Graded],
    outcomes: list[Outcome],
    own: list[Call],
) -> Record:
    first = outcomes[0]
    tests = (*shown_tests, *hidden_tests)
    error = _error(first, shown_tests, own)
    endings = {outcome.ending for outcome in outcomes} | {test.error.ending for test in tests if test.error}
    if kind is Kind.PLAIN and error:
        endings.add(error.ending)
    _log_faults(outcomes)
    return Record(
        kind=kind,
        verdict=verdict(endings, [test.status for test in tests]),
        tests=(*(test.example() for test in shown_tests), *(test.hidden() for test in hidden_tests)),
        own=_own(first, own),
        prints=cut(first.prints + first.warnings, PRINTS),
        error=error_facts(error),
        ml=next((test.ml for test in hidden_tests or shown_tests if test.ml), None),
        env=dict(first.env),
        # Of the child with the examples alone: a program could tell of hidden arguments by what it uses up.
        ms=round(1000 * first.seconds),
        memory_mb=round(first.memory_mb),
    )


def _error(first: Outcome, examples: list[Graded], own: list[Call]) -> Error | None:
    """The first error that may be seen: of the module, of an example, or of the own call of a plain run."""
    asked = [first.answers.get(call.id) for call in own if not examples]
    errors = [first.error, *(test.error for test in examples), *(answer.error for answer in asked if answer)]
    return next((error for error in errors if error and error.ending is not Ending.FAULT), None)


def _own(first: Outcome, own: list[Call]) -> Own | None:
    for call in own:
        if answer := first.answers.get(call.id):
            got = None if answer.error else shown(answer.value)
            error = error_facts(answer.error)
            return Own(call=call.expression, got=got, prints=printed(answer), error=error)
    return None


def _log_faults(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.ending is Ending.FAULT:
            _log.error("code could not be run: %s", outcome.error.message if outcome.error else "")


def _essence(source: str) -> list[str]:
    """A source without what doesn't make it an attempt: blank lines and spaces at line ends."""
    return [line.rstrip() for line in source.splitlines() if line.strip()]
