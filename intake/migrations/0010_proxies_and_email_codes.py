import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.triggers import while_rebuilding


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0009_languages_are_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EmailCode",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "address_digest",
                    models.CharField(help_text="Of the e-mail address, known here or not.", max_length=64),
                ),
                ("digest", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField()),
                ("wrong", models.PositiveSmallIntegerField(default=0, help_text="How often something else was typed.")),
                ("used_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="EmailWay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254)),
                (
                    "digest",
                    models.CharField(
                        db_index=True, help_text="The address under CODE_KEY, to find it by.", max_length=64
                    ),
                ),
                ("turned_on_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        *while_rebuilding(
            migrations.AddField(
                model_name="patientaccess",
                name="ended_at",
                field=models.DateTimeField(null=True),
            ),
            migrations.AddField(
                model_name="patientaccess",
                name="ended_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="patientaccess",
                name="given_at",
                field=models.DateTimeField(default=django.utils.timezone.now),
            ),
            migrations.AddField(
                model_name="patientaccess",
                name="given_by",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            migrations.AddField(
                model_name="patientaccess",
                name="stands_as",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("mother", "mother"),
                        ("father", "father"),
                        ("guardian", "guardian"),
                        ("partner", "spouse or partner"),
                        ("child", "son or daughter"),
                        ("caregiver", "caregiver"),
                        ("other", "somebody they trust"),
                    ],
                    max_length=9,
                ),
            ),
            migrations.AddField(
                model_name="signincode",
                name="locator",
                field=models.CharField(
                    blank=True, help_text="Its first three signs; empty for older codes.", max_length=3
                ),
            ),
            migrations.AlterField(
                model_name="patientaccess",
                name="until",
                field=models.DateField(blank=True, help_text="The last day; a proxy always has one.", null=True),
            ),
            migrations.AddConstraint(
                model_name="patientaccess",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("relation", "self"), ("stands_as", "")),
                        models.Q(
                            ("given_by__isnull", False),
                            ("relation", "proxy"),
                            (
                                "stands_as__in",
                                ["mother", "father", "guardian", "partner", "child", "caregiver", "other"],
                            ),
                            ("until__isnull", False),
                        ),
                        _connector="OR",
                    ),
                    name="a_proxy_states_a_relation_and_has_an_end",
                ),
            ),
            migrations.AddConstraint(
                model_name="patientaccess",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("ended_at", None), ("ended_by", None)),
                        models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                        _connector="OR",
                    ),
                    name="access_that_was_taken_says_when_and_by_whom",
                ),
            ),
        ),
        migrations.AddField(
            model_name="emailcode",
            name="for_user",
            field=models.ForeignKey(
                help_text="Who turns this way on with it; empty for a sign-in.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="emailway",
            name="user",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="email_way", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="emailcode",
            index=models.Index(fields=["until"], name="email_code_until"),
        ),
        migrations.AddConstraint(
            model_name="emailcode",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong__lte", 5)), name="five_wrong_tries_end_an_email_code"
            ),
        ),
    ]
