"""What is left of a patient who was erased, and the one key past the triggers that keep rows.

Triggers let a row of a patient's record be deleted only while an OpenErasure is there (append_only.keep_until_erased).
It leads to a row that cannot exist, by a foreign key that is checked at the end of a transaction: so it is written and
removed within one, nobody else ever sees it, and whoever leaves it there loses everything they did.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from practice.append_only import AppendOnly

# There is one clinic, and its number is 1: the constraint "there_is_one_clinic".
NOBODY = 2


class Erasure(AppendOnly):
    """The tombstone: that there was a record of this number, and who erased it when and by which rule."""

    class Basis(models.TextChoices):
        RETENTION = "retention", "the time for which the law keeps a record is over"
        NEVER_TREATED = "never_treated", "registered by mistake: nothing was asked and nothing was given"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The events of the record keep this key. It leads to nothing else any more.
    patient_id = models.UUIDField(unique=True)
    record_number = models.PositiveIntegerField(unique=True)
    basis = models.CharField(max_length=13, choices=Basis.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(name="erasures_say_why", condition=Q(basis__in=["retention", "never_treated"]))
        ]

    def __str__(self) -> str:
        return f"record {self.record_number}, erased {self.at:%Y-%m-%d}"


class OpenErasure(models.Model):
    """An erasure that is being done in this very transaction."""

    erasure = models.OneToOneField(Erasure, on_delete=models.PROTECT, related_name="+")
    must_be_gone = models.ForeignKey("practice.Clinic", on_delete=models.PROTECT, default=NOBODY, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="an_open_erasure_cannot_stay", condition=Q(must_be_gone=NOBODY)),
        ]

    def __str__(self) -> str:
        return f"being erased: {self.erasure_id}"
