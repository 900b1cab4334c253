"""Each stretch in which the clock stood still becomes two events: the reveal that stopped it, and the going on."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def tell_as_events(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    event = apps.get_model("interview", "ClockEvent")
    for stretch in apps.get_model("interview", "Suspension").objects.order_by("began_at").iterator():
        event.objects.create(interview_id=stretch.interview_id, kind="reveal", at=stretch.began_at)
        if stretch.ended_at is not None:
            event.objects.create(interview_id=stretch.interview_id, kind="go_on", at=stretch.ended_at)


class Migration(migrations.Migration):
    dependencies = [("interview", "0002_timed_interviews")]
    operations = [migrations.RunPython(tell_as_events, migrations.RunPython.noop)]
