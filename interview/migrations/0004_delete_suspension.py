from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("interview", "0003_suspensions_become_events")]
    operations = [migrations.DeleteModel(name="Suspension")]
