import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("practice", "0007_seals_and_sessions_of_events")]

    operations = [
        migrations.CreateModel(
            name="StaffPin",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pin",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("encoded", models.CharField(max_length=128)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=Q(("encoded__contains", "$")), name="pins_are_hashed")]
            },
        ),
        migrations.CreateModel(
            name="DeviceSession",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="hash of the key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "public_id",
                    models.UUIDField(default=uuid.uuid4, editable=False, help_text="In addresses.", unique=True),
                ),
                ("signed_in_at", models.DateTimeField(null=True)),
                (
                    "seen_at",
                    models.DateTimeField(help_text="To the minute for staff, to the hour for patients.", null=True),
                ),
                ("ends_at", models.DateTimeField(null=True)),
                (
                    "address",
                    models.GenericIPAddressField(help_text="From where it was signed in.", null=True),
                ),
                ("browser", models.CharField(blank=True, max_length=30)),
                ("system", models.CharField(blank=True, max_length=30)),
                (
                    "device",
                    models.CharField(blank=True, db_index=True, max_length=64, verbose_name="hash of the device's id"),
                ),
                ("locks_itself", models.BooleanField(default=False, help_text="Its person has a PIN.")),
                ("pin_errors", models.PositiveSmallIntegerField(default=0)),
                (
                    "left_page",
                    models.CharField(blank=True, help_text="The page it was locked on.", max_length=300),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="device_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(("ends_at", None), ("seen_at", None), ("signed_in_at", None), ("user", None))
                        | Q(
                            ("ends_at__isnull", False),
                            ("seen_at__isnull", False),
                            ("signed_in_at__isnull", False),
                            ("user__isnull", False),
                        ),
                        name="sessions_of_people_say_since_when_and_until",
                    ),
                    models.CheckConstraint(
                        condition=Q(("ends_at", None), ("expire_date__lte", F("ends_at")), _connector="OR"),
                        name="no_cookie_opens_a_session_that_is_over",
                    ),
                    models.CheckConstraint(
                        condition=Q(("locks_itself", False), Q(("device", ""), _negated=True), _connector="OR"),
                        name="a_session_locks_on_a_known_device",
                    ),
                    models.CheckConstraint(condition=Q(("pin_errors__lte", 5)), name="five_wrong_pins_at_most"),
                ],
            },
        ),
    ]
