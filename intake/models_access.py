"""Who may open whose plan from outside the clinic, and by which codes."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practice.kept_sql import Given


class PatientAccessQuerySet(models.QuerySet["PatientAccess"]):
    def open_on(self, day: date | Given) -> "PatientAccessQuerySet":
        """Those that were not taken away and whose last day has not passed."""
        return self.filter(Q(until=None) | Q(until__gte=day), ended_at=None)

    def proxies(self) -> "PatientAccessQuerySet":
        return self.filter(relation=PatientAccess.Relation.PROXY)


class PatientAccess(models.Model):
    """Which signed-in person may open which patient's plan: the patient, or a proxy until a day.

    A proxy is a person of their own: what they do is on the record as theirs.
    """

    class Relation(models.TextChoices):
        SELF = "self", "the patient"
        PROXY = "proxy", "a proxy"

    class StandsAs(models.TextChoices):
        """What a proxy is to the patient, as they stated it at the desk."""

        MOTHER = "mother", _("mother")
        FATHER = "father", _("father")
        GUARDIAN = "guardian", _("guardian")
        PARTNER = "partner", _("spouse or partner")
        CHILD = "child", _("son or daughter")
        CAREGIVER = "caregiver", _("caregiver")
        OTHER = "other", _("somebody they trust")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("intake.Patient", on_delete=models.PROTECT, related_name="access")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access")
    relation = models.CharField(max_length=5, choices=Relation.choices, default=Relation.SELF)
    stands_as = models.CharField(max_length=9, choices=StandsAs.choices, blank=True)
    until = models.DateField(null=True, blank=True, help_text="The last day; a proxy always has one.")
    given_at = models.DateTimeField(default=timezone.now)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = PatientAccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "user"], name="one_access_per_person_and_patient"),
            models.UniqueConstraint(fields=["patient"], condition=Q(relation="self"), name="a_patient_is_one_person"),
            models.CheckConstraint(
                name="a_proxy_states_a_relation_and_has_an_end",
                condition=Q(relation="self", stands_as="")
                | Q(
                    relation="proxy",
                    stands_as__in=["mother", "father", "guardian", "partner", "child", "caregiver", "other"],
                    until__isnull=False,
                    given_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="access_that_was_taken_says_when_and_by_whom",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_relation_display()

    @property
    def is_proxy(self) -> bool:
        return self.relation == self.Relation.PROXY

    def is_open_on(self, day: date) -> bool:
        return self.ended_at is None and (self.until is None or day <= self.until)


class CodeSheet(models.Model):
    """The codes that were made in one go, for one person and patient."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.ForeignKey(PatientAccess, on_delete=models.PROTECT, related_name="sheets")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    valid_until = models.DateField(help_text="The last day on which an unused code opens the plan.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["access"], condition=Q(revoked_at=None), name="one_living_sheet_per_access")
        ]

    def __str__(self) -> str:
        return f"codes made {self.made_at:%Y-%m-%d}"


class SignInCode(models.Model):
    """One code of a sheet: only its HMAC is kept, beside the three signs that find it in a talk on the phone."""

    sheet = models.ForeignKey(CodeSheet, on_delete=models.PROTECT, related_name="codes")
    number = models.PositiveSmallIntegerField()
    locator = models.CharField(max_length=3, blank=True, help_text="Its first three signs; empty for older codes.")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="code_numbered_once_per_sheet"),
            models.CheckConstraint(name="codes_are_numbered_1_to_3", condition=Q(number__range=(1, 3))),
        ]

    def __str__(self) -> str:
        return f"code {self.number}"
