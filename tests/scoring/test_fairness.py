"""Answers that were once judged unfairly, each with the point it must, or must not, earn."""

from functools import cache

import pytest
from django.conf import settings

from interview.bank.glossary import read_glossary
from interview.bank.reader import question_folders, read_question
from interview.bank.schema import Question
from interview.scoring.score import Result, score

CONTRASTS = [
    (
        "imbalanced-data",
        "I would not look at accuracy but at precision and recall, or PR-AUC, because predicting no fraud at all is "
        "already 99.7% accurate.",
        {"not-accuracy": "covered"},
    ),
    ("imbalanced-data", "Rather than accuracy I report recall and PR-AUC.", {"not-accuracy": "covered"}),
    ("imbalanced-data", "I use precision and recall instead of accuracy.", {"not-accuracy": "covered"}),
    ("imbalanced-data", "정확도가 아니라 PR-AUC로 평가합니다.", {"not-accuracy": "covered"}),
    ("imbalanced-data", "정확도 대신 재현율과 정밀도를 봅니다.", {"not-accuracy": "covered"}),
    ("imbalanced-data", "정확도만 보지 않고 정밀도와 재현율을 같이 봅니다.", {"not-accuracy": "covered"}),
    (
        "imbalanced-data",
        "I judge it by accuracy rather than by precision or recall.",
        {"not-accuracy": "wrong"},
    ),
    ("imbalanced-data", "PR-AUC 대신 정확도로 평가합니다.", {"not-accuracy": "wrong"}),
    ("ml-ci-cd", "카나리 배포는 하지 않고 바로 전체에 적용합니다", {"gradual-rollout": "wrong"}),
    ("data-leakage", "테스트셋은 튜닝에 쓰지 말고 마지막에 한 번만 씁니다", {"test-set-once": "covered"}),
]
REACH = [
    (
        "staticmethod-classmethod",
        "classmethod gets the class as its first argument and staticmethod doesn't get any implicit argument.",
        {"classmethod-gets-the-class": "covered", "staticmethod-gets-neither": "covered"},
    ),
    (
        "staticmethod-classmethod",
        "The staticmethod doesn't get anything implicit and is used for utility functions.",
        {"staticmethod-gets-neither": "covered"},
    ),
    (
        "generators",
        "A generator produces values one by one with yield and doesn't keep them all in memory.",
        {"one-batch-in-memory": "covered"},
    ),
    (
        "pipeline-exceptions",
        "I'd catch only specific exceptions and log them and never use a bare except.",
        {"catch-only-what-you-handle": "covered"},
    ),
    (
        "pipeline-exceptions",
        "Rows that can't be parsed go to a separate table and the others continue.",
        {"set-bad-rows-aside": "covered"},
    ),
    (
        "regularization",
        "L1은 안 중요한 피처 계수를 0으로 만들어서 피처를 선택합니다.",
        {"l1-zeroes": "covered"},
    ),
    ("regularization", "L1은 쓸모없는 변수의 계수를 0으로 만듭니다.", {"l1-zeroes": "covered"}),
    ("large-data", "필요 없는 열은 빼고 usecols로 필요한 열만 읽습니다.", {"load-less": "covered"}),
    (
        "regularization",
        "스케일링은 꼭 해야 하고, 규제 강도는 교차검증으로 찾고요, 테스트 세트는 마지막에만 씁니다.",
        {"same-scale-first": "covered", "strength-by-validation": "covered"},
    ),
]
SUBJECTS = [
    ("bagging-boosting", "성능이 중요하면 XGBoost를 쓴다", {"boosting-for-the-best-score": "covered"}),
    (
        "bagging-boosting",
        "랜덤 포레스트는 무난하지만, 성능이 중요하면 XGBoost를 쓴다",
        {"boosting-for-the-best-score": "covered"},
    ),
    (
        "staticmethod-classmethod",
        "A classmethod can be used as a factory: it returns cls(...) also for subclasses.",
        {"second-constructor": "covered", "cls-follows-the-subclass": "covered"},
    ),
    (
        "bagging-boosting",
        "RF is bagging with a random choice of features at every split.\n"
        "A single stump underfits, yet summing up hundreds of them attacks the bias and gives a flexible model.",
        {"bagging-lowers-variance": "missed"},
    ),
]
CLAIMS = [
    (
        "model-rest-api",
        "에러가 나면 스택 트레이스를 그대로 응답에 담아 줍니다",
        {"clear-errors-no-internals": "wrong"},
    ),
    (
        "model-monitoring",
        "I retrain immediately without looking for the cause.",
        {"cause-before-retraining": "wrong"},
    ),
    ("pipeline-exceptions", "멈추면 안 되니까 모든 예외를 무시합니다.", {"never-swallow": "wrong"}),
    (
        "decorators",
        "lru_cache works with numpy arrays since they are hashable, and there is no need to limit the cache because "
        "memory is never a problem.",
        {"key-for-arrays": "wrong", "bounded": "wrong"},
    ),
    ("generators", "제너레이터는 모든 값을 메모리에 올립니다.", {"one-batch-in-memory": "wrong"}),
    ("generators", "여러 번 다시 순회할 수 있어서 편합니다.", {"used-up-after-one-pass": "wrong"}),
    ("generators", "여러 번 순회할 수 없어서 에폭마다 새로 만듭니다.", {"used-up-after-one-pass": "covered"}),
]
CONCESSIONS = [
    (
        "generators",
        "리스트는 여러 번 순회할 수 있지만 제너레이터는 한 번 돌면 소진됩니다.",
        {"used-up-after-one-pass": "covered"},
    ),
    (
        "generators",
        "You can loop over a list several times, but a generator is exhausted after one pass.",
        {"used-up-after-one-pass": "covered"},
    ),
]
SHORT = [
    (
        "ml-ci-cd",
        "Great Expectations validates incoming data before training.",
        {"data-checks": "covered"},
    ),
    (
        "model-monitoring",
        "API 응답 속도, 에러율, 결측치 비율 같은 걸 모니터링해요",
        {"service-health": "covered"},
    ),
    (
        "model-monitoring",
        "First basic service metrics: I monitor latency, error rates, null rates.",
        {"service-health": "covered"},
    ),
]


NEEDLESS = [
    (
        "model-monitoring",
        "There is no need to watch latency or error rates, missing values don't matter either.",
        {"service-health": "wrong"},
    ),
    (
        "model-monitoring",
        "레이턴시나 에러율, 결측치 비율은 모니터링하지 않아도 됩니다.",
        {"service-health": "wrong"},
    ),
    (
        "staticmethod-classmethod",
        "Static methods suit small helpers that don't need any state, like a unit conversion.",
        {"static-for-stateless-helpers": "covered"},
    ),
]
LISTS = [
    (
        "model-monitoring",
        "response time, error rate, share of missing values, alerts for the service",
        {"service-health": "missed"},
    ),
    (
        "model-monitoring",
        "response time, error rate, share of missing values -> alerts for the service",
        {"service-health": "covered"},
    ),
]


@pytest.mark.parametrize(
    ("slug", "answer", "expected"),
    [*NEEDLESS, *LISTS, *CONTRASTS, *REACH, *SUBJECTS, *CLAIMS, *CONCESSIONS, *SHORT],
)
def test_an_answer_is_judged_by_what_it_says(slug: str, answer: str, expected: dict[str, str]) -> None:
    marks = {point.id: point.verdict.value for point in _score(slug, answer).points}

    assert {point: marks[point] for point in expected} == expected


def test_a_modifier_speaks_of_the_thing_behind_it() -> None:
    outcome = _score(
        "model-monitoring", "입력 분포가 바뀌는 data drift와 관계가 바뀌는 concept drift를 봅니다."
    )

    assert {point.id: point.verdict for point in outcome.points}["data-drift"] == "covered"
    assert "wrong" not in {point.verdict for point in outcome.points}


@pytest.mark.parametrize(
    "answer",
    [
        "data validation schema model gate canary rollout rollback registry versions drift trigger",
        "Validate data schema. Compare model metrics. Deploy canary release. Rollback quick plan.",
        "데이터 검증 모델 비교 카나리 배포 롤백 레지스트리 버전 세그먼트 입니다",
        "There is nothing to test, release to everyone.",
    ],
)
def test_keywords_stay_keywords_whatever_stands_between_them(answer: str) -> None:
    assert (_score("ml-ci-cd", answer).score or 0) <= 15


def test_one_short_sentence_does_not_make_a_copied_question() -> None:
    answer = (
        "Labels come late, so I watch the distribution of the inputs and of the predictions, and I compare the "
        "metrics when the labels come in. 드리프트를 봅니다."
    )

    assert _score("model-monitoring", answer).flags == ()


def _score(slug: str, answer: str) -> Result:
    return score(answer, _question(slug), "ko" if "니" in answer else "en")


@cache
def _question(slug: str) -> Question:
    folder = next(folder for folder in question_folders(settings.QUESTION_BANK) if folder.name == slug)
    return read_question(folder, read_glossary(settings.QUESTION_BANK / "glossary.yaml"))
