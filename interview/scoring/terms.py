"""Term groups: "oversampl* | mini batch | 과적합" is met wherever a form of it stands in a normalised text.

A Latin form matches whole words and forgives plural, -ed and -ing; a Korean form matches anywhere, so that
particles may follow it. Space, hyphen, underscore and nothing are the same between the words of a form. A
"*" at the end of a word takes any ending; in Korean its last syllable may then also gain a final consonant
("줄이*" finds 줄인다).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache

Span = tuple[int, int]

_RUNS = re.compile(r"[가-힣]+|[a-z0-9_]+|[^가-힣\sa-z0-9_]+")
_GAPS = re.compile(r"[\s-]+|(?<=[a-z0-9])_(?=[a-z0-9])")
_LATIN = re.compile(r"[a-z0-9_]")
_BEGINNINGS = re.compile(r"(?<![a-z0-9_])[a-z0-9_]|[^a-z0-9_\s]")
_FINALS = 28  # a syllable block without a final consonant, and the 27 that have one
# Steps from node to node that are no single character; "이*" is another: that syllable with any final consonant.
_GAP, _REST = "gap", "rest of the word"
_STRETCHES = {_GAP: re.compile(r"[\s_-]*"), _REST: re.compile(r"[a-z0-9_]*")}


class TermIndex:
    """All forms of many groups in one tree: a text is read once, and no pattern for all of them has to be compiled.

    A bank has 200,000 nodes, so a node is no object but a number: 0 is the root.
    """

    def __init__(self, groups: Iterable[str]) -> None:
        self._number_of_nodes = 1
        # From a node by a character, or by a stretch, to the next; and the groups of which only an ending is left.
        self._after: dict[tuple[int, str], int] = {}
        self._stretches: dict[int, dict[str, int]] = {}
        self._endings: dict[int, list[tuple[re.Pattern[str], str]]] = {}
        for group in dict.fromkeys(groups):
            for form in {form.strip().lower() for form in group.split("|")}:
                self._plant(form, group)

    def find(self, text: str) -> dict[str, list[Span]]:
        """Where forms of each group stand: the longest at each place, none within another; no entry for no form."""
        found: dict[str, list[Span]] = {}
        opened = [_open(character) if "가" <= character <= "힣" else "" for character in text]
        for beginning in _BEGINNINGS.finditer(text):
            start = beginning.start()
            for group, end in self._ends(text, opened, start).items():
                spans = found.setdefault(group, [])
                if not spans or spans[-1][1] <= start:
                    spans.append((start, end))
        return found

    def _plant(self, form: str, group: str) -> None:
        steps, ending = _path(form)
        node = 0
        for step in steps:
            node = self._grown(node, step)
        self._endings.setdefault(node, []).append((_compiled(ending), group))

    def _grown(self, node: int, step: str) -> int:
        """The node after a step, made where no form has come by yet."""
        if step in _STRETCHES:
            after = self._stretches.setdefault(node, {}).setdefault(step, self._number_of_nodes)
        else:
            after = self._after.setdefault((node, sys.intern(step)), self._number_of_nodes)
        self._number_of_nodes += after == self._number_of_nodes
        return after

    def _ends(self, text: str, opened: list[str], start: int) -> dict[str, int]:
        """The groups that have a form here, each with the farthest end of one."""
        ends: dict[str, int] = {}
        places = [(0, start)]
        for node, at in places:  # It grows meanwhile.
            if node in self._endings:
                self._end(node, text, at, ends)
            if node in self._stretches:
                places += self._stretched(node, text, at)
            if at < len(text):
                if after := self._after.get((node, text[at])):
                    places.append((after, at + 1))
                if opened[at] and (after := self._after.get((node, opened[at]))):
                    places.append((after, at + 1))
        return ends

    def _end(self, node: int, text: str, at: int, ends: dict[str, int]) -> None:
        for ending, group in self._endings[node]:
            if match := ending.match(text, at):
                ends[group] = max(match.end(), ends.get(group, 0))

    def _stretched(self, node: int, text: str, at: int) -> Iterator[tuple[int, int]]:
        for step, after in self._stretches[node].items():
            if match := _STRETCHES[step].match(text, at):
                yield from ((after, end) for end in range(at, match.end() + 1))


def _path(form: str) -> tuple[list[str], str]:
    """The steps of a form but for its ending, and the pattern of that."""
    steps: list[str] = []
    *words, last = [word for word in _GAPS.split(form) if word]
    for word in words:
        *runs, end = _runs(word)
        steps += [*_joined(runs), *(_opened(end) if word.endswith("*") else end), _GAP]
    *runs, end = _runs(last)
    stem, ending = _any_ending(end) if last.endswith("*") else _forgiving(end)
    return [*steps, *_joined(runs), *stem], ending


def _runs(word: str) -> list[str]:
    return _RUNS.findall(word.removesuffix("*")) or [word]


def _joined(runs: list[str]) -> Iterator[str]:
    for run in runs:
        yield from run
        yield _GAP


def _opened(run: str) -> list[str]:
    if _LATIN.match(run):
        return [*run, _REST]
    has_no_final = "가" <= run[-1] <= "힣" and run[-1] == _without_final(run[-1])
    return [*run[:-1], _open(run[-1])] if has_no_final else [*run]


def _any_ending(run: str) -> tuple[list[str], str]:
    return ([*run], r"[a-z0-9_]*") if _LATIN.match(run) else (_opened(run), "")


def _forgiving(run: str) -> tuple[str, str]:
    if not _LATIN.match(run):
        return run, ""
    if len(run) < 3 or not run.isalpha():
        return run, r"s?\b"
    if run.endswith("e"):
        return run[:-1], r"(?:e|es|ed|ing)\b"
    if run.endswith("y"):
        return run[:-1], r"(?:y|ys|ies|ied|ying)\b"
    return run, rf"(?:s|es|{run[-1]}?ed|{run[-1]}?ing)?\b"


@cache
def _compiled(ending: str) -> re.Pattern[str]:
    return re.compile(ending, re.ASCII)


@cache
def _open(syllable: str) -> str:
    return f"{_without_final(syllable)}*"


def _without_final(syllable: str) -> str:
    return chr(ord(syllable) - (ord(syllable) - ord("가")) % _FINALS)
