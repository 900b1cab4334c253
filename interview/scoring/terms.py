"""Term groups: "oversampl* | mini batch | 과적합" is met wherever one of its forms stands in a normalised text.

A Latin form matches whole words and forgives plural, -ed and -ing; a Korean form matches anywhere, so that particles may
follow it. Space, hyphen, underscore and nothing are the same between the words of a form. A trailing "*" takes any
ending; in Korean the last syllable may then also gain a final consonant ("줄이*" finds 줄인다).
"""

import re
from functools import lru_cache

Span = tuple[int, int]

_RUNS = re.compile(r"[가-힣]+|[a-z0-9_]+|[^가-힣\sa-z0-9_]+")
_GAPS = re.compile(r"[\s-]+|(?<=[a-z0-9])_(?=[a-z0-9])")
_BETWEEN = r"[\s_-]*"
_FINALS = 27  # a syllable block without a final consonant is followed by the 27 that have one


def find(group: str, text: str) -> list[Span]:
    """Where forms of the group stand in the text."""
    return sorted(match.span() for pattern in _patterns(group) for match in pattern.finditer(text))


@lru_cache(maxsize=4096)
def _patterns(group: str) -> tuple[re.Pattern[str], ...]:
    """Two patterns, because one that mixes both scripts loses the quick search for its first letters."""
    forms = [form.strip().lower() for form in group.split("|")]
    latin = sorted((form for form in forms if re.match(r"[a-z0-9_]", form)), key=len, reverse=True)
    other = sorted((form for form in forms if form not in latin), key=len, reverse=True)
    patterns = []
    if latin:
        patterns.append(re.compile(rf"(?<![a-z0-9_])(?:{'|'.join(map(_form, latin))})"))
    if other:
        patterns.append(re.compile("|".join(map(_form, other))))
    return tuple(patterns)


def _form(form: str) -> str:
    stem, is_open = form.removesuffix("*"), form.endswith("*")
    words = [_RUNS.findall(word) for word in _GAPS.split(stem) if word]
    runs = [run for word in words for run in word]
    last = _open_end(runs[-1]) if is_open else _forgiving(runs[-1])
    return _BETWEEN.join([*map(re.escape, runs[:-1]), last])


def _open_end(run: str) -> str:
    if re.match(r"[a-z0-9_]", run):
        return rf"{run}[a-z0-9_]*"
    if (ord(run[-1]) - ord("가")) % (_FINALS + 1):
        return re.escape(run)
    return rf"{run[:-1]}[{run[-1]}-{chr(ord(run[-1]) + _FINALS)}]"


def _forgiving(run: str) -> str:
    if not re.match(r"[a-z0-9_]", run):
        return re.escape(run)
    if len(run) < 3 or not run.isalpha():
        return rf"{run}s?(?![a-z0-9_])"
    if run.endswith("e"):
        return rf"{run[:-1]}(?:e|es|ed|ing)(?![a-z0-9_])"
    if run.endswith("y"):
        return rf"{run[:-1]}(?:y|ys|ies|ied|ying)(?![a-z0-9_])"
    return rf"{run}(?:s|es|{run[-1]}?ed|{run[-1]}?ing)?(?![a-z0-9_])"
