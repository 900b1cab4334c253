"""One open tab of the room: the text in it, the revision that it is based on, and its autosave."""

import random
import time

from interview.simulation.browser import Browser
from interview.simulation.ledger import Ledger, Words
from interview.simulation.line import Reply
from interview.simulation.page import Page, Place, read
from interview.simulation.words import next_line_of_code, next_words

RETRY_SECONDS = (2, 4, 8, 15)
LONGEST_ANSWER = 15_000
NEVER = float("inf")


class Tab:
    """It saves as room.js does: so long after the first unsaved change, and again with patience where that failed."""

    def __init__(self, browser: Browser, page: Page, ledger: Ledger, chance: random.Random) -> None:
        self.words, self.ledger = words_of(page), ledger
        self.save_at = NEVER
        self.stale: Page | None = None
        # The server leads elsewhere: this page has to be loaded again.
        self.is_outdated = False
        self._browser, self._page, self._chance = browser, page, chance
        self._revision = page.revision or 0
        self._failures = self._count = 0
        self._was_stale = False

    @property
    def place(self) -> Place:
        return self._page.place

    @property
    def draft_path(self) -> str:
        return f"/answers/{self._page.attempt}/draft/"

    @property
    def lock_path(self) -> str:
        return self._page.lock_path

    @property
    def fields(self) -> dict[str, str]:
        """The form as the page sends it, in its order."""
        code = {} if self._page.code is None else {"code": self.words.code}
        place = {"attempt": self._page.attempt, **self._page.hidden}
        place |= {"count": str(self._count), "revision": str(self._revision)}
        return {"answer": self.words.answer, **code, **place}

    def is_at(self, page: Page) -> bool:
        """Whether this tab still writes what the page asks for."""
        return not self.is_outdated and page.place == self.place

    def type(self) -> None:
        """A few words more, or a line of code."""
        if len(self.words.answer) < LONGEST_ANSWER:
            if self._page.code is not None and self._chance.random() < 0.2:
                code = self.words.code + next_line_of_code(self._chance)
                self.words = Words(self.words.answer, code)
            else:
                self.words = self.words.and_then(next_words(self._chance) if self.words.answer else "So: ")
        self.save_at = min(self.save_at, time.monotonic() + self._page.autosave_seconds)

    def save(self, *, slowly: float = 0) -> None:
        """Send what stands here, unless the person has to choose between two texts first."""
        if self.stale:
            return
        self.save_at = NEVER
        self._count += 1
        reply = self._browser.save(self.draft_path, self.fields, slowly=slowly)
        if reply is None:
            self.ledger.doubt(self.words)
            self._try_again()
        elif reply.status == 409:
            self.refuse(reply)
        elif reply.leads_to:
            self.is_outdated = True
        else:
            self._saved(read(reply.text))

    def save_unheard(self) -> None:
        """The network breaks after the text was sent: it is tried again as after any failure."""
        self._count += 1
        self._browser.line.cut(self.draft_path, self.fields)
        self.ledger.doubt(self.words)
        self._browser.tally.count("retries")
        self._try_again()

    def break_off(self, path: str) -> None:
        """The network breaks in the middle of a request: half a text must never be taken for one."""
        self._browser.line.cut(path, self.fields, share=self._chance.uniform(0.2, 0.6))
        self._browser.tally.count("retries")
        self._try_again()

    def refuse(self, reply: Reply) -> None:
        """409: there is a newer text, and it has to be one that was acknowledged."""
        page, tally = read(reply.text), self._browser.tally
        if not page.is_stale or page.revision is None:
            # Locked or ended meanwhile, by somebody who wasn't heard.
            self.is_outdated = True
            return
        newer = self._newer(page)
        tally.lose(self.ledger.lost_in(newer), "from the newer text of a stale save")
        if not self.ledger.knows_newer_than(self._revision):
            tally.error("a save that was based on the newest text was refused as stale")
        tally.count("stale met")
        self.stale, self._was_stale = page, True
        self.ledger.acknowledge(newer, revision=page.revision)

    def resolve(self) -> None:
        """The person has read both texts, keeps one of them, and it is saved."""
        if self.stale is None or self.stale.revision is None:
            return
        if self._chance.random() < 0.4:
            self.words = self._newer(self.stale)
        self._revision, self.stale = self.stale.revision, None
        self.save()

    def _saved(self, page: Page) -> None:
        tally = self._browser.tally
        if page.revision is None:
            tally.error("a save was acknowledged without a revision")
            return
        if self._revision < self.ledger.revision:
            tally.lose(self.ledger.lost_in(self.words), "because a stale save was taken")
        if self._was_stale:
            self._was_stale = False
            tally.count("stale resolved")
        self._revision, self._failures = page.revision, 0
        self.ledger.acknowledge(self.words, revision=page.revision)

    def _try_again(self) -> None:
        wait = RETRY_SECONDS[min(self._failures, len(RETRY_SECONDS) - 1)]
        self._failures += 1
        self.save_at = time.monotonic() + wait

    def _newer(self, page: Page) -> Words:
        return Words(page.newer_answer or "", page.newer_code or "")


def words_of(page: Page) -> Words:
    """What stands in the fields of the room."""
    return Words(page.answer or "", page.code or "")
