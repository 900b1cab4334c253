"""Code runs. The row is the truth and the broker only a bell: a run is queued, leased or ended by its moments."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from interview.models.attempts import Attempt


class RunKind(models.TextChoices):
    RUN = "run", _("Run")
    SUBMIT = "submit", _("Submit")


class RunQuerySet(models.QuerySet["Run"]):
    def by(self, user: object) -> Self:
        return self.filter(attempt__interview__user=user)

    def pending(self) -> Self:
        return self.filter(ended_at=None)

    def ended(self) -> Self:
        return self.filter(ended_at__isnull=False)

    def claimable(self, now: datetime) -> Self:
        return self.pending().filter(Q(lease_until=None) | Q(lease_until__lt=now))


class Run(models.Model):
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=10, choices=RunKind)
    source = models.TextField(blank=True)
    own_call = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    starts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    held_because = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, blank=True)
    record = models.JSONField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(fields=["queued_at"], condition=Q(ended_at=None), name="pending_runs")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, verdict="") | (Q(ended_at__isnull=False) & ~Q(verdict="")),
                name="a_verdict_exactly_when_ended",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.verdict or 'pending'}"

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None
