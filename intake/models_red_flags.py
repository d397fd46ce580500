"""What must not be lost: a red flag, stored the moment its answer is given, and a clinician's closing of it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from practice.append_only import AppendOnly, AppendOnlyQuerySet
from therapies.suitability.patient_lines import source_line


class RedFlagQuerySet(AppendOnlyQuerySet):
    def open(self) -> "RedFlagQuerySet":
        """Those that no clinician has closed yet."""
        return self.filter(closing=None)

    def urgent(self) -> "RedFlagQuerySet":
        return self.filter(level__in=RedFlag.URGENT)

    def open_since(self, moment: datetime) -> "RedFlagQuerySet":
        """Those that were open at that moment or became so after it, closed meanwhile or not."""
        return self.filter(Q(closing=None) | Q(closing__at__gte=moment))

    def most_urgent_first(self) -> "RedFlagQuerySet":
        rank = Case(*(When(level=level, then=Value(place)) for place, level in enumerate(RedFlag.Level)))
        return self.order_by(rank.desc(), "-raised_at", "rule")


class RedFlag(AppendOnly):
    """A rule of rules.md section 9 that a person's answers raised; it stays when the answer is taken back."""

    class Level(models.TextChoices):
        REVIEW = "review", "a clinician examines first"
        SAME_DAY = "same_day", "to be seen today"
        EMERGENCY = "emergency", "emergency"

    URGENT = (Level.SAME_DAY, Level.EMERGENCY)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    patient = models.ForeignKey("intake.Patient", on_delete=models.PROTECT, related_name="red_flags")
    screening = models.ForeignKey("intake.Screening", on_delete=models.PROTECT, related_name="red_flags")
    rule = models.CharField(max_length=5)
    level = models.CharField(max_length=10, choices=Level.choices)
    text = models.CharField(max_length=500, help_text="The rule's sentence for staff, as it was then.")
    occurrence = models.PositiveSmallIntegerField(
        default=1, help_text="Counts how often the same answer was given anew after a clinician had closed it."
    )
    raised_at = models.DateTimeField(default=timezone.now)
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = RedFlagQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-raised_at", "rule"]
        indexes = [models.Index(fields=["patient", "raised_at"], name="red_flags_of_patient")]
        constraints = [
            # One rule speaks with several sentences (R18), and with two levels (R23): each is kept.
            models.UniqueConstraint(
                fields=["screening", "rule", "level", "text", "occurrence"],
                name="a_red_flag_is_raised_once_per_screening",
            ),
            models.CheckConstraint(
                name="red_flags_have_a_level", condition=Q(level__in=["review", "same_day", "emergency"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.level}"

    @property
    def source(self) -> str:
        """What the rule rests on."""
        return source_line(self.rule, self.text)


class RedFlagClosing(AppendOnly):
    """A clinician closed a red flag and says what was done."""

    flag = models.OneToOneField(RedFlag, on_delete=models.PROTECT, related_name="closing")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    done = models.CharField("what was done", max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(name="closings_say_what_was_done", condition=~Q(done=""))]

    def __str__(self) -> str:
        return f"closed {self.at:%Y-%m-%d}"
