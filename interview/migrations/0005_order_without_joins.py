from django.db import migrations

ORDERINGS = {
    "attempt": ["interview_id", "position"],
    "clockevent": ["interview_id", "at", "id"],
    "keypoint": ["version_id", "position"],
    "latedraft": ["attempt_id", "-came_at", "-id"],
}


class Migration(migrations.Migration):
    dependencies = [("interview", "0004_delete_suspension")]
    operations = [migrations.AlterModelOptions(name, {"ordering": fields}) for name, fields in ORDERINGS.items()]
