"""Reads which words a translation file (.po) names, and where each comes from. What they become is gettext's to say."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FIELDS = ("msgctxt", "msgid_plural", "msgid")


@dataclass(frozen=True)
class Entry:
    """One text of the program: `places` are files, from the repository's root, without line numbers."""

    english: str
    plural: str = ""
    context: str = ""
    places: tuple[str, ...] = ()


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The living entries of a .po file, in its order; the file's head and what is commented out are none."""
    places: list[str] = []
    held: dict[str, str] = {}
    field = ""
    for line in [*(each.strip() for each in lines), ""]:
        if line.startswith("#:"):
            places += (place.rsplit(":", 1)[0] for place in line[2:].split())
        elif line.startswith('"'):
            held[field] = held.get(field, "") + ast.literal_eval(line)
        elif line and not line.startswith("#"):
            field, _, text = line.partition(" ")
            held[field] = ast.literal_eval(text)
        elif not line:
            if held.get("msgid"):
                yield _entry(held, places)
            places, held = [], {}


def _entry(held: dict[str, str], places: list[str]) -> Entry:
    context, plural, english = (held.get(name, "") for name in FIELDS)
    return Entry(english, plural, context, tuple(dict.fromkeys(places)))
