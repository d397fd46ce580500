"""Who read a text in another language, and whether patients may read it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Aggregate, CharField, Exists, Expression, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from practice.append_only import AppendOnly, AppendOnlyQuerySet


class InOneText(Aggregate):
    """The values of a group in one text, with blanks between them."""

    output_field = CharField()
    template = "STRING_AGG(%(expressions)s, ' ')"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="GROUP_CONCAT(%(expressions)s, ' ')", **context)


class TextReviewQuerySet(AppendOnlyQuerySet):
    def standing(self) -> "TextReviewQuerySet":
        """The newest review of each wording; an earlier one of the same words is history."""
        same = {name: OuterRef(name) for name in ("language", "part", "content_hash")}
        return self.filter(~Exists(TextReview.objects.filter(**same, pk__gt=OuterRef("pk"))))

    def approvals(self, language: str) -> "TextReviewQuerySet":
        """The wordings in `language` that patients may read."""
        return self.standing().filter(language=language, outcome=TextReview.Outcome.APPROVED)

    def approved_hashes(self, language: str, *, part: Expression) -> Coalesce:
        """To annotate a row with: the hashes of the approved wordings of its part, with blanks between them."""
        of_part = self.approvals(language).filter(part=part).order_by().values("part")
        return Coalesce(Subquery(of_part.annotate(hashes=InOneText("content_hash")).values("hashes")), Value(""))


class TextReview(AppendOnly):
    """Somebody read the words of one part beside the English, and said whether they say the same, safely.

    It holds for these very words: the hash covers them and the English that they stand for.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved", "approved"
        NEEDS_WORK = "needs_work", "needs work"

    language = models.CharField(max_length=5)
    part = models.CharField(max_length=80, help_text="interface-screening, instruction:ice-pack or page:ice, say.")
    content_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    note = models.CharField(max_length=500, blank=True, help_text="What needs work.")
    qualification = models.CharField(max_length=250, help_text="How the reviewer knows this language and this field.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = TextReviewQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["language", "part"], name="text_review_of_a_part")]
        constraints = [
            models.CheckConstraint(
                name="text_reviews_end_in_a_yes_or_a_no", condition=Q(outcome__in=["approved", "needs_work"])
            ),
            models.CheckConstraint(name="text_reviewers_say_how_they_know", condition=~Q(qualification="")),
            models.CheckConstraint(
                name="text_reviews_say_what_needs_work", condition=Q(outcome="approved") | ~Q(note="")
            ),
            # The sign-off of the rule set is what covers the English.
            models.CheckConstraint(name="text_reviews_are_of_other_languages", condition=~Q(language="en")),
        ]

    def __str__(self) -> str:
        return f"{self.part} in {self.language}: {self.get_outcome_display()}"

    @property
    def approves(self) -> bool:
        return self.outcome == self.Outcome.APPROVED
