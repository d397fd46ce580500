"""What was taken out of use or brought back, by whom and why: one row a decision."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from practice.append_only import AppendOnly


class RetirementDecision(AppendOnly):
    """Somebody retired the published version of an instruction, or brought it back. The newest row counts."""

    class What(models.TextChoices):
        RETIRED = "retired", "retired"
        BROUGHT_BACK = "brought_back", "brought back"

    version = models.ForeignKey("therapies.InstructionVersion", on_delete=models.PROTECT, related_name="retirements")
    what = models.CharField(max_length=12, choices=What.choices)
    reason = models.CharField(max_length=500, help_text="In their own words.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="retirements_have_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="retired_or_brought_back", condition=Q(what__in=["retired", "brought_back"])),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} {self.at:%Y-%m-%d}"
