from django.db import migrations, models

from practice.append_only import refuse_changes
from practice.triggers import while_rebuilding

# Every column but the status: publishing a successor may supersede a version, nothing else changes it.
CONTENT = (
    "id instruction_id number origin content_hash level first_48h regions positions equipment cautions dose_most "
    "minutes hold_seconds repetitions sets times_a_day least_gap_minutes each_side published_at published_by_id "
    "alternatives safety figures"
).split()
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in CONTENT)


class Migration(migrations.Migration):
    dependencies = [("therapies", "0003_signing_and_safety")]

    # The texts' own triggers name no column: they are put back as they were, and hold the new one too.
    operations = [
        *while_rebuilding(
            migrations.AddField(
                model_name="instructionversion",
                name="figures",
                field=models.JSONField(default=dict, help_text="What is drawn, by name: main, easier, harder."),
            ),
            migrations.AddField(
                model_name="instructiontext",
                name="pictures",
                field=models.JSONField(
                    default=dict, help_text="What each panel of a figure shows, by the figure's name."
                ),
            ),
        ),
        refuse_changes(
            "therapies_instructionversion",
            when=f"OLD.status <> 'draft' AND ({CHANGED} OR NEW.status = 'draft')",
            operations=("UPDATE",),
            why="A published instruction is kept as it was published; a change is a new version.",
        ),
    ]
