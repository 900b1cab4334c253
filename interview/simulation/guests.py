"""The people's accounts: made in the database with sessions of their own, and taken away with all that is theirs."""

import secrets
from collections.abc import Mapping, Sequence
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import IntegrityError

from accounts.models import User
from interview.models import Attempt, Draft
from interview.simulation.ledger import Ledger, Words
from interview.simulation.page import Place

# Nobody can own such an address.
DOMAIN = "simulation.invalid"
LANGUAGES = (User.Language.EN, User.Language.KO)
BATCH = 20
MOST_TRIES = 5


class Guests:
    """So many new people, each with a session: to sign in is not what is measured."""

    def __init__(self, number: int) -> None:
        name = secrets.token_hex(4)
        self._sessions = import_module(settings.SESSION_ENGINE)
        self._people = User.objects.bulk_create(
            User(email=f"{name}-{each}@{DOMAIN}", language=LANGUAGES[each % 2], password="!")
            for each in range(number)
        )
        self._keys = [self._sign_in(person) for person in self._people]

    def cookies(self) -> list[dict[str, str]]:
        """What each browser holds."""
        return [{settings.SESSION_COOKIE_NAME: key} for key in self._keys]

    def leave(self) -> None:
        """Delete everything of theirs, in small parts: others may be writing."""
        for key in self._keys:
            self._sessions.SessionStore(key).delete()
        for start in range(0, len(self._people), BATCH):
            _delete([person.pk for person in self._people[start : start + BATCH]])

    def _sign_in(self, person: User) -> str:
        session = self._sessions.SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        return str(session.session_key)


def lost_in_database(ledgers: Mapping[Place, Ledger]) -> int:
    """The acknowledged characters that the database doesn't hold, as draft or as answer."""
    ids = {place.attempt for place in ledgers}
    attempts = Attempt.objects.select_related("draft").in_bulk(ids)
    return sum(
        ledger.lost_in(_held(attempts.get(place.attempt), place) or Words())
        for place, ledger in ledgers.items()
        # What nobody has saved or locked is only the page as it was shown first.
        if ledger.revision or ledger.is_final
    )


def _held(attempt: Attempt | None, place: Place) -> Words | None:
    if attempt is None:
        return None
    if attempt.locked_at and not place.follows_up:
        return Words(attempt.answer, attempt.code)
    if place.follows_up and attempt.follow_up_answered_at:
        return Words(attempt.follow_up_answer)
    draft: Draft | None = getattr(attempt, "draft", None)
    return Words(draft.answer, draft.code) if draft else None


def _delete(people: Sequence[int]) -> None:
    """The worker may be writing a score at this moment, which the database then won't let go of."""
    for left in reversed(range(MOST_TRIES)):
        try:
            User.objects.filter(pk__in=people).delete()
            return
        except IntegrityError:
            if not left:
                raise
