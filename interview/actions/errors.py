"""What can be in the way of an action, named for the person."""

from interview.models import Draft


class TooLate(Exception):
    """The interview is over: nothing more is accepted for it."""


class TooEarly(Exception):
    """The answer has to be locked, or graded, first."""


class AlreadyLocked(Exception):
    """The answer was locked before; the first lock counts."""


class TooManyChanges(Exception):
    """More changes to an interview's time than anyone needs."""


class NotInMock(Exception):
    """A mock interview goes on as a real one does: nobody pauses it, and nobody adds time."""


class NotEnoughQuestions(Exception):
    """The bank holds fewer questions of this choice than were asked for."""

    def __init__(self, available: int) -> None:
        super().__init__(available)
        self.available = available


class StaleDraft(Exception):
    """The draft was changed elsewhere since this tab read it."""

    def __init__(self, newer: Draft) -> None:
        super().__init__(newer.revision)
        self.newer = newer


class TooManyRuns(Exception):
    """More runs in a minute than anyone reads."""
