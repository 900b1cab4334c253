import pytest

from interview.simulation.line import Reply
from interview.simulation.tally import AUTOSAVE, OTHER, Tally, percentile


def _reply(seconds: float, *, waited: float | None = None, was_resent: bool = False) -> Reply:
    return Reply(200, "", "", seconds=seconds, waited=waited, was_resent=was_resent)


def _lines(tally: Tally) -> dict[str, str]:
    return {line[:26].strip(): line[26:] for line in tally.lines(people=2, minutes=0.5)}


@pytest.mark.parametrize(("share", "value"), [(50, 2), (75, 3), (95, 4), (100, 4)])
def test_a_percentile_is_one_of_the_values(share: int, value: float) -> None:
    assert percentile([4, 1, 3, 2], share) == value


def test_the_report_holds_what_an_operator_asks_for() -> None:
    tally = Tally()
    tally.note(AUTOSAVE, _reply(0.020, waited=0.004))
    tally.note(AUTOSAVE, _reply(3), is_timed=False)
    tally.note(OTHER, _reply(0.030, was_resent=True))
    tally.count("stale met", 2)

    assert _lines(tally) == {
        "people": "2",
        "minutes": "0.5",
        "requests": "3",
        "errors": "0",
        "lost characters": "0",
        "autosave": "p50 20 ms, p95 20 ms, p99 20 ms",
        "other requests": "p50 30 ms, p95 30 ms",
        "waiting for a free thread": "p99 4 ms",
        "stale saves": "2 met, 0 resolved",
        "retries": "1",
    }
    assert tally.is_clean


def test_a_lost_character_is_an_error() -> None:
    tally = Tally()
    tally.note(AUTOSAVE, _reply(0.020))
    tally.lose(0, "from nowhere")
    assert tally.is_clean

    tally.lose(3, "from the room")

    assert not tally.is_clean
    assert tally.lost_characters == 3
    assert tally.errors == {"3 acknowledged characters are missing from the room": 1}


def test_where_nothing_was_saved_nothing_is_proved() -> None:
    tally = Tally()
    tally.note(OTHER, _reply(0.020))

    assert not tally.is_clean
    assert "Not one autosave was answered, so this proves nothing." in tally.lines(people=2, minutes=0.5)
