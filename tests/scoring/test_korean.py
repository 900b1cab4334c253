"""Korean as people type it: with other particles, or none, and without the spaces inside of terms."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from interview.bank.schema import Language, Question
from interview.rules.grading import Verdict
from interview.scoring.rubric import rubric
from interview.scoring.score import score
from interview.scoring.terms import Span
from interview.scoring.text import normalise
from tests.scoring.claims import Claim, claims, drawn, is_earned, tried, verdicts
from tests.scoring.conftest import Questions

PARTICLE = re.compile(r"[은이가을를](?=[\s,.])")


@tried
@given(data=st.data())
def test_another_particle_after_a_term_changes_no_verdict(questions: Questions, data: st.DataObject) -> None:
    question = drawn(data, questions)
    claim = data.draw(st.sampled_from([each for each in claims(question) if each.language is Language.KO]))
    places = particles(claim, question)
    assume(places)
    begin, end = data.draw(st.sampled_from(places))
    has_final = (ord(claim.text[begin - 1]) - ord("가")) % 28 > 0
    other = data.draw(st.sampled_from("은이을" if has_final else "는가를"))
    assume(is_earned(claim, question))

    marks = verdicts(score(claim.text[:begin] + other + claim.text[end:], question, claim.language))

    assert marks[claim.point.id] is Verdict.COVERED


def particles(claim: Claim, question: Question) -> list[Span]:
    """Where a particle follows a Korean term of the point ("는" might as well end a verb)."""
    after = (PARTICLE.match(claim.text, end) for _, end in terms(claim, question))
    return [match.span() for match in after if match and "가" <= claim.text[match.start() - 1] <= "힣"]


def terms(claim: Claim, question: Question) -> list[Span]:
    """Where terms of the point stand."""
    read = normalise(claim.text)
    found = rubric(question).index.find(read.characters)
    return sorted({read.original(*span) for group in claim.point.terms for span in found.get(group, [])})


def test_without_spaces_in_terms_and_particles_after_them_nearly_all_still_count(
    questions: Questions,
) -> None:
    """Not all: a few lie so close to a bound that a space decides, and some forms hold a particle themselves."""
    examples = [
        (question, claim, terse(claim, question))
        for question in questions.values()
        for claim in claims(question)
        if claim.text in claim.point.covered.ko
    ]
    counts = [
        verdicts(score(text, question, Language.KO))[claim.point.id] is Verdict.COVERED
        for question, claim, text in examples
        if text != claim.text
    ]

    assert len(counts) >= 100
    assert sum(counts) >= 0.98 * len(counts)


def terse(claim: Claim, question: Question) -> str:
    text = claim.text
    for begin, end in reversed(terms(claim, question)):
        particle = PARTICLE.match(text, end)
        rest = text[particle.end() if particle else end :]
        text = text[:begin] + re.sub("(?<=[가-힣]) (?=[가-힣])", "", text[begin:end]) + rest
    return text
