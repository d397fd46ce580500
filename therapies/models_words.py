"""How a published text reads, the owner's leave for one that is hard to read, and what people ticked about it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from practice.append_only import AppendOnly
from therapies.pemat import Answer


def one_of(first: str, second: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": False})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": True}),
    )


class ReadingLeave(AppendOnly):
    """The owner let a text be published that reads above the gate, or that nothing measures. It holds for its words."""

    instruction = models.ForeignKey("therapies.Instruction", null=True, on_delete=models.PROTECT, related_name="+")
    therapy = models.ForeignKey("therapies.Therapy", null=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=5)
    words_hash = models.CharField(max_length=64, help_text="Of the words that were read.")
    how_it_reads = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, help_text="The owner's own words.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("instruction", "therapy", "a_reading_leave_is_about_one_text"),
            models.CheckConstraint(name="reading_leaves_have_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.how_it_reads}: {self.reason}"


class ReadingGrade(AppendOnly):
    """How a text read when it was published. Without a measure for its language, both columns are empty."""

    text = models.OneToOneField(
        "therapies.InstructionText", null=True, on_delete=models.PROTECT, related_name="reading_grade"
    )
    page = models.OneToOneField(
        "therapies.TherapyPage", null=True, on_delete=models.PROTECT, related_name="reading_grade"
    )
    measure = models.CharField(max_length=20, blank=True)
    value = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    gate = models.DecimalField(max_digits=5, decimal_places=1, null=True, help_text="What it had to reach then.")
    left_out = models.JSONField(default=list, help_text="The defined terms that were not counted.")
    leave = models.ForeignKey(ReadingLeave, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            one_of("text", "page", "a_reading_grade_is_of_one_text"),
            models.CheckConstraint(
                name="what_reads_above_the_gate_has_the_owners_leave",
                condition=Q(measure="flesch-kincaid", value__lte=F("gate"))
                | Q(measure="fernandez-huerta", value__gte=F("gate"))
                | Q(leave__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure or 'not measured'} {'' if self.value is None else self.value}".strip()


class PematTick(AppendOnly):
    """A named person answered one item of the PEMAT-P for one published text; of two ticks the newer counts."""

    text = models.ForeignKey(
        "therapies.InstructionText", null=True, on_delete=models.PROTECT, related_name="pemat_ticks"
    )
    page = models.ForeignKey("therapies.TherapyPage", null=True, on_delete=models.PROTECT, related_name="pemat_ticks")
    item = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=3, choices=[(answer.value, answer.value) for answer in Answer])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("text", "page", "a_tick_is_about_one_text"),
            models.CheckConstraint(
                name="ticks_are_of_items_of_the_pemat_p", condition=Q(item__range=(1, 12)) | Q(item__range=(15, 26))
            ),
            models.CheckConstraint(
                name="ticks_are_yes_no_or_not_applicable", condition=Q(answer__in=["yes", "no", "na"])
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.item}: {self.answer}"
