"""What people put their names to: the rule set as a whole, what blocks a version, and what loosens a caution."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from practice.append_only import AppendOnly


class RuleSignOff(AppendOnly):
    """Somebody read the rule set as it was and signed it. It holds for that rule set and no other."""

    class Capacity(models.TextChoices):
        OWNER = "owner", "as the owner"
        CLINICIAN = "clinician", "as a clinician"

    hash = models.CharField(max_length=64)
    parts = models.JSONField(help_text="The hash of each part by its key, to tell later what changed.")
    capacity = models.CharField(max_length=9, choices=Capacity.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["hash", "capacity"], name="a_rule_set_is_signed_once_in_each_capacity"),
            models.CheckConstraint(
                name="rule_sets_are_signed_by_owners_and_clinicians", condition=Q(capacity__in=["owner", "clinician"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_capacity_display()}, {self.at:%Y-%m-%d}"


class SafetyNotice(AppendOnly):
    """A shipped correction says why this version must not be used any more."""

    version = models.ForeignKey("therapies.InstructionVersion", on_delete=models.PROTECT, related_name="notices")
    text = models.CharField(max_length=250, help_text="Why, in one sentence for staff.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "text"], name="a_version_is_blocked_once_for_each_reason"),
            models.CheckConstraint(name="safety_notices_say_why", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text


class CautionLoosening(AppendOnly):
    """A clinician published a version that forbids or limits less than the one before it, and said why."""

    version = models.OneToOneField("therapies.InstructionVersion", on_delete=models.PROTECT, related_name="loosening")
    what = models.JSONField(help_text="A list of sentences: what it forbids or limits less.")
    reason = models.CharField(max_length=500, help_text="The clinician's own words.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="loosenings_have_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"loosened {self.at:%Y-%m-%d}"


class PageLoosening(AppendOnly):
    """A clinician published a page that says less under "Ask first" than the one before it, and said why."""

    page = models.OneToOneField("therapies.TherapyPage", on_delete=models.PROTECT, related_name="loosening")
    what = models.JSONField(help_text="A list of sentences: what it says no more.")
    reason = models.CharField(max_length=500, help_text="The clinician's own words.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="page_loosenings_have_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"loosened {self.at:%Y-%m-%d}"
