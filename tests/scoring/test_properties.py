"""What holds of the scorer whatever is typed, tried on what the bank's own authors wrote."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from hypothesis import assume, given
from hypothesis import strategies as st

from interview.bank.schema import Language, Question
from interview.rules.grading import Verdict
from interview.scoring.rubric import rubric
from interview.scoring.score import Result, score
from interview.scoring.text import normalise, sentences
from tests.scoring.claims import Claim, claims, drawn, is_earned, tried, verdicts
from tests.scoring.conftest import Questions

# Sentences that earn nothing, for answers that hold more than what is right.
BESIDE_THE_POINT = [
    "I like to drink coffee while the training is running on my machine.",
    "김치는 소금으로 절인 다음 서늘한 곳에 둡니다.",
    "asdf qwer zxcv uiop hjkl vbnm",
    "That is what matters here",
]
ODD = [
    "👩‍💻",
    "שלום עולם",
    "\u202eمرحبا",
    "\x00",
    "İ",
    "ﷺ",
    "①½",
    "\r\n",
    "ᄀ",
    "ᆨ",
    "\u3164",
    "```",
    "~~~\nx = 1",
]


def anything(question: Question) -> list[str]:
    """All that the bank has of answers to a question, right and wrong, and what is beside the point."""
    said = [text for answers in question.answers.values() for _, _, text in answers.each()]
    lines = [
        line for text in question.wording.values() for line in f"{text.prompt}\n{text.answer}".splitlines()
    ]
    return [*said, *lines, *BESIDE_THE_POINT]


@tried
@given(data=st.data())
def test_a_sentence_that_covers_a_missed_point_never_lowers_the_score(
    questions: Questions, data: st.DataObject
) -> None:
    question = drawn(data, questions)
    said = data.draw(st.lists(st.sampled_from(anything(question)), max_size=5))
    claim = data.draw(st.sampled_from(claims(question)))
    before = score("\n\n".join(said), question, claim.language)
    assume(verdicts(before).get(claim.point.id, Verdict.MISSED) is Verdict.MISSED)
    assume(is_earned(claim, question))

    after = score("\n\n".join([*said, claim.text]), question, claim.language)

    assert (after.score or 0) >= (before.score or 0)


@tried
@given(data=st.data())
def test_what_names_its_subject_earns_its_point_in_any_order(
    questions: Questions, data: st.DataObject
) -> None:
    question = drawn(data, questions)
    whole = st.sampled_from(claims(question)).filter(lambda claim: stands_by_itself(claim, question))
    by_point = st.lists(whole, min_size=2, max_size=4, unique_by=lambda claim: claim.point.id)
    said = [claim for claim in data.draw(by_point) if is_earned(claim, question)]
    assume(len(said) > 1)

    answer = "\n\n".join(claim.text for claim in data.draw(st.permutations(said)))

    marks = verdicts(score(answer, question, Language.EN))
    assert [marks[claim.point.id] for claim in said] == [Verdict.COVERED] * len(said)


def stands_by_itself(claim: Claim, question: Question) -> bool:
    text = normalise(claim.text).characters
    subject = claim.point.subject
    return len(sentences(text)) == 1 and (subject is None or subject in rubric(question).index.find(text))


def full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


# What a keyboard, a word processor, a page to copy from or a form does to a text; in the order in which they do it.
DRESSES: dict[str, Callable[[str], str]] = {
    "upper case": str.upper,
    "smart quotes": lambda text: re.sub(r'"([^"]*)"', r"“\1”", text.replace("'", "’")),
    "full width": full_width,
    "two blanks": lambda text: text.replace(" ", "  "),
    "wide blanks": lambda text: text.replace(" ", "\u3000"),
    "no-break blanks": lambda text: text.replace(" ", "\u00a0"),
    "tabs": lambda text: text.replace(" ", "\t"),
    "zero width": lambda text: "\u200b".join(text),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "byte-order mark": lambda text: f"\ufeff{text}",
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "a last line": lambda text: f"{text}\n",
}


@tried
@given(data=st.data())
def test_however_a_text_is_dressed_it_gets_the_same_marks_for_the_same_words(
    questions: Questions, data: st.DataObject
) -> None:
    question = drawn(data, questions)
    plain = "\n".join(data.draw(st.lists(st.sampled_from(anything(question)), min_size=1, max_size=4)))
    dressed = plain
    chosen = data.draw(st.sets(st.sampled_from(list(DRESSES)), min_size=1, max_size=3))
    for name in (name for name in DRESSES if name in chosen):
        dressed = DRESSES[name](dressed)

    expected, outcome = (score(text, question, Language.EN) for text in (plain, dressed))

    assert (outcome.scored, outcome.score) == (expected.scored, expected.score)
    assert list(evidence(dressed, outcome)) == list(evidence(plain, expected))


def evidence(answer: str, outcome: Result) -> Iterator[tuple[str, Verdict, list[str]]]:
    """Each point with its verdict and the words that it rests on, read as the scorer reads them."""
    for found in outcome.points:
        typed = [answer[begin:end] for begin, end in found.evidence]
        assert typed == [words.strip() for words in typed]
        yield found.id, found.verdict, [normalise(words).characters for words in typed]


characters = st.characters(exclude_categories=["Cs"])


@tried
@given(data=st.data())
def test_any_text_gets_the_same_score_twice_and_evidence_that_lies_within_it(
    questions: Questions, data: st.DataObject
) -> None:
    question = drawn(data, questions)
    fragments = st.sampled_from([*ODD, *anything(question)]) | st.text(characters, max_size=200)
    text = data.draw(st.lists(fragments, max_size=20).map("\n".join) | st.text(characters, max_size=5000))
    answer = text[:5000]

    outcome = score(answer, question, Language.KO)

    assert outcome == score(answer, question, Language.KO)
    assert outcome.score is None if not outcome.scored else 0 <= (outcome.score or 0) <= 100
    for found in outcome.points:
        assert bool(found.evidence) == (found.verdict is not Verdict.MISSED)
        assert all(0 <= begin < end <= len(answer) for begin, end in found.evidence)
        assert all(answer[begin:end].strip() for begin, end in found.evidence)
