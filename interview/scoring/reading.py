"""The sentences of an answer, each with what decides whether it can be evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations_with_replacement

from interview.scoring import words
from interview.scoring.rubric import Nearest, Rubric
from interview.scoring.subject import Mention, mentions
from interview.scoring.terms import Span
from interview.scoring.text import Sentence

# How near a sentence must come to a phrasing of a point where all of its terms stand together.
ALIKE = 0.22
# Function-bearing words: prose people wrote has .42 of them (English) or .63 (Korean), lists have up to .15.
LIST_SHARE = 0.20
KOREAN_LIST_SHARE = 0.28
PROSE_SHARE = 0.42
# Half of that is enough where somebody speaks: a pronoun, a Korean verb at the end, or no list within a full stop.
_SPOKEN = re.compile(
    r"\b(?:i|we|you|they|it)(?:'\w+)?\b|(?:니다|[가-힣][요죠]|[했였었았한된인하되이는]다)[.!?]*$|^[^,/]+[.!?]$"
)
# What tells how things hang together: a common verb, a pronoun, a conjunction, a Korean ending, a full stop, or a
# sign as people use them in notes. Where three items have nothing of the kind, they are only named.
_SAYS = re.compile(
    r"\b(?:i|we|you|they|he|she|it|its|that|thats|this|these|those|there|who|which|what|is|isnt|are|was|were|be|been"
    r"|being|am|do|does|doesnt|did|dont|has|have|had|can|cant|could|will|wont|would|should|must|may|might|to|because"
    r"|so|if|when|while|since|until|than|let|lets|makes?|uses?|used|using|gets?|gives?|takes?|keeps?|needs?|means?"
    r"|wants?|\w+'(?:s|t|m|d|re|ve|ll))\b"
    r"|[가-힣](?:다|요|죠|함|음|됨|임|니까|는데|지만|면|고|서|며|니|라)(?=[\s.,!?)/]|$)|[=→>:]|[.!?]$",
    re.ASCII,
)
NAMED = 3
# Notes say with a sign what prose says with a verb; a chain of signs only joins a list.
_RELATES = re.compile(r"→|->|=")
MOST_SIGNS = 5
# A short sentence may do without them ("Bagging reduces variance"): there the answer around it decides ...
SHORT = 8
# ... unless its commas show a list, or it is no more than a term on a line of its own.
ITEMS = 4
WORDS_OF_AN_ITEM = 2
WORDS_OF_A_CLAUSE = 4
COPIED_SHARE = 0.75
# How many of the content words the question's own texts know, with one known word granted to each sentence:
# above .6 in answers to it, even poor ones, and up to .5 in answers to another. Each sentence must reach it,
# and all of them together: so adding one that counts never makes the answer look strange.
FAMILIAR_SHARE = 0.50


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence, the forms of term groups in it, how near it comes to each point, and what it speaks about."""

    sentence: Sentence
    found: dict[str, list[Span]]
    is_list: bool
    is_copied: bool
    is_off_topic: bool
    nearest: list[Nearest]
    turns: list[Mention]
    said_before: frozenset[str]

    @property
    def counts(self) -> bool:
        return self.claims and not self.is_off_topic

    @property
    def claims(self) -> bool:
        """Whether it says something of its own, be it beside the question: so do errors in words of their own."""
        return not (self.is_list or self.is_copied)

    def hits(self, group: str) -> list[Span]:
        """Where the sentence has forms of a term group of the rubric."""
        return self.found.get(group, [])


def read(found: Sequence[Sentence], rubric: Rubric) -> list[Reading]:
    """Every sentence in the light of the rubric and of the answer around it."""
    if not found:
        return []
    spoken = [words.tokens(sentence.text) for sentence in found]
    stems = [words.content(each) for each in spoken]
    function_share = words.function_share([*chain(*spoken)])
    known = [words.familiar(each, rubric.vocabulary) + 1 for each in stems]
    content = [len(each) + 1 for each in stems]
    is_off_topic = sum(known) < FAMILIAR_SHARE * sum(content)
    terms = [rubric.index.find(sentence.text) for sentence in found]
    nearest = _nearest(found, terms, rubric)
    turns = [
        mentions(sentence, {subject: spans[subject] for subject in rubric.subjects if subject in spans})
        for sentence, spans in zip(found, terms, strict=True)
    ]
    return [
        Reading(
            sentence=sentence,
            found=terms[at],
            is_list=_is_list(sentence, spoken[at], function_share),
            is_copied=_is_copied(set(stems[at]), rubric),
            is_off_topic=is_off_topic or known[at] < FAMILIAR_SHARE * content[at],
            nearest=nearest[at],
            turns=turns[at],
            said_before=_last_subjects(turns[:at]),
        )
        for at, sentence in enumerate(found)
    ]


def _nearest(
    found: Sequence[Sentence], terms: Sequence[dict[str, list[Span]]], rubric: Rubric
) -> list[list[Nearest]]:
    """How near each sentence comes to each point, or where it is long the clauses in it that hold all the terms."""
    stretches = {
        (number, at): stretch
        for number, (sentence, spans) in enumerate(zip(found, terms, strict=True))
        if len(sentence.clauses) > 1
        for at, point in enumerate(rubric.points)
        if all(group in spans for group in point.terms)
        if (stretch := _stretch(sentence, [spans[group] for group in point.terms])) != sentence.text
    }
    whole, parts = [sentence.text for sentence in found], list(dict.fromkeys(stretches.values()))
    nearest = rubric.nearest([*whole, *parts])
    for (number, at), stretch in stretches.items():
        part = nearest[len(whole) + parts.index(stretch)][at]
        if nearest[number][at].akin < ALIKE:
            nearest[number][at] = max(nearest[number][at], part, key=lambda each: each.akin)
    return nearest[: len(whole)]


def _stretch(sentence: Sentence, hits: Sequence[list[Span]]) -> str:
    """The shortest run of clauses with a term of every group."""
    runs = [(one[0], other[1]) for one, other in combinations_with_replacement(sentence.clauses, 2)]
    start, end = min(
        (run for run in runs if all(any(run[0] <= a and b <= run[1] for a, b in group) for group in hits)),
        key=lambda run: run[1] - run[0],
        default=(0, len(sentence.text)),
    )
    return sentence.text[start:end]


def _is_list(sentence: Sentence, spoken: list[str], overall: float) -> bool:
    items = sentence.text.count(",") + sentence.text.count("/") + 1
    share = words.function_share(spoken)
    is_named = len(spoken) < WORDS_OF_A_CLAUSE * items or share < PROSE_SHARE
    if items >= NAMED and is_named and not _SAYS.search(sentence.text):
        return True
    # A single word claims nothing, whatever its ending.
    if len(sentence.text.split()) == 1 or (items >= ITEMS and len(spoken) < WORDS_OF_AN_ITEM * items):
        return True
    if signs := len(_RELATES.findall(sentence.text)):
        # Notes have few function words anyway: only next to none, among items, make a list of them.
        is_among_items = items >= ITEMS or overall < LIST_SHARE / 2
        return signs > MOST_SIGNS or (is_among_items and share < LIST_SHARE / 2)
    if len(spoken) <= WORDS_OF_AN_ITEM:
        return share <= PROSE_SHARE
    threshold = LIST_SHARE if sentence.text.isascii() else KOREAN_LIST_SHARE
    if overall < threshold and len(spoken) < SHORT and not _SAYS.search(sentence.text):
        return True
    if _SPOKEN.search(sentence.text):
        threshold /= 2
    return share < threshold and (len(spoken) >= SHORT or overall < threshold)


def _is_copied(stems: set[str], rubric: Rubric) -> bool:
    return bool(stems) and any(len(stems & asked) >= COPIED_SHARE * len(stems) for asked in rubric.asked)


def _last_subjects(earlier: Sequence[list[Mention]]) -> frozenset[str]:
    return next((turns[-1].subjects for turns in reversed(earlier) if turns), frozenset())
