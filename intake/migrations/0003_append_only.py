from django.db import migrations

from practice.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_initial")]

    operations = [
        refuse_changes(
            "intake_screening",
            when="{row}.status = 'sent'",
            why="A sent screening is never edited; a change is a new screening.",
        )
    ]
