"""Reads the fields of a TOML table by name and type; notes every fault instead of stopping at the first.

A fault is one line that names file, table and field: "instructions/ice.toml: [ice-pack] level: is missing."
"""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

# A catalogue's names: addresses ("ice-pack") and findings ("hip_replacement").
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = re.compile(r"[a-z][a-z0-9_]*")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MANY = 5000


def read_toml(path: Path, name: str, faults: list[str]) -> dict[str, object]:
    """The file's content, or nothing and a fault when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(f"{name}: is missing.")
    except UnicodeDecodeError:
        faults.append(f"{name}: is not UTF-8 text.")
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{name}: is not TOML: {error}.")
    return {}


def read_tables(path: Path, name: str, faults: list[str]) -> dict[str, "Table"]:
    """The file's tables by their slug; whatever stands beside them is a fault."""
    tables = {}
    for key, values in read_toml(path, name, faults).items():
        if not isinstance(values, dict):
            faults.append(f"{name}: {key}: must be a table, [{key}].")
        elif len(key) > 60 or not SLUG.fullmatch(key):
            faults.append(f"{name}: [{key}]: must be small letters, digits and single hyphens, 60 at most.")
        else:
            tables[key] = Table(f"{name}: [{key}] ", values, faults)
    return tables


@dataclass
class Table:
    """One table. `place` begins each fault; a reading method takes a field; `finish()` refuses the rest."""

    place: str
    values: dict[str, object]
    faults: list[str]
    taken: set[str] = field(default_factory=set)

    def fault(self, name: str, what: str) -> None:
        """Note what is wrong with a field, or with the whole table when `name` is empty."""
        self.faults.append(f"{(self.place + name).rstrip()}: {what}")

    def _take(self, name: str, kind: type, says: str, *, needed: bool) -> object:
        """The value if it has the type; None, with a fault where one is due, if not."""
        self.taken.add(name)
        if name not in self.values:
            if needed:
                self.fault(name, "is missing.")
            return None
        value = self.values[name]
        # To Python true is a whole number; to a catalogue it is not.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(name, f"must be {says}.")
            return None
        return value

    def text(self, name: str, *, most: int = MANY, needed: bool = True) -> str:
        """A text of at most `most` characters, without the spaces around it; empty only if not needed."""
        value = self._take(name, str, "a text", needed=needed)
        return self._clean(name, value, most=most, needed=needed) if isinstance(value, str) else ""

    def _clean(self, name: str, value: str, *, most: int, needed: bool) -> str:
        text = value.strip()
        if needed and not text:
            self.fault(name, "is empty.")
        if len(text) > most:
            self.fault(name, f"must be at most {most} characters, not {len(text)}.")
        if CONTROL.search(text):
            self.fault(name, "holds a control character.")
        return text

    def texts(self, name: str, *, needed: bool = True, least: int = 0, most: int = MANY) -> tuple[str, ...]:
        """A list of texts, none of them empty or given twice; `least` is how many there must be."""
        value = self._take(name, list, "a list of texts", needed=needed)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.fault(name, "must be a list of texts.")
            return ()
        texts = tuple(self._clean(name, one, most=most, needed=True) for one in value)
        if len(texts) < least:
            self.fault(name, f"must hold at least {least}, not {len(texts)}.")
        for twice in sorted({one for one in texts if texts.count(one) > 1}):
            self.fault(name, f'names "{twice}" twice.')
        return texts

    def names(self, name: str, allowed: Collection[str], *, what: str, least: int = 1) -> tuple[str, ...]:
        """A list of names, each one of `allowed`; `what` says what they are, for the fault."""
        names = self.texts(name, least=least)
        for one in names:
            if one not in allowed:
                self.fault(name, f'"{one}" is not a known {what}.')
        return names

    def keys(self, name: str) -> tuple[str, ...]:
        """A list of free names in the form of a finding's key (ice_pack)."""
        keys = self.texts(name)
        for one in keys:
            if not KEY.fullmatch(one):
                self.fault(name, f'"{one}" must be small letters, digits and underscores.')
        return keys

    def choice(self, name: str, allowed: Collection[str], *, what: str) -> str:
        value = self.text(name)
        if value and value not in allowed:
            self.fault(name, f'"{value}" is not a known {what}.')
        return value

    def whole(self, name: str, *, least: int = 0, most: int = 32_767, needed: bool = True) -> int | None:
        value = self._take(name, int, "a whole number", needed=needed)
        if not isinstance(value, int):
            return None
        if not least <= value <= most:
            self.fault(name, f"must be from {least} to {most}.")
        return value

    def flag(self, name: str, *, needed: bool = True) -> bool:
        return bool(self._take(name, bool, "true or false", needed=needed))

    def table(self, name: str, *, needed: bool = True) -> "Table | None":
        value = self._take(name, dict, "a table", needed=needed)
        return Table(f"{self.place}{name}.", value, self.faults) if isinstance(value, dict) else None

    def tables(self, name: str) -> tuple["Table", ...]:
        """A list of tables, maybe empty."""
        value = self._take(name, list, "a list of tables", needed=True)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(name, "must be a list of tables.")
            return ()
        places = (f"{self.place}{name}[{index}]." for index in range(1, len(value) + 1))
        return tuple(Table(place, one, self.faults) for place, one in zip(places, value, strict=True))

    def finish(self) -> None:
        for name in sorted(set(self.values) - self.taken):
            self.fault(name, "is not a known field.")
