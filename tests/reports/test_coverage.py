"""What became of each key point, what people object to, and which points need care."""

import pytest

from interview.actions.load_bank import load_bank
from interview.models import Question, QuestionVersion
from interview.reports.coverage import Coverage, PointCoverage, coverage
from tests.factories import NOON, make_content, make_interview, make_user, make_version
from tests.reports.scored import COVERED, MISSED, PARTLY, WRONG, make_score, object_to

pytestmark = pytest.mark.django_db


def seen(language: str = "en") -> Coverage:
    return coverage(make_user(is_staff=True), language)


def the(report: Coverage, term: str) -> PointCoverage:
    return next(point for point in report.points if term in point.text)


@pytest.fixture
def version() -> QuestionVersion:
    return make_version(slug="drift")


def test_marks_and_objections_are_counted_by_hand(version: QuestionVersion) -> None:
    for verdict in (COVERED, COVERED, PARTLY, WRONG):
        score = make_score(version, [MISSED, verdict])
    object_to(score, "point-0", COVERED)
    object_to(score, "rare-class", COVERED)
    score = make_score(version, [MISSED, COVERED])
    object_to(score, "point-0", MISSED)

    point = the(seen(), "term0")

    assert point.counts == {COVERED: 3, PARTLY: 1, MISSED: 0, WRONG: 1}
    assert (point.answers, point.said, point.unsaid, point.denied) == (5, 1, 1, 0)
    assert [share for _, share in point.shares] == [60, 20, 0, 20]
    assert point.question == "Question title"


def test_the_contested_come_first_then_the_least_found_and_the_silent_are_counted(
    version: QuestionVersion,
) -> None:
    score = make_score(version, [COVERED, COVERED, MISSED])
    object_to(score, "rare-class", MISSED)

    report = seen()

    assert [point.text[-5:] for point in report.points] == ["tself", "term1", "term0"]
    assert report.silent == 1


@pytest.mark.parametrize(
    ("missed", "objections", "covered", "expected"),
    [(5, 1, 0, False), (5, 2, 0, True), (4, 4, 0, False), (4, 4, 1, True), (0, 0, 9, False)],
)
def test_a_point_needs_phrasings_where_over_a_fifth_of_five_missed_marks_are_contested(
    version: QuestionVersion, missed: int, objections: int, covered: int, expected: bool
) -> None:
    for n in range(missed):
        score = make_score(version, [MISSED])
        if n < objections:
            object_to(score, "rare-class", COVERED)
    for _ in range(covered):
        make_score(version, [COVERED])

    assert seen().points[0].needs_phrasings is expected


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([MISSED] * 4, False),
        ([MISSED] * 4 + [WRONG], True),
        ([MISSED] * 9 + [PARTLY], False),
        ([MISSED] * 9 + [COVERED], False),
    ],
)
def test_a_point_is_never_found_where_none_of_five_answers_has_it(
    version: QuestionVersion, verdicts: list[str], expected: bool
) -> None:
    for verdict in verdicts:
        make_score(version, [verdict])

    assert seen().points[0].is_never_found is expected


def test_all_versions_of_a_question_count_for_the_points_it_has_today(version: QuestionVersion) -> None:
    make_score(version, [COVERED] * 4)
    content = make_content("drift")
    first, *others = content.points
    text = first.text.model_copy(update={"en": "Said in other words"})
    points = (first.model_copy(update={"text": text}), *others[:2])
    load_bank([content.model_copy(update={"points": points})], now=NOON)
    make_score(QuestionVersion.objects.latest("pk"), [MISSED])

    report = seen()

    assert the(report, "other words").counts == {COVERED: 1, PARTLY: 0, MISSED: 1, WRONG: 0}
    assert len(report.points) == 3


def test_other_rules_empty_answers_and_retired_questions_do_not_count(version: QuestionVersion) -> None:
    make_score(version, [COVERED], scorer="rules-1-aaaaaaaa")
    make_score(version, [MISSED], flags=["empty"], prose=0)
    make_score(version, [MISSED], gave_up=True, prose=0)
    retired = make_version()
    make_score(retired, [COVERED])
    Question.objects.filter(pk=retired.question_id).update(retired_at=NOON)

    report = seen()

    assert report.points == ()
    assert report.silent == 4


def test_whoever_is_answering_a_question_does_not_see_its_points() -> None:
    user = make_user(is_staff=True)
    asked = make_interview(user, questions=1).attempts.get().version
    make_score(asked, [COVERED])
    make_score(make_version(), [COVERED, COVERED])

    during, others = coverage(user, "en"), seen()

    assert (len(during.points), during.silent, during.hidden) == (2, 2, 1)
    assert (len(others.points), others.silent, others.hidden) == (3, 5, 0)


def test_each_language_reads_its_own_words(version: QuestionVersion) -> None:
    make_score(version, [COVERED])

    assert [point.question for point in seen("ko").points] == ["질문 title"]
