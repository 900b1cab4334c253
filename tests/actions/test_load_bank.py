import pytest

from interview.actions.load_bank import Loaded, load_bank
from interview.bank.schema import Language
from interview.models import KeyPoint, Question, QuestionVersion, Reference, Wording
from tests.factories import NOON, make_content

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing() -> None:
    content = make_content(code=True)

    assert load_bank([content], now=NOON) == Loaded(added=1, updated=0, unchanged=0)
    assert load_bank([content], now=NOON) == Loaded(added=0, updated=0, unchanged=1)
    assert QuestionVersion.objects.count() == 1
    assert (Wording.objects.count(), Reference.objects.count(), KeyPoint.objects.count()) == (2, 2, 4)


def test_a_changed_question_gets_a_version_and_the_old_one_can_come_back() -> None:
    old, new = make_content("same"), make_content("same", difficulty="hard")
    load_bank([old], now=NOON)

    assert load_bank([new], now=NOON).updated == 1
    assert Question.objects.get().current.difficulty == "hard"  # type: ignore[union-attr]
    assert load_bank([old], now=NOON).updated == 1
    assert Question.objects.get().current.difficulty == "medium"  # type: ignore[union-attr]
    assert QuestionVersion.objects.count() == 2


def test_what_was_stored_reads_back_as_the_question_it_was() -> None:
    content = make_content(code=True)
    load_bank([content], now=NOON)

    assert QuestionVersion.objects.get().content() == content


def test_a_script_in_a_question_never_reaches_a_page() -> None:
    content = make_content()
    evil = content.wording[Language.EN].model_copy(
        update={"answer": "<script>alert(1)</script> [x](javascript:alert(2))"}
    )
    load_bank([content.model_copy(update={"wording": content.wording | {Language.EN: evil}})], now=NOON)

    html = Reference.objects.get(language="en").answer_html

    assert "<script" not in html
    assert 'href="javascript' not in html
