"""The program's own words, from the translation file: what they become, and with what they are reviewed."""

from pathlib import Path

import pytest
from pytest_django import Settings

from therapies import interface_parts as parts
from therapies.interface_parts import EMERGENCY, PAGES, PLAN, SCREENING, part_of
from therapies.po_files import Entry, read_entries

FILE = """
msgid ""
msgstr "Language: es\\n"

#. A comment
#: templates/plans/me.html:3 plans/cards.py:70
msgid "Call 911 now"
msgstr "Llame al 911 ahora"

#: plans/days.py:1
msgctxt "month"
msgid ""
"Long \\"lines\\" "
"go on"
msgstr "x"

#: plans/views_patient.py:9
msgid "%(n)s item"
msgid_plural "%(n)s items"
msgstr[0] "a"
msgstr[1] "b"

#~ msgid "Gone"
#~ msgstr "Ido"
"""


def test_a_file_is_read_entry_by_entry() -> None:
    assert list(read_entries(FILE.splitlines())) == [
        Entry("Call 911 now", places=("templates/plans/me.html", "plans/cards.py")),
        Entry('Long "lines" go on', context="month", places=("plans/days.py",)),
        Entry("%(n)s item", "%(n)s items", places=("plans/views_patient.py",)),
    ]


@pytest.mark.parametrize(
    ("places", "part"),
    [
        (("intake/questions_pain.py",), SCREENING),
        (("templates/therapies/learn.html",), PAGES),
        (("templates/therapies/learn.html", "therapies/universal.py"), EMERGENCY),
        (("somewhere/new.py",), PLAN),
        ((), PLAN),
    ],
)
def test_an_entry_is_reviewed_with_the_most_critical_part_it_stands_in(places: tuple[str, ...], part: str) -> None:
    assert part_of(Entry("Yes", places=places)) == part


def test_the_parts_hold_what_gettext_shows(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    # These words are in Django's own Spanish file, which is what gettext finds here.
    (folder / "django.po").write_text('#: intake/asking.py:1\nmsgid "yes,no,maybe"\nmsgstr "otra cosa"\n')
    settings.LOCALE_PATHS = [tmp_path]
    parts.interface_parts.cache_clear()
    line = parts.interface_parts("es")[SCREENING].lines[0]
    parts.interface_parts.cache_clear()
    assert (line.english, line.words) == ("yes,no,maybe", "sí,no,quizás")
