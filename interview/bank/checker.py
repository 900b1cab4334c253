"""Proves a question by itself: its reference earns its score, its examples hold, its code runs."""

import ast
from collections.abc import Iterator
from pathlib import PurePath

from interview.bank.problems import Problem
from interview.bank.schema import Case, CodeTask, Compare, KeyPoint, Language, Question
from interview.judge.judge import judge
from interview.judge.record import Record
from interview.judge.verdicts import Status, Verdict
from interview.rules import grading
from interview.sandbox.jobs import Job
from interview.sandbox.run import run
from interview.scoring.score import score
from interview.scoring.text import normalise
from interview.scoring.words import shingles, tokens

WORDS_OF_AN_ANSWER = {Language.EN: (150, 260), Language.KO: (110, 260)}
COPIED_RUN = 8  # words in a row
REFERENCE_SCORE = 90
# A mutant whose mistake is an exception says so by its name; any other must fail by its values.
CRASHES = "crash-"
LIMITS = (Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT)


def check(question: Question) -> list[Problem]:
    """Everything in a question that isn't as good as it claims."""
    code = _task_problems(question, question.task) if question.task else _example_problems(question)
    return [*_length_problems(question), *_copy_problems(question), *_score_problems(question), *code]


def _length_problems(question: Question) -> Iterator[Problem]:
    for language, (least, most) in WORDS_OF_AN_ANSWER.items():
        length = len(question.wording[language].answer.split())
        if not least <= length <= most:
            yield _problem(
                question, f"{language}.md", f"the answer has {length} words, expected {least} to {most}"
            )


def _copy_problems(question: Question) -> Iterator[Problem]:
    """The reference must earn its score: by words that it merely shares with a phrasing it would earn any."""
    references = [_runs(text.answer) for text in question.wording.values()]
    for point in question.points:
        written = [("points.yaml", text) for text in (*point.phrasings.all(), *point.covered.all())]
        if answers := question.answers.get(point.id):
            written += [("answers.yaml", text) for text in answers.covered.all()]
        for name, text in written:
            if any(_runs(text) & runs for runs in references):
                message = f"shares {COPIED_RUN} words in a row with the reference answer: “{text}”"
                yield _problem(question, name, message, field=point.id)


def _score_problems(question: Question) -> Iterator[Problem]:
    for language, text in question.wording.items():
        result = score(text.answer, question, language)
        if (result.score or 0) < REFERENCE_SCORE:
            short = [
                f"{point.id} is {point.verdict}"
                for point in result.points
                if point.verdict is not grading.Verdict.COVERED
            ]
            message = (
                f"the answer scores {result.score}, expected {REFERENCE_SCORE} or more: {', '.join(short)}"
            )
            yield _problem(question, f"{language}.md", message)
    for point in question.points:
        for language in Language:
            yield from _marking_problems(question, point, language)


def _marking_problems(question: Question, point: KeyPoint, language: Language) -> Iterator[Problem]:
    for expected, texts in (("covered", point.covered), ("missed", point.missed)):
        for text in getattr(texts, language.value):
            verdicts = {found.id: found.verdict for found in score(text, question, language).points}
            verdict = verdicts.get(point.id, grading.Verdict.MISSED)
            if (verdict is grading.Verdict.COVERED) != (expected == "covered"):
                message = f"should be {expected}, is {verdict}: “{text}”"
                yield _problem(question, "points.yaml", message, field=point.id)


def _example_problems(question: Question) -> Iterator[Problem]:
    record = judge(question.example or "", None, submit=False, seed=0)
    if record.verdict is not Verdict.COMPLETED:
        yield _problem(question, "example.py", f"should run to its end, {_outcome(record)}")


def _task_problems(question: Question, task: CodeTask) -> Iterator[Problem]:
    if task.entry not in _defined(task.starter):
        yield _problem(question, "starter.py", f"should define `{task.entry}`")
    yield from _data_problems(question, task)
    yield from _storage_problems(question, task)
    record = _run(task.solution, task)
    if record.verdict is not Verdict.PASSED:
        yield _problem(question, "solution.py", f"should pass every case, {_outcome(record)}")
    for name, source in task.mutants.items():
        if complaint := _complaint(name, _run(source, task), task):
            yield _problem(question, f"mutants/{name}.py", complaint)


def _data_problems(question: Question, task: CodeTask) -> Iterator[Problem]:
    for name, data in task.data.items():
        if run(Job(data.recipe)).prints != data.rows:
            yield _problem(question, f"{name}.csv", f"should be what {name}.py prints")


def _storage_problems(question: Question, task: CodeTask) -> Iterator[Problem]:
    """The judge of the product reads the cases out of a database, as JSON."""
    for case in task.cases:
        if Case.model_validate_json(case.model_dump_json()).expect != case.expect:
            message = (
                f"can't be stored as JSON, which knows neither dates nor numbers without value: {case.expect}"
            )
            yield _problem(question, "task.yaml", message, field=f"{case.id}.expect")


def _complaint(name: str, record: Record, task: CodeTask) -> str | None:
    """Why a mutant proves nothing, if so: it must be right somewhere, and wrong in the way that it claims."""
    by_value = {case.id for case in task.cases if case.compare is not Compare.RAISES}
    if record.verdict is Verdict.PASSED:
        return "passes every case: the case that tells it from a solution is missing"
    if not any(test.status is Status.PASSED and test.id in by_value for test in record.tests):
        return f"should return the right value in at least one case, {_outcome(record)}"
    fails = any(test.status is Status.FAILED for test in record.tests)
    if not (fails or name.startswith(CRASHES) or record.verdict in LIMITS):
        return f"should fail by a wrong value, or be named `{CRASHES}…`, {_outcome(record)}"
    return None


def _run(source: str, task: CodeTask) -> Record:
    """A run with every case as an example, because a record tells nothing of hidden ones."""
    cases = tuple(case.model_copy(update={"example": True}) for case in task.cases)
    return judge(source, task.model_copy(update={"cases": cases}), submit=False, seed=0)


def _outcome(record: Record) -> str:
    bad = [test for test in record.tests if test.status is not Status.PASSED]
    cases = ", ".join(f"{test.id} {test.status} (expected {test.expected}, got {test.got})" for test in bad)
    error = f": {record.error['type']}: {record.error['message']}" if record.error else ""
    return f"is {record.verdict}{error}" + (f"; {cases}" if cases else "")


def _defined(source: str) -> set[str]:
    nodes = ast.parse(source).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


def _runs(text: str) -> set[tuple[str, ...]]:
    return shingles(tokens(normalise(text).characters), COPIED_RUN)


def _problem(question: Question, name: str, message: str, *, field: str = "") -> Problem:
    return Problem(PurePath(question.topic.value, question.slug, name), message, field=field)
