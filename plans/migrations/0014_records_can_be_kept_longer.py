import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import keep_until_erased, refuse_changes
from practice.triggers import refuse_when

KEPT = "An order to keep a record is kept as it was written: it is ended once, and never removed."
OTHERWISE = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in ("id", "patient_id", "at", "by_id", "why"))
STANDING = (
    "EXISTS (SELECT 1 FROM plans_keeporder kept JOIN practice_erasure erasure ON erasure.patient_id = kept.patient_id "
    "WHERE erasure.id = NEW.erasure_id AND kept.ended_at IS NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0013_records_can_be_erased"),
        ("practice", "0012_restores_are_recorded"),
        ("intake", "0012_restricted_records"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeepOrder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("why", models.CharField(max_length=500)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="keep_orders", to="intake.patient"
                    ),
                ),
            ],
            options={
                "verbose_name": "order to keep the record",
                "verbose_name_plural": "orders to keep the record",
                "ordering": ["-at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("patient",),
                        name="one_standing_order_to_keep_per_patient",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="ended_orders_to_keep_say_when_and_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("why"), 10
                        ),
                        name="orders_to_keep_say_why",
                    ),
                ],
            },
        ),
        refuse_changes("plans_keeporder", when="{row}.ended_at IS NOT NULL", operations=("UPDATE",), why=KEPT),
        keep_until_erased("plans_keeporder", why=KEPT),
        refuse_when("plans_keeporder_keeps_its_words", table="plans_keeporder", when=OTHERWISE, why=KEPT),
        refuse_when(
            "practice_openerasure_spares_what_is_kept",
            table="practice_openerasure",
            when=STANDING,
            operation="INSERT",
            why="A record that is to be kept is not erased.",
        ),
    ]
