import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes

ASKED = ("id", "switch", "asked_by_id", "asked_at")
SIGNED = ("signed_by_id", "signed_at")


def changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


class Migration(migrations.Migration):
    dependencies = [("practice", "0002_append_only")]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("signed_in", "signed in"),
                    ("sign_in_failed", "sign-in failed"),
                    ("signed_out", "signed out"),
                    ("opened", "opened a record"),
                    ("registered", "registered a patient"),
                    ("changed", "changed a record"),
                    ("screened", "sent a screening"),
                    ("issued", "issued a plan"),
                    ("ended", "ended a plan"),
                    ("printed", "printed"),
                    ("codes_made", "made sign-in codes"),
                    ("published", "published content"),
                    ("signed", "signed"),
                    ("refused", "was refused"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="SwitchDecision",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "switch",
                    models.CharField(
                        choices=[
                            ("heat_under_14_days", "heat in the first two weeks"),
                            ("standing_orders", "standing orders"),
                            ("patient_opened_phases", "phases that patients open"),
                        ],
                        max_length=30,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("signed_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                *(
                    (
                        name,
                        models.ForeignKey(
                            null=name != "asked_by",
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    )
                    for name in ("asked_by", "signed_by", "ended_by")
                ),
            ],
            options={
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("switch__in", ["heat_under_14_days", "standing_orders", "patient_opened_phases"])
                        ),
                        name="switches_are_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("switch",),
                        name="one_decision_at_a_time_per_switch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at", None), ("signed_by", None)),
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="signed_switches_say_when_and_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ended_switches_say_when_and_by_whom",
                    ),
                ],
            },
        ),
        # Each step is written once: asking for good, a signature until it ends, an end for good.
        refuse_changes(
            "practice_switchdecision",
            when=f"OLD.ended_at IS NOT NULL OR ({changed(*ASKED)}) "
            f"OR (OLD.signed_at IS NOT NULL AND ({changed(*SIGNED)}))",
            operations=("UPDATE",),
            why="A decision about a switch is kept as it was made.",
        ),
        refuse_changes(
            "practice_switchdecision",
            operations=("DELETE",),
            why="A decision about a switch is kept as it was made.",
        ),
    ]
