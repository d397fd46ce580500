"""The clinic itself: its people, what it decided, and the record of what was looked at and done."""

import uuid
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from practice.append_only import AppendOnly
from practice.history import KeptHistory
from practice.kept_sql import KeptQuery
from practice.models_erasures import Erasure, OpenErasure
from practice.models_guesses import GuessCount
from practice.models_invitations import Invitation
from practice.models_pins import StaffPin
from practice.models_seals import AuditSeal
from practice.models_sessions import DeviceSession
from practice.reach import Reach, reach_in
from practice.roles import May, Role, roles_that_may

__all__ = [
    "AuditEvent",
    "AuditSeal",
    "Clinic",
    "DeviceSession",
    "Erasure",
    "GuessCount",
    "Invitation",
    "OpenErasure",
    "StaffPin",
    "Switch",
    "SwitchDecision",
    "User",
]


class UserManager(BaseUserManager["User"]):
    """Makes the two kinds of user; nobody is both."""

    def create_staff(self, username: str, password: str, *, display_name: str, **extra: Any) -> "User":
        user = self.model(kind=User.Kind.STAFF, username=username, display_name=display_name, **extra)
        user.set_password(password)
        user.save()
        return user

    def create_patient_user(self, **extra: Any) -> "User":
        """A person who signs in with a printed code: no user name, no password."""
        user = self.model(kind=User.Kind.PATIENT, username=None, **extra)
        user.set_unusable_password()
        user.save()
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in: staff with a name and a password, or a patient (or proxy) with codes."""

    class Kind(models.TextChoices):
        STAFF = "staff", "staff"
        PATIENT = "patient", "patient or proxy"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, editable=False, default=Kind.STAFF)
    username = models.CharField("user name", max_length=60, unique=True, null=True)
    display_name = models.CharField(max_length=120, blank=True, help_text="As it stands on a plan: Dr. Ana Ruiz.")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    # Set at each request: a proxy of several patients sees the one whom this device has chosen.
    sees_only: uuid.UUID | None = None

    objects = UserManager()
    # A patient's user holds no name: what changes about it is on their access.
    history = KeptHistory(left_out=["password", "last_login"], only=attrgetter("works_here"))
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staff_have_a_user_name_and_patients_have_none",
                condition=models.Q(kind="staff", username__isnull=False)
                | models.Q(kind="patient", username__isnull=True),
            ),
            models.CheckConstraint(
                name="patients_are_never_superusers",
                condition=models.Q(kind="staff") | models.Q(is_superuser=False),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username or "patient"

    @property
    def is_staff(self) -> bool:
        """Who may reach Django's admin: its own pages ask for permissions on top."""
        return self.kind == self.Kind.STAFF and Role.OWNER in self.roles

    @property
    def works_here(self) -> bool:
        return self.kind == self.Kind.STAFF

    @cached_property
    def roles(self) -> frozenset[Role]:
        if self.kind != self.Kind.STAFF:
            return frozenset()
        names = self.groups.values_list("name", flat=True)
        return frozenset(role for role in Role if role.value in set(names))

    def may(self, deed: May) -> bool:
        """Whether one of this person's roles allows the deed (practice/roles.py)."""
        return self.is_active and bool(self.roles & roles_that_may(deed))


def check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is not a time zone; write it like America/Chicago.")


class Switch(models.TextChoices):
    """What a clinic may turn on beside the rules as they ship; switches.py says what each one changes."""

    HEAT_UNDER_14_DAYS = "heat_under_14_days", "heat in the first two weeks"
    STANDING_ORDERS = "standing_orders", "standing orders"
    PATIENT_OPENED_PHASES = "patient_opened_phases", "phases that patients open"


class SwitchDecisionQuerySet(models.QuerySet["SwitchDecision"]):
    def not_ended(self) -> "SwitchDecisionQuerySet":
        """Asked for and waiting, or on."""
        return self.filter(ended_at=None)

    def on(self) -> "SwitchDecisionQuerySet":
        return self.not_ended().filter(signed_at__isnull=False)


class SwitchDecision(models.Model):
    """An owner asked for a switch; it is on from a clinician's signature until either of them ends it.

    There is no other "on": the clinic's switches are read from these rows. The database's triggers let each of the
    three steps be written once.
    """

    id = models.BigAutoField(primary_key=True)
    switch = models.CharField(max_length=30, choices=Switch.choices)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = SwitchDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(name="switches_are_known", condition=models.Q(switch__in=Switch.values)),
            models.UniqueConstraint(
                fields=["switch"], condition=models.Q(ended_at=None), name="one_decision_at_a_time_per_switch"
            ),
            models.CheckConstraint(
                name="signed_switches_say_when_and_by_whom",
                condition=models.Q(signed_at=None, signed_by=None)
                | models.Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="ended_switches_say_when_and_by_whom",
                condition=models.Q(ended_at=None, ended_by=None)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_switch_display()}, asked for {self.asked_at:%Y-%m-%d}"

    @property
    def is_on(self) -> bool:
        return self.signed_at is not None and self.ended_at is None


class ClinicQuerySet(models.QuerySet["Clinic"]):
    def with_switches(self) -> "ClinicQuerySet":
        """Each clinic with its switches as they stand, in the same query."""
        on = SwitchDecision.objects.on()
        return self.annotate(
            allow_heat_under_14_days=models.Exists(on.filter(switch=Switch.HEAT_UNDER_14_DAYS)),
            standing_orders_on=models.Exists(on.filter(switch=Switch.STANDING_ORDERS)),
            patient_opened_phases_on=models.Exists(on.filter(switch=Switch.PATIENT_OPENED_PHASES)),
        )


class Clinic(models.Model):
    """The one clinic: how to reach it, its time zone and its limits."""

    # The switches, as load() reads them from the decisions. A clinic that was come by in another way has all off.
    allow_heat_under_14_days: bool = False
    standing_orders_on: bool = False
    patient_opened_phases_on: bool = False

    name = models.CharField(max_length=120, default="Our clinic")
    # Empty only until the owner has filled them in: the urgent card of a patient stands on all three.
    phone = models.CharField(max_length=40, help_text="Stands on every sheet and every urgent card.")
    street = models.CharField(max_length=120, blank=True)
    town = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=200, help_text="Monday to Friday, 8 am to 5 pm")
    after_hours = models.CharField(max_length=200, help_text="What to do when the clinic is closed.")
    in_other_languages = models.JSONField(
        default=dict, blank=True, help_text='"hours" and "after_hours" by the code of a language.'
    )
    time_zone = models.CharField(max_length=60, default="America/Chicago", validators=[check_time_zone])
    paper = models.CharField(max_length=6, choices=[("letter", "US letter"), ("a4", "A4")], default="letter")
    screening_limit_days = models.PositiveSmallIntegerField(
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="A plan is issued only on a screening that is at most this many days old.",
    )
    comfortable_item_count = models.PositiveSmallIntegerField(
        default=4, help_text="Above this many items the builder reminds: fewer are done more often."
    )

    objects = ClinicQuerySet.as_manager()
    history = KeptHistory()

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_clinic", condition=models.Q(id=1)),
            models.CheckConstraint(
                name="a_clinic_with_a_phone_says_when_to_call_it",
                condition=models.Q(phone="") | ~models.Q(hours="") & ~models.Q(after_hours=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "Clinic":
        """The clinic's row with its switches; made with its defaults when nobody has filled it in yet."""
        found = _the_clinic().rows()
        if not found:
            cls.objects.get_or_create(id=1)
            found = _the_clinic().rows()
        return found[0]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def can_be_called(self) -> bool:
        """Whether the owner has filled in how a patient reaches the clinic, by day and by night."""
        return all((self.phone, self.hours, self.after_hours))

    @property
    def reach(self) -> Reach:
        """The hours and what to do outside them, in the language that is spoken now."""
        return reach_in(self.hours, self.after_hours, self.in_other_languages)

    @property
    def address(self) -> str:
        return ", ".join(part for part in (self.street, self.town) if part)

    def today(self) -> date:
        """The day it is at the clinic."""
        return timezone.localdate(timezone=self.zone)

    def day_span(self, day: date) -> tuple[datetime, datetime]:
        """The first moment of the clinic's day and of the next one (23 to 25 hours apart)."""
        start = datetime(day.year, day.month, day.day, tzinfo=self.zone)
        following = day + timedelta(days=1)
        return start, datetime(following.year, following.month, following.day, tzinfo=self.zone)


@KeptQuery
def _the_clinic() -> ClinicQuerySet:
    return Clinic.objects.with_switches().filter(id=1)


class AuditEvent(AppendOnly):
    """Who did or looked at what, and when. No names, no free text about a patient."""

    class Action(models.TextChoices):
        SIGNED_IN = "signed_in", "signed in"
        SIGN_IN_FAILED = "sign_in_failed", "sign-in failed"
        SIGNED_OUT = "signed_out", "signed out"
        OPENED = "opened", "opened a record"
        REGISTERED = "registered", "registered a patient"
        CHANGED = "changed", "changed a record"
        SCREENED = "screened", "sent a screening"
        ISSUED = "issued", "issued a plan"
        ENDED = "ended", "ended a plan"
        PRINTED = "printed", "printed"
        CODES_MADE = "codes_made", "made sign-in codes"
        PUBLISHED = "published", "published content"
        SIGNED = "signed", "signed"
        REFUSED = "refused", "was refused"
        SEARCHED = "searched", "searched"
        EXPORTED = "exported", "exported"
        OVERRODE = "overrode", "overrode a rule"
        BROKE_GLASS = "broke_glass", "opened a restricted record"
        RESTRICTED = "restricted", "restricted a record or lifted it"
        ERASED = "erased", "erased a patient"
        BACKED_UP = "backed_up", "backed up"
        INVITED = "invited", "invited"
        LOCKED = "locked", "locked or switched the screen"
        LOCKED_OUT = "locked_out", "was locked out"
        SESSION_ENDED = "session_ended", "ended a session"
        FACTOR_CHANGED = "factor_changed", "changed a way to sign in"
        ACCESS_GIVEN = "access_given", "gave access to a record"
        ACCESS_TAKEN = "access_taken", "took access to a record away"
        RESTORED = "restored", "restored a backup"
        KEPT = "kept", "kept a record beyond its time or ended that"
        PROVED = "proved", "proved the record of events"

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    action = models.CharField(max_length=20, choices=Action.choices)
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    patient_id = models.UUIDField(null=True, help_text="Whose record it touched.")
    address = models.GenericIPAddressField(null=True)
    session = models.CharField(max_length=16, blank=True, help_text="Tells sessions apart and opens none.")
    # Of what is noted once per session and day: the database refuses it a second time.
    once = models.CharField(max_length=80, null=True, unique=True, editable=False)
    detail = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=500, blank=True, help_text="Where somebody has to say why: their words.")

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["patient_id", "at"], name="audit_patient_at"),
            models.Index(fields=["action", "id"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_action_display()}"
