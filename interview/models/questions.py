"""The question bank as stored: a question, its versions, and what each version says in each language."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interview.bank import schema


class Language(models.TextChoices):
    KO = "ko", "한국어"
    EN = "en", "English"


class Topic(models.TextChoices):
    PYTHON = "python", _("Python")
    ML_THEORY = "ml-theory", _("ML theory")
    MLOPS = "mlops", _("MLOps")


class Difficulty(models.TextChoices):
    EASY = "easy", _("easy")
    MEDIUM = "medium", _("medium")
    HARD = "hard", _("hard")


class Rarity(models.TextChoices):
    VERY_COMMON = "very-common", _("very common")
    COMMON = "common", _("common")
    MODERATE = "moderate", _("moderate")
    RARE = "rare", _("rare")


class QuestionQuerySet(models.QuerySet["Question"]):
    def askable(self) -> Self:
        return self.filter(retired_at=None, current__isnull=False)

    def hidden_from(self, user: object) -> Self:
        """Those in an open interview of this person whose reference may not be seen yet, by no address (G1)."""
        attempt = "versions__attempts__"
        is_open = Q(**{f"{attempt}interview__user": user, f"{attempt}interview__finished_at": None})
        is_unseen = Q(**{f"{attempt}locked_at": None}) | Q(**{f"{attempt}interview__reveal_policy": "at_end"})
        is_following_up = Q(
            **{f"{attempt}follow_up_asked_at__isnull": False, f"{attempt}follow_up_answered_at": None}
        )
        return self.filter(is_open & (is_unseen | is_following_up)).distinct()


class Question(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    topic = models.CharField(max_length=20, choices=Topic)
    current = models.ForeignKey("QuestionVersion", models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug


class QuestionVersion(models.Model):
    """What a question said at one time. An attempt is tied to one of these, so later edits change no old answer."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="versions")
    hash = models.CharField(max_length=64)
    difficulty = models.CharField(max_length=10, choices=Difficulty)
    rarity = models.CharField(max_length=20, choices=Rarity)
    minutes = models.PositiveSmallIntegerField()
    has_code = models.BooleanField()
    starter = models.TextField(blank=True)
    source = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "hash"], name="one_version_per_content")]

    def __str__(self) -> str:
        return f"{self.question.slug}@{self.hash[:8]}"

    def content(self) -> schema.Question:
        """The whole question as the bank's files had it, for the scorer and the judge."""
        return schema.Question.model_validate(self.source)

    def categories(self) -> dict[str, dict[str, Any]]:
        """Labels and hints of the code cases' categories, by slug."""
        task = self.source.get("task") or {"categories": {}}
        return dict(task["categories"])


class Wording(models.Model):
    """What a person may read while answering."""

    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=2, choices=Language)
    title = models.CharField(max_length=120)
    prompt_html = models.TextField()
    task_html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="one_wording_per_language")
        ]

    def __str__(self) -> str:
        return self.title


class Reference(models.Model):
    """What nobody may read before locking the answer: a table of its own, so that the room never loads it."""

    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="references")
    language = models.CharField(max_length=2, choices=Language)
    answer_html = models.TextField()
    deeper_html = models.TextField()
    follow_up_html = models.TextField()
    code_html = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="one_reference_per_language")
        ]

    def __str__(self) -> str:
        return f"{self.version} ({self.language})"


class KeyPoint(models.Model):
    version = models.ForeignKey(QuestionVersion, models.CASCADE, related_name="points")
    slug = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    weight = models.PositiveSmallIntegerField()
    text_ko = models.TextField()
    text_en = models.TextField()

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "slug"], name="one_key_point_per_slug"),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=3), name="key_point_weight_1_to_3"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def text(self, language: str) -> str:
        return self.text_ko if language == Language.KO else self.text_en
