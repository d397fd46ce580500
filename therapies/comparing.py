"""Two versions side by side: each sentence with what was taken out and put in, and each changed datum in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from therapies.catalogue_entries import InstructionWords
from therapies.content import NO_WORDS, Facts, facts_of, words_of
from therapies.dose import NAMES
from therapies.dose_in_words import dose_words
from therapies.equipment import equipment_words
from therapies.languages import languages
from therapies.library import region_words
from therapies.models import InstructionVersion
from therapies.movement_cautions import condition_words

LABELS = {
    "title": "Title",
    "why": "Why",
    "steps": "Steps",
    "feel": "What you should feel",
    "stop_if": "Stop if",
    "not_now_if": "Not now if",
    "easier": "Easier",
    "harder": "Harder",
}
# Lines with less in common than this are two lines, not one that was reworded.
ALIKE = 0.4


@dataclass(frozen=True)
class Piece:
    """Some words in a row; `changed`: taken out on the left side, put in on the right side."""

    text: str
    changed: bool


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One sentence on both sides; a side that has none is empty."""

    before: Line
    after: Line

    @property
    def is_changed(self) -> bool:
        return any(piece.changed for piece in (*self.before, *self.after))


@dataclass(frozen=True)
class Part:
    label: str
    rows: tuple[Row, ...]

    @property
    def is_changed(self) -> bool:
        return any(row.is_changed for row in self.rows)


@dataclass(frozen=True)
class Words:
    """The words in one language, or the data (`language` is empty then)."""

    heading: str
    language: str
    parts: tuple[Part, ...]

    @property
    def changed(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_changed)

    @property
    def same(self) -> str:
        """What is alike, for one line."""
        return ", ".join(part.label for part in self.parts if not part.is_changed)


def compare(before: InstructionVersion, after: InstructionVersion) -> tuple[Words, ...]:
    """The data first, then each language that either has."""
    old = {text.language: words_of(text) for text in before.texts.all()}
    new = {text.language: words_of(text) for text in after.texts.all()}
    data = _parts(_data(before), _data(after))
    return (
        Words("Dose, cautions and places", "", data),
        *(
            Words(f"Words in {file.name_in_english}", code, _words(old.get(code, NO_WORDS), new.get(code, NO_WORDS)))
            for code, file in languages().items()
            if code in old or code in new
        ),
    )


def rows_of(before: Sequence[str], after: Sequence[str]) -> Iterator[Row]:
    """The lines of both sides, matched; what was reworded stands on one row."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "equal":
            yield from (Row((Piece(line, False),), (Piece(line, False),)) for line in before[start:end])
        else:
            for old, new in zip_longest(before[start:end], after[begin:stop], fillvalue=""):
                yield from _reworded(old, new)


def _reworded(old: str, new: str) -> Iterator[Row]:
    words, anew = old.split(), new.split()
    matcher = SequenceMatcher(None, words, anew, autojunk=False)
    if old and new and matcher.ratio() < ALIKE:
        yield Row((Piece(old, True),), ())
        yield Row((), (Piece(new, True),))
        return
    codes = matcher.get_opcodes()
    yield Row(
        _line((tag, words[start:end]) for tag, start, end, _, _ in codes),
        _line((tag, anew[begin:stop]) for tag, _, _, begin, stop in codes),
    )


def _line(pieces: Iterable[tuple[str, list[str]]]) -> Line:
    return tuple(Piece(" ".join(words), tag != "equal") for tag, words in pieces if words)


def _parts(before: dict[str, list[str]], after: dict[str, list[str]]) -> tuple[Part, ...]:
    labels = dict.fromkeys((*before, *after))
    return tuple(Part(label, tuple(rows_of(before.get(label, []), after.get(label, [])))) for label in labels)


def _words(before: InstructionWords, after: InstructionWords) -> tuple[Part, ...]:
    return _parts(_texts(before), _texts(after))


def _texts(words: InstructionWords) -> dict[str, list[str]]:
    """Each text as lines, by its label."""
    own = {label: _lines(getattr(words, name)) for name, label in LABELS.items()}
    notes = {f"About {condition_words(each)}": [note] for each, note in words.caution_notes.items()}
    pictures = {f"Picture: {name}": list(lines) for name, lines in words.pictures.items()}
    return own | notes | pictures


def _lines(value: str | tuple[str, ...]) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    return list(value)


def _data(version: InstructionVersion) -> dict[str, list[str]]:
    facts = facts_of(version)
    return {
        "Level": [version.get_level_display()],
        "First 48 hours": ["in the set" if facts.first_48h else "not in the set"],
        "Dose": _lines(dose_words(facts.dose)),
        "May grow to": [f"{NAMES.get(name, name)}: {number}" for name, number in sorted(facts.dose_most.items())],
        "Cautions": _cautions(facts),
        "Where": [region_words([each]) for each in sorted(facts.regions)],
        "Position": sorted(each.replace("_", " ") for each in facts.positions),
        "What it needs": sorted(map(equipment_words, facts.equipment)),
        "Instead": list(facts.alternatives),
        "Sources": sorted(str(source) for source in version.sources.all()),
    }


def _cautions(facts: Facts) -> list[str]:
    return sorted(f"{condition_words(each['condition'])}: {each['action']}" for each in facts.cautions)
