"""What a patient reads as a catalog, and a language's .po and .mo files: written from it, and checked against it.

Babel does it, so that nobody needs GNU gettext; it is a package of the tests, not of the clinic's server.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from clinic_site.patient_words import MODULES, TEMPLATES, words_of_pure_modules

ROOT = Path(settings.BASE_DIR)
LAZY = ("gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy")
KEYWORDS = DEFAULT_KEYWORDS | {name: DEFAULT_KEYWORDS[name.removesuffix("_lazy")] for name in LAZY}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# The same words, the same bytes.
WRITTEN_AT = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = '# What patients read: README, "Another language". `manage.py messages` writes all but the translations.'
# (file, context, words): two words where the number decides.
Found = tuple[str, str | None, str | tuple[str, ...]]


def po_path(code: str, folder: Path = ROOT / "locale") -> Path:
    return folder / to_locale(code) / "LC_MESSAGES" / "django.po"


def catalog_of_program() -> Catalog:
    """Everything that a patient may read, in English."""
    catalog = Catalog()
    for file, sentence in words_of_pure_modules():
        catalog.add(sentence, locations=[(file, 1)])
    for file, context, words in (*_of_templates(), *_of_modules()):
        catalog.add(words, locations=[(file, 1)], context=context)
    return catalog


def brought_up_to_date(code: str, path: Path) -> Catalog:
    """The language's catalog with today's words: translations are kept, what nobody reads any more is gone."""
    catalog, old = _empty(code), _read(path)
    for message in _messages(catalog_of_program()):
        known = old.get(message.id, message.context) if old else None
        catalog.add(
            message.id,
            string=known.string if known else None,
            locations=message.locations,
            context=message.context,
        )
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    """The .po, and the .mo beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(catalog))
    path.with_suffix(".mo").write_bytes(as_mo(catalog))


def as_po(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=120, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def faults(code: str, path: Path) -> Iterator[str]:
    """A sentence for each way in which the files of a language are not what the program says."""
    old = _read(path)
    if old is None:
        yield f"{code}: {path} is missing."
        return
    now = brought_up_to_date(code, path)
    yield from (f"{code}: not in the file yet: {_named(each)}" for each in _messages(now) if not _in(old, each))
    yield from (f"{code}: nobody reads it any more: {_named(each)}" for each in _messages(old) if not _in(now, each))
    for message in _messages(now):
        yield from (f"{code}: {fault}: {_named(message)}" for fault in _faults_of(message, now.num_plurals))
    yield from (f"{code}: marked as fuzzy: {_named(each)}" for each in _messages(old) if each.fuzzy)
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != as_mo(old):
        yield f"{code}: {compiled.name} is not what {path.name} compiles to."


def _faults_of(message: Message, plurals: int) -> Iterator[str]:
    strings = _all_of(message.string)
    if not all(strings) or (message.pluralizable and len(strings) != plurals):
        yield "not translated"
        return
    # The singular may leave its number out.
    wanted = _placeholders(_all_of(message.id)[-1])
    if any(not _placeholders(each) <= wanted for each in strings) or _placeholders(strings[-1]) != wanted:
        yield "other placeholders than in English"


def _all_of(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """The one text, or those of each number."""
    return (words or "",) if isinstance(words, str | None) else tuple(words)


def _placeholders(words: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(words))


def _named(message: Message) -> str:
    return _all_of(message.id)[0]


def _in(catalog: Catalog, message: Message) -> bool:
    return catalog.get(message.id, message.context) is not None


def _messages(catalog: Catalog) -> Iterable[Message]:
    """All but the head."""
    return [message for message in catalog if message.id]


def _empty(code: str) -> Catalog:
    """A language that Babel does not know is taken to count like English."""
    try:
        locale = Locale.parse(to_locale(code))
    except (UnknownLocaleError, ValueError):
        locale = None
    catalog = Catalog(
        locale=locale,
        project="Steady",
        version="1",
        creation_date=WRITTEN_AT,
        revision_date=WRITTEN_AT,
        last_translator="",
        language_team=code,
        header_comment=HEAD,
        fuzzy=False,
    )
    return catalog


def _read(path: Path) -> Catalog | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file)


def _of_templates() -> Iterator[Found]:
    folder = ROOT / "templates"
    for pattern in TEMPLATES:
        for path in sorted(folder.glob(pattern)):
            # Babel reads it as Python, to which the indent of a page means something.
            lines = (line.lstrip() for line in templatize(path.read_text(encoding="utf-8")).splitlines())
            yield from _found(path, "\n".join(lines).encode())


def _of_modules() -> Iterator[Found]:
    for name in MODULES:
        yield from _found(ROOT / name, (ROOT / name).read_bytes())


def _found(path: Path, source: bytes) -> Iterator[Found]:
    for _line, words, _comments, context in extract("python", BytesIO(source), KEYWORDS):
        yield str(path.relative_to(ROOT)), context, words
