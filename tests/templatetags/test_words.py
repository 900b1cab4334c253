import pytest

from interview.templatetags.interview_time import length_of_time
from interview.templatetags.words import code_names
from tests.factories import minutes


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`zip` drops rows", "<code>zip</code> drops rows"),
        ("`a<b>` & <i>", "<code>a&lt;b&gt;</code> &amp; &lt;i&gt;"),
        ("one ` alone", "one ` alone"),
    ],
)
def test_names_of_code_are_set_as_code_and_nothing_else_is_html(text: str, html: str) -> None:
    assert code_names(text) == html


@pytest.mark.parametrize(("length", "words"), [(4.5, "4 min 30 s"), (15, "15 min"), (0, "0 min 00 s")])
def test_a_length_of_time_in_words(length: float, words: str) -> None:
    assert length_of_time(minutes(length)) == words
