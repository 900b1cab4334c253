"""Work beside the web server: Celery, with its settings from settings.py and the clock of the regular jobs."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interview.settings")
TRANSPORT_ALIASES["embedded"] = "interview.broker:Transport"

app = Celery("interview", include=["interview.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
# A job that nobody collected in time is of no use any more: the next one does its work.
app.conf.beat_schedule = {
    "sweep-runs": {"task": "interview.tasks.sweep_runs", "schedule": 10.0, "options": {"expires": 10}},
    "sweep-interviews": {"task": "interview.tasks.sweep_interviews", "schedule": 20.0, "options": {"expires": 20}},
}
