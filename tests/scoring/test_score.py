import pytest

from interview.bank.schema import Language
from interview.scoring.model import load
from tests.scoring.bagging import QUESTION, result, verdicts

GOOD = {
    "en": "Bagging trains many models in parallel on random samples and averages them, which reduces the variance. "
    "Boosting fixes the errors of the earlier models one after the other, so it lowers the bias. "
    "It can overfit when you add too many rounds.",
    "ko": "배깅은 여러 모델을 병렬로 학습해서 평균을 내니까 분산을 줄입니다. 반면 부스팅은 앞 모델의 오차를 보완하면서 "
    "편향을 낮춥니다. 다만 라운드가 많으면 과적합할 수 있어요.",
    "mixed": "bagging은 model들을 parallel하게 train해서 평균을 내니까 variance를 줄이고, boosting은 앞 모델의 "
    "오차를 보완해서 bias를 낮춥니다. round를 너무 많이 돌리면 overfit되니까 early stopping을 씁니다.",
}
POINTS = {"variance", "bias", "rounds", "parallel"}


@pytest.mark.parametrize("language", GOOD)
def test_an_answer_in_own_words_gets_its_points_in_either_language_and_mixed(language: str) -> None:
    assert verdicts(GOOD[language]) == dict.fromkeys(POINTS, "covered")
    assert result(GOOD[language]).score == 100


@pytest.mark.parametrize(
    ("answer", "point", "expected"),
    [
        ("Bagging does not lower the variance of the models.", "variance", "wrong"),
        ("배깅은 여러 모델을 평균 내지만 분산을 줄이지는 못합니다.", "variance", "wrong"),
        ("배깅은 분산을 줄이지 않고 편향을 줄입니다.", "variance", "wrong"),
        ("Bagging lowers the variance of the models, but it does not lower the bias.", "variance", "covered"),
        ("배깅은 분산을 줄이지만 편향은 줄이지 못합니다.", "variance", "covered"),
        (
            "Bagging averages models, so it not only helps accuracy, it lowers the variance.",
            "variance",
            "covered",
        ),
        (
            "배깅을 쓰지 않으면 부스팅보다 분산을 줄이기 어렵고, 배깅으로 분산을 줄입니다.",
            "variance",
            "covered",
        ),
    ],
)
def test_a_denied_point_is_wrong_and_a_negation_elsewhere_does_no_harm(
    answer: str, point: str, expected: str
) -> None:
    assert verdicts(answer)[point] == expected


@pytest.mark.parametrize(
    "answer",
    [
        "Boosting averages many models and lowers the variance, and bagging corrects errors and lowers the bias.",
        "부스팅은 여러 모델을 평균 내서 분산을 줄이고, 배깅은 앞 모델의 오차를 보완하면서 편향을 줄입니다.",
    ],
)
def test_two_things_swapped_earn_nothing(answer: str) -> None:
    assert not {"variance", "bias"} & {id for id, verdict in verdicts(answer).items() if verdict != "wrong"}
    assert result(answer).score == 0


@pytest.mark.parametrize(
    "answer",
    [
        "Unlike boosting, bagging averages its models and lowers the variance.",
        "부스팅과 달리 배깅은 모델들을 평균 내서 분산을 줄입니다.",
        "Bagging averages many models. That lowers the variance.",
    ],
)
def test_a_foil_or_a_subject_from_the_sentence_before_is_understood(answer: str) -> None:
    assert verdicts(answer)["variance"] == "covered"


def test_a_known_error_is_wrong_and_takes_back_half_of_what_was_said_right() -> None:
    right = "With too many rounds boosting overfits, so stop early."
    wrong = "In boosting you want as many rounds as possible, the more the better."

    assert verdicts(right) == {"rounds": "covered"}
    assert verdicts(wrong) == {"rounds": "wrong"}
    assert verdicts(f"{right} {wrong}") == {"rounds": "partly"}


def test_warning_of_a_known_error_is_not_making_it() -> None:
    answer = (
        "It's a mistake to believe of the rounds that the more the better: boosting overfits, so stop early."
    )

    assert verdicts(answer) == {"rounds": "covered"}


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        (QUESTION.wording[Language.KO].prompt, "copied_question"),
        (QUESTION.wording[Language.EN].prompt, "copied_question"),
        ("overfitting", "keyword_list"),
        ("분산을", "keyword_list"),
        ("bagging, boosting, variance, bias, reduce, parallel, models, overfitting, rounds", "keyword_list"),
        ("배깅 분산 평균 병렬 모델 부스팅 편향 오차 과적합 라운드 조기 종료", "keyword_list"),
        ("배깅\n부스팅\n분산\n편향\n과적합\n병렬\n모델", "keyword_list"),
        ("Kimchi needs salt, chilli and some weeks of patience in a cool and dark place.", "off_topic"),
        ("김치는 소금과 고춧가루로 버무려서 서늘한 곳에 몇 주 두면 맛있게 익습니다.", "off_topic"),
    ],
)
def test_what_is_no_answer_earns_nothing_and_says_why(answer: str, flag: str) -> None:
    outcome = result(answer)

    assert (outcome.scored, outcome.score) == (True, 0)
    assert flag in outcome.flags


@pytest.mark.parametrize(
    ("answer", "flag"),
    [
        ("Бэггинг уменьшает дисперсию, а бустинг уменьшает смещение модели.", "unknown_language"),
        (
            "Das Verfahren mittelt viele Modelle und senkt dadurch ihre Streuung ganz erheblich",
            "unknown_language",
        ),
        ("asdf qwer zxcv uiop hjkl vbnm rtyu fghj dfgh", "unknown_language"),
        ("```python\nBaggingClassifier(n_estimators=100).fit(X, y)\n```", "code_only"),
    ],
)
def test_what_cannot_be_told_is_not_scored(answer: str, flag: str) -> None:
    outcome = result(answer)

    assert (outcome.scored, outcome.score, outcome.points, outcome.flags) == (False, None, (), (flag,))


def test_the_reference_pasted_and_a_very_long_answer_are_told_and_cost_nothing() -> None:
    reference = QUESTION.wording[Language.EN].answer

    assert result(reference).flags == ("pasted_reference",)
    assert result(reference).score == result(reference + " I would say." * 300).score
    assert "very_long" in result(reference + " I would say." * 300).flags


def test_nothing_is_called_denied_where_the_answer_hardly_touches_the_point() -> None:
    outcome = result("Boosting isn't something I know about models.")

    assert {(each.verdict, each.reason) for each in outcome.points} == {("missed", "")}


def test_each_point_has_the_chance_that_the_model_gives_its_features() -> None:
    outcome = result(GOOD["en"])

    assert [each.probability for each in outcome.points] == [
        load().chance(each.features) for each in outcome.points
    ]
    assert outcome.scorer == load().name


def test_a_language_the_question_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        result(GOOD["en"], "fr")
