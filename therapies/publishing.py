"""publish_version(), publish_page(), adopt_programme(): the only ways content reaches a plan or a page.

Each locks, checks, freezes, replaces what was there and logs, in one transaction. SQLite ignores row locks:
the conditional unique constraints on the published rows stand behind them.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction

from practice import audit
from practice.models import User
from practice.roles import May
from therapies.catalogue_entries import InstructionWords, PageText
from therapies.dose import DoseError, check_dose
from therapies.loosening import loosened, loosened_page
from therapies.models import (
    CautionLoosening,
    Instruction,
    InstructionText,
    InstructionVersion,
    Language,
    PageLoosening,
    Programme,
    ProgrammeItem,
    Status,
    Therapy,
    TherapyPage,
)
from therapies.pictures import faults_of
from therapies.plain_text import fault_of_content
from therapies.reading_gate import above_the_gate, checks_failed, keep_grade, texts_of
from therapies.suitability.verdicts import JUDGED_KINDS

# Ice and heat harm when used at the wrong moment: rules.md sections 5 and 6.
NEED_NOT_NOW = (Therapy.Kind.ICE, Therapy.Kind.HEAT)
TEXTS, PAGE_TEXTS = (tuple(each.name for each in fields(kind)) for kind in (InstructionWords, PageText))
NEEDS_A_CLINICIAN = "This loosens a caution: a clinician publishes it from the library and says why."
LONGEST_REASON = CautionLoosening._meta.get_field("reason").max_length or 500
LOOSENS_NOTHING = "This draft loosens no caution: an editor publishes it."
CHANGED_MEANWHILE = "This was changed after you opened the page, so nothing was published. Read it again first."
NOT_YOURS = "Only an editor publishes a program."
NEEDS_A_REASON = "This loosens a caution. Say why, in your own words."


class PublishingError(Exception):
    """It may not be published; the message is a sentence for the editor."""


@transaction.atomic
def publish_version(
    version: InstructionVersion, *, by: User | None, at: datetime, reason: str = "", seen: str | None = None
) -> InstructionVersion:
    """Publish a draft and supersede the version before it. `by` is None when a command does it.

    `seen` is what a person read before they decided (seen_of); None when nobody read it on a page.

    `reason` is a clinician's, for a draft that loosens a caution or a dose's limit; it is kept. Raises
    PublishingError when it is missing then, or when `by` may not publish this draft, or the draft is no draft, is not
    as it was seen, has no English words or no source, or is not safe to hand out.
    """
    Instruction.objects.select_for_update().get(pk=version.instruction_id)
    draft = InstructionVersion.objects.select_related("instruction__therapy").get(pk=version.pk)
    _check_is_draft(draft)
    _check_is_not_retired(draft)
    _check_is_as_seen(seen, seen_of(draft, _published_now(draft)))
    _check_version(draft)
    _check_words(draft, by=by)
    loosens = what_it_loosens(draft)
    _check_role(by, loosens)
    _keep_reason(draft, loosens, by=by, at=at, reason=reason.strip())
    InstructionVersion.objects.filter(instruction=draft.instruction).supersede()
    _freeze(draft, by=by, at=at)
    return draft


def seen_of(draft: InstructionVersion, before: InstructionVersion | None) -> str:
    """What tells whether a draft, and what it would replace, are still as somebody read them."""
    return f"{draft.content_hash}-{before.number if before else 0}"


def what_it_loosens(draft: InstructionVersion) -> tuple[str, ...]:
    """What the draft forbids or limits less than the version that is published now, in sentences."""
    return loosened(draft, _published_now(draft))


def _published_now(draft: InstructionVersion) -> InstructionVersion | None:
    published = InstructionVersion.objects.published().select_related("instruction__therapy")
    return published.filter(instruction=draft.instruction_id).first()


def what_a_page_loosens(draft: TherapyPage) -> tuple[str, ...]:
    """What the page that is published now in its language says under "Ask first" and the draft does not."""
    published = TherapyPage.objects.filter(status=Status.PUBLISHED, therapy=draft.therapy_id, language=draft.language)
    return loosened_page(draft, published.first())


def _check_role(by: User | None, loosens: tuple[str, ...]) -> None:
    """What loosens a caution is a clinician's to publish; everything else is an editor's, or a command's."""
    if loosens and (by is None or not by.may(May.LOOSEN_CAUTION)):
        raise PublishingError(NEEDS_A_CLINICIAN)
    if not loosens and by is not None and not by.may(May.PUBLISH):
        raise PublishingError(LOOSENS_NOTHING)


def _keep_reason(
    draft: InstructionVersion | TherapyPage, what: tuple[str, ...], *, by: User | None, at: datetime, reason: str
) -> None:
    """Store who loosened a caution and why; nothing when the draft loosens none."""
    if not what:
        return
    assert by is not None  # _check_role()
    if not reason:
        raise PublishingError(NEEDS_A_REASON)
    kept: dict[str, Any] = {"what": list(what), "reason": reason[:LONGEST_REASON], "by": by, "at": at}
    if isinstance(draft, TherapyPage):
        name = f"page {draft.therapy_id}"
        PageLoosening.objects.create(page=draft, **kept)
    else:
        name = draft.instruction_id
        CautionLoosening.objects.create(version=draft, **kept)
    audit.record(
        audit.Action.CHANGED, actor=by, about=draft, detail=f"loosened a caution of {name}", why=kept["reason"]
    )


@transaction.atomic
def publish_page(
    page: TherapyPage, *, by: User | None, at: datetime, reason: str = "", seen: str | None = None
) -> TherapyPage:
    """Publish a draft page and supersede the one before it in its language; raises PublishingError.

    `reason` is a clinician's, for a draft that drops or rewords a line under "Ask first"; it is kept.
    `seen`: the content hash of what a person read, as for publish_version().
    """
    Therapy.objects.select_for_update().get(pk=page.therapy_id)
    draft = TherapyPage.objects.get(pk=page.pk)
    _check_is_draft(draft)
    _check_is_as_seen(seen, draft.content_hash)
    if not draft.sources.exists():
        raise PublishingError("Name at least one source before publishing.")
    if fault := fault_of_content([getattr(draft, name) for name in PAGE_TEXTS], markdown=True):
        raise PublishingError(f"This page cannot be published: {fault}")
    _check_words(draft, by=by)
    loosens = what_a_page_loosens(draft)
    _check_role(by, loosens)
    _keep_reason(draft, loosens, by=by, at=at, reason=reason.strip())
    TherapyPage.objects.filter(therapy=draft.therapy_id, language=draft.language).supersede()
    _freeze(draft, by=by, at=at)
    return draft


@transaction.atomic
def adopt_programme(offered: Programme, *, into: Programme, by: User | None) -> Programme:
    """Replace the clinic's programme by the newer shipped one that is offered beside it; raises PublishingError."""
    if by is not None and not by.may(May.PUBLISH):
        raise PublishingError(NOT_YOURS)
    rows = Programme.objects.select_for_update().in_bulk([into.pk, offered.pk])
    if len(rows) < 2 or rows[offered.pk].status != Status.DRAFT:
        raise PublishingError("This programme is no longer offered. Open the list again.")
    draft, kept = rows[offered.pk], rows[into.pk]
    keys = list(draft.items.values_list("instruction_id", flat=True))
    for name in ("order", "title", "summary", "from_day", "until_day", "content_hash", "shipped_hash"):
        setattr(kept, name, getattr(draft, name))
    kept.save()
    put_items(kept, keys)
    draft.delete()
    audit.record(audit.Action.PUBLISHED, actor=by, about=kept, detail="programme")
    return kept


def put_items(programme: Programme, keys: list[str]) -> None:
    """Make these instructions, in this order, the programme's."""
    programme.items.all().delete()
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(programme=programme, instruction_id=key, position=position)
        for position, key in enumerate(keys, 1)
    )


def _check_words(draft: InstructionVersion | TherapyPage, *, by: User | None) -> None:
    """What reads too hard needs the owner's leave; what the program can check of the PEMAT-P holds an editor up."""
    texts = texts_of(draft)
    # What ships was checked before it was shipped (a test holds that): a clinic must not lose its ice pack over it.
    faults = (*above_the_gate(texts), *(checks_failed(texts) if by else ()))
    if faults:
        raise PublishingError(" ".join(faults))


def _freeze(draft: InstructionVersion | TherapyPage, *, by: User | None, at: datetime) -> None:
    for text in texts_of(draft):
        keep_grade(text, at=at)
    draft.status = Status.PUBLISHED
    draft.published_at = at
    draft.published_by = by
    draft.save()
    audit.record(audit.Action.PUBLISHED, actor=by, about=draft, detail=f"version {draft.number}")


def _check_is_draft(row: InstructionVersion | TherapyPage) -> None:
    if row.status != Status.DRAFT:
        raise PublishingError(f"Version {row.number} is {row.get_status_display()} already; nothing was changed.")


def _check_is_as_seen(seen: str | None, now: str) -> None:
    if seen not in (None, now):
        raise PublishingError(CHANGED_MEANWHILE)


def _check_is_not_retired(draft: InstructionVersion) -> None:
    """What is published decides what a draft loosens: a retired one is brought back first, and read against."""
    if InstructionVersion.objects.retired().filter(instruction=draft.instruction_id).exists():
        raise PublishingError("This instruction is retired. Bring it back first; then this draft can replace it.")


def _check_version(draft: InstructionVersion) -> None:
    if notice := draft.notices.first():
        raise PublishingError(f"This version is blocked for safety: {notice.text}")
    if draft.kind not in JUDGED_KINDS:
        raise PublishingError(f"No rule judges {draft.instruction.therapy}, so it has no instructions to take home.")
    try:
        check_dose(draft.dose, draft.kind, most=draft.dose_most)
    except DoseError as error:
        raise PublishingError(f"The dose cannot be published: {error}") from error
    if not draft.sources.exists():
        raise PublishingError("Name at least one source before publishing.")
    texts = list(draft.texts.all())
    if Language.ENGLISH not in {text.language for text in texts}:
        raise PublishingError("The English words are missing.")
    for text in texts:
        _check_text(draft, text)


def _check_text(draft: InstructionVersion, text: InstructionText) -> None:
    language = text.get_language_display()
    said = [getattr(text, name) for name in TEXTS]
    if wrong := fault_of_content(said):
        raise PublishingError(f"The words in {language}: {wrong}")
    if not text.title.strip() or not text.steps:
        raise PublishingError(f"The words in {language} need a title and steps.")
    if draft.kind in NEED_NOT_NOW and not text.not_now_if:
        raise PublishingError(f'The words in {language} need "not now if" lines: this is {draft.kind}.')
    for caution in draft.cautions:
        if not text.caution_notes.get(caution["condition"]):
            raise PublishingError(f'The words in {language} say nothing about "{caution["condition"]}".')
    if fault := next(faults_of(draft.figures, text.pictures, steps=len(text.steps)), None):
        raise PublishingError(f"The pictures in {language}: {fault}")
