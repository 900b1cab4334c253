"""Reads a bank: a folder of questions, `<topic>/<slug>/`, and the glossary that their key points share."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path, PurePath

from pydantic import ValidationError

from interview.bank.explain import explain
from interview.bank.files import QuestionFiles, is_hidden
from interview.bank.glossary import expand, read_glossary
from interview.bank.problems import BankError, Problem, collect
from interview.bank.schema import KeyPoint, Question, Topic

BESIDE_THE_TOPICS = ("glossary.yaml", "README.md")


def read_bank(folder: Path) -> tuple[Question, ...]:
    """All questions of a bank, or one BankError with everything that is wrong with it."""
    if not folder.is_dir():
        raise BankError([Problem(folder, "there is no such folder")])
    problems = list(_strays(folder))
    glossary = collect(problems, partial(_glossary, folder))
    places = question_folders(folder)
    if not places:
        problems.append(Problem(folder, "there is no question in this folder"))
    found = [collect(problems, partial(read_question, place, glossary)) for place in places]
    questions = tuple(question for question in found if question)
    problems += _wrong_links(questions, [place.name for place in places])
    if problems:
        raise BankError(problems)
    return questions


def read_question(folder: Path, glossary: dict[str, str] | None) -> Question:
    """One question from its folder, its "@concept"s expanded where there is a glossary."""
    files = QuestionFiles(folder)
    question = collect(files.problems, partial(_validated, files))
    if not question or files.problems:
        raise BankError(files.problems)
    if glossary is None:
        return question
    path = files.label / "points.yaml"
    points = [collect(files.problems, partial(_expanded, point, glossary, path)) for point in question.points]
    if files.problems:
        raise BankError(files.problems)
    return question.model_copy(update={"points": tuple(points)})


def question_folders(folder: Path) -> list[Path]:
    """The places of all questions of a bank, in order."""
    topics = [folder / topic.value for topic in Topic]
    return sorted(place for topic in topics for place in topic.glob("*/") if not is_hidden(place))


def _validated(files: QuestionFiles) -> Question:
    data = files.contents()
    # The schema would only repeat of a file that couldn't be read that its data are missing.
    unread = {problem.path for problem in files.problems}
    try:
        return Question.model_validate(data)
    except ValidationError as error:
        problems = explain(error, data, files.label)
        raise BankError(problem for problem in problems if problem.path not in unread) from error


def _expanded(point: KeyPoint, glossary: dict[str, str], path: PurePath) -> KeyPoint:
    def plain(groups: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(expand(group, glossary) for group in groups)

    try:
        changes = {
            "terms": plain(point.terms),
            "contradictions": tuple(plain(groups) for groups in point.contradictions),
            "subject": point.subject and expand(point.subject, glossary),
        }
    except ValueError as error:
        raise BankError([Problem(path, str(error), field=point.id)]) from error
    return point.model_copy(update=changes)


def _glossary(folder: Path) -> dict[str, str]:
    path = folder / "glossary.yaml"
    try:
        return read_glossary(path) if path.exists() else {}
    except ValueError as error:
        message = str(error).removeprefix(f"{path}: ")
        raise BankError([Problem(PurePath(path.name), message)]) from error


def _strays(folder: Path) -> Iterator[Problem]:
    """What stands in a bank and is no question: a folder with a misspelt topic isn't skipped in silence."""
    expected = [*(topic.value for topic in Topic), *BESIDE_THE_TOPICS]
    for path in sorted(folder.iterdir()):
        if path.name not in expected and not is_hidden(path):
            yield Problem(PurePath(path.name), f"has no place in a bank, expected: {', '.join(expected)}")
    for path in sorted(folder.glob("*/*")):
        if path.parent.name in expected and path.is_file() and not is_hidden(path):
            yield Problem(path.relative_to(folder), "this file has no place between the questions")


def _wrong_links(questions: tuple[Question, ...], slugs: list[str]) -> Iterator[Problem]:
    """Slugs given twice, and related questions that the bank doesn't have."""
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        yield Problem(PurePath(slug), "this slug stands in two topics, but names one question")
    for question in questions:
        path = PurePath(question.topic.value, question.slug, "question.yaml")
        for slug in question.facts.related:
            if slug not in slugs:
                yield Problem(path, f"the bank has no question {slug!r}", field="related")
