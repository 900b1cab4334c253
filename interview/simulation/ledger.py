"""What the server has promised to keep of one answer, and how much of a promise is missing from what it shows."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Words:
    """An answer as it stands in the room: its text, and its code."""

    answer: str = ""
    code: str = ""

    def and_then(self, more: str) -> "Words":
        return replace(self, answer=self.answer + more)


@dataclass
class Ledger:
    """One answer's promises. A text that was sent and never answered may have arrived: it is in `doubts`."""

    acknowledged: Words
    revision: int
    doubts: list[Words] = field(default_factory=list)
    is_final: bool = False

    def acknowledge(self, words: Words, *, revision: int) -> None:
        """The server says that it has them. What was in doubt was based on an older revision, so it can't come now."""
        self.acknowledged, self.revision = words, revision
        self.doubts.clear()

    def lock(self, words: Words) -> None:
        """The server says that this is the answer."""
        self.acknowledge(words, revision=self.revision)
        self.is_final = True

    def doubt(self, words: Words) -> None:
        """They were sent, and no reply was heard."""
        self.doubts.append(words)

    def knows_newer_than(self, revision: int) -> bool:
        """Whether somebody has, or may have, saved since this revision."""
        return revision < self.revision or bool(self.doubts)

    def lost_in(self, shown: Words) -> int:
        """The acknowledged characters that are missing from what the server shows or holds."""
        if shown == self.acknowledged or shown in self.doubts:
            return 0
        before, after = self.acknowledged, shown
        # At least one: what nobody ever sent as it stands there is no less wrong for being longer.
        return max(1, _missing(before.answer, after.answer) + _missing(before.code, after.code))


def _missing(before: str, after: str) -> int:
    """The characters of a text that grew at its end, from the first one that differs."""
    same = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    return len(before) - (min(len(before), len(after)) if same is None else same)
