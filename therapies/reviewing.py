"""Which words a patient gets in another language, and review_text(): the only writer of reviews.

Outside the demo, a text is shown in another language when somebody who knows it approved these very words for this
very English. Every text here is critical: instructions and pages hold cautions. English needs no review of its own:
the sign-off of the rule set is what covers it.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Expression, OuterRef, Value
from django.db.models.functions import Concat

from practice import audit
from practice.models import User
from practice.roles import May
from therapies.interface_parts import CRITICAL, TERMS, interface_parts
from therapies.languages import ENGLISH, languages
from therapies.models import InstructionText, TextReview, TherapyPage
from therapies.wordings import Wording, part_of_instruction, wording_of_instruction, wording_of_page

LONGEST_NOTE = TextReview._meta.get_field("note").max_length or 500
CHANGED = "The words changed since you opened the page. Read them again, then decide."
NOT_YOURS = "You cannot review what patients read in another language."


class ReviewError(Exception):
    """It cannot be reviewed; the message is a sentence for the person who tried."""


@dataclass(frozen=True)
class Reviewed:
    """The hashes of the wordings that patients may read; `everything` in English and in the demo."""

    hashes: frozenset[str] = frozenset()
    everything: bool = False

    def may_show(self, wording: Wording) -> bool:
        return self.everything or wording.hash in self.hashes

    def instruction(self, slug: str, own: InstructionText | None, english: InstructionText) -> InstructionText:
        """The words to show: `own`, or the English while they are missing or not approved."""
        if own is None or own.language == ENGLISH:
            return english
        return own if self.everything or self.may_show(wording_of_instruction(slug, own, english)) else english

    def page(self, own: TherapyPage | None, english: TherapyPage | None) -> TherapyPage | None:
        """The same for an education page; None where there is nothing to show."""
        if own is None or self.everything:
            return own or english
        return own if english and self.may_show(wording_of_page(own, english)) else english


EVERYTHING = Reviewed(everything=True)


def needs_review(language: str) -> bool:
    """Whether words in `language` must be approved before a patient reads them."""
    return language != ENGLISH and not settings.DEMO


def reviewed_in(language: str) -> Reviewed:
    """What patients may read in `language`. One query; none where nothing needs a review."""
    if not needs_review(language):
        return EVERYTHING
    approved = TextReview.objects.approvals(language)
    return Reviewed(frozenset(approved.values_list("content_hash", flat=True)))


def approved_for(language: str, *, slug: str) -> Expression:
    """To annotate rows with, for reviewed_by(): what is approved of the instruction that the column `slug` names."""
    if not needs_review(language):
        return Value("")
    part = Concat(Value(part_of_instruction("")), OuterRef(slug))
    return TextReview.objects.approved_hashes(language, part=part)


def reviewed_by(language: str, approved: str) -> Reviewed:
    """What approved_for() found on a row."""
    return Reviewed(frozenset(approved.split()), everything=not needs_review(language))


def language_for(asked: str) -> str:
    """The language of all pages and papers for a patient who asked for `asked`: that, or English while a critical
    part of the program's own words is not approved in it. One query; none where nothing needs a review."""
    if asked not in languages():
        return ENGLISH
    return asked if not needs_review(asked) or is_shown(reviewed_in(asked), asked) else ENGLISH


def is_shown(reviewed: Reviewed, language: str) -> bool:
    """Whether the program's own words may be shown in `language`: each critical part is there, and approved."""
    parts = interface_parts(language)
    return reviewed.everything or all(part in parts and reviewed.may_show(parts[part]) for part in CRITICAL)


def may_show_terms(language: str) -> bool:
    """Whether patients may read what hard words mean. One query; none where nothing needs a review."""
    if not needs_review(language):
        return True
    terms = interface_parts(language).get(TERMS)
    return terms is not None and reviewed_in(language).may_show(terms)


@transaction.atomic
def review_text(
    wording: Wording,
    outcome: TextReview.Outcome,
    *,
    by: User,
    read_hash: str,
    qualification: str,
    note: str = "",
) -> TextReview:
    """Keep what somebody found who read these words (`read_hash`), and log it. Raises ReviewError."""
    if not by.may(May.REVIEW_TEXT):
        raise ReviewError(NOT_YOURS)
    if wording.hash != read_hash:
        raise ReviewError(CHANGED)
    review = TextReview.objects.create(
        language=wording.language,
        part=wording.part,
        content_hash=wording.hash,
        outcome=outcome,
        note=note,
        qualification=qualification,
        by=by,
    )
    detail = f"{wording.part} in {wording.language}: {review.get_outcome_display()}"
    audit.record(audit.Action.SIGNED, actor=by, about=review, detail=detail)
    return review
