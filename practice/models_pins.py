"""The PIN with which somebody opens their own locked session again (pins.py)."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class StaffPin(models.Model):
    """One person's PIN, hashed as a password is. It signs nobody in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="pin"
    )
    encoded = models.CharField(max_length=128)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="pins_are_hashed", condition=models.Q(encoded__contains="$")),
        ]

    def __str__(self) -> str:
        return f"PIN of {self.user_id}"
