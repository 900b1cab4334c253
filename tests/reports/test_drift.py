"""Drift of the scorer: the right answers in the right days, and figures that can be counted by hand."""

from datetime import timedelta

import pytest

from interview.models import QuestionVersion
from interview.reports.drift import LABELS, DriftReport, Period, drift_report
from interview.rules.drift import Drift
from interview.scoring.features import NAMES
from interview.scoring.model import RULES
from tests.factories import make_user, make_version
from tests.reports.scored import COVERED, MISSED, NOW, PARTLY, SCORER, WRONG, make_score

pytestmark = pytest.mark.django_db


@pytest.fixture
def version() -> QuestionVersion:
    return make_version()


def found(report: DriftReport) -> dict[str, Drift]:
    return {feature.name: feature.drift for feature in report.features}


def test_every_feature_of_the_model_is_watched_and_so_is_its_chance() -> None:
    assert list(LABELS) == [*NAMES, "probability"]


def test_both_periods_are_counted_by_hand(version: QuestionVersion) -> None:
    make_score(version, [COVERED], days=0.5, prose=80)
    make_score(version, [MISSED, PARTLY], days=29.9, prose=30)
    make_score(version, [MISSED, WRONG], days=3, prose=10)
    make_score(version, days=4, prose=None, flags=["unknown_language"])
    make_score(version, days=5, prose=None, scorer="", flags=["no_scorer"])
    make_score(version, [MISSED], days=30.1, prose=0)
    make_score(version, [COVERED], days=119.9, prose=90)

    report = drift_report(now=NOW)

    assert report.recent == Period(answers=5, unscored=2, silent=1, mean=40.0)
    assert report.recent.unscored_share == 40
    assert report.recent.silent_share == pytest.approx(100 / 3)
    assert report.earlier == Period(answers=2, unscored=0, silent=1, mean=45.0)


def test_what_is_older_left_empty_or_given_up_does_not_count(version: QuestionVersion) -> None:
    make_score(version, [COVERED], days=120.1)
    make_score(version, [MISSED], flags=["empty"], prose=0)
    make_score(version, [MISSED], gave_up=True, prose=0)

    report = drift_report(now=NOW)

    assert (report.recent, report.earlier, report.versions) == (Period(), Period(), ())


def test_a_feature_that_moved_is_told_and_the_others_are_steady(version: QuestionVersion) -> None:
    user = make_user()
    for n in range(20):
        # Three marks each: sixty in both periods.
        make_score(version, [COVERED] * 3, user=user, days=60, nearness=0.5 + n / 100)
        make_score(version, [COVERED] * 3, user=user, days=10, nearness=0.2 + n / 100)

    report = drift_report(now=NOW)

    assert found(report) == dict.fromkeys(LABELS, Drift.STEADY) | {"nearness": Drift.CHANGED}


def test_forty_nine_marks_are_too_few(version: QuestionVersion) -> None:
    user = make_user()
    for days in (60, 10):
        for _ in range(16):
            make_score(version, [COVERED] * 3, user=user, days=days)
    make_score(version, [COVERED], user=user, days=60)
    make_score(version, [COVERED] * 2, user=user, days=10)

    assert set(found(drift_report(now=NOW)).values()) == {Drift.TOO_FEW}


def test_other_rules_are_told_and_not_compared(version: QuestionVersion) -> None:
    make_score(version, [COVERED], days=80, scorer="rules-1-aaaaaaaa")
    make_score(version, [COVERED], days=70, scorer=f"{RULES}0-bbbbbbbb")
    make_score(version, [COVERED], days=50)
    make_score(version, [COVERED], days=40)

    report = drift_report(now=NOW)

    assert [(each.scorer, each.is_comparable, each.answers) for each in report.versions] == [
        ("rules-1-aaaaaaaa", False, 1),
        (f"{RULES}0-bbbbbbbb", False, 1),
        (SCORER, True, 2),
    ]
    assert report.versions[2].since == NOW - timedelta(days=50)
    assert report.has_changed_hands
    assert report.earlier.answers == 2


def test_another_model_on_the_same_rules_is_told_and_compared(version: QuestionVersion) -> None:
    make_score(version, [COVERED], days=50)
    before = drift_report(now=NOW)
    make_score(version, [COVERED], days=40, scorer=f"{RULES}-87654321")
    after = drift_report(now=NOW)

    assert not before.has_changed_hands
    assert after.has_changed_hands
    assert after.earlier.answers == 2
