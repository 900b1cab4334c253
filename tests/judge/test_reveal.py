"""One hidden case may be shown afterwards: from the bank, by what failed in the record."""

from typing import Any

from interview.bank.schema import Bilingual, Category, CodeTask
from interview.judge.reveal import revealed_case
from tests.judge.tasks import case, task

EMPTY = Category(label=Bilingual(ko="빈 목록", en="empty"), hint=Bilingual(ko="빈 목록", en="empty"))


def a_task() -> CodeTask:
    """Its hidden cases: five sums, then two of nothing."""
    plain = task()
    more = tuple(
        case(f"nothing-{n}", "total(numbers)", 0, category="empty", setup="numbers = []\n") for n in (1, 2)
    )
    return plain.model_copy(
        update={"cases": (*more, *plain.cases), "categories": {**plain.categories, "empty": EMPTY}}
    )


def a_record(*hidden: str) -> dict[str, Any]:
    tests = [{"category": "sums", "visibility": "example", "status": "failed"}] * 2
    return {"tests": [*tests, *({"visibility": "hidden", "status": status} for status in hidden)]}


def test_the_first_hidden_case_that_failed_is_shown_as_the_bank_has_it() -> None:
    record = a_record("passed", "error", "failed", "passed", "passed", "passed", "passed")

    assert revealed_case(a_task(), record) == {
        "category": "empty",
        "call": "numbers = []\ntotal(numbers)",
        "expected": "0",
    }


def test_it_is_a_case_that_failed_and_not_just_one_of_its_category() -> None:
    record = a_record("passed", "passed", "passed", "passed", "failed", "failed", "failed")

    assert revealed_case(a_task(), record) == {
        "category": "sums",
        "call": "total([1979197919, 2])",
        "expected": "1979197921",
    }


def test_where_no_hidden_case_failed_none_is_shown() -> None:
    assert revealed_case(a_task(), a_record(*["passed"] * 7)) is None
    assert revealed_case(a_task(), a_record(*["not_run"] * 7)) is None
    assert revealed_case(a_task(), {"tests": []}) is None
