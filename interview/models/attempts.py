"""One question of one interview, and every text a person has written for it."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from interview.models.interviews import Interview
from interview.models.questions import Question, QuestionVersion
from interview.rules import timing


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def by(self, user: object) -> Self:
        return self.filter(interview__user=user)

    def open(self) -> Self:
        """Asked, and with something left to say."""
        is_following_up = Q(follow_up_asked_at__isnull=False, follow_up_answered_at=None)
        return self.filter(Q(locked_at=None) | is_following_up, opened_at__isnull=False)

    def locked(self) -> Self:
        return self.filter(locked_at__isnull=False)


class Attempt(models.Model):
    """One question of one interview: what was said, and when. `limit` is its own, within the interview's."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="attempts")
    version = models.ForeignKey(QuestionVersion, models.PROTECT, related_name="attempts")
    position = models.PositiveSmallIntegerField()
    limit = models.DurationField(null=True)
    opened_at = models.DateTimeField(null=True)
    locked_at = models.DateTimeField(null=True)
    # The tab that wrote the last of it, by its so many-eth request: an earlier one was only overtaken on its way.
    locked_by = models.CharField(max_length=20, blank=True)
    locked_count = models.PositiveIntegerField(default=0)
    gave_up = models.BooleanField(default=False)
    confidence = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    code = models.TextField(blank=True)
    # What came after the end and counts all the same, by the person's own wish.
    late_draft = models.ForeignKey("LateDraft", models.SET_NULL, null=True, related_name="+")
    follow_up_asked_at = models.DateTimeField(null=True)
    follow_up_answered_at = models.DateTimeField(null=True)
    follow_up_answer = models.TextField(blank=True)
    follow_up_verdict = models.CharField(max_length=10, blank=True)
    self_graded_at = models.DateTimeField(null=True)
    self_grade_skipped = models.BooleanField(default=False)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["interview_id", "position"]
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
            models.CheckConstraint(
                condition=Q(follow_up_asked_at=None) | Q(locked_at__isnull=False),
                name="follow_up_never_before_locked",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_answered_at=None)
                | Q(follow_up_asked_at__isnull=False, follow_up_answered_at__gte=F("follow_up_asked_at")),
                name="follow_up_answered_never_before_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview} #{self.position}"

    @property
    def clocks(self) -> tuple[timing.Clock, ...]:
        """The clocks it must be in time by: the interview's, and its own where it has a limit."""
        clock = self.interview.clock
        if self.limit is None or self.opened_at is None or self.is_following_up:
            return (clock,)
        return (clock, clock.of_question(self.opened_at, self.limit))

    def is_in_time(self, *, now: datetime) -> bool:
        """Whether what arrives now for it counts."""
        return all(timing.accepts_answers(clock, now=now) for clock in self.clocks)

    @property
    def said(self) -> "Attempt | LateDraft":
        """The `answer` and `code` that count: those that were in time, unless the person chose the late ones."""
        return self.late_draft or self

    @property
    def is_following_up(self) -> bool:
        return self.follow_up_asked_at is not None and self.follow_up_answered_at is None

    @property
    def is_open(self) -> bool:
        """Asked, and with something left to say: the answer, or the answer to what was asked after it."""
        return self.opened_at is not None and (self.locked_at is None or self.is_following_up)

    def is_hidden(self) -> bool:
        """Whether an open interview of this person still asks its question, so that no reference may be shown."""
        return (
            Question.objects.hidden_from(self.interview.user_id).filter(pk=self.version.question_id).exists()
        )


class Draft(models.Model):
    """The newest text of an attempt that is open. `revision` tells two tabs apart; `tab` saved it, as its `count`th."""

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="draft")
    revision = models.PositiveIntegerField()
    answer = models.TextField(blank=True)
    code = models.TextField(blank=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    saved_at = models.DateTimeField()
    tab = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.attempt} r{self.revision}"

    def was_saved_by(self, tab: str) -> bool:
        return bool(tab) and self.tab == tab

    def is_unknown_to(self, tab: str, revision: int | None) -> bool:
        """Whether a text based on `revision` would overwrite what its tab has not seen; without one, it may.

        What a tab has saved itself is known to it, also where the connection broke before it was told so.
        """
        return revision not in (None, self.revision) and not self.was_saved_by(tab)


class LateDraft(models.Model):
    """A text that didn't become the answer, or the follow-up's: it came too late, or another tab's was newer."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="late_drafts")
    follows_up = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    code = models.TextField(blank=True)
    came_at = models.DateTimeField()

    class Meta:
        ordering = ["attempt_id", "-came_at", "-id"]

    def __str__(self) -> str:
        return f"{self.attempt} {self.came_at:%H:%M:%S}"

    @property
    def may_count(self) -> bool:
        """Whether the person may let it count: what came after they had locked or graded could be the reference's."""
        attempt = self.attempt
        if self.follows_up or attempt.locked_by or attempt.gave_up or attempt.interview.finished_at is None:
            return False
        return attempt.self_graded_at is None or self.came_at < attempt.self_graded_at
