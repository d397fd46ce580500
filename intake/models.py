"""Who the patient is and what is wrong now."""

import uuid
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.models_access import CodeSheet, PatientAccess, SignInCode
from intake.models_email import EmailCode, EmailWay
from intake.models_names import NameEnding, NameUse, NameWord
from intake.models_red_flags import RedFlag, RedFlagClosing
from intake.models_restrictions import Carer, GlassBroken, GlassSeen, Restriction
from intake.name_words import keep_words
from intake.names import LONGEST_SEARCH_KEY, search_key
from practice.append_only import AppendOnlyError
from practice.history import KeptHistory
from practice.kept_sql import Given
from practice.models import User
from therapies.languages import language_choices
from therapies.models import Language

__all__ = [
    "Carer",
    "CodeSheet",
    "Complaint",
    "EmailCode",
    "EmailWay",
    "GlassBroken",
    "GlassSeen",
    "NameEnding",
    "NameUse",
    "NameWord",
    "Patient",
    "PatientAccess",
    "RedFlag",
    "RedFlagClosing",
    "Restriction",
    "Screening",
    "SignInCode",
    "TabletVisit",
]

FIRST_RECORD_NUMBER = 10001


class PatientQuerySet(models.QuerySet["Patient"]):
    def visible_to(self, user: User) -> "PatientQuerySet":
        """The patients that this user may know of: all for the desk, one's own for a patient or proxy."""
        if user.works_here:
            return self
        return self.of_somebody(user.pk, timezone.localdate(), only=user.sees_only)

    def of_somebody(
        self, user: uuid.UUID | Given, day: date | Given, *, only: uuid.UUID | Given | None
    ) -> "PatientQuerySet":
        """Those whom a person from outside the clinic has access to on `day`; `only` the one that is chosen."""
        seen = self.filter(access__in=PatientAccess.objects.open_on(day).filter(user=user))
        return seen.filter(pk=only) if only else seen

    def open_to(self, user: User) -> "PatientQuerySet":
        """Of those, the ones whose record this user may read now: none that is restricted to others of the staff."""
        if not user.works_here:
            return self.visible_to(user)
        closed = Restriction.objects.closed_to(user, timezone.now()).filter(patient=OuterRef("pk"))
        return self.visible_to(user).filter(~Exists(closed))

    def alike(self, *, given_name: str, family_name: str, birth_date: date) -> "PatientQuerySet":
        """Who may be the same person: the same folded name, or the same birth date and either name."""
        key = search_key(family_name, given_name)
        turned = search_key(given_name, family_name)
        same_part = Q(search_key=key)
        for word in dict.fromkeys(key.split()):
            same_part |= Q(search_key__contains=f" {word}")
        return self.filter(Q(search_key__in=[key, turned]) | (Q(birth_date=birth_date) & same_part))


class Patient(models.Model):
    class TextSize(models.TextChoices):
        NORMAL = "normal", "normal"
        LARGE = "large", "large print"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_number = models.PositiveIntegerField(unique=True, editable=False)
    given_name = models.CharField("first name", max_length=120, blank=True)
    family_name = models.CharField("last name", max_length=120, blank=True)
    birth_date = models.DateField()
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    language = models.CharField(max_length=5, choices=language_choices, default=Language.ENGLISH)
    text_size = models.CharField("print size", max_length=6, choices=TextSize.choices, default=TextSize.NORMAL)
    search_key = models.CharField(max_length=LONGEST_SEARCH_KEY, editable=False)
    registered_at = models.DateTimeField(default=timezone.now, editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = PatientQuerySet.as_manager()
    history = KeptHistory(left_out=["search_key"])

    class Meta:
        ordering = ["search_key"]
        indexes = [
            models.Index(fields=["search_key", "record_number"], name="patient_search_key"),
            models.Index(fields=["birth_date"], name="patient_birth_date"),
            models.Index(fields=["registered_at"], name="patient_registered_at"),
        ]
        constraints = [
            models.CheckConstraint(name="a_patient_has_a_name", condition=~Q(given_name="") | ~Q(family_name="")),
            models.CheckConstraint(name="birth_dates_have_four_digit_years", condition=Q(birth_date__gte="1850-01-01")),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = search_key(self.family_name, self.given_name)
        with transaction.atomic():
            super().save(*args, **kwargs)
            keep_words(self.record_number, self.search_key)

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def called(self) -> str:
        """The first name alone, to ask for the right person by; somebody with one name is called by that."""
        return self.given_name or self.family_name

    @property
    def listed_name(self) -> str:
        """The name as lists sort it: family name first."""
        return ", ".join(part for part in (self.family_name, self.given_name) if part)

    def age_on(self, day: date) -> int:
        """Whole years on `day`."""
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


class Complaint(models.Model):
    """One episode: where it hurts, since when, new or again."""

    class HowOften(models.TextChoices):
        ALL_THE_TIME = "all_the_time", _("all the time")
        EVERY_DAY = "every_day", _("every day, on and off")
        SOME_DAYS = "some_days", _("some days")
        NOW_AND_THEN = "now_and_then", _("now and then")

    class Side(models.TextChoices):
        LEFT = "left", _("the left")
        RIGHT = "right", _("the right")
        BOTH = "both", _("both sides")
        MIDDLE = "middle", _("the middle")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="complaints")
    regions = models.JSONField(default=list, help_text="A list of Region values.")
    side = models.CharField(max_length=6, choices=Side.choices, blank=True)
    movements = models.JSONField(default=list, help_text="A list of Movement values that bring it on.")
    onset_date = models.DateField(null=True, blank=True)
    onset_is_minimum = models.BooleanField(default=False, help_text="It began on that day or before.")
    brought_on_by = models.CharField("what brings it on", max_length=250, blank=True)
    how_often = models.CharField(max_length=14, choices=HowOften.choices, blank=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    history = KeptHistory()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient"], condition=Q(closed_at=None), name="one_open_complaint_per_patient"
            )
        ]

    def __str__(self) -> str:
        return f"complaint since {self.onset_date or 'an unknown day'}"


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def sent(self) -> "ScreeningQuerySet":
        return self.filter(status=Screening.Status.SENT)

    def drafts(self) -> "ScreeningQuerySet":
        return self.filter(status=Screening.Status.DRAFT)

    def newest_of(self, patient: Patient) -> "Screening | None":
        return self.sent().filter(patient=patient).order_by("-sent_at").first()


class Screening(models.Model):
    """The answers at one moment. A draft holds them as typed; once sent, the row is never edited."""

    class Status(models.TextChoices):
        DRAFT = "draft", "draft"
        SENT = "sent", "sent"

    class Channel(models.TextChoices):
        """Who typed: staff while they asked, or the patient alone."""

        STAFF = "staff", "asked by staff"
        PHONE = "phone", "answered by the patient on a phone"
        TABLET = "tablet", "answered by the patient on the desk's tablet"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="screenings")
    complaint = models.ForeignKey(Complaint, null=True, on_delete=models.PROTECT, related_name="screenings")
    status = models.CharField(max_length=5, choices=Status.choices, default=Status.DRAFT)
    typed = models.JSONField(default=dict, help_text="A draft's fields, as typed.")
    findings = models.JSONField(default=dict, help_text="Sent: every finding of the rules but the day counts.")
    onset_date = models.DateField(null=True)
    regions = models.JSONField(default=list, help_text="Sent: a list of Region values.")
    side = models.CharField(max_length=6, choices=Complaint.Side.choices, blank=True)
    movements = models.JSONField(default=list, help_text="Sent: a list of Movement values.")
    brought_on_by = models.CharField("what brings it on", max_length=250, blank=True)
    how_often = models.CharField(max_length=14, choices=Complaint.HowOften.choices, blank=True)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.STAFF)
    based_on = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Asked again: answers that do not change were taken over from this one.",
    )
    implied = models.JSONField(default=list, help_text="Sent: keys whose answer followed from another answer.")
    carried = models.JSONField(default=list, help_text="Sent: keys whose answer was taken over from `based_on`.")
    reason = models.CharField(max_length=500, blank=True, help_text="Why a clinician asked anew after examining.")
    level = models.CharField(max_length=10, blank=True, help_text="Sent: the red-flag level on that day.")
    unanswered_count = models.PositiveSmallIntegerField(null=True, help_text="Sent: red-flag questions not known.")
    revision = models.PositiveIntegerField(default=0, help_text="Counts a draft's changes, so that two people notice.")
    page = models.UUIDField(null=True, help_text="The opened page that typed last: its own changes are no surprise.")
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["patient", "-sent_at"], name="screening_newest")]
        constraints = [
            models.UniqueConstraint(fields=["patient"], condition=Q(status="draft"), name="one_draft_per_patient"),
            models.CheckConstraint(
                name="sent_screenings_are_complete",
                condition=Q(status="draft")
                | Q(status="sent", sent_at__isnull=False, sent_by__isnull=False, complaint__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_screenings_have_a_level",
                condition=Q(status="draft", level="", unanswered_count=None)
                | Q(
                    status="sent",
                    level__in=["none", "review", "same_day", "emergency"],
                    unanswered_count__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} screening"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and Screening.objects.sent().filter(pk=self.pk).exists():
            raise AppendOnlyError("A sent screening is never edited; a change is a new screening.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        if self.status == self.Status.SENT:
            raise AppendOnlyError("A sent screening is kept.")
        return super().delete(*args, **kwargs)


class TabletVisitQuerySet(models.QuerySet["TabletVisit"]):
    def running(self, now: datetime) -> "TabletVisitQuerySet":
        """Those that may still be answered, or whose urgent card still waits for staff."""
        return self.filter(Q(ends_at__gt=now) | Q(holds_card=True), ended_at=None)


class TabletVisit(models.Model):
    """One screening on the desk's tablet: begun by staff with a short code, ended by finishing, by staff or by time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.ForeignKey(PatientAccess, on_delete=models.PROTECT, related_name="tablet_visits")
    private_only = models.BooleanField(default=False, help_text="Only the questions that are answered alone.")
    digest = models.CharField(max_length=64, unique=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    code_until = models.DateTimeField(help_text="The code opens the tablet until then.")
    started_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(help_text="The tablet forgets everything then, unless an urgent card is shown.")
    holds_card = models.BooleanField(default=False, help_text="An urgent card is shown until staff dismiss it.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = TabletVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["access"], condition=Q(ended_at=None), name="one_tablet_visit_at_a_time")
        ]

    def __str__(self) -> str:
        return f"tablet {self.opened_at:%Y-%m-%d %H:%M}"
