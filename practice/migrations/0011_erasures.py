import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [("practice", "0010_invitations")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("patient_id", models.UUIDField(unique=True)),
                ("record_number", models.PositiveIntegerField(unique=True)),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("retention", "the time for which the law keeps a record is over"),
                            ("never_treated", "registered by mistake: nothing was asked and nothing was given"),
                        ],
                        max_length=13,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["retention", "never_treated"])), name="erasures_say_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenErasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "erasure",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="practice.erasure"
                    ),
                ),
                (
                    "must_be_gone",
                    models.ForeignKey(
                        default=2,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="practice.clinic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("must_be_gone", 2)), name="an_open_erasure_cannot_stay")
                ],
            },
        ),
        refuse_changes("practice_erasure", why="What is left of an erased record is kept as it was written."),
    ]
