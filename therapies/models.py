"""What the clinic knows: therapies, home-care instructions and programmes. No patient is known here."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from practice.append_only import AppendOnlyError
from practice.models import User
from therapies.dose import Dose
from therapies.languages import ENGLISH, language_choices
from therapies.models_favourites import Favourite
from therapies.models_kept import Kept, KeptQuerySet, Status
from therapies.models_pictures import ClinicFigure, UploadedPicture
from therapies.models_retiring import RetirementDecision
from therapies.models_reviews import TextReview
from therapies.models_signed import CautionLoosening, PageLoosening, RuleSignOff, SafetyNotice
from therapies.models_words import PematTick, ReadingGrade, ReadingLeave

__all__ = [
    "CautionLoosening",
    "ClinicFigure",
    "DoseFields",
    "Favourite",
    "Instruction",
    "InstructionText",
    "InstructionVersion",
    "Language",
    "Origin",
    "PageLoosening",
    "PematTick",
    "Programme",
    "ProgrammeItem",
    "ReadingGrade",
    "ReadingLeave",
    "RetirementDecision",
    "RuleSignOff",
    "SafetyNotice",
    "Source",
    "Status",
    "TextReview",
    "Therapy",
    "TherapyPage",
    "UploadedPicture",
]


class Language:
    """The one language that always is there; which others, their files say (therapies/languages.py)."""

    ENGLISH = ENGLISH


class Origin(models.TextChoices):
    SHIPPED = "shipped", "shipped with Steady"
    CLINIC = "clinic", "the clinic's own"


class Source(models.Model):
    """Where a fact comes from."""

    key = models.SlugField(max_length=60, primary_key=True)
    title = models.CharField(max_length=250)
    publisher = models.CharField(max_length=160)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    url = models.URLField(blank=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["publisher", "title"]

    def __str__(self) -> str:
        year = f", {self.year}" if self.year else ""
        return f"{self.publisher}: {self.title}{year}"


class Therapy(models.Model):
    class Kind(models.TextChoices):
        ICE = "ice", "ice"
        HEAT = "heat", "heat"
        STRETCHING = "stretching", "stretching and movement"
        MASSAGE = "massage", "massage"
        TRIGGER_POINT = "trigger_point", "trigger point therapy"
        ACTIVE_RELEASE = "active_release", "Active Release Technique"
        POST_ISOMETRIC_RELAXATION = "post_isometric_relaxation", "Post-Isometric Relaxation"
        CHIROPRACTIC = "chiropractic", "chiropractic treatment"
        ACUPUNCTURE = "acupuncture", "acupuncture"
        ELECTRICAL_STIMULATION = "electrical_stimulation", "electrical muscle stimulation"
        MEDICATION = "medication", "medication"
        REST = "rest", "rest and easing back"

    class Setting(models.TextChoices):
        HOME = "home", "at home"
        IN_CLINIC = "in_clinic", "in the clinic"
        PRESCRIBED = "prescribed", "from a prescriber"

    slug = models.SlugField(max_length=60, primary_key=True)
    kind = models.CharField(max_length=30, choices=Kind.choices, unique=True)
    setting = models.CharField(max_length=12, choices=Setting.choices)
    order = models.PositiveSmallIntegerField(default=0)
    icon = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["order", "slug"]
        verbose_name_plural = "therapies"

    def __str__(self) -> str:
        return self.get_kind_display()


class TherapyPage(Kept):
    """The education page of a therapy in one language; a change is a new row with the next number."""

    therapy = models.ForeignKey(Therapy, on_delete=models.PROTECT, related_name="pages")
    language = models.CharField(max_length=5, choices=language_choices)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    content_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    what_it_is = models.TextField()
    may_help = models.TextField()
    ask_first = models.JSONField(help_text="A list of sentences: who should not, or should ask first.")
    what_to_expect = models.TextField()
    who_does_it = models.TextField()
    known = models.TextField()
    not_known = models.TextField()
    learn_more = models.CharField(max_length=250)
    sources = models.ManyToManyField(Source)
    reviewed_on = models.DateField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["therapy__order", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["therapy", "language", "number"], name="therapy_page_numbered_once"),
            models.UniqueConstraint(
                fields=["therapy", "language"],
                condition=Q(status="published"),
                name="one_published_page_per_therapy_and_language",
            ),
            models.UniqueConstraint(
                fields=["therapy", "language"],
                condition=Q(status="draft", origin="clinic"),
                name="one_page_being_written_per_therapy_and_language",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DoseFields(models.Model):
    """The dose's numbers as columns, for an instruction's version and for an item of a plan."""

    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    hold_seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    repetitions = models.PositiveSmallIntegerField(null=True, blank=True)
    sets = models.PositiveSmallIntegerField(null=True, blank=True)
    times_a_day = models.PositiveSmallIntegerField(null=True, blank=True)
    least_gap_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    each_side = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_dose_is_in_range",
                condition=(Q(minutes=None) | Q(minutes__range=(1, 60)))
                & (Q(hold_seconds=None) | Q(hold_seconds__range=(1, 60)))
                & (Q(repetitions=None) | Q(repetitions__range=(1, 30)))
                & (Q(sets=None) | Q(sets__range=(1, 5)))
                & (Q(times_a_day=None) | Q(times_a_day__range=(1, 6)))
                & (Q(least_gap_minutes=None) | Q(least_gap_minutes__range=(15, 720))),
            )
        ]

    @property
    def dose(self) -> Dose:
        return Dose.of(self)


class Instruction(models.Model):
    """One home-care instruction (an ice pack, a single knee-to-chest), whatever its version."""

    slug = models.SlugField(max_length=60, primary_key=True)
    therapy = models.ForeignKey(Therapy, on_delete=models.PROTECT, related_name="instructions")
    entry = models.CharField(max_length=4, blank=True, help_text="The entry of the movement library, like E01.")

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class InstructionVersionQuerySet(KeptQuerySet):
    def published(self) -> "InstructionVersionQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def handed_out(self) -> "InstructionVersionQuerySet":
        """The published ones that no safety notice blocks."""
        return self.published().filter(notices=None)

    def being_written(self) -> "InstructionVersionQuerySet":
        """The clinic's own drafts; one that was shipped is published or left, and not written in."""
        return self.filter(status=Status.DRAFT, origin=Origin.CLINIC)

    def retired(self) -> "InstructionVersionQuerySet":
        return self.filter(status=Status.RETIRED)

    def retire(self) -> int:
        """Only retiring.py does, after the decision that says why: the database asks for it."""
        return models.QuerySet.update(self.published(), status=Status.RETIRED)

    def bring_back(self) -> int:
        """Only retiring.py does, as above."""
        return models.QuerySet.update(self.retired(), status=Status.PUBLISHED)

    def shown_to(self, user: User) -> "InstructionVersionQuerySet":
        """What was published once is for everybody who is signed in; a draft is for staff."""
        return self.all() if user.works_here else self.exclude(status=Status.DRAFT)


class InstructionVersion(Kept, DoseFields):
    """What an instruction says at one time. Immutable once published, but for being superseded."""

    # Of a query that asked for it by safety.notice_of(): what blocks it for safety. A query that forgot to fails
    # where it is read, and shows nothing as free.
    blocked_because: str | None

    class Level(models.TextChoices):
        GENTLE = "gentle", "gentle"
        MODERATE = "moderate", "moderate"
        STRENGTHENING = "strengthening", "strengthening"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    content_hash = models.CharField(max_length=64)
    level = models.CharField(max_length=14, choices=Level.choices)
    first_48h = models.BooleanField(default=False, help_text="In the set for the first 48 hours.")
    regions = models.JSONField(help_text="A list of Region values.")
    positions = models.JSONField(default=list)
    equipment = models.JSONField(default=list)
    cautions = models.JSONField(default=list, help_text='A list of {"condition": ..., "action": "avoid" or "adapt"}.')
    dose_most = models.JSONField(default=dict, help_text="The numbers that the dose may grow to.")
    alternatives = models.JSONField(default=list, help_text="Slugs of what to do instead, the best first.")
    safety = models.CharField(max_length=250, blank=True, help_text="Why this shipped correction was urgent.")
    figures = models.JSONField(default=dict, help_text="What is drawn, by name: main, easier, harder.")
    sources = models.ManyToManyField(Source)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InstructionVersionQuerySet.as_manager()

    class Meta(DoseFields.Meta):
        ordering = ["instruction", "-number"]
        constraints = [
            *DoseFields.Meta.constraints,
            models.UniqueConstraint(fields=["instruction", "number"], name="instruction_version_numbered_once"),
            models.UniqueConstraint(
                fields=["instruction"], condition=Q(status="published"), name="one_published_version_per_instruction"
            ),
            models.UniqueConstraint(
                fields=["instruction"],
                condition=Q(status__in=["published", "retired"]),
                name="published_or_retired_but_not_both",
            ),
            models.UniqueConstraint(
                fields=["instruction"],
                condition=Q(status="draft", origin="clinic"),
                name="one_version_being_written_per_instruction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instruction_id} {self.number}"

    @property
    def kind(self) -> str:
        """The therapy's kind, which is the modality that decides: ice, heat or stretching."""
        return self.instruction.therapy.kind


class InstructionTextQuerySet(models.QuerySet["InstructionText"]):
    """Blocks the bulk ways to change or remove the words of a published version."""

    def refuse_published(self) -> None:
        if self.exclude(version__status=Status.DRAFT).exists():
            raise AppendOnlyError("The words of a published instruction are kept as they were.")

    def update(self, **changes: Any) -> int:
        self.refuse_published()
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_published()
        return super().delete()


class InstructionText(models.Model):
    """The words of a version in one language."""

    version = models.ForeignKey(InstructionVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=5, choices=language_choices)
    title = models.CharField(max_length=80)
    why = models.CharField(max_length=250)
    steps = models.JSONField(help_text="A list of sentences.")
    feel = models.CharField(max_length=250)
    stop_if = models.JSONField(default=list)
    not_now_if = models.JSONField(default=list)
    caution_notes = models.JSONField(default=dict, help_text="A sentence for each condition of the version's cautions.")
    easier = models.CharField(max_length=250, blank=True)
    harder = models.CharField(max_length=250, blank=True)
    pictures = models.JSONField(default=dict, help_text="What each panel of a figure shows, by the figure's name.")

    objects = InstructionTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="one_text_per_version_and_language")
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        if not self._state.adding:
            InstructionText.objects.filter(pk=self.pk).refuse_published()


class Programme(models.Model):
    """A named starting set that staff apply and then adjust."""

    slug = models.SlugField(max_length=60, primary_key=True)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    summary = models.CharField(max_length=250)
    from_day = models.PositiveSmallIntegerField(help_text="Days since the onset, the first day being 0.")
    until_day = models.PositiveSmallIntegerField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PUBLISHED)
    content_hash = models.CharField(max_length=64)
    shipped_hash = models.CharField(max_length=64, blank=True, help_text="Of the shipped content it came from.")
    instructions: Any = models.ManyToManyField(Instruction, through="ProgrammeItem")

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title


class ProgrammeItem(models.Model):
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    instruction = models.ForeignKey(Instruction, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="programme_position_used_once"),
            models.UniqueConstraint(fields=["programme", "instruction"], name="instruction_once_per_programme"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.instruction_id}"
