"""A small question that compares two things, for tests of the scorer."""

from typing import Any

from interview.bank.schema import Question
from interview.scoring.score import Result, score

VARIANCE = "variance | 분산이 | 분산을 | 분산은"
REDUCE = "reduc* | lower* | 줄이* | 줄여* | 낮추* | 낮춥*"


def _point(id: str, weight: int, ko: str, en: str, terms: list[str], **more: Any) -> dict[str, Any]:
    phrasings = {"ko": [ko], "en": [en]}
    return {
        "id": id,
        "weight": weight,
        "text": {"ko": ko, "en": en},
        "phrasings": phrasings,
        "terms": terms,
        **more,
    }


QUESTION = Question.model_validate(
    {
        "slug": "bagging-boosting",
        "topic": "ml-theory",
        "facts": {
            "difficulty": "medium",
            "rarity": "common",
            "minutes": 5,
            "author": "tests",
            "written": "2026-11-21",
            "licence": "CC0",
            "follow_up": "variance",
        },
        "wording": {
            "ko": {
                "title": "배깅과 부스팅",
                "prompt": "배깅과 부스팅은 어떻게 다르고, 언제 무엇을 고르시겠어요?",
                "answer": "배깅은 복원 추출한 표본으로 모델 여럿을 따로 학습해 평균을 내므로 예측의 분산을 줄입니다.",
                "deeper": "…",
                "follow_up": "…",
            },
            "en": {
                "title": "Bagging and boosting",
                "prompt": "How do bagging and boosting differ, and when would you choose which?",
                "answer": "Bagging trains many models on samples drawn with replacement and averages them, "
                "which lowers the variance of the prediction.",
                "deeper": "…",
                "follow_up": "…",
            },
        },
        "points": [
            _point(
                "variance",
                3,
                "배깅은 여러 모델의 예측을 평균 내서 분산을 줄인다",
                "Bagging averages many models and so lowers the variance",
                [VARIANCE, REDUCE],
                subject="bagging | 배깅",
            ),
            _point(
                "bias",
                3,
                "부스팅은 앞 모델의 오차를 보완하면서 편향을 줄인다",
                "Boosting corrects the errors of earlier models and so lowers the bias",
                ["bias | 편향", REDUCE],
                subject="boosting | 부스팅",
            ),
            _point(
                "rounds",
                2,
                "부스팅은 라운드가 너무 많으면 과적합하므로 조기 종료를 쓴다",
                "With too many rounds boosting overfits, so stop early",
                ["overfit* | 과적합", "early stop* | stop early | rounds | 조기 종료 | 라운드"],
                contradictions=[["rounds | 라운드", "the more the better | many as possible | 많을수록 좋*"]],
            ),
            _point(
                "parallel",
                1,
                "배깅의 모델은 서로 독립이라 병렬로 학습할 수 있다",
                "The models of bagging are independent and can be trained in parallel",
                ["parallel | independent* | 병렬 | 독립*", "train* | fit | models | 학습 | 모델"],
            ),
        ],
        "example": "pass",
    }
)


def verdicts(answer: str, language: str = "en") -> dict[str, str]:
    """What became of each point that was said or denied."""
    points = result(answer, language).points
    return {point.id: point.verdict.value for point in points if point.verdict != "missed"}


def result(answer: str, language: str = "en") -> Result:
    return score(answer, QUESTION, language)
