"""An interview, its clock, its attempts and their drafts: moments and texts, no status that could disagree."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from interview.models.questions import Language, Question, QuestionVersion
from interview.rules import timing


class RevealPolicy(models.TextChoices):
    AFTER_EACH = "after_each", _("after each answer")
    AT_END = "at_end", _("at the end")


class InterviewQuerySet(models.QuerySet["Interview"]):
    def by(self, user: object) -> Self:
        return self.filter(user=user)

    def open(self) -> Self:
        return self.filter(finished_at=None)

    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)


class Interview(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interviews")
    language = models.CharField(max_length=2, choices=Language)
    reveal_policy = models.CharField(max_length=10, choices=RevealPolicy)
    limit = models.DurationField(null=True)
    seed = models.BigIntegerField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

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
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("started_at")),
                name="finished_after_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def clock(self) -> timing.Clock:
        """The facts about its time, for the rules. Prefetch `suspensions` where many are asked."""
        stretches = tuple(timing.Suspension(each.began_at, each.ended_at) for each in self.suspensions.all())
        return timing.Clock(self.started_at, self.limit, stretches, self.finished_at)

    @property
    def reveals_after_each(self) -> bool:
        return self.reveal_policy == RevealPolicy.AFTER_EACH


class Suspension(models.Model):
    """The clock stood still while the answer to `attempt` was revealed and graded."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="suspensions")
    attempt = models.OneToOneField("Attempt", models.CASCADE, related_name="suspension")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"], condition=Q(ended_at=None), name="one_open_suspension"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="suspension_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%H:%M:%S}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def by(self, user: object) -> Self:
        return self.filter(interview__user=user)

    def unanswered(self) -> Self:
        return self.filter(locked_at=None)

    def locked(self) -> Self:
        return self.filter(locked_at__isnull=False)


class Attempt(models.Model):
    """One question of one interview: what was said, and when."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="attempts")
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="attempts")
    position = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    gave_up = models.BooleanField(default=False)
    confidence = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    code = models.TextField(blank=True)
    self_graded_at = models.DateTimeField(null=True)
    self_grade_skipped = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["interview", "position"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "position"], name="one_attempt_per_position"),
            models.UniqueConstraint(
                fields=["interview", "version"], name="no_question_twice_in_an_interview"
            ),
            models.CheckConstraint(
                condition=Q(locked_at=None) | Q(opened_at__isnull=False, locked_at__gte=F("opened_at")),
                name="locked_never_before_opened",
            ),
            models.CheckConstraint(
                condition=Q(self_grade_skipped=False) | Q(self_graded_at__isnull=False),
                name="grading_is_skipped_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(self_graded_at=None) | Q(locked_at__isnull=False),
                name="graded_never_before_locked",
            ),
            models.CheckConstraint(
                condition=Q(confidence=None) | Q(confidence__lte=100), name="confidence_is_a_percentage"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview} #{self.position}"

    def is_hidden(self) -> bool:
        """Whether an open interview of this person still asks its question, so that no reference may be shown."""
        return (
            Question.objects.hidden_from(self.interview.user_id).filter(pk=self.version.question_id).exists()
        )


class Draft(models.Model):
    """The newest text of an attempt that has not been locked; `revision` tells two tabs apart."""

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="draft")
    revision = models.PositiveIntegerField()
    answer = models.TextField(blank=True)
    code = models.TextField(blank=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt} r{self.revision}"
