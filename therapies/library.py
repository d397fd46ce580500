"""What the library's list shows: one row for each instruction, by two queries whatever their number."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from practice.models import User
from therapies.dose_in_words import dose_words
from therapies.equipment import equipment_words
from therapies.languages import language_choices
from therapies.loosening import loosened
from therapies.models import (
    Favourite,
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
NOTHING, WITHOUT = "nothing", "without-"
STATUSES = (
    (Status.PUBLISHED.value, "published"),
    (Status.DRAFT.value, "with a draft"),
    (Status.SUPERSEDED.value, "with earlier versions"),
    (Status.RETIRED.value, "retired"),
)


@dataclass(frozen=True)
class LibraryRow:
    """One instruction as staff look it up; `number` is None while nothing of it is published."""

    slug: str
    title: str
    therapy: Therapy
    level: str
    level_words: str
    regions: frozenset[str]
    region_words: str
    equipment: frozenset[str]
    languages: frozenset[str]
    statuses: frozenset[str]
    searched: str
    dose: str
    number: int | None
    offered: bool
    drafted: bool
    blocked: bool
    needs_clinician: bool
    starred: bool

    @property
    def is_retired(self) -> bool:
        return Status.RETIRED in self.statuses

    def fits(self, wanted: Mapping[str, Any]) -> bool:
        """Whether the row belongs to a list that was narrowed by LibraryFilter's cleaned data."""
        return (
            _folded(wanted.get("text") or "") in self.searched
            and wanted.get("level", "") in ("", self.level)
            and wanted.get("kind", "") in ("", self.therapy.kind)
            and wanted.get("region", "") in ("", *self.regions)
            and wanted.get("status", "") in ("", *self.statuses)
            and wanted.get("equipment", "") in ("", *(self.equipment or (NOTHING,)))
            and self._speaks(wanted.get("language", ""))
            and (self.starred or not wanted.get("starred"))
        )

    def _speaks(self, wanted: str) -> bool:
        if wanted.startswith(WITHOUT):
            return wanted.removeprefix(WITHOUT) not in self.languages
        return wanted in ("", *self.languages)


class LibraryFilter(forms.Form):
    """What to show of the list. It travels in the address: nothing in it is about a patient."""

    text = forms.CharField(label="Words in the title", max_length=80, required=False)
    kind = forms.ChoiceField(
        choices=[("", "any kind"), *((kind.value, kind.label) for kind in HOME_KINDS)], required=False, label="Kind"
    )
    level = forms.ChoiceField(
        choices=[("", "any level"), *InstructionVersion.Level.choices], required=False, label="Level"
    )
    region = forms.ChoiceField(choices=[("", "anywhere"), *Region.choices], required=False, label="Where")
    equipment = forms.ChoiceField(required=False, label="What it needs")
    language = forms.ChoiceField(required=False, label="Language")
    status = forms.ChoiceField(choices=[("", "any state"), *STATUSES], required=False, label="State")
    starred = forms.BooleanField(label="Only my favorites", required=False)

    def __init__(self, *args: Any, rows: Iterable[LibraryRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        things = sorted({each for row in rows for each in row.equipment})
        needs = [("", "anything"), (NOTHING, "nothing"), *((each, equipment_words(each)) for each in things)]
        spoken = [(code, f"words in {name}") for code, name in language_choices()]
        missing = [(f"{WITHOUT}{code}", f"no words in {name}") for code, name in language_choices()]
        for name, choices in {"equipment": needs, "language": [("", "any language"), *spoken, *missing]}.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def region_words(regions: Iterable[str]) -> str:
    # The names hold commas themselves: "low back, beside the spine".
    return "; ".join(str(Region(region).label) for region in regions)


def is_offered(row: object) -> bool:
    """Newer shipped content that waits for an editor."""
    return getattr(row, "status", "") == Status.DRAFT and getattr(row, "origin", "") == Origin.SHIPPED


def text_in(version: InstructionVersion, language: str = Language.ENGLISH) -> InstructionText | None:
    """The version's words in a language, from the prefetched ones."""
    return next((text for text in version.texts.all() if text.language == language), None)


def library_rows(user: User) -> list[LibraryRow]:
    """Every instruction, by therapy and title, with this person's stars."""
    of_same = InstructionVersion.objects.filter(instruction=OuterRef("instruction"))
    versions = (
        InstructionVersion.objects.exclude(status=Status.SUPERSEDED)
        .select_related("instruction__therapy")
        .prefetch_related("texts")
        .annotate(
            blocked_because=notice_of("pk"),
            has_earlier=Exists(of_same.filter(status=Status.SUPERSEDED)),
            starred=Exists(Favourite.objects.filter(user=user, instruction=OuterRef("instruction"))),
        )
        .order_by("instruction_id", "number")
    )
    rows = [_row(list(of_one)) for _, of_one in groupby(versions, key=attrgetter("instruction_id"))]
    return sorted(rows, key=lambda row: (row.therapy.order, row.therapy.slug, row.title))


def _row(versions: list[InstructionVersion]) -> LibraryRow:
    by_status = {version.status: version for version in versions}
    published = by_status.get(Status.PUBLISHED)
    shown = published or by_status.get(Status.RETIRED) or versions[-1]
    drafts = [version for version in versions if version.status == Status.DRAFT]
    text = text_in(shown)
    title = text.title if text else shown.instruction_id
    earlier = {Status.SUPERSEDED.value} if getattr(shown, "has_earlier", False) else set()
    return LibraryRow(
        slug=shown.instruction_id,
        title=title,
        therapy=shown.instruction.therapy,
        level=shown.level,
        level_words=shown.get_level_display(),
        regions=frozenset(shown.regions),
        region_words=region_words(shown.regions),
        equipment=frozenset(shown.equipment),
        languages=frozenset(each.language for each in shown.texts.all()),
        statuses=frozenset({*by_status, *earlier}),
        searched=_folded(" ".join([shown.instruction_id, *(each.title for each in shown.texts.all())])),
        dose=dose_words(shown.dose),
        number=published.number if published else None,
        offered=any(map(is_offered, drafts)),
        drafted=any(not is_offered(version) for version in drafts),
        blocked=bool(published and published.blocked_because),
        needs_clinician=any(loosened(version, published) for version in drafts),
        starred=getattr(shown, "starred", False),
    )


def _folded(text: str) -> str:
    """Without case and accents, so that "rodilla" and "Rodílla" are one."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
