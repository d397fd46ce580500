"""The optional way in by e-mail: where a person wants codes sent, and the codes that are out there now."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class EmailWay(models.Model):
    """A person gets codes at this address. The row exists once a code that was sent there has come back."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="email_way")
    email = models.EmailField()
    digest = models.CharField(max_length=64, db_index=True, help_text="The address under CODE_KEY, to find it by.")
    turned_on_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"e-mail since {self.turned_on_at:%Y-%m-%d}"


class EmailCode(models.Model):
    """One code that was asked for. Only the session that asked knows its id, and no other can use it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address_digest = models.CharField(max_length=64, help_text="Of the e-mail address, known here or not.")
    digest = models.CharField(max_length=64)
    for_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Who turns this way on with it; empty for a sign-in.",
    )
    asked_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0, help_text="How often something else was typed.")
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["until"], name="email_code_until")]
        constraints = [
            models.CheckConstraint(name="five_wrong_tries_end_an_email_code", condition=Q(wrong__lte=5)),
        ]

    def __str__(self) -> str:
        return f"code asked for {self.asked_at:%Y-%m-%d %H:%M}"
