"""One person: interview after interview, over nothing but HTTP, until their time here is over."""

import logging
import threading
import time

from interview.simulation.browser import Browser
from interview.simulation.ledger import Ledger
from interview.simulation.life import Gone, Habit, Life
from interview.simulation.line import Reply
from interview.simulation.page import Page, Place, read
from interview.simulation.tab import Tab, words_of
from interview.simulation.writing import Writing

logger = logging.getLogger(__name__)

TRY_AGAIN_SECONDS = 2.0
MOST_TRIES = 15
START = "/interviews/new/"
SEEN = frozenset({200, 302})
ACCEPTED_OR_STALE = frozenset({200, 409})
TERMS = {"mode": "mock", "pace": "1"}
CHOICES = (
    TERMS | {"preset": "warm-up"},
    TERMS | {"preset": "phone-screen"},
    TERMS | {"number": "3", "minutes": "15", "code": "no", "language": "ko", "reveal_policy": "at_end"},
)


class Person(threading.Thread):
    """`ledgers` holds what the server has promised to keep, by what it answers."""

    def __init__(self, browser: Browser, life: Life) -> None:
        super().__init__(daemon=True)
        self.ledgers: dict[Place, Ledger] = {}
        self._browser, self._life = browser, life
        self._writing = Writing(browser, life, self._look_again)
        self._room = ""
        self._tab: Tab | None = None

    def run(self) -> None:
        try:
            self._life.sleep(self._life.begins - time.monotonic())
            while not self._life.is_over:
                self._take_interview()
        except Gone:
            pass
        except Exception as problem:
            logger.exception("A simulated person stumbled.")
            self._browser.tally.error(f"the simulation itself failed: {problem!r}")
        finally:
            self._browser.line.hang_up()

    def _take_interview(self) -> None:
        page = self._start()
        while page.stage:
            page = self._end(page) if self._life.is_over else self._step(page)

    def _start(self) -> Page:
        reply = self._browser.get(START, expect=SEEN)
        if reply and not reply.leads_to:
            self._life.sleep_between(0.5, 2)
            reply = self._browser.act(START, self._life.chance.choice(CHOICES), expect=SEEN)
        if reply is None or not reply.leads_to:
            self._life.sleep(TRY_AGAIN_SECONDS)
            return Page()
        self._room = reply.leads_to
        return self._look_again()

    def _step(self, page: Page) -> Page:
        if page.is_answering:
            return self._answer(page)
        match page.stage:
            case "grading":
                self._life.sleep_between(1, 4)
                return self._press(page.grade_path, {"skip": "on"})
            case "graded" | "locked":
                self._read(page, self._life.chance.uniform(1, 4))
                return self._press(f"{self._room}next/", {})
            case _:
                self._life.sleep(page.reload_seconds or TRY_AGAIN_SECONDS)
                return self._look_again()

    def _answer(self, page: Page) -> Page:
        """Write, then lock; a person whose time is up goes without locking."""
        self._tab = tab = self._writing.write(page, self._ledger(page))
        if self._life.is_over:
            return page
        if tab.is_outdated or tab.stale:
            return self._look_again()
        tab.ledger.doubt(tab.words)
        reply = self._browser.act(tab.lock_path, tab.fields, expect=ACCEPTED_OR_STALE)
        if reply and reply.status == 409:
            tab.refuse(reply)
            return self._look_again()
        if reply and not reply.leads_to:
            tab.ledger.lock(tab.words)
        return self._follow(reply)

    def _end(self, page: Page) -> Page:
        """The end of this person's time: some just leave, and what was saved has to be there all the same."""
        if self._life.habit is Habit.LEAVES:
            raise Gone
        tab = self._tab if page.is_answering and self._tab and self._tab.is_at(page) else None
        for _try in range(MOST_TRIES):
            reply = self._finish_with(tab) if tab else self._browser.act(f"{self._room}finish/", {})
            if reply:
                return self._follow(reply)
            self._life.sleep(TRY_AGAIN_SECONDS)
        self._browser.tally.error("an interview could not be finished")
        raise Gone

    def _finish_with(self, tab: Tab) -> Reply | None:
        """End with this text. Where another one is newer, the person keeps one of them first, and ends another time."""
        tab.resolve()
        tab.ledger.doubt(tab.words)
        reply = self._browser.act(f"{self._room}finish/", tab.fields, expect=ACCEPTED_OR_STALE)
        if reply is None:
            return None
        if reply.status == 409:
            tab.refuse(reply)
            return None
        tab.ledger.lock(tab.words)
        return reply

    def _press(self, path: str, fields: dict[str, str]) -> Page:
        return self._follow(self._browser.act(path, fields))

    def _follow(self, reply: Reply | None) -> Page:
        """The page that a reply shows or leads to; without a reply the person loads the room again."""
        if reply is None:
            self._life.sleep(TRY_AGAIN_SECONDS)
            return self._look_again()
        if not reply.leads_to:
            return self._seen(read(reply.text))
        if reply.leads_to == self._room:
            return self._look_again()
        return self._look_at_result(reply.leads_to)

    def _look_again(self) -> Page:
        """Load the room: what stands there has to be what was acknowledged."""
        for _try in range(MOST_TRIES):
            if reply := self._browser.get(self._room, expect=SEEN):
                is_result = reply.leads_to
                return self._look_at_result(is_result) if is_result else self._seen(read(reply.text))
            self._life.sleep(TRY_AGAIN_SECONDS)
        self._browser.tally.error("the room could not be loaded")
        raise Gone

    def _look_at_result(self, path: str) -> Page:
        if reply := self._browser.get(path):
            self._read(read(reply.text), self._life.chance.uniform(1, 3))
            self._browser.act(f"{self._room}skip-grading/", {})
        return Page()

    def _seen(self, page: Page) -> Page:
        if page.is_answering:
            missing = self._ledger(page).lost_in(words_of(page))
            self._browser.tally.lose(missing, "from the room")
        return page

    def _ledger(self, page: Page) -> Ledger:
        fresh = Ledger(words_of(page), page.revision or 0)
        return self.ledgers.setdefault(page.place, fresh)

    def _read(self, page: Page, seconds: float) -> None:
        """Read for a while; a part that waits for its marks asks for them again, as it says."""
        until = time.monotonic() + seconds
        while page.again and time.monotonic() + page.again[1] < until:
            path, wait = page.again
            self._life.sleep(wait)
            reply = self._browser.get(path, expect={200, 286}, is_fragment=True)
            page = read(reply.text) if reply and reply.status == 200 else Page()
        self._life.sleep(until - time.monotonic())
