"""Bring checked questions into the database, each as a version named by its content's hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from interview.bank import render, schema
from interview.models import KeyPoint, Question, QuestionVersion, Reference, Wording


@dataclass(frozen=True)
class Loaded:
    added: int
    updated: int
    unchanged: int


def load_bank(questions: Iterable[schema.Question], *, now: datetime) -> Loaded:
    """Store all of them or none. What is there already stays; a changed question gets a new version."""
    with transaction.atomic():
        outcomes = [_load(question, now) for question in questions]
    return Loaded(outcomes.count("added"), outcomes.count("updated"), outcomes.count("unchanged"))


def _load(content: schema.Question, now: datetime) -> str:
    question, is_new = Question.objects.get_or_create(
        slug=content.slug, defaults={"topic": content.topic.value}
    )
    version = question.versions.filter(hash=content.content_hash()).first()
    if version is not None and question.current_id == version.pk and question.topic == content.topic.value:
        return "unchanged"
    question.current = version or _add_version(question, content, now)
    question.topic = content.topic.value
    question.save()
    return "added" if is_new else "updated"


def _add_version(question: Question, content: schema.Question, now: datetime) -> QuestionVersion:
    version = QuestionVersion.objects.create(
        question=question,
        hash=content.content_hash(),
        difficulty=content.facts.difficulty.value,
        rarity=content.facts.rarity.value,
        minutes=content.facts.minutes,
        has_code=content.task is not None,
        starter=content.task.starter if content.task else "",
        source=content.model_dump(mode="json"),
        loaded_at=now,
    )
    code_html = render.python(content.task.solution if content.task else content.example or "")
    for language, text in content.wording.items():
        _add_texts(version, language, text, code_html)
    _add_points(version, content.points)
    return version


def _add_texts(
    version: QuestionVersion, language: schema.Language, text: schema.Wording, code_html: str
) -> None:
    Wording.objects.create(
        version=version,
        language=language.value,
        title=text.title,
        prompt_html=render.inline(" ".join(text.prompt.split())),
        task_html=render.markdown(text.task or ""),
    )
    Reference.objects.create(
        version=version,
        language=language.value,
        answer_html=render.markdown(text.answer),
        deeper_html=render.markdown(text.deeper),
        follow_up_html=render.markdown(text.follow_up),
        code_html=code_html,
    )


def _add_points(version: QuestionVersion, points: Iterable[schema.KeyPoint]) -> None:
    KeyPoint.objects.bulk_create(
        KeyPoint(
            version=version,
            slug=point.id,
            position=position,
            weight=point.weight,
            text_ko=point.text.ko,
            text_en=point.text.en,
        )
        for position, point in enumerate(points, start=1)
    )
