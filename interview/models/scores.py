"""What an answer was found to contain: by the scorer, with its version and evidence, and by the person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interview.models.attempts import Attempt
from interview.models.questions import KeyPoint
from interview.models.runs import Run


class Mark(models.TextChoices):
    COVERED = "covered", _("Covered")
    PARTLY = "partly", _("Partly")
    MISSED = "missed", _("Missed")


class AutomaticMark(models.TextChoices):
    COVERED = "covered", _("found")
    PARTLY = "partly", _("found in part")
    MISSED = "missed", _("not found")
    WRONG = "wrong", _("said the other way round")


class Score(models.Model):
    """One per attempt. `prose` is None where it could not be scored automatically, `code` where none was graded.

    In four of five cases a strict interviewer's grade for the prose lies between `prose_low` and `prose_high`.
    """

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="score")
    scorer = models.CharField(max_length=200)
    prose = models.FloatField(null=True)
    prose_low = models.FloatField(null=True)
    prose_high = models.FloatField(null=True)
    flags = models.JSONField(default=list)
    code = models.FloatField(null=True)
    code_run = models.ForeignKey(Run, models.SET_NULL, null=True, related_name="+")
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(prose=None) | Q(prose__gte=0, prose__lte=100), name="prose_score_0_to_100"
            ),
            models.CheckConstraint(
                condition=Q(code=None) | Q(code__gte=0, code__lte=100), name="code_score_0_to_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt}: {self.prose}"


class PointMark(models.Model):
    """The scorer's finding on one key point, with the words it rests on: [start, end] in code points of the answer.

    `features` are what its chance was weighed from; `reason` says why it isn't covered, and `lacks` what wasn't found.
    """

    score = models.ForeignKey(Score, models.CASCADE, related_name="marks")
    point = models.ForeignKey(KeyPoint, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=AutomaticMark)
    probability = models.FloatField(null=True)
    evidence = models.JSONField(default=list)
    features = models.JSONField(default=dict)
    reason = models.CharField(max_length=20, blank=True)
    lacks = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["score", "point"], name="one_automatic_mark_per_point")
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.verdict}"


class Contest(models.Model):
    """The person's objection to an automatic mark, and what it should have been: a label to learn from."""

    mark = models.OneToOneField(PointMark, models.CASCADE, related_name="contest")
    claim = models.CharField(max_length=10, choices=Mark)
    contested_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.mark}, not {self.claim}"


class SelfMark(models.Model):
    """The person's own judgement on one key point."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="self_marks")
    point = models.ForeignKey(KeyPoint, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=10, choices=Mark)
    said_wrong = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "point"], name="one_self_mark_per_point")]

    def __str__(self) -> str:
        return f"{self.point}: {self.mark}"
