"""What a person sees: the few facts of a page or a fragment that decide what they do next."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

Attributes = dict[str, str]


class Place(NamedTuple):
    """What a text answers: a question, or what was asked after it."""

    attempt: int
    follows_up: bool


@dataclass
class Page:
    """`stage` is empty outside the room; a field that the page doesn't show is None."""

    stage: str = ""
    attempt: str = ""
    # Where the form is sent to be locked, and what it carries unseen.
    lock_path: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    # The heartbeat stands on a whole page only; what it tells the server changes with the question.
    pulse_path: str = ""
    whereabouts: str = ""
    answer: str | None = None
    code: str | None = None
    revision: int | None = None
    autosave_seconds: float = 5
    reload_seconds: float | None = None
    grade_path: str = ""
    is_stale: bool = False
    newer_answer: str | None = None
    newer_code: str | None = None
    # A part that asks for itself again after so many seconds, as long as something is being worked out.
    again: tuple[str, float] | None = None

    @property
    def is_answering(self) -> bool:
        """Whether there is a text to write here."""
        return bool(self.stage and self.attempt) and self.answer is not None

    @property
    def place(self) -> Place:
        return Place(int(self.attempt), "follows_up" in self.hidden)


def read(text: str) -> Page:
    """The facts of a reply."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


@dataclass
class _Open:
    tag: str
    name: str
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: _Open | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        _note(self.page, tag, said)
        if name := _text_field(tag, said):
            self._open = _Open(tag, name)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open.tag == tag:
            text = "".join(self._open.text)
            # Browsers drop a newline that is the first thing in a textarea.
            setattr(self.page, self._open.name, text.removeprefix("\n") if tag == "textarea" else text)
            self._open = None


def _text_field(tag: str, said: Attributes) -> str:
    """Which of the page's texts begins with this element."""
    if tag == "textarea" and said.get("name") in ("answer", "code"):
        return said["name"]
    return f"newer_{said['data-newer']}" if said.get("data-newer") in ("answer", "code") else ""


def _note(page: Page, tag: str, said: Attributes) -> None:
    if "data-stage" in said:
        page.stage = said["data-stage"]
    if tag == "input" and said.get("type") == "hidden":
        _note_hidden(page, said)
    if tag == "form":
        _note_form(page, said)
    if "hx-get" in said:
        _note_question(page, said)
    if said.get("id") == "saved" and "data-stale" in said:
        page.is_stale, page.revision = True, int(said["data-revision"])
    if "data-autosave-ms" in said:
        page.autosave_seconds = int(said["data-autosave-ms"]) / 1000
    if "data-reload-after-ms" in said:
        page.reload_seconds = int(said["data-reload-after-ms"]) / 1000


def _note_form(page: Page, said: Attributes) -> None:
    action = said.get("action", "")
    if said.get("id") == "answer-form":
        page.lock_path = action
    elif re.fullmatch(r"/answers/\d+/grade/", action):
        page.grade_path = action


def _note_question(page: Page, said: Attributes) -> None:
    """A part of the page that asks the server by itself."""
    if "/pulse/" in said["hx-get"]:
        page.pulse_path = said["hx-get"]
    elif wait := re.search(r"load delay:(\d+)ms", said.get("hx-trigger", "")):
        page.again = said["hx-get"], int(wait[1]) / 1000


def _note_hidden(page: Page, said: Attributes) -> None:
    if said.get("name") == "attempt":
        page.attempt = said["value"]
    elif said.get("id") == "revision":
        page.revision = int(said["value"])
    elif said.get("name") == "whereabouts":
        page.whereabouts = said["value"]
    elif said.get("name") in ("tab", "count", "follows_up"):
        page.hidden[said["name"]] = said["value"]
