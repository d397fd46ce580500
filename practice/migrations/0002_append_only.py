from django.db import migrations

from practice.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("practice", "0001_initial")]

    operations = [refuse_changes("practice_auditevent", why="The record of events is kept as it was written.")]
