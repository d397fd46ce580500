"""The seals over the record of events."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from practice.append_only import AppendOnly


class AuditSeal(AppendOnly):
    """A batch of events under one digest, which also covers the seal before it (sealing.py)."""

    number = models.PositiveIntegerField(unique=True)
    first_event = models.BigIntegerField()
    last_event = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    form = models.PositiveSmallIntegerField(help_text="Which columns of an event the digest covers.")
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="seals_are_counted_from_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="a_seal_covers_an_event", condition=Q(count__gte=1, last_event__gte=F("first_event"))
            ),
        ]

    def __str__(self) -> str:
        return f"seal {self.number}"
