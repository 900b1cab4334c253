import pytest

from interview.scoring.terms import TermIndex


@pytest.mark.parametrize(
    ("group", "text", "expected"),
    [
        ("cls", "cls를 받는다", "cls"),
        ("cls", "the class", None),
        ("cache", "lru_cache", None),
        ("cache", "it caches and was cached", "caches"),
        ("overfit", "overfitting", "overfitting"),
        ("overfit", "overfitter", None),
        ("oversampl*", "oversampler", "oversampler"),
        ("mini batch", "mini-batches", "mini-batches"),
        ("mini batch", "minibatch", "minibatch"),
        ("class weight", "class_weight를", "class_weight"),
        ("ci", "ci와", "ci"),
        ("ci", "special", None),
        ("__name__", "__name__이 바뀐다", "__name__"),
        ("/predict", "post /predict로", "/predict"),
        ("데이터 누수", "데이터누수가", "데이터누수"),
        ("과적합", "과 적합", None),
        ("줄이*", "분산을 줄인다", "줄인"),
        ("줄이*", "분산을 줄여", None),
        ("줄이", "분산을 줄인다", None),
        ("k폴드", "k-폴드로", "k-폴드"),
        ("smote | 오버샘플링", "오버샘플링은 smote로", "오버샘플링"),
        ("정밀도*", "정밀도를", "정밀도"),
        ("leak* into", "it leaked into train", "leaked into"),
        ("줄이* 효과", "분산을 줄인 효과가", "줄인 효과"),
        ("x *= 2", "then x *= 2", "x *= 2"),
    ],
)
def test_a_term_is_found_in_the_forms_people_type(group: str, text: str, expected: str | None) -> None:
    found = [text[start:end] for start, end in TermIndex([group]).find(text).get(group, [])]

    assert found[:1] == ([expected] if expected else [])
