"""Term groups: "oversampl* | mini batch | 과적합" is met wherever a form of it stands in a normalised text.

A Latin form matches whole words and forgives plural, -ed and -ing; a Korean form matches anywhere, so that
particles may follow it. Space, hyphen, underscore and nothing are the same between the words of a form. A
"*" at the end of a word takes any ending; in Korean its last syllable may then also gain a final consonant
("줄이*" finds 줄인다).
"""

import re
from functools import lru_cache

Span = tuple[int, int]

_RUNS = re.compile(r"[가-힣]+|[a-z0-9_]+|[^가-힣\sa-z0-9_]+")
_GAPS = re.compile(r"[\s-]+|(?<=[a-z0-9])_(?=[a-z0-9])")
_LATIN = re.compile(r"[a-z0-9_]")
_BETWEEN = r"[\s_-]*"
_FINALS = 27  # a syllable block without a final consonant is followed by the 27 that have one


def find(group: str, text: str) -> list[Span]:
    """Where forms of the group stand in the text."""
    latin, other = _patterns(group)
    found = [match.span() for match in latin.finditer(text)] if latin else []
    return found + [match.span() for match in other.finditer(text)] if other else found


@lru_cache(maxsize=4096)
def _patterns(group: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Latin and other forms apart: one pattern of both loses the quick search for its first letters."""
    forms = sorted({form.strip().lower() for form in group.split("|")}, key=len, reverse=True)
    latin = [_form(form) for form in forms if _LATIN.match(form)]
    other = [_form(form) for form in forms if not _LATIN.match(form)]
    return (
        re.compile(rf"\b(?:{'|'.join(latin)})", re.ASCII) if latin else None,
        re.compile("|".join(other), re.ASCII) if other else None,
    )


def _form(form: str) -> str:
    words = [word for word in _GAPS.split(form) if word]
    return _BETWEEN.join(_word(word, is_last=at == len(words)) for at, word in enumerate(words, start=1))


def _word(word: str, *, is_last: bool) -> str:
    *runs, end = _RUNS.findall(word.removesuffix("*")) or [word]
    finish = _open_end if word.endswith("*") else _forgiving if is_last else re.escape
    return _BETWEEN.join([*map(re.escape, runs), finish(end)])


def _open_end(run: str) -> str:
    if _LATIN.match(run):
        return rf"{run}[a-z0-9_]*"
    if (ord(run[-1]) - ord("가")) % (_FINALS + 1):
        return re.escape(run)
    return rf"{run[:-1]}[{run[-1]}-{chr(ord(run[-1]) + _FINALS)}]"


def _forgiving(run: str) -> str:
    if not _LATIN.match(run):
        return re.escape(run)
    if len(run) < 3 or not run.isalpha():
        return rf"{run}s?\b"
    if run.endswith("e"):
        return rf"{run[:-1]}(?:e|es|ed|ing)\b"
    if run.endswith("y"):
        return rf"{run[:-1]}(?:y|ys|ies|ied|ying)\b"
    return rf"{run}(?:s|es|{run[-1]}?ed|{run[-1]}?ing)?\b"
