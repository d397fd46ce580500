"""Invitations: how somebody who works here comes to a password that nobody else has ever known."""

from datetime import datetime

from django.conf import settings
from django.db import models


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> "InvitationQuerySet":
        """Those that may still be taken up."""
        return self.filter(ends_at__gt=now, user__is_active=True)


class Invitation(models.Model):
    """One open invitation of one person; a newer one replaces it, and it is gone once it was taken up."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="invitation"
    )
    digest = models.CharField("HMAC of the code", max_length=64, unique=True)
    ends_at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation until {self.ends_at:%Y-%m-%d}"
