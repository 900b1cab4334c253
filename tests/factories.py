"""Things with sensible defaults; a test mentions only what it is about."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from accounts.models import User
from interview.actions.load_bank import load_bank
from interview.actions.start import start
from interview.bank import schema
from interview.models import Interview, QuestionVersion
from interview.rules.selection import Part, Plan

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
_numbers = count(1)

SECRET_ANSWER = "The reference says: oversample within the training folds."
SECRET_POINT = "Key point: look at the rare class by itself"
SECRET_CODE = "def twice(number: int) -> int:\n    return number + number  # the solution\n"
SECRET_EXPECTED = 87654


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def make_user(language: str = "en", **fields: Any) -> User:
    return User.objects.create_user(
        f"person{next(_numbers)}@example.com", "a long secret", language=language, **fields
    )


def make_content(slug: str = "", *, code: bool = False, **facts: Any) -> schema.Question:
    """A small whole question as the bank's reader gives it."""
    return schema.Question.model_validate(
        {
            "slug": slug or f"question-{next(_numbers)}",
            "topic": facts.pop("topic", "python"),
            "answers": facts.pop("answers", {}),
            "facts": {
                "difficulty": "medium",
                "rarity": "common",
                "minutes": 5,
                "author": "Rehearsal",
                "written": "2026-11-21",
                "licence": "CC-BY-4.0",
                "follow_up": "rare-class",
            }
            | facts,
            "wording": {"ko": _wording("질문", code), "en": _wording("Question", code)},
            "points": [
                _point("rare-class", 3, "recall"),
                *(_point(f"point-{n}", 1, f"term{n}") for n in range(3)),
            ],
            **({"task": make_task()} if code else {"example": "print('an example')\n"}),
        }
    )


def make_task() -> dict[str, Any]:
    """A code task with two examples, five hidden cases and three mutants."""
    hidden = [_case(f"hidden-{n}", n, 2 * n) for n in (3, 4, 5, 6)] + [_case("big", 43827, SECRET_EXPECTED)]
    return {
        "entry": "twice",
        "categories": {"numbers": {"label": _both("numbers"), "hint": _both("think of numbers")}},
        "cases": [*(_case(f"example-{n}", n, 2 * n, example=True) for n in (1, 2)), *hidden],
        "starter": "def twice(number: int) -> int:\n    ...\n",
        "solution": SECRET_CODE,
        "mutants": dict.fromkeys(("plus-two", "b", "c"), "def twice(number):\n    return number + 2\n"),
    }


def make_version(**facts: Any) -> QuestionVersion:
    content = make_content(**facts)
    load_bank([content], now=NOON)
    return QuestionVersion.objects.get(question__slug=content.slug)


def make_interview(
    user: User | None = None,
    *,
    questions: int = 2,
    code: bool = False,
    limit: timedelta | None = timedelta(minutes=20),
    reveal_policy: str = "after_each",
    now: datetime = NOON,
    **terms: Any,
) -> Interview:
    """A running interview over new questions of its own; what it says nothing of is as in a plain mock interview."""
    load_bank([make_content(code=code) for _ in range(questions)], now=now)
    plan = Plan((Part(questions, has_code=code),))
    return start(
        user or make_user(),
        plan,
        limit=limit,
        reveal_policy=reveal_policy,
        language="en",
        seed=1,
        now=now,
        **terms,
    )


def _both(text: str) -> dict[str, str]:
    return {"ko": text, "en": text}


def _wording(name: str, code: bool) -> dict[str, str]:
    texts = {
        "title": f"{name} title",
        "prompt": f"{name}: what would you look at first?",
        "answer": SECRET_ANSWER,
        "deeper": "Deeper: the whole story.",
        "follow_up": "Follow-up: and with ten times the data?",
    }
    return texts | ({"task": "Write `twice(number)`."} if code else {})


def _point(slug: str, weight: int, term: str) -> dict[str, Any]:
    return {
        "id": slug,
        "weight": weight,
        "text": _both(SECRET_POINT if weight == 3 else f"Key point about {term}"),
        "phrasings": {"ko": [f"{term} 값을 먼저 봅니다"], "en": [f"I would look at the {term} first"]},
        "terms": [term],
    }


def _case(slug: str, number: int, expected: int, *, example: bool = False) -> dict[str, Any]:
    return {
        "id": slug,
        "category": "numbers",
        "call": f"twice({number})",
        "expect": expected,
        "example": example,
    }
