"""Answering one question: typing, autosave, heartbeat, and all that befalls people in between."""

import time
from collections.abc import Callable

from interview.simulation.browser import Browser
from interview.simulation.ledger import Ledger
from interview.simulation.life import Habit, Life
from interview.simulation.page import Page
from interview.simulation.tab import NEVER, Tab

PULSE_SECONDS = 10.0


class Writing:
    """One person's way of answering; `look_again` loads the room and compares what it shows."""

    def __init__(self, browser: Browser, life: Life, look_again: Callable[[], Page]) -> None:
        self._browser, self._life, self._look_again = browser, life, look_again
        self._chance = life.chance
        self._pulse_path = ""
        self._befalls = {
            Habit.LEAVES: (self._leave_and_return,),
            Habit.TWO_TABS: (self._write_in_another_tab,),
            Habit.BAD_NETWORK: (self._go_unheard, self._break_off, self._send_slowly),
            Habit.CALM: (),
        }[life.habit]

    def write(self, page: Page, ledger: Ledger) -> Tab:
        """Write until the answer is good enough or the time is up. Its tab is given back, saved or not."""
        begins, most = time.monotonic(), self._life.question_seconds
        ends = min(self._life.ends, begins + most * self._chance.uniform(0.6, 1.4))
        tab = Tab(self._browser, page, ledger, self._chance)
        type_at, pulse_at = begins + self._chance.uniform(0.5, 4), begins + PULSE_SECONDS
        befalls_at = begins + most * self._chance.uniform(0.2, 0.8) if self._befalls else NEVER
        while not tab.is_outdated and (now := time.monotonic()) < ends:
            if now >= type_at:
                tab.type()
                type_at = now + self._pause()
            if now >= tab.save_at:
                tab.save()
            if now >= pulse_at:
                self._beat(page)
                pulse_at = now + PULSE_SECONDS
            if now >= befalls_at:
                tab = self._chance.choice(self._befalls)(tab)
                befalls_at = time.monotonic() + self._chance.uniform(5, 20)
            self._settle(tab)
            self._life.sleep(min(type_at, tab.save_at, pulse_at, befalls_at, ends) - time.monotonic())
        return tab

    def _settle(self, tab: Tab) -> None:
        if tab.stale:
            self._life.sleep_between(1, 3)
            tab.resolve()

    def _pause(self) -> float:
        """Until the next words: mostly soon, sometimes after a thought."""
        is_thinking = self._chance.random() < 0.1
        return self._chance.uniform(3, 8) if is_thinking else self._chance.uniform(0.4, 2)

    def _beat(self, page: Page) -> None:
        self._pulse_path = page.pulse_path or self._pulse_path
        if self._pulse_path:
            self._browser.get(f"{self._pulse_path}&whereabouts={page.whereabouts}", is_fragment=True)

    def _leave_and_return(self, tab: Tab) -> Tab:
        """Close the tab, which saves what it can, or pull the plug, which doesn't; come back a little later."""
        if self._chance.random() < 0.5:
            tab.save()
        self._browser.line.hang_up()
        self._life.sleep_between(1, 6)
        return self._another(tab, self._look_again())

    def _write_in_another_tab(self, tab: Tab) -> Tab:
        """Then in the first one again, whose text is stale by now."""
        other = self._another(tab, self._look_again())
        for _word in range(self._chance.randint(1, 4)):
            other.type()
            self._life.sleep_between(0.3, 1)
        other.save()
        self._settle(other)
        tab.type()
        tab.save()
        tab.is_outdated |= other.is_outdated
        return tab

    def _go_unheard(self, tab: Tab) -> Tab:
        """The reply is lost; what is sent again is the same text, or one that has grown meanwhile."""
        tab.type()
        tab.save_unheard()
        self._life.sleep_between(1, 2)
        if self._chance.random() < 0.5:
            tab.type()
        tab.save()
        return tab

    def _break_off(self, tab: Tab) -> Tab:
        tab.type()
        tab.break_off(self._chance.choice((tab.draft_path, tab.lock_path)))
        return tab

    def _send_slowly(self, tab: Tab) -> Tab:
        tab.type()
        tab.save(slowly=self._chance.uniform(1, 4))
        return tab

    def _another(self, tab: Tab, page: Page) -> Tab:
        """A tab with the page as it is now; where the room has moved on, the old one is outdated."""
        if page.is_answering and page.place == tab.place:
            return Tab(self._browser, page, tab.ledger, self._chance)
        tab.is_outdated = True
        return tab
