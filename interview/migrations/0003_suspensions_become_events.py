"""Each stretch in which the clock stood still becomes two events: the reveal that stopped it, and the going on."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Q


def tell_as_events(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    event = apps.get_model("interview", "ClockEvent")
    for stretch in apps.get_model("interview", "Suspension").objects.order_by("began_at").iterator():
        event.objects.create(interview_id=stretch.interview_id, kind="reveal", at=stretch.began_at)
        if stretch.ended_at is not None:
            event.objects.create(interview_id=stretch.interview_id, kind="go_on", at=stretch.ended_at)


def tell_as_stretches(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Back again: each reveal until whatever came after it, with the attempt that was final at that moment."""
    event, attempt = apps.get_model("interview", "ClockEvent"), apps.get_model("interview", "Attempt")
    for reveal in event.objects.filter(kind="reveal").order_by("at", "id"):
        asked = attempt.objects.filter(interview_id=reveal.interview_id)
        final = asked.filter(Q(locked_at=reveal.at) | Q(follow_up_answered_at=reveal.at)).first()
        later = event.objects.filter(interview_id=reveal.interview_id, at__gte=reveal.at).exclude(pk=reveal.pk)
        after = later.filter(kind__in=("go_on", "reveal")).order_by("at", "id").first()
        if final is not None:
            apps.get_model("interview", "Suspension").objects.create(
                interview_id=reveal.interview_id,
                attempt=final,
                began_at=reveal.at,
                ended_at=after and after.at,
            )


class Migration(migrations.Migration):
    dependencies = [("interview", "0002_timed_interviews")]
    operations = [migrations.RunPython(tell_as_events, tell_as_stretches)]
