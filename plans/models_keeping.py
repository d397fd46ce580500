"""Records that stay though the time for which the law keeps them is over: a dispute runs, or a court asks."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.models_restrictions import LONGEST_REASON, says_why
from practice.append_only import AppendOnlyError


class KeepOrderQuerySet(models.QuerySet["KeepOrder"]):
    def standing(self) -> "KeepOrderQuerySet":
        """Those that no owner has ended."""
        return self.filter(ended_at=None)


class KeepOrder(models.Model):
    """Nobody erases this patient's record before an owner ends the order. It is never edited but for its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("intake.Patient", on_delete=models.PROTECT, related_name="keep_orders")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=LONGEST_REASON)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = KeepOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = "order to keep the record"
        verbose_name_plural = "orders to keep the record"
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(ended_at=None), name="one_standing_order_to_keep_per_patient"
            ),
            models.CheckConstraint(
                name="ended_orders_to_keep_say_when_and_by_whom",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            says_why("orders_to_keep_say_why", "why"),
        ]

    def __str__(self) -> str:
        return f"to be kept since {self.at:%Y-%m-%d}"

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("An order to keep a record is ended, never removed.")
