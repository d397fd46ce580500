"""The catalogue's TOML files -> dataclasses, or every fault of them at once.

Data and words are files apart, so that a language is added by adding files: `ice.toml` beside `ice.en.toml`.
Every entry must have English words; another language may hold some of them.
"""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models

from therapies.catalogue_entries import (
    Catalogue,
    CatalogueError,
    Caution,
    InstructionEntry,
    InstructionWords,
    PageText,
    ProgrammeEntry,
    SourceEntry,
    TherapyEntry,
)
from therapies.catalogue_figures import FIGURES, picture_words, read_figures
from therapies.dose import NAMES, NUMBERS, Dose, DoseError, check_dose
from therapies.languages import languages
from therapies.models import (
    InstructionText,
    InstructionVersion,
    Language,
    Programme,
    Source,
    Therapy,
    TherapyPage,
)
from therapies.reading.word_lists import DEFINED_TERMS, PLAIN_WORDS
from therapies.regions import Region
from therapies.suitability.verdicts import JUDGED_KINDS
from therapies.toml_tables import KEY, SLUG, Table, read_tables, read_toml

POSITIONS = ("lying", "side_lying", "face_down", "hands_and_knees", "kneeling", "sitting", "standing")
PAGE_TEXTS = (
    "title",
    "summary",
    "what_it_is",
    "may_help",
    "what_to_expect",
    "who_does_it",
    "known",
    "not_known",
    "learn_more",
)
ACTIONS = ("avoid", "adapt")
ENTRY = re.compile(r"E\d\d")
# Ice and heat are refused without a list of when to wait: rules.md sections 5 and 6, facts.md 2.5 and 3.4.
NEED_NOT_NOW = (Therapy.Kind.ICE, Therapy.Kind.HEAT)
# An offered programme is stored under its slug with an ending (loading.py), which needs the room.
PROGRAMME_SLUG_MOST = 52


def read_catalogue(folder: Path) -> Catalogue:
    """Read and check everything under `folder`; raises CatalogueError with all faults."""
    return _Reader(folder).read()


def limit(model: type[models.Model], name: str) -> int:
    """How many characters the column holds: SQLite would take more, PostgreSQL would not."""
    return getattr(model._meta.get_field(name), "max_length", None) or 5000


class _Reader:
    """Goes through the folder once; what is read first (sources, therapies) is what the rest may name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.sources: dict[str, SourceEntry] = {}
        self.therapies: dict[str, TherapyEntry] = {}
        self.instructions: dict[str, InstructionEntry] = {}
        self.programmes: dict[str, ProgrammeEntry] = {}
        self.instruction_tables: dict[str, Table] = {}
        self.figures = read_figures(folder, self.faults)

    def read(self) -> Catalogue:
        self._read_sources()
        for path in self._data_files("therapies"):
            self._read_therapy(path)
        for path in self._data_files("instructions"):
            self._read_instructions(path)
        self._check_alternatives()
        self._refuse_figures_of_nothing()
        self._read_programmes()
        self._refuse_strays()
        if self.faults:
            raise CatalogueError(self.faults)
        return Catalogue(self.sources, self.therapies, self.instructions, self.programmes)

    # --- files ------------------------------------------------------------------------------------

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def _data_files(self, under: str) -> list[Path]:
        return [path for path in sorted((self.folder / under).glob("*.toml")) if path.name.count(".") == 1]

    def _text_files(self, data: Path) -> dict[str, Path]:
        """The files with the words for one data file, by language; English is always named, and first."""
        found = {path.name.split(".")[1]: path for path in sorted(data.parent.glob(f"{data.stem}.*.toml"))}
        english = data.with_name(f"{data.stem}.en.toml")
        known = {language: path for language, path in found.items() if language in languages()}
        return {Language.ENGLISH: english} | known

    def _refuse_strays(self) -> None:
        data = {"sources", "programmes", DEFINED_TERMS, PLAIN_WORDS, *(f"therapies/{slug}" for slug in self.therapies)}
        data |= {self._name(path).removesuffix(".toml") for path in self._data_files("instructions")}
        for path in sorted(set(self.folder.rglob("*.toml")) - set((self.folder / FIGURES).glob("*.toml"))):
            stem, _, language = self._name(path).removesuffix(".toml").partition(".")
            if stem not in data:
                self.faults.append(f"{self._name(path)}: belongs to no data file, {stem}.toml.")
            elif language and language not in languages():
                known = ", ".join(languages())
                self.faults.append(f'{self._name(path)}: "{language}" is not a language of Steady ({known}).')

    # --- sources and therapies --------------------------------------------------------------------

    def _read_sources(self) -> None:
        for key, table in read_tables(self.folder / "sources.toml", "sources.toml", self.faults).items():
            self.sources[key] = SourceEntry(
                key=key,
                title=table.text("title", most=limit(Source, "title")),
                publisher=table.text("publisher", most=limit(Source, "publisher")),
                year=table.whole("year", least=1900, most=2100, needed=False),
                url=_web_address(table),
                note=table.text("note", most=limit(Source, "note"), needed=False),
            )
            table.finish()

    def _read_therapy(self, path: Path) -> None:
        table = Table(f"{self._name(path)}: ", read_toml(path, self._name(path), self.faults), self.faults)
        if not SLUG.fullmatch(path.stem):
            self.faults.append(f"{self._name(path)}: must be named in small letters, digits and hyphens.")
        entry = TherapyEntry(
            slug=path.stem,
            kind=table.choice("kind", Therapy.Kind.values, what="kind"),
            setting=table.choice("setting", Therapy.Setting.values, what="setting"),
            order=table.whole("order") or 0,
            icon=table.text("icon", most=limit(Therapy, "icon")),
            sources=table.names("sources", self.sources, what="source"),
            reviewed_on=_day(table, "reviewed"),
            texts={language: self._page_text(words) for language, words in self._text_files(path).items()},
        )
        for other in self.therapies.values():
            if entry.kind and other.kind == entry.kind:
                table.fault("kind", f'"{entry.kind}" is the kind of {other.slug} already.')
        self.therapies[entry.slug] = entry
        table.finish()

    def _page_text(self, path: Path) -> PageText:
        table = Table(f"{self._name(path)}: ", read_toml(path, self._name(path), self.faults), self.faults)
        texts = {name: table.text(name, most=limit(TherapyPage, name)) for name in PAGE_TEXTS}
        page = PageText(**texts, ask_first=table.texts("ask_first", least=1))
        table.finish()
        return page

    # --- instructions -----------------------------------------------------------------------------

    def _read_instructions(self, path: Path) -> None:
        tables = read_tables(path, self._name(path), self.faults)
        words = {
            language: read_tables(file, self._name(file), self.faults)
            for language, file in self._text_files(path).items()
        }
        for slug, table in tables.items():
            of_slug = {language: held.pop(slug) for language, held in words.items() if slug in held}
            if Language.ENGLISH not in of_slug:
                table.fault("", f"has no words in {path.stem}.en.toml.")
            if slug in self.instructions:
                table.fault("", "stands in another file too.")
            self.instructions[slug] = self._instruction(slug, table, of_slug)
            self.instruction_tables[slug] = table
        for held in words.values():
            for table in held.values():
                table.fault("", f"has no data in {path.name}.")

    def _instruction(self, slug: str, table: Table, words: dict[str, Table]) -> InstructionEntry:
        therapy = table.choice("therapy", self.therapies, what="therapy")
        kind = self._kind_at_home(table, therapy)
        cautions, figures = _cautions(table), self.figures.get(slug, {})
        dose, dose_most = _doses(table, kind)
        entry = InstructionEntry(
            slug=slug,
            therapy=therapy,
            entry=_entry(table),
            level=table.choice("level", InstructionVersion.Level.values, what="level"),
            first_48h=table.flag("first_48h"),
            regions=table.names("regions", Region.values, what="region"),
            equipment=table.keys("equipment"),
            positions=table.names("positions", POSITIONS, what="position"),
            sources=table.names("sources", self.sources, what="source"),
            cautions=cautions,
            dose=dose,
            dose_most=dose_most,
            alternatives=table.texts("alternatives", needed=False),
            safety=table.text("safety", most=limit(InstructionVersion, "safety"), needed=False),
            figures=figures,
            texts={language: _words(held, kind, cautions, figures) for language, held in words.items()},
        )
        table.finish()
        return entry

    def _check_alternatives(self) -> None:
        """Once all are read: an alternative is another instruction, wherever it stands."""
        for slug, entry in self.instructions.items():
            for other in entry.alternatives:
                if other == slug or other not in self.instructions:
                    self.instruction_tables[slug].fault("alternatives", f'"{other}" is not another instruction.')

    def _refuse_figures_of_nothing(self) -> None:
        for slug in sorted(self.figures.keys() - self.instructions.keys()):
            self.faults.append(f"{FIGURES}/{slug}.toml: is a figure of no instruction, [{slug}].")

    def _kind_at_home(self, table: Table, therapy: str) -> str:
        """The therapy's kind: one that the rules judge, and no manual technique (facts.md section 7)."""
        known = self.therapies.get(therapy)
        if known and known.setting in (Therapy.Setting.IN_CLINIC, Therapy.Setting.PRESCRIBED):
            table.fault("therapy", f'"{therapy}" is not done at home, so it has no instructions.')
        elif known and known.kind and known.kind not in JUDGED_KINDS:
            table.fault("therapy", f'no rule judges "{therapy}", so it has no instructions.')
        return known.kind if known else ""

    # --- programmes -------------------------------------------------------------------------------

    def _read_programmes(self) -> None:
        path = self.folder / "programmes.toml"
        files = self._text_files(path)
        if not path.exists() and not files[Language.ENGLISH].exists():
            return
        english = read_tables(files.pop(Language.ENGLISH), "programmes.en.toml", self.faults)
        for other in files.values():
            self.faults.append(f"{self._name(other)}: programmes are for staff and have English words only.")
        for slug, table in read_tables(path, "programmes.toml", self.faults).items():
            if len(slug) > PROGRAMME_SLUG_MOST:
                table.fault("", f"the name must be at most {PROGRAMME_SLUG_MOST} characters.")
            if slug not in english:
                table.fault("", "has no words in programmes.en.toml.")
            self.programmes[slug] = self._programme(slug, table, english.pop(slug, None))
        for table in english.values():
            table.fault("", "has no data in programmes.toml.")

    def _programme(self, slug: str, table: Table, words: Table | None) -> ProgrammeEntry:
        from_day = table.whole("from_day") or 0
        until_day = table.whole("until_day", needed=False)
        if until_day is not None and until_day < from_day:
            table.fault("until_day", "must not be before from_day.")
        entry = ProgrammeEntry(
            slug=slug,
            order=table.whole("order") or 0,
            title=words.text("title", most=limit(Programme, "title")) if words else "",
            summary=words.text("summary", most=limit(Programme, "summary")) if words else "",
            from_day=from_day,
            until_day=until_day,
            instructions=table.names("instructions", self.instructions, what="instruction"),
        )
        for read in (table, words):
            if read:
                read.finish()
        return entry


# --- single fields ------------------------------------------------------------------------------------


def _web_address(table: Table) -> str:
    url = table.text("url", most=limit(Source, "url"), needed=False)
    if url and not re.fullmatch(r"https://[^\s/]+\.[^\s]+", url):
        table.fault("url", "must be a whole address that begins with https://.")
    return url


def _day(table: Table, name: str) -> date | None:
    value = table.text(name)
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        table.fault(name, "must be a day written like 2026-11-01.")
        return None


def _entry(table: Table) -> str:
    entry = table.text("entry", needed=False)
    if entry and not ENTRY.fullmatch(entry):
        table.fault("entry", "must be written like E01.")
    return entry


def _cautions(table: Table) -> tuple[Caution, ...]:
    found: list[Caution] = []
    for one in table.tables("cautions"):
        condition = one.text("condition", most=60)
        if condition and not KEY.fullmatch(condition):
            one.fault("condition", f'"{condition}" must be small letters, digits and underscores.')
        if condition and condition in {caution.condition for caution in found}:
            one.fault("condition", f'"{condition}" stands there twice.')
        found.append(Caution(condition, one.choice("action", ACTIONS, what="action")))
        one.finish()
    return tuple(found)


def _doses(table: Table, kind: str) -> tuple[Dose, dict[str, int]]:
    """The dose to begin with and the numbers it may grow to."""
    start, most = table.table("dose"), table.table("dose_most")
    dose = _dose(start, kind, Dose()) if start else Dose()
    if not most:
        return dose, {}
    return dose, _most(most, dose, _dose(most, kind, dose))


def _dose(table: Table, kind: str, base: Dose) -> Dose:
    """The numbers of `table` over those of `base`, checked by the kind's limits."""
    given = {name: table.whole(name, most=100_000, needed=False) for name in NUMBERS}
    sides = table.flag("each_side", needed=False) or base.each_side
    dose = replace(base, each_side=sides, **{name: n for name, n in given.items() if n is not None})
    table.finish()
    try:
        check_dose(dose, kind)
    except DoseError as error:
        # What the dose to begin with lacks or has wrong was told there.
        if base == Dose() or error.field in table.values:
            table.fault(error.field, str(error).removeprefix(NAMES[error.field]).strip())
    return dose


def _most(table: Table, dose: Dose, most: Dose) -> dict[str, int]:
    numbers = {name: getattr(most, name) for name in NUMBERS if name in table.values and getattr(most, name)}
    if not numbers:
        table.fault(NUMBERS[0], "or another number of the dose is needed.")
    for name, value in numbers.items():
        least = getattr(dose, name)
        if least is None:
            table.fault(name, "is not in the dose to begin with.")
        elif value < least:
            table.fault(name, f"must not be below the dose to begin with, {least}.")
    if most.each_side != dose.each_side:
        table.fault("each_side", "must be as in the dose to begin with.")
    return numbers


def _words(
    table: Table, kind: str, cautions: tuple[Caution, ...], figures: dict[str, dict[str, Any]]
) -> InstructionWords:
    words = InstructionWords(
        title=table.text("title", most=limit(InstructionText, "title")),
        why=table.text("why", most=limit(InstructionText, "why")),
        steps=table.texts("steps", least=1),
        feel=table.text("feel", most=limit(InstructionText, "feel")),
        stop_if=table.texts("stop_if", needed=False),
        not_now_if=_not_now(table, kind),
        caution_notes=_caution_notes(table, cautions),
        easier=table.text("easier", most=limit(InstructionText, "easier"), needed=False),
        harder=table.text("harder", most=limit(InstructionText, "harder"), needed=False),
        pictures=picture_words(table, figures),
    )
    table.finish()
    return words


def _not_now(table: Table, kind: str) -> tuple[str, ...]:
    needed = kind in NEED_NOT_NOW
    return table.texts("not_now_if", needed=needed, least=1 if needed else 0)


def _caution_notes(table: Table, cautions: tuple[Caution, ...]) -> dict[str, str]:
    notes = table.table("cautions", needed=bool(cautions))
    if not notes:
        return {}
    read = {caution.condition: notes.text(caution.condition) for caution in cautions if caution.condition}
    notes.finish()
    return read
