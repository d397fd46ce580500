"""Rows of the catalogue for tests: keyword-only, plain defaults; a test names only what it is about."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from therapies.models import (
    Instruction,
    InstructionText,
    InstructionVersion,
    Language,
    Origin,
    Programme,
    ProgrammeItem,
    Source,
    Status,
    Therapy,
    TherapyPage,
)

PUBLISHED_AT = datetime(2026, 11, 1, 15, 0, tzinfo=UTC)
HASH = "0" * 64
# A dose that each kind accepts (therapies/dose.py).
DOSES: dict[str, dict[str, int]] = {
    "ice": {"minutes": 10, "times_a_day": 3, "least_gap_minutes": 120},
    "heat": {"minutes": 10, "times_a_day": 2, "least_gap_minutes": 120},
}
MOVEMENT_DOSE = {"hold_seconds": 5, "repetitions": 3, "times_a_day": 2}


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    class Meta:
        model = Source
        django_get_or_create = ("key",)

    key = "clinic-article"
    title = "Back spasms"
    publisher = "A clinic"


class TherapyFactory(factory.django.DjangoModelFactory[Therapy]):
    class Meta:
        model = Therapy
        django_get_or_create = ("slug",)

    slug = factory.SelfAttribute("kind")
    kind = Therapy.Kind.STRETCHING.value
    setting = Therapy.Setting.HOME.value


class InstructionFactory(factory.django.DjangoModelFactory[Instruction]):
    class Meta:
        model = Instruction
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda n: f"instruction-{n}")
    therapy = factory.SubFactory(TherapyFactory)


def make_source(**fields: Any) -> Source:
    """A source; the same one for the same key."""
    return SourceFactory.create(**fields)


def make_therapy(*, kind: str = "stretching", **fields: Any) -> Therapy:
    """A therapy for use at home; the same one for the same kind, which is its slug too."""
    return TherapyFactory.create(kind=kind, **fields)


def make_instruction(*, kind: str = "stretching", **fields: Any) -> Instruction:
    return InstructionFactory.create(therapy=make_therapy(kind=kind), **fields)


def make_instruction_version(
    *,
    kind: str = "stretching",
    slug: str | None = None,
    instruction: Instruction | None = None,
    title: str = "Single knee to chest",
    published: bool = True,
    text: dict[str, Any] | None = None,
    **fields: Any,
) -> InstructionVersion:
    """A version with English words and one source; `text` overrides words, `fields` columns.

    It is published unless told otherwise. A further version of an instruction whose published one is there
    must be a draft (`published=False`), or superseded (`status=...`).
    """
    instruction = instruction or make_instruction(kind=kind, **({"slug": slug} if slug else {}))
    defaults: dict[str, Any] = {
        "number": instruction.versions.count() + 1,
        "status": Status.PUBLISHED if published else Status.DRAFT,
        "origin": Origin.SHIPPED,
        "content_hash": HASH,
        "level": InstructionVersion.Level.GENTLE,
        "regions": ["low_back"],
        "positions": ["lying"],
        "published_at": PUBLISHED_AT if published else None,
    }
    dose = DOSES.get(instruction.therapy.kind, MOVEMENT_DOSE)
    version = InstructionVersion.objects.create(instruction=instruction, **(defaults | dose | fields))
    version.sources.add(make_source())
    make_instruction_text(version=version, title=title, **(text or {}))
    return version


def make_instruction_text(
    *, version: InstructionVersion, language: str = Language.ENGLISH, **fields: Any
) -> InstructionText:
    cold_or_hot = version.kind in DOSES
    defaults: dict[str, Any] = {
        "title": "Single knee to chest",
        "why": "It eases your low back.",
        "steps": ["Lie on your back.", "Draw one knee in.", "Lower it slowly."],
        "feel": "A mild pull.",
        "stop_if": ["Pain shoots down your leg."],
        "not_now_if": ["Your skin there is numb."] if cold_or_hot else [],
        "caution_notes": {one["condition"]: "Go easy." for one in version.cautions},
    }
    return InstructionText.objects.create(version=version, language=language, **(defaults | fields))


def make_therapy_page(
    *,
    kind: str = "ice",
    language: str = Language.ENGLISH,
    title: str = "Ice",
    published: bool = True,
    **fields: Any,
) -> TherapyPage:
    therapy = make_therapy(kind=kind)
    defaults: dict[str, Any] = {
        "number": therapy.pages.filter(language=language).count() + 1,
        "status": Status.PUBLISHED if published else Status.DRAFT,
        "origin": Origin.SHIPPED,
        "content_hash": HASH,
        "summary": "It can ease pain.",
        "what_it_is": "A cold pack.",
        "may_help": "New pain.",
        "ask_first": ["Do not use it on numb skin."],
        "what_to_expect": "It feels cold.",
        "who_does_it": "You do.",
        "known": "It is cheap.",
        "not_known": "How well it works.",
        "learn_more": "Read on.",
        "reviewed_on": date(2026, 11, 1),
        "published_at": PUBLISHED_AT if published else None,
    }
    page = TherapyPage.objects.create(therapy=therapy, language=language, title=title, **(defaults | fields))
    page.sources.add(make_source())
    return page


def make_programme(
    *, slug: str = "first-48-hours", instructions: tuple[Instruction, ...] = (), **fields: Any
) -> Programme:
    """A published programme with these instructions in order."""
    defaults: dict[str, Any] = {
        "title": "First 48 hours",
        "summary": "Small moves.",
        "from_day": 0,
        "until_day": 2,
        "content_hash": HASH,
    }
    programme = Programme.objects.create(slug=slug, **(defaults | fields))
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(programme=programme, instruction=instruction, position=position)
        for position, instruction in enumerate(instructions, 1)
    )
    return programme
