"""What clinicians decide beside the rules, each a row of its own: who, when, about what, why. None edits a verdict."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from practice.append_only import AppendOnly, AppendOnlyQuerySet
from practice.roles import May, roles_that_may

# rules.md 3.7: nothing else can be overridden.
OVERRIDABLE = ("I-B1", "I-B2", "I-B3", "I-B4", "I-B5", "H-B1", "H-B2", "H-B3", "H-B4", "H-B5", "I-C1")


class ReviewClearance(AppendOnly):
    """A clinician looked at a screening of level review and says that a home plan may be made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey("intake.Screening", on_delete=models.PROTECT, related_name="clearances")
    rules = models.JSONField(help_text="The ids of the review rules that were cleared.")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(name="clearances_have_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"cleared {self.at:%Y-%m-%d}"


class Override(models.Model):
    """A clinician assigns a modality in spite of a timing rule, in their own words; kept with the version."""

    version = models.ForeignKey("plans.PlanVersion", on_delete=models.CASCADE, related_name="overrides")
    screening = models.ForeignKey("intake.Screening", on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(max_length=10)
    rule = models.CharField(max_length=10)
    text = models.CharField(max_length=500, help_text="The reason of the rule, as it was read.")
    reason = models.CharField(max_length=500, help_text="The clinician's own words.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "screening", "modality", "rule"], name="a_rule_is_overridden_once"
            ),
            models.CheckConstraint(name="overrides_have_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="only_timing_rules_are_overridden", condition=Q(rule__in=OVERRIDABLE)),
        ]

    def __str__(self) -> str:
        return f"override {self.rule}"


class PlanResumption(AppendOnly):
    """A clinician let a stopped plan go on as it is."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="resumptions")
    screening = models.ForeignKey("intake.Screening", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.CheckConstraint(name="resumptions_have_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"resumed {self.at:%Y-%m-%d}"


class ItemHoldQuerySet(AppendOnlyQuerySet):
    def open(self) -> "ItemHoldQuerySet":
        """Those that no clinician has released."""
        return self.filter(release=None)

    def at_home(self) -> "ItemHoldQuerySet":
        """Open ones of the versions that patients have now; an earlier version's holds matter to nobody."""
        return self.open().filter(item__version__current_of__status="active")


class ItemHold(AppendOnly):
    """An item of an issued version that newer answers made worse than it was issued: not to be done for now."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey("plans.PlanItem", on_delete=models.PROTECT, related_name="holds")
    screening = models.ForeignKey("intake.Screening", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=10)
    text = models.CharField(max_length=500, help_text="Why, for staff.")
    patient_text = models.CharField(max_length=500, help_text="Why, in plain words.")
    at = models.DateTimeField(default=timezone.now)

    objects = ItemHoldQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["item", "screening"], name="an_item_is_held_once_per_screening")]

    def __str__(self) -> str:
        return f"held by {self.rule}"


class HoldRelease(AppendOnly):
    """A clinician let a held item go on."""

    hold = models.OneToOneField(ItemHold, on_delete=models.PROTECT, related_name="release")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.CheckConstraint(name="releases_have_a_reason", condition=~Q(reason=""))]

    def __str__(self) -> str:
        return f"released {self.at:%Y-%m-%d}"


class PhaseOpening(AppendOnly):
    """A gated item opened for the patient: a full run of the rules gave level none and a suitable verdict."""

    item = models.OneToOneField("plans.PlanItem", on_delete=models.PROTECT, related_name="opening")
    screening = models.ForeignKey("intake.Screening", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"opened {self.at:%Y-%m-%d}"


class StandingOrderQuerySet(models.QuerySet["StandingOrder"]):
    def running_on(self, day: date) -> "StandingOrderQuerySet":
        """Not ended, and their last day not over."""
        return self.filter(ended_at=None, until__gte=day)

    def usable_on(self, day: date) -> "StandingOrderQuerySet":
        """Running, and whoever signed is still somebody who may."""
        return self.running_on(day).exclude(self._signer_left())

    def left_behind(self) -> "StandingOrderQuerySet":
        """Those whose clinician is here no more, or no clinician any more: nobody signs their uses by right."""
        return self.filter(self._signer_left())

    def _signer_left(self) -> Q:
        signers = Group.objects.filter(name__in=roles_that_may(May.SIGN_ORDER), user=OuterRef("clinician"))
        return ~Exists(signers) | Q(clinician__is_active=False)


class StandingOrder(models.Model):
    """A clinician lets the front desk issue one programme until a day, to people for whom nothing speaks against it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey("therapies.Programme", on_delete=models.PROTECT, related_name="+")
    clinician = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=timezone.now)
    until = models.DateField(help_text="The last day on which it may be used.")
    content = models.CharField(max_length=64, help_text="The hash of what it gave when it was signed.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = StandingOrderQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(ended_at=None), name="one_standing_order_per_programme"
            ),
            models.CheckConstraint(
                name="ended_orders_say_when_and_by_whom",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"standing order of {self.clinician}"


class Countersignature(AppendOnly):
    """A clinician looked at one use of a standing order: its own, or another when that one is here no more."""

    version = models.OneToOneField("plans.PlanVersion", on_delete=models.PROTECT, related_name="countersignature")
    reason = models.CharField(
        max_length=500, blank=True, default="", help_text="Why another clinician signed than the order's own."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"countersigned {self.at:%Y-%m-%d}"
