"""What was assigned, printed and done."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from intake.models import Patient, Screening
from plans.models_decisions import (
    OVERRIDABLE,
    Countersignature,
    HoldRelease,
    ItemHold,
    Override,
    PhaseOpening,
    PlanResumption,
    ReviewClearance,
    StandingOrder,
)
from plans.models_keeping import KeepOrder
from practice.append_only import AppendOnly, AppendOnlyError
from practice.models import User
from therapies.models import DoseFields, InstructionVersion, SafetyNotice

__all__ = [
    "OVERRIDABLE",
    "Acknowledgement",
    "Countersignature",
    "DoneToday",
    "HoldRelease",
    "ItemHold",
    "KeepOrder",
    "Override",
    "PhaseOpening",
    "Plan",
    "PlanItem",
    "PlanResumption",
    "PlanVersion",
    "Printing",
    "ReviewClearance",
    "StandingOrder",
]

KEPT = "An issued plan is kept as it was issued; a change is a new version."


class PlanQuerySet(models.QuerySet["Plan"]):
    def of_user(self, user: User) -> "PlanQuerySet":
        """The plans that this person may open; of the staff nobody those of a record restricted to others."""
        return self.filter(patient__in=Patient.objects.open_to(user))

    def active(self) -> "PlanQuerySet":
        return self.filter(status=Plan.Status.ACTIVE)

    def stopped(self) -> "PlanQuerySet":
        return self.active().filter(stopped_by__isnull=False)

    def with_blocked_items(self, day: date) -> "PlanQuerySet":
        """Active ones whose current version holds what a correction for safety blocks, and that is not over."""
        items = PlanItem.objects.blocked().filter(version=OuterRef("current"), until_date__gte=day)
        return self.active().filter(Exists(items))

    def running(self) -> "PlanQuerySet":
        """Active, and not stopped."""
        return self.active().filter(stopped_by=None)


class Plan(models.Model):
    """A patient's home-care plan through all its versions."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        ACTIVE = "active", "active"
        ENDED = "ended", "ended"

    class Stop(models.TextChoices):
        """Why a plan is stopped: the level of the screening that stopped it (rules.md sections 3 and 9)."""

        EMERGENCY = "emergency", "emergency"
        SAME_DAY = "same_day", "to be seen today"
        REVIEW = "review", "a clinician examines first"
        NONE = "none", "on hold"

    OPEN = (Status.DRAFT, Status.ACTIVE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="plans")
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.DRAFT)
    current = models.OneToOneField(
        "PlanVersion", null=True, on_delete=models.PROTECT, related_name="current_of", editable=False
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    stopped_by = models.ForeignKey(
        Screening, null=True, on_delete=models.PROTECT, related_name="+", help_text="Its answers stopped the plan."
    )
    stopped_level = models.CharField(max_length=10, choices=Stop.choices, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(status__in=["draft", "active"]), name="one_open_plan_per_patient"
            ),
            models.CheckConstraint(
                name="a_plan_is_active_once_it_has_a_version",
                condition=Q(status="draft", current=None) | Q(status__in=["active", "ended"], current__isnull=False),
            ),
            models.CheckConstraint(
                name="ended_plans_say_when_and_by_whom",
                condition=Q(status="ended", ended_at__isnull=False, ended_by__isnull=False)
                | (~Q(status="ended") & Q(ended_at=None, ended_by=None)),
            ),
            models.CheckConstraint(
                name="stopped_plans_say_by_which_screening_and_why",
                condition=Q(stopped_by=None, stopped_level="")
                | Q(stopped_by__isnull=False, stopped_level__in=["emergency", "same_day", "review", "none"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} plan"

    @property
    def is_stopped(self) -> bool:
        """The patient must not follow it until a new version is issued."""
        return self.status == self.Status.ACTIVE and self.stopped_by_id is not None

    def runs(self, version: "PlanVersion") -> bool:
        """Whether this is the version that the patient has now; holds and corrections follow no other."""
        return self.status == self.Status.ACTIVE and self.current_id == version.pk


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def drafts(self) -> "PlanVersionQuerySet":
        return self.filter(status=PlanVersion.Status.DRAFT)

    def issued(self) -> "PlanVersionQuerySet":
        return self.filter(status=PlanVersion.Status.ISSUED)

    def to_countersign(self) -> "PlanVersionQuerySet":
        """Issued under a standing order, and no clinician has looked at them yet.

        `left_behind`: whether the order's own clinician is here no more.
        """
        left = StandingOrder.objects.left_behind().filter(pk=OuterRef("standing_order"))
        waiting = self.issued().filter(standing_order__isnull=False, countersignature=None)
        return waiting.annotate(left_behind=Exists(left))


class PlanVersion(models.Model):
    """One version of a plan: a draft that staff build, then frozen by issue_plan()."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        ISSUED = "issued", "issued"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=6, choices=Status.choices, default=Status.DRAFT)
    revision = models.PositiveIntegerField(default=0, help_text="Counts a draft's changes, so that two editors notice.")
    note = models.TextField(blank=True, max_length=1000, help_text="To the patient, above the items.")
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True, help_text="The clinic's day of issue.")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, null=True, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, blank=True)
    unanswered_count = models.PositiveSmallIntegerField(null=True)
    advice = models.JSONField(null=True, help_text="The verdicts and reasons on the day of issue.")
    clearance = models.ForeignKey(
        ReviewClearance, null=True, on_delete=models.PROTECT, related_name="+", help_text="Issued at level review."
    )
    standing_order = models.ForeignKey(
        StandingOrder, null=True, on_delete=models.PROTECT, related_name="uses", help_text="Issued under it."
    )

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_numbered_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(status="draft"), name="one_draft_per_plan"),
            models.CheckConstraint(
                name="issued_versions_stand_on_a_clear_screening",
                condition=Q(status="draft", issued_at=None)
                | Q(
                    status="issued",
                    issued_at__isnull=False,
                    issued_on__isnull=False,
                    issued_by__isnull=False,
                    screening__isnull=False,
                    advice__isnull=False,
                    unanswered_count=0,
                )
                & (Q(level="none") | Q(level="review", clearance__isnull=False, standing_order=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def set_by(self) -> str:
        """Who issued it, and under whose standing order: in the reader's language."""
        if self.standing_order is None:
            return str(self.issued_by or "")
        names = {"who": self.issued_by, "clinician": self.standing_order.clinician}
        return _("%(who)s, under the standing order of %(clinician)s") % names

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        if not self.is_draft:
            raise AppendOnlyError(KEPT)
        return super().delete(*args, **kwargs)


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def unopened(self) -> "PlanItemQuerySet":
        """Approved in advance, and closed to the patient so far."""
        return self.filter(gated=True, opening=None)

    def opened(self) -> "PlanItemQuerySet":
        """Never closed, or opened meanwhile."""
        return self.filter(Q(gated=False) | Q(opening__isnull=False))

    def not_held(self) -> "PlanItemQuerySet":
        return self.filter(
            ~Exists(ItemHold.objects.open().filter(item=OuterRef("pk"))), instruction_version__notices=None
        )

    def blocked(self) -> "PlanItemQuerySet":
        """Those whose instruction a correction for safety blocks: they are held until a new version is issued."""
        return self.filter(Exists(SafetyNotice.objects.filter(version=OuterRef("instruction_version"))))

    def with_hold(self) -> "PlanItemQuerySet":
        """Each item with the patient's words of what holds it as `hold_words`, None when nothing does."""
        blocked = Exists(SafetyNotice.objects.filter(version=OuterRef("instruction_version")))
        changed = Case(When(blocked, then=Value(_("This changed for safety."))))
        holds = ItemHold.objects.open().filter(item=OuterRef("pk"))
        return self.annotate(hold_words=Coalesce(changed, Subquery(holds.values("patient_text")[:1])))

    def due_on(self, day: date) -> "PlanItemQuerySet":
        return self.filter(from_date__lte=day, until_date__gte=day)


class PlanItem(DoseFields):
    """One instruction of a plan's version, with its own dose, dates and note."""

    # As of InstructionVersion: of a query that asked for it.
    blocked_because: str | None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="items")
    instruction_version = models.ForeignKey(InstructionVersion, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    gated = models.BooleanField(
        default=False, help_text="Approved in advance: opens only after the questions are asked again."
    )
    verdict = models.CharField(max_length=12, blank=True, help_text="Issued: what the rules said of it on that day.")
    from_date = models.DateField("from")
    until_date = models.DateField("until")
    note = models.CharField(max_length=300, blank=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta(DoseFields.Meta):
        ordering = ["position"]
        constraints = [
            *DoseFields.Meta.constraints,
            models.UniqueConstraint(fields=["version", "instruction_version"], name="instruction_once_per_version"),
            models.CheckConstraint(name="an_item_ends_after_it_begins", condition=Q(until_date__gte=F("from_date"))),
            models.CheckConstraint(
                name="items_have_a_known_verdict", condition=Q(verdict__in=["", "suitable", "caution", "not_suitable"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.instruction_version_id}"


class Acknowledgement(models.Model):
    """A clinician read one caution reason of a draft and assigns in spite of it; kept with the version."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="acknowledgements")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    modality = models.CharField(max_length=10)
    rule = models.CharField(max_length=10)
    text = models.CharField(max_length=500, help_text="The reason as it was read.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "screening", "modality", "rule", "text"], name="a_reason_is_acknowledged_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.modality} {self.rule}"


class Printing(AppendOnly):
    """A handout of an issued version was made for printing."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="printings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"printed {self.at:%Y-%m-%d}"


class DoneToday(models.Model):
    """The patient ticked an item on a day; taken back on the same day by removing the row."""

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="done")
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "day"], name="done_once_per_item_and_day")]

    def __str__(self) -> str:
        return f"done {self.day}"
