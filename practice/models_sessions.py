"""Sessions as rows that say whose they are, since when and on which device."""

import hmac
import uuid
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


def digest(secret: str) -> str:
    """What is kept of a session's key or a device's id: whoever copies the table can open nothing with it."""
    return hmac.new(settings.SECRET_KEY.encode(), f"session row|{secret}".encode(), sha256).hexdigest()


class DeviceSessionQuerySet(models.QuerySet["DeviceSession"]):
    def of(self, user: models.Model) -> "DeviceSessionQuerySet":
        return self.filter(user_id=user.pk)

    def running(self, now: datetime) -> "DeviceSessionQuerySet":
        """Those that the browser's cookie opens."""
        return self.filter(expire_date__gt=now)

    def alive(self, now: datetime) -> "DeviceSessionQuerySet":
        """Those of people that the cookie opens, or else their PIN; the one seen last first."""
        opens = models.Q(expire_date__gt=now) | models.Q(locks_itself=True)
        return self.filter(opens, ends_at__gt=now).order_by("-seen_at")

    def locked_on(self, device: str, now: datetime) -> "DeviceSessionQuerySet":
        """Those that wait on this device for their PIN."""
        waiting = self.filter(locks_itself=True, device=device, expire_date__lte=now, ends_at__gt=now)
        return waiting.filter(user__is_active=True).select_related("user").order_by("user__display_name")

    def over(self, now: datetime) -> "DeviceSessionQuerySet":
        """Those that nothing opens any more."""
        return self.filter(expire_date__lte=now).exclude(locks_itself=True, ends_at__gt=now)


class DeviceSession(AbstractBaseSession):
    """One browser's session. Until somebody signs in it is nobody's and holds a choice or a message at most.

    `expire_date` is until when the browser's cookie opens it, `ends_at` is when it is over in any case; a session that
    locks itself waits between the two for its person's PIN. A row that is deleted has ended, at the next request.
    """

    session_key = models.CharField("hash of the key", max_length=64, primary_key=True)
    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="In addresses.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="device_sessions"
    )
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True, help_text="To the minute for staff, to the hour for patients.")
    ends_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True, help_text="From where it was signed in.")
    browser = models.CharField(max_length=30, blank=True)
    system = models.CharField(max_length=30, blank=True)
    device = models.CharField("hash of the device's id", max_length=64, blank=True, db_index=True)
    locks_itself = models.BooleanField(default=False, help_text="Its person has a PIN.")
    pin_errors = models.PositiveSmallIntegerField(default=0)
    left_page = models.CharField(max_length=300, blank=True, help_text="The page it was locked on.")

    objects = DeviceSessionQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sessions_of_people_say_since_when_and_until",
                condition=models.Q(user=None, signed_in_at=None, seen_at=None, ends_at=None)
                | models.Q(
                    user__isnull=False, signed_in_at__isnull=False, seen_at__isnull=False, ends_at__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="no_cookie_opens_a_session_that_is_over",
                condition=models.Q(ends_at=None) | models.Q(expire_date__lte=models.F("ends_at")),
            ),
            models.CheckConstraint(
                name="a_session_locks_on_a_known_device", condition=models.Q(locks_itself=False) | ~models.Q(device="")
            ),
            models.CheckConstraint(name="five_wrong_pins_at_most", condition=models.Q(pin_errors__lte=5)),
        ]

    def __str__(self) -> str:
        return f"session {self.public_id}"

    @property
    def is_locked(self) -> bool:
        """Whether it waits for its person's PIN."""
        return self.locks_itself and self.expire_date <= timezone.now()
