"""What must not stand in a log: the people of a site, as its own database knows them, and what looks like a code."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote_plus

from intake.codes import CONSONANTS, LOCATOR
from intake.tablet import CODE_LENGTH
from practice.inviting import SIGNS

# The demo prints its sign-ins before it serves; this is the last line of that.
SERVES_FROM_HERE = "Quit the server with CONTROL-C."
# A code from the sheet, one of the tablet, one of an invitation, however they were typed; one by e-mail; and whatever
# was sent under such a name.
CODE = re.compile(
    rf"\b(?i:[{LOCATOR}]{{3}}[ -]?[{CONSONANTS}]{{4}}[ -]?[{CONSONANTS}]{{4}})\b"
    # In small letters it may be the number of a row.
    rf"|\b[{SIGNS}]{{4}}(?:[ -]?[{SIGNS}]{{4}}){{5}}\b"
    r"|\b\d{4} \d{4}\b"
    rf"|[/=][{LOCATOR}]{{{CODE_LENGTH}}}\b"
    # As one number, where no longer one goes on: that of a row may begin so.
    r"|[/=]\d{8}(?![\w-])"
    r"|\b(?:code|password|pin|credential)=[^&\s\"]"
)
# Names of one or two letters stand in any text.
SHORTEST = 3


@dataclass(frozen=True)
class Served:
    """A site that journeys were played on: what its server wrote, and its SQLite file."""

    log: Path
    database: Path

    def lines(self) -> list[str]:
        """What was logged while it served, with addresses as they were meant."""
        text = self.log.read_text(encoding="utf-8", errors="replace")
        return [unquote_plus(line) for line in text.split(SERVES_FROM_HERE)[-1].splitlines()]

    def people(self) -> list[tuple[str, str, date]]:
        """Given name, family name and birth date of everybody who was registered."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as rows:
            found = rows.execute("SELECT given_name, family_name, birth_date FROM intake_patient").fetchall()
        return [(given, family, date.fromisoformat(born)) for given, family, born in found]


def leaks(site: Served) -> Iterator[str]:
    """Each line that names somebody, a birth date or a code."""
    # A site where nobody was registered has no words, and what is nothing is found in every line.
    words = "|".join(map(re.escape, _words(site))) or "(?!)"
    told = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    return (line for line in site.lines() if told.search(line) or CODE.search(line))


def _words(site: Served) -> set[str]:
    words: set[str] = set()
    for given, family, born in site.people():
        words |= {name for name in (given, family) if len(name) >= SHORTEST}
        words |= {f"{born:%Y-%m-%d}", f"{born.month}/{born.day}/{born.year}", f"{born:%m/%d/%Y}"}
    return words
