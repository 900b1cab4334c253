import pytest

from interview.judge.text import cut, harmless, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain\tand 한국어\n", "plain\tand 한국어\n"),
        ("\x00", "\\x00"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("progress\rmore\r\n", "progress\nmore\n"),
        ("\ud83d", "\\ud83d"),
        ("\u202eback", "\\u202eback"),
    ],
)
def test_text_that_could_do_harm_is_spelt_out(text: str, expected: str) -> None:
    assert harmless(text) == expected


def test_what_is_cut_says_so() -> None:
    assert cut("x" * 10, 10) == "x" * 10
    assert cut("x" * 2010, 10) == "x" * 10 + "… (+2,000)"


def test_a_value_that_python_will_not_show_is_named() -> None:
    assert shown(10**5000) == "<int>"
