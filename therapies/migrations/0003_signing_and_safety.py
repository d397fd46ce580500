import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes
from practice.triggers import while_rebuilding

# Every column but the status: publishing a successor may supersede a version, nothing else changes it.
CONTENT = (
    "id instruction_id number origin content_hash level first_48h regions positions equipment cautions dose_most "
    "minutes hold_seconds repetitions sets times_a_day least_gap_minutes each_side published_at published_by_id "
    "alternatives safety"
).split()
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in CONTENT)


def by() -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)


class Migration(migrations.Migration):
    dependencies = [("therapies", "0002_append_only"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        *while_rebuilding(
            migrations.AddField(
                model_name="instructionversion",
                name="alternatives",
                field=models.JSONField(default=list, help_text="Slugs of what to do instead, the best first."),
            ),
            migrations.AddField(
                model_name="instructionversion",
                name="safety",
                field=models.CharField(blank=True, help_text="Why this shipped correction was urgent.", max_length=250),
            ),
        ),
        # The same as before, and the two new columns with it.
        refuse_changes(
            "therapies_instructionversion",
            when=f"OLD.status <> 'draft' AND ({CHANGED} OR NEW.status = 'draft')",
            operations=("UPDATE",),
            why="A published instruction is kept as it was published; a change is a new version.",
        ),
        migrations.CreateModel(
            name="RuleSignOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(max_length=64)),
                (
                    "parts",
                    models.JSONField(help_text="The hash of each part by its key, to tell later what changed."),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[("owner", "as the owner"), ("clinician", "as a clinician")], max_length=9
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", by()),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hash", "capacity"), name="a_rule_set_is_signed_once_in_each_capacity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("capacity__in", ["owner", "clinician"])),
                        name="rule_sets_are_signed_by_owners_and_clinicians",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(help_text="Why, in one sentence for staff.", max_length=250)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="therapies.instructionversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "text"), name="a_version_is_blocked_once_for_each_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="safety_notices_say_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CautionLoosening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.JSONField(help_text="A list of sentences: what it forbids or limits less."),
                ),
                ("reason", models.CharField(help_text="The clinician's own words.", max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", by()),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loosening",
                        to="therapies.instructionversion",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="loosenings_have_a_reason"
                    )
                ],
            },
        ),
        refuse_changes("therapies_rulesignoff", why="A signature is kept as it was given."),
        refuse_changes("therapies_safetynotice", why="A safety notice is kept as it was written."),
        refuse_changes("therapies_cautionloosening", why="What was loosened, and why, is kept as it was written."),
    ]
