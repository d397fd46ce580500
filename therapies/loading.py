"""load(): the catalogue's entries -> rows. What a clinic changed itself is never overwritten.

A hash of data and words decides whether shipped content is new. Where the clinic's own version is the one
published, newer shipped content becomes a draft that an editor may publish; elsewhere it is published. What would
loosen a caution is never published by loading: it waits for a clinician.
"""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from therapies.catalogue_entries import (
    Catalogue,
    InstructionEntry,
    PageText,
    ProgrammeEntry,
    SourceEntry,
    TherapyEntry,
)
from therapies.models import (
    Instruction,
    InstructionText,
    InstructionVersion,
    Origin,
    Programme,
    Source,
    Status,
    Therapy,
    TherapyPage,
)
from therapies.publishing import (
    publish_page,
    publish_version,
    put_items,
    what_a_page_loosens,
    what_it_loosens,
)
from therapies.reading_gate import above_the_gate, texts_of
from therapies.safety import block

OFFERED = "-shipped"
LOOSENS = "it loosens a caution, so a clinician decides"
READS_HARD = "it reads above the gate, so the owner decides"
PROGRAMME_DATA = ("order", "title", "summary", "from_day", "until_day")


class LoadingError(Exception):
    """The files are right, but what is stored does not allow them; the message says why."""


def content_hash(content: object) -> str:
    """SHA-256 of the content as JSON with sorted keys, in hexadecimal."""
    plain = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def load(catalogue: Catalogue, *, at: datetime) -> list[str]:
    """Store the catalogue and say what changed, one line a change; all of it or nothing."""
    changes: list[str] = []
    for source in catalogue.sources.values():
        changes += _load_source(source)
    for therapy in catalogue.therapies.values():
        changes += _load_therapy(therapy, at=at)
    for instruction in catalogue.instructions.values():
        changes += _load_instruction(instruction, at=at)
    for programme in catalogue.programmes.values():
        changes += _load_programme(programme)
    return changes


def _put(model: type[models.Model], key: str, values: dict[str, Any]) -> str:
    """Add or correct a plain row; "added", "changed" or nothing."""
    row, made = model._default_manager.get_or_create(pk=key, defaults=values)
    if made:
        return "added"
    if all(getattr(row, name) == value for name, value in values.items()):
        return ""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return "changed"


def _load_source(entry: SourceEntry) -> list[str]:
    values = asdict(entry)
    what = _put(Source, values.pop("key"), values)
    return [f"source {entry.key}: {what}"] if what else []


# --- versions: what instructions and pages have in common -----------------------------------------------


def _is_there(rows: models.QuerySet[Any], wanted: str) -> bool:
    """Whether the newest shipped row says this. An older one does not count: a change can be undone."""
    newest = rows.filter(origin=Origin.SHIPPED).order_by("-number").first()
    return newest is not None and newest.content_hash == wanted


def _clinic_changed(rows: models.QuerySet[Any]) -> str:
    """Why newer shipped text is only offered; empty when it is not."""
    if rows.filter(status=Status.RETIRED).exists():
        return "the clinic retired this"
    return "the clinic changed this" if rows.filter(status=Status.PUBLISHED, origin=Origin.CLINIC).exists() else ""


def _draft_row(rows: models.QuerySet[Any], new: Any) -> Any:
    """The offered draft that waits already, or else `new` with the next number; not saved yet."""
    waiting = rows.filter(status=Status.DRAFT, origin=Origin.SHIPPED).order_by("-number").first()
    if waiting:
        return waiting
    new.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    return new


def _fill(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _outcome(name: str, number: int, *, offered: str) -> str:
    if offered:
        return f"{name}: {offered}; the newer shipped text is offered as a draft"
    return f"{name}: version {number} published"


# --- therapies and their pages --------------------------------------------------------------------------


def _load_therapy(entry: TherapyEntry, *, at: datetime) -> list[str]:
    values = {name: getattr(entry, name) for name in ("kind", "setting", "order", "icon")}
    what = _put(Therapy, entry.slug, values)
    changes = [f"therapy {entry.slug}: {what}"] if what else []
    for language, text in entry.texts.items():
        changes += _load_page(entry, language, text, at=at)
    return changes


def _load_page(entry: TherapyEntry, language: str, text: PageText, *, at: datetime) -> list[str]:
    words = asdict(text)
    wanted = content_hash([words, sorted(entry.sources), entry.reviewed_on])
    rows = TherapyPage.objects.filter(therapy=entry.slug, language=language)
    if _is_there(rows, wanted):
        return []
    offered = _clinic_changed(rows)
    page = _draft_row(rows, TherapyPage(therapy_id=entry.slug, language=language, origin=Origin.SHIPPED))
    words["ask_first"] = list(text.ask_first)
    _fill(page, words | {"reviewed_on": entry.reviewed_on, "content_hash": wanted})
    page.sources.set(entry.sources)
    if not offered and what_a_page_loosens(page):
        offered = LOOSENS
    if not offered and above_the_gate(texts_of(page)):
        offered = READS_HARD
    if not offered:
        publish_page(page, by=None, at=at)
    return [_outcome(f"page {entry.slug} ({language})", page.number, offered=offered)]


# --- instructions ---------------------------------------------------------------------------------------


def _load_instruction(entry: InstructionEntry, *, at: datetime) -> list[str]:
    _put_instruction(entry)
    wanted = content_hash(asdict(replace(entry, safety="")))
    rows = InstructionVersion.objects.filter(instruction=entry.slug)
    if _is_there(rows, wanted):
        return []
    blocked = block(_corrected(rows, entry), entry.safety, at=at)
    offered = _clinic_changed(rows)
    version = _draft_row(rows, InstructionVersion(instruction_id=entry.slug, origin=Origin.SHIPPED))
    _fill(version, _version_data(entry) | {"content_hash": wanted})
    version.sources.set(entry.sources)
    _put_texts(version, entry)
    if not offered and what_it_loosens(version):
        offered = LOOSENS
    if not offered and above_the_gate(texts_of(version)):
        offered = READS_HARD
    if not offered:
        publish_version(version, by=None, at=at)
    return [*blocked, _outcome(entry.slug, version.number, offered=offered)]


def _corrected(rows: models.QuerySet[Any], entry: InstructionEntry) -> list[InstructionVersion]:
    """The versions that a correction marked `safety` speaks of: all that were there before it was first met.

    The line may stay in the files. Once a version of the clinic's database came with it, it blocks no other.
    """
    if not entry.safety or rows.filter(origin=Origin.SHIPPED, safety=entry.safety).exists():
        return []
    return list(rows.exclude(status=Status.DRAFT, origin=Origin.SHIPPED))


def _put_instruction(entry: InstructionEntry) -> None:
    values = {"therapy_id": entry.therapy, "entry": entry.entry}
    row, _ = Instruction.objects.get_or_create(pk=entry.slug, defaults=values)
    # The therapy decides which verdict applies, and to issued plans as well: it never moves under them.
    if row.therapy_id != entry.therapy:
        moved = f"belongs to {row.therapy_id} and cannot move to {entry.therapy}"
        raise LoadingError(f"{entry.slug}: {moved}; give it a new name.")
    _put(Instruction, entry.slug, values)


def _version_data(entry: InstructionEntry) -> dict[str, Any]:
    lists = {name: list(getattr(entry, name)) for name in ("regions", "equipment", "positions")}
    return {
        **lists,
        **entry.dose.as_dict(),
        "level": entry.level,
        "first_48h": entry.first_48h,
        "dose_most": entry.dose_most,
        "alternatives": list(entry.alternatives),
        "safety": entry.safety,
        "figures": entry.figures,
        "cautions": [asdict(caution) for caution in entry.cautions],
    }


def _put_texts(version: InstructionVersion, entry: InstructionEntry) -> None:
    version.texts.all().delete()
    InstructionText.objects.bulk_create(
        InstructionText(version=version, language=language, **asdict(words)) for language, words in entry.texts.items()
    )


# --- programmes -----------------------------------------------------------------------------------------


def programme_hash(programme: Programme) -> str:
    """The hash of what the row says now, whoever wrote it."""
    data = [getattr(programme, name) for name in PROGRAMME_DATA]
    return content_hash([data, list(programme.items.values_list("instruction_id", flat=True))])


def _load_programme(entry: ProgrammeEntry) -> list[str]:
    """A programme has one row and no versions, so newer shipped content waits in a row of its own."""
    wanted = content_hash([[getattr(entry, name) for name in PROGRAMME_DATA], list(entry.instructions)])
    row = Programme.objects.filter(pk=entry.slug).first()
    if row and row.shipped_hash == wanted:
        return []
    if row and programme_hash(row) not in (row.shipped_hash, wanted):
        return _offer_programme(entry, wanted)
    _put_programme(entry.slug, entry, wanted, status=Status.PUBLISHED)
    return [f"programme {entry.slug}: {'changed' if row else 'added'}"]


def _offer_programme(entry: ProgrammeEntry, wanted: str) -> list[str]:
    slug = entry.slug + OFFERED
    if Programme.objects.filter(pk=slug, content_hash=wanted).exists():
        return []
    _put_programme(slug, entry, wanted, status=Status.DRAFT)
    return [f"programme {entry.slug}: the clinic changed this; the newer shipped one is offered as a draft"]


def _put_programme(slug: str, entry: ProgrammeEntry, wanted: str, *, status: Status) -> None:
    values = {name: getattr(entry, name) for name in PROGRAMME_DATA}
    values |= {"status": status, "content_hash": wanted, "shipped_hash": wanted}
    programme, _ = Programme.objects.update_or_create(pk=slug, defaults=values)
    put_items(programme, list(entry.instructions))
