import django.utils.timezone
from django.db import migrations, models

from practice.append_only import refuse_changes
from practice.triggers import while_rebuilding


class Migration(migrations.Migration):
    dependencies = [("practice", "0006_guesses_and_why")]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("first_event", models.BigIntegerField()),
                ("last_event", models.BigIntegerField(unique=True)),
                ("count", models.PositiveIntegerField()),
                ("form", models.PositiveSmallIntegerField(help_text="Which columns of an event the digest covers.")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("sealed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="seals_are_counted_from_1"),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 1), ("last_event__gte", models.F("first_event"))),
                        name="a_seal_covers_an_event",
                    ),
                ],
            },
        ),
        refuse_changes("practice_auditseal", why="The seals of the record are kept as they were written."),
        *while_rebuilding(
            migrations.AddField(
                model_name="auditevent",
                name="session",
                field=models.CharField(blank=True, help_text="Tells sessions apart and opens none.", max_length=16),
            ),
            migrations.AddField(
                model_name="auditevent",
                name="once",
                field=models.CharField(editable=False, max_length=80, null=True, unique=True),
            ),
        ),
        migrations.AddIndex(model_name="auditevent", index=models.Index(fields=["action", "id"], name="audit_action")),
    ]
