"""The translations are what the program says now, and the desk is not among them."""

import ast
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import CommandError, call_command

from clinic_site.extracting import as_mo, as_po, brought_up_to_date, catalog_of_program, faults, po_path, write
from clinic_site.patient_words import MODULES, TEMPLATES
from therapies.catalogue_files import read_catalogue
from therapies.languages import ENGLISH, languages
from therapies.movement_cautions import condition_words

ROOT = Path(settings.BASE_DIR)
CATALOGUE = ROOT / "therapies/catalogue"
APPS = ("clinic_site", "plans", "intake", "therapies", "practice")
TRANSLATED = [code for code in languages() if code != ENGLISH]
MARKS = re.compile(r"{% (blocktrans|trans)|\b_\(")
ASKS = re.compile(r"import .*\b(gettext|ngettext|pgettext|npgettext)(_lazy)?\b")
# They ask for words that others mark.
ASK_FOR_OTHERS = {
    "plans/typesetting.py",
    "therapies/interface_parts.py",
    "therapies/universal.py",
}


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return catalog_of_program()


def edited(tmp_path: Path, change: Callable[[str], str]) -> list[str]:
    """What is found in the Spanish file after this change."""
    path = tmp_path / "django.po"
    path.write_text(change(po_path("es").read_text(encoding="utf-8")), encoding="utf-8")
    with path.open("rb") as file:
        path.with_suffix(".mo").write_bytes(as_mo(read_po(file)))
    return list(faults("es", path))


@pytest.mark.parametrize("code", TRANSLATED)
def test_all_that_a_patient_reads_is_translated_and_compiled(code: str) -> None:
    assert list(faults(code, po_path(code))) == []


def test_every_condition_of_a_caution_that_ships_is_among_the_words(catalog: Catalog) -> None:
    instructions = read_catalogue(CATALOGUE).instructions.values()
    conditions = {each.condition for instruction in instructions for each in instruction.cautions}
    assert {words for words in map(condition_words, conditions) if words not in catalog} == set()


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_file_is_as_the_command_writes_it(code: str) -> None:
    assert as_po(brought_up_to_date(code, po_path(code))) == po_path(code).read_bytes()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda po: po.replace('msgstr "Sí"', 'msgstr ""'), "not translated: Yes"),
        (lambda po: po.replace('msgid "Yes"', 'msgid "Yes!"'), "not in the file yet: Yes"),
        (lambda po: po.replace('msgid "Yes"', 'msgid "Yes!"'), "nobody reads it any more: Yes!"),
        (lambda po: po.replace('msgid "Yes"', '#, fuzzy\nmsgid "Yes"'), "marked as fuzzy: Yes"),
        (lambda po: po.replace("Desde el %(day)s. Ll", "Desde el día. Ll"), "other placeholders than in English: From"),
        (
            lambda po: po.replace("que revisar esto: {found}.", "que revisar esto."),
            "other placeholders than in English: We must look",
        ),
    ],
)
def test_the_check_finds_what_is_wrong(tmp_path: Path, change: Callable[[str], str], fault: str) -> None:
    assert any(fault in found for found in edited(tmp_path, change))


def test_a_compiled_file_of_other_words_is_found(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_bytes(po_path("es").read_bytes())
    path.with_suffix(".mo").write_bytes(b"")
    assert list(faults("es", path)) == ["es: django.mo is not what django.po compiles to."]


def test_what_is_written_is_found_right(tmp_path: Path) -> None:
    path = tmp_path / "LC_MESSAGES" / "django.po"
    write(brought_up_to_date("es", po_path("es")), path)
    assert list(faults("es", path)) == []


def test_an_unsupported_language_is_named_and_refused() -> None:
    with pytest.raises(CommandError, match="“xx” is not a language of Steady"):
        call_command("messages", "--language", "xx", stdout=StringIO())


def test_no_template_for_staff_marks_words_for_translation() -> None:
    folder = ROOT / "templates"
    named = {path for pattern in TEMPLATES for path in folder.glob(pattern)}
    marked = {path for path in folder.rglob("*.html") if MARKS.search(path.read_text("utf-8"))}
    assert sorted(str(path) for path in marked - named) == []


def test_each_pattern_names_a_template() -> None:
    assert [pattern for pattern in TEMPLATES if not list((ROOT / "templates").glob(pattern))] == []


def test_no_other_module_marks_words_for_translation() -> None:
    modules = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "tests" not in path.parts]
    asking = {str(path.relative_to(ROOT)) for path in modules if ASKS.search(path.read_text(encoding="utf-8"))}
    assert asking == set(MODULES) | ASK_FOR_OTHERS


@pytest.mark.parametrize("module", MODULES)
def test_every_call_in_a_module_was_found(module: str, catalog: Catalog) -> None:
    """One within an f-string is not: it belongs on a line of its own."""
    calls = [node for node in ast.walk(ast.parse((ROOT / module).read_text("utf-8"))) if isinstance(node, ast.Call)]
    asked = [
        call.args for call in calls if ast.unparse(call.func).removesuffix("_lazy") in ("_", "gettext", "ngettext")
    ]
    words = [args[0].value for args in asked if isinstance(args[0], ast.Constant)]
    assert [each for each in words if catalog.get(each) is None] == []


def test_words_of_the_pure_modules_are_in_the_catalog(catalog: Catalog) -> None:
    assert catalog.get("Call 911 or go to the emergency room now.") is not None
