"""An interview and its clock: moments on record, no status that could disagree."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from interview.models.questions import Language
from interview.rules import timing


class RevealPolicy(models.TextChoices):
    AFTER_EACH = "after_each", _("after each answer")
    AT_END = "at_end", _("at the end")


class Mode(models.TextChoices):
    MOCK = "mock", _("Mock interview")
    PRACTICE = "practice", _("Practice")


class InterviewQuerySet(models.QuerySet["Interview"]):
    def by(self, user: object) -> Self:
        return self.filter(user=user)

    def open(self) -> Self:
        return self.filter(finished_at=None)

    def held(self) -> Self:
        """Nobody else's for the length of a transaction, with its clock."""
        return self.select_for_update().prefetch_related("events")

    def ending(self) -> Self:
        """Open, and such that time alone may end them or their question."""
        return self.open().filter(Q(limit__isnull=False) | Q(attempts__limit__isnull=False)).distinct()

    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)


class Interview(models.Model):
    """`limit` is the plan's time and `factor` the person's own, as both were at the start; None means no limit."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interviews")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.MOCK)
    language = models.CharField(max_length=2, choices=Language)
    reveal_policy = models.CharField(max_length=10, choices=RevealPolicy)
    follows_up = models.BooleanField(default=False)
    limit = models.DurationField(null=True)
    factor = models.FloatField(null=True, default=1.0)
    seed = models.BigIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # The tab that was opened last: the others say that there is another one.
    newest_tab = models.CharField(max_length=20, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(finished_at=None), name="one_open_interview_per_person"
            ),
            models.CheckConstraint(
                condition=Q(limit=None) | Q(limit__gt=timedelta()), name="a_limit_is_some_time"
            ),
            models.CheckConstraint(condition=Q(factor=None) | Q(factor__gt=0), name="a_factor_stretches"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="finished_after_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def clock(self) -> timing.Clock:
        """The facts about its time, for the rules. Prefetch `events` where many are asked."""
        events = tuple(each.fact for each in self.events.all())
        return timing.Clock(self.started_at, self.limit, self.factor, events, self.finished_at)

    @property
    def reveals_after_each(self) -> bool:
        return self.reveal_policy == RevealPolicy.AFTER_EACH

    @property
    def is_practice(self) -> bool:
        return self.mode == Mode.PRACTICE


class ClockEvent(models.Model):
    """Something that happened to an interview's clock. Only ever added to: the deadline is a fold over these."""

    class Kind(models.TextChoices):
        REVEAL = timing.Kind.REVEAL.value, _("reference shown")
        PAUSE = timing.Kind.PAUSE.value, _("pause")
        GO_ON = timing.Kind.GO_ON.value, _("went on")
        EXTENSION = timing.Kind.EXTENSION.value, _("more time")
        FACTOR = timing.Kind.FACTOR.value, _("other time factor")

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    length = models.DurationField(default=timedelta)
    factor = models.FloatField(null=True)

    class Meta:
        ordering = ["interview_id", "at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(length__gte=timedelta()), name="no_time_is_taken_away"),
            models.CheckConstraint(condition=Q(factor=None) | Q(factor__gt=0), name="a_new_factor_stretches"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S} {self.kind}"

    @property
    def fact(self) -> timing.Event:
        return timing.Event(self.at, timing.Kind(self.kind), self.length, self.factor)


class OwnPreset(models.Model):
    """A choice of questions and time that a person keeps under a name of their own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presets")
    name = models.CharField(max_length=40)
    choice = models.JSONField()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_preset_per_name")]

    def __str__(self) -> str:
        return self.name
