import pytest

from interview.simulation.ledger import Ledger, Words


def _ledger() -> Ledger:
    return Ledger(Words("acknowledged", "code"), revision=3)


def test_what_was_acknowledged_is_not_lost() -> None:
    assert _ledger().lost_in(Words("acknowledged", "code")) == 0


@pytest.mark.parametrize(
    ("shown", "lost"),
    [
        (Words("acknow", "code"), 6),
        (Words("acknowledged", ""), 4),
        (Words(), 16),
        (Words("acXnowledged", "code"), 10),
        (Words("acknowledged, and more than anyone sent", "code"), 1),
    ],
)
def test_what_is_missing_is_counted_from_the_first_character_that_differs(shown: Words, lost: int) -> None:
    assert _ledger().lost_in(shown) == lost


def test_a_text_whose_reply_was_not_heard_may_have_arrived() -> None:
    ledger = _ledger()
    ledger.doubt(Words("acknowledged and more", "code"))

    assert ledger.lost_in(Words("acknowledged and more", "code")) == 0
    assert ledger.lost_in(Words("acknowledged", "code")) == 0
    assert ledger.knows_newer_than(3)


def test_after_the_next_acknowledgement_an_older_text_is_a_loss() -> None:
    ledger = _ledger()
    ledger.doubt(Words("acknowledged and", "code"))
    ledger.acknowledge(Words("acknowledged and more", "code"), revision=4)

    assert ledger.lost_in(Words("acknowledged and", "code")) == 5
    assert not ledger.knows_newer_than(4)
    assert ledger.knows_newer_than(3)
