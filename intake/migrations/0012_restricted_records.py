"""Restricted records, who is named on them, and each time somebody else opened one."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes
from practice.triggers import refuse_when

KEPT = "A restriction is kept as it was written: it is lifted once, and never removed."
OTHERWISE = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in ("id", "patient_id", "at", "by_id", "why"))


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0011_history_of_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("why", models.CharField(max_length=500)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "patient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="restrictions", to="intake.patient"
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="GlassBroken",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("why", models.CharField(max_length=500)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="openings", to="intake.restriction"
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="Carer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="carers", to="intake.restriction"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="GlassSeen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "opening",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seen", to="intake.glassbroken"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("opening", "by"), name="an_owner_sees_an_opening_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.UniqueConstraint(
                condition=models.Q(("lifted_at", None)),
                fields=("patient",),
                name="one_standing_restriction_per_patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lifted_at", None), ("lifted_by", None)),
                    models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                    _connector="OR",
                ),
                name="lifted_restrictions_say_when_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("why"), 10
                ),
                name="restrictions_say_why",
            ),
        ),
        migrations.AddIndex(
            model_name="glassbroken",
            index=models.Index(fields=["user", "until"], name="glass_broken_by_user"),
        ),
        migrations.AddConstraint(
            model_name="glassbroken",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.GreaterThanOrEqual(
                    django.db.models.functions.text.Length("why"), 10
                ),
                name="who_breaks_the_glass_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="glassbroken",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("at"))), name="broken_glass_lasts_for_a_while"
            ),
        ),
        migrations.AddConstraint(
            model_name="carer",
            constraint=models.UniqueConstraint(fields=("restriction", "user"), name="a_carer_is_named_once"),
        ),
        refuse_changes("intake_restriction", when="{row}.lifted_at IS NOT NULL", operations=("UPDATE",), why=KEPT),
        refuse_changes("intake_restriction", operations=("DELETE",), why=KEPT),
        refuse_when("intake_restriction_keeps_its_words", table="intake_restriction", when=OTHERWISE, why=KEPT),
        refuse_changes("intake_carer", why="Who is named on a restriction is kept as it was written."),
        refuse_changes("intake_glassbroken", why="An opened record is kept as it was written."),
        refuse_changes("intake_glassseen", why="What an owner has seen is kept as it was written."),
    ]
