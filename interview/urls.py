"""Every address of the product. Page addresses return pages; action addresses return a fragment or lead to the page."""

from django.contrib import admin
from django.urls import include, path

from interview.views import (
    attempts,
    grading,
    history,
    interviews,
    pages,
    preferences,
    retiming,
    runs,
    scorer,
    starting,
)

urlpatterns = [
    path("", pages.welcome, name="welcome"),
    path("home/", pages.home, name="home"),
    path("interviews/new/", starting.start, name="start"),
    path("presets/", starting.keep_preset, name="keep_preset"),
    path("presets/<int:preset_id>/delete/", starting.delete_preset, name="delete_preset"),
    path("interviews/<int:interview_id>/", interviews.room, name="room"),
    path("interviews/<int:interview_id>/next/", interviews.advance, name="advance"),
    path("interviews/<int:interview_id>/finish/", interviews.finish, name="finish"),
    path("interviews/<int:interview_id>/language/", interviews.change_language, name="change_language"),
    path("interviews/<int:interview_id>/pulse/", retiming.pulse, name="pulse"),
    path("interviews/<int:interview_id>/pause/", retiming.pause, name="pause"),
    path("interviews/<int:interview_id>/go-on/", retiming.go_on, name="go_on"),
    path("interviews/<int:interview_id>/more-time/", retiming.extend, name="extend"),
    path("interviews/<int:interview_id>/result/", interviews.result, name="result"),
    path("interviews/<int:interview_id>/result/lines/", interviews.result_lines, name="result_lines"),
    path("interviews/<int:interview_id>/skip-grading/", interviews.skip_grading, name="skip_grading"),
    path("answers/<int:attempt_id>/", grading.review, name="review"),
    path("answers/<int:attempt_id>/draft/", attempts.draft, name="draft"),
    path("answers/<int:attempt_id>/lock/", attempts.lock, name="lock"),
    path("answers/<int:attempt_id>/follow-up/", attempts.follow_up, name="follow_up"),
    path("answers/<int:attempt_id>/late/<int:late_id>/", attempts.count_late, name="count_late"),
    path("answers/<int:attempt_id>/grade/", grading.grade, name="grade"),
    path("answers/<int:attempt_id>/marks/", grading.marks, name="marks"),
    path("answers/<int:attempt_id>/marks/<int:point_id>/", grading.contest_mark, name="contest"),
    path("answers/<int:attempt_id>/retry/", starting.retry, name="retry"),
    path("answers/<int:attempt_id>/runs/", runs.ask, name="ask_run"),
    path("runs/<int:run_id>/", runs.follow, name="follow_run"),
    path("history/", history.history, name="history"),
    path("staff/scorer/", scorer.scorer, name="scorer"),
    path("settings/", preferences.edit_settings, name="settings"),
    path("healthz", pages.healthz, name="healthz"),
    path("readyz", pages.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
