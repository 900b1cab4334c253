"""The back office: a look at what is stored. Questions come from files, scores from the scorer: none is typed here."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from interview.models import Interview, Question, Run, Score


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Question)
class QuestionAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Retiring a question is the one thing that is done here."""

    list_display = ["slug", "topic", "current", "retired_at"]
    list_filter = ["topic", "current__difficulty", "current__rarity"]
    list_select_related = ["current__question"]
    search_fields = ["slug"]
    readonly_fields = ["slug", "topic", "current"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Question | None = None) -> bool:
        return False


@admin.register(Interview)
class InterviewAdmin(ReadOnly):
    list_display = ["started_at", "user", "language", "reveal_policy", "limit", "finished_at"]
    list_select_related = ["user"]
    date_hierarchy = "started_at"


@admin.register(Run)
class RunAdmin(ReadOnly):
    list_display = ["queued_at", "kind", "verdict", "starts", "lease_until", "held_because"]
    list_filter = ["verdict", "kind"]


@admin.register(Score)
class ScoreAdmin(ReadOnly):
    list_display = ["scored_at", "scorer", "prose", "code", "flags"]
    list_filter = ["scorer"]
