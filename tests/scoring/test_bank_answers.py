"""What the scorer makes of the examples that the bank's authors have written."""

from interview.bank.schema import Language, Question
from interview.rules.grading import Verdict
from interview.scoring.score import score


def test_examples_of_a_point_are_judged_as_their_author_says(question: Question) -> None:
    wrong = [
        f"{point.id}: {answer}"
        for at, point in enumerate(question.points)
        for examples, is_covered in ((point.covered, True), (point.missed, False))
        for language in Language
        for answer in getattr(examples, language)
        if (_verdict(answer, question, at, language) is Verdict.COVERED) is not is_covered
    ]

    assert wrong == []


def test_the_scorer_is_measured_by_answers_to_every_point_of_the_bank(question: Question) -> None:
    assert question.answers.keys() == {point.id for point in question.points}


def _verdict(answer: str, question: Question, at: int, language: Language) -> Verdict:
    outcome = score(answer, question, language)
    return outcome.points[at].verdict if outcome.scored else Verdict.MISSED
