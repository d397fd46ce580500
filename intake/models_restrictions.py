"""Records that only those named may open, and each time somebody else opened one all the same.

A restriction is never edited but for its lifting; who is named, who broke the glass and which owner has seen that
are rows that stay as they were written.
"""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from practice.append_only import AppendOnly, AppendOnlyError, AppendOnlyQuerySet
from practice.models import User

SHORTEST_REASON = 10
LONGEST_REASON = 500


def says_why(name: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=GreaterThanOrEqual(Length(field), SHORTEST_REASON))


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def standing(self) -> "RestrictionQuerySet":
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)

    def closed_to(self, user: User, now: datetime) -> "RestrictionQuerySet":
        """Those that keep this person out now: not named, and no glass of theirs broken that still lasts."""
        named = Carer.objects.filter(restriction=OuterRef("pk"), user=user)
        broken = GlassBroken.objects.filter(restriction=OuterRef("pk"), user=user, until__gt=now)
        return self.standing().filter(~Exists(named), ~Exists(broken))


class Restriction(models.Model):
    """Only the people named open this patient's record as a matter of course."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("intake.Patient", on_delete=models.PROTECT, related_name="restrictions")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=LONGEST_REASON)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(lifted_at=None), name="one_standing_restriction_per_patient"
            ),
            models.CheckConstraint(
                name="lifted_restrictions_say_when_and_by_whom",
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
            says_why("restrictions_say_why", "why"),
        ]

    def __str__(self) -> str:
        return f"restricted {self.at:%Y-%m-%d}"

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError("A restriction is kept: it is lifted, never removed.")


class Carer(AppendOnly):
    """Somebody named on a restriction: they treat the person, and open the record as any other."""

    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="carers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["restriction", "user"], name="a_carer_is_named_once")]

    def __str__(self) -> str:
        return str(self.user)


class GlassBrokenQuerySet(AppendOnlyQuerySet):
    def unseen_by(self, owner: User) -> "GlassBrokenQuerySet":
        """Each owner sees each for themselves: nobody can put away for others what they did themselves."""
        return self.filter(~Exists(GlassSeen.objects.filter(opening=OuterRef("pk"), by=owner)))


class GlassBroken(AppendOnly):
    """Somebody who is not named opened a restricted record, and said why; it stays open to them for one shift."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    restriction = models.ForeignKey(Restriction, on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    why = models.CharField(max_length=LONGEST_REASON)

    # Set where an owner is shown it: they have not seen it yet.
    is_new: bool = False

    objects = GlassBrokenQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "until"], name="glass_broken_by_user")]
        constraints = [
            says_why("who_breaks_the_glass_says_why", "why"),
            models.CheckConstraint(name="broken_glass_lasts_for_a_while", condition=Q(until__gt=F("at"))),
        ]

    def __str__(self) -> str:
        return f"opened {self.at:%Y-%m-%d}"


class GlassSeen(AppendOnly):
    """An owner has seen that a restricted record was opened."""

    opening = models.ForeignKey(GlassBroken, on_delete=models.PROTECT, related_name="seen")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opening", "by"], name="an_owner_sees_an_opening_once")]

    def __str__(self) -> str:
        return f"seen {self.at:%Y-%m-%d}"
