"""What the library's list shows: one row for each instruction, by two queries whatever their number."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django import forms

from therapies.dose import dose_words
from therapies.loosening import loosened
from therapies.models import (
    InstructionText,
    InstructionVersion,
    Language,
    Origin,
    Status,
    Therapy,
)
from therapies.regions import Region
from therapies.safety import notice_of

HOME_KINDS = (Therapy.Kind.ICE, Therapy.Kind.HEAT, Therapy.Kind.STRETCHING, Therapy.Kind.REST)


class LibraryFilter(forms.Form):
    """What to show of the list. It travels in the address: nothing in it is about a patient."""

    text = forms.CharField(label="Words in the title", max_length=80, required=False)
    level = forms.ChoiceField(
        choices=[("", "any level"), *InstructionVersion.Level.choices], required=False, label="Level"
    )
    kind = forms.ChoiceField(
        choices=[("", "everything"), *((kind.value, kind.label) for kind in HOME_KINDS)],
        required=False,
        label="Kind",
    )


@dataclass(frozen=True)
class LibraryRow:
    """One instruction as staff look it up; `number` is None while nothing of it is published."""

    slug: str
    title: str
    therapy: Therapy
    level: str
    level_words: str
    regions: str
    dose: str
    number: int | None
    offered: bool
    blocked: bool
    needs_clinician: bool

    def fits(self, wanted: dict[str, str]) -> bool:
        """Whether the row belongs to a list that was narrowed by LibraryFilter's cleaned data."""
        return (
            wanted.get("text", "").lower() in f"{self.title} {self.slug}".lower()
            and wanted.get("level", "") in ("", self.level)
            and wanted.get("kind", "") in ("", self.therapy.kind)
        )


def region_words(regions: Iterable[str]) -> str:
    # The names hold commas themselves: "low back, beside the spine".
    return "; ".join(Region(region).label for region in regions)


def is_offered(row: object) -> bool:
    """Newer shipped content that waits for an editor."""
    return getattr(row, "status", "") == Status.DRAFT and getattr(row, "origin", "") == Origin.SHIPPED


def text_in(version: InstructionVersion, language: str = Language.ENGLISH) -> InstructionText | None:
    """The version's words in a language, from the prefetched ones."""
    return next((text for text in version.texts.all() if text.language == language), None)


def library_rows() -> list[LibraryRow]:
    """Every instruction, by therapy and title."""
    versions = (
        InstructionVersion.objects.exclude(status=Status.SUPERSEDED)
        .select_related("instruction__therapy")
        .prefetch_related("texts")
        .annotate(blocked_because=notice_of("pk"))
        .order_by("instruction_id", "number")
    )
    rows = [_row(list(of_one)) for _, of_one in groupby(versions, key=attrgetter("instruction_id"))]
    return sorted(rows, key=lambda row: (row.therapy.order, row.therapy.slug, row.title))


def _row(versions: list[InstructionVersion]) -> LibraryRow:
    published = next((version for version in versions if version.status == Status.PUBLISHED), None)
    shown = published or versions[-1]
    text = text_in(shown)
    return LibraryRow(
        slug=shown.instruction_id,
        title=text.title if text else shown.instruction_id,
        therapy=shown.instruction.therapy,
        level=shown.level,
        level_words=shown.get_level_display(),
        regions=region_words(shown.regions),
        dose=dose_words(shown.dose),
        number=published.number if published else None,
        offered=any(is_offered(version) for version in versions),
        blocked=bool(getattr(published, "blocked_because", "")),
        needs_clinician=any(loosened(version, published) for version in versions if version.status == Status.DRAFT),
    )
