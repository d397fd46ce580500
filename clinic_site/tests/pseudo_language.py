"""A language that nobody speaks, written from right to left: English in Hebrew letters, between two marks.

What is still in Latin letters on a page in it was never asked for a translation.
"""

import re
from pathlib import Path
from string import ascii_lowercase

from babel.messages import Catalog, Message

from clinic_site.extracting import catalog_of_program, po_path, write

# Django has its days and months, and knows that it runs from right to left.
CODE, NAME = "he", "עברית לניסיון"
LETTERS = "אבגדהוזחטיכלמנסעפצקרשתאבגד"
TURNED = str.maketrans(dict(zip(ascii_lowercase, LETTERS, strict=True)))
KEPT = re.compile(r"(%\(\w+\)[sd]|\{\w+\})")
LANGUAGE = f"""
name = "{NAME}"
name_in_english = "Hebrew letters"
direction = "rtl"
reading = "none"
[dates]
day = 'l j F'
long_day = 'l j F Y'
full_day = 'j F Y'
grid = 'j'
"""


def pseudo(words: str) -> str:
    parts = KEPT.split(words)
    return "⟦" + "".join(part if KEPT.fullmatch(part) else part.lower().translate(TURNED) for part in parts) + "⟧"


def write_language(folder: Path, code: str = CODE, told: str = LANGUAGE) -> None:
    """All the files of a language but the catalogue's, made from what the program says now."""
    (folder / code).mkdir(parents=True)
    (folder / code / "language.toml").write_text(told, encoding="utf-8")
    write(pseudo_catalog(), po_path(code, folder))


def pseudo_catalog() -> Catalog:
    catalog = Catalog(locale=CODE)
    for message in catalog_of_program():
        if message.id:
            catalog.add(message.id, string=_string(message, catalog.num_plurals), context=message.context)
    return catalog


def _string(message: Message, plurals: int) -> str | tuple[str, ...]:
    if isinstance(message.id, str):
        return pseudo(message.id)
    singular, plural = message.id
    return (pseudo(singular), *[pseudo(plural)] * (plurals - 1))
