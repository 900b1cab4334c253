"""Ask in the other language from here on; the answers stay as they are."""

from datetime import datetime

from interview.actions.errors import TooLate
from interview.models import Interview, Language
from interview.rules.timing import accepts_answers


def switch_language(interview: Interview, language: Language, *, now: datetime) -> None:
    """Change the language of the questions. Raises TooLate once the interview is over: it is a record then."""
    if not accepts_answers(interview.clock, now=now):
        raise TooLate
    interview.language = language
    interview.save(update_fields=["language"])
