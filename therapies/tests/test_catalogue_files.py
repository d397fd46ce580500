"""Reading the catalogue's files: what is refused, and in which words."""

from pathlib import Path

import pytest

from therapies.catalogue_entries import CatalogueError
from therapies.catalogue_files import read_catalogue
from therapies.dose import Dose
from therapies.tests.sample_catalogue import change, write_catalogue

ICE, WORDS = "instructions/ice.toml", "instructions/ice.en.toml"
PAGE, PAGE_WORDS = "therapies/ice.toml", "therapies/ice.en.toml"
PLAN, PLAN_WORDS = "programmes.toml", "programmes.en.toml"

# (file, what stands there, what is put there, the fault)
FAULTS = [
    ("sources.toml", 'title = "Back spasms"', "", "sources.toml: [clinic-article] title: is missing."),
    ("sources.toml", "2026", '"2026"', "sources.toml: [clinic-article] year: must be a whole number."),
    (
        "sources.toml",
        "https://",
        "http://",
        "sources.toml: [clinic-article] url: must be a whole address that begins with https://.",
    ),
    (PAGE, 'kind = "ice"', 'kind = "cold"', 'therapies/ice.toml: kind: "cold" is not a known kind.'),
    (
        PAGE,
        'kind = "ice"',
        'kind = "massage"',
        'therapies/massage.toml: kind: "massage" is the kind of ice already.',
    ),
    (PAGE, '"home"', '"beach"', 'therapies/ice.toml: setting: "beach" is not a known setting.'),
    (PAGE, "2026-11-01", "soon", "therapies/ice.toml: reviewed: must be a day written like 2026-11-01."),
    (
        PAGE,
        '["clinic-article"]',
        '["hearsay"]',
        'therapies/ice.toml: sources: "hearsay" is not a known source.',
    ),
    (PAGE, '["clinic-article"]', "[]", "therapies/ice.toml: sources: must hold at least 1, not 0."),
    (PAGE_WORDS, 'known = "It is cheap."', "", "therapies/ice.en.toml: known: is missing."),
    (PAGE_WORDS, '"It is cheap."', '" "', "therapies/ice.en.toml: known: is empty."),
    (
        PAGE_WORDS,
        "It is cheap.",
        "It is \\u0007cheap.",
        "therapies/ice.en.toml: known: holds a control character.",
    ),
    (
        PAGE_WORDS,
        '["Do not use it on numb skin."]',
        '"No"',
        "therapies/ice.en.toml: ask_first: must be a list of texts.",
    ),
    (
        PAGE_WORDS,
        'title = "Ice"',
        f'title = "{"I" * 121}"',
        "therapies/ice.en.toml: title: must be at most 120 characters, not 121.",
    ),
    (ICE, 'level = "gentle"', "", "instructions/ice.toml: [ice-pack] level: is missing."),
    (
        ICE,
        'level = "gentle"',
        'level = "wild"',
        'instructions/ice.toml: [ice-pack] level: "wild" is not a known level.',
    ),
    (
        ICE,
        "first_48h = true",
        "first_48h = 1",
        "instructions/ice.toml: [ice-pack] first_48h: must be true or false.",
    ),
    (ICE, '"low_back"', '"ear"', 'instructions/ice.toml: [ice-pack] regions: "ear" is not a known region.'),
    (
        ICE,
        '"low_back"',
        '"low_back", "low_back"',
        'instructions/ice.toml: [ice-pack] regions: names "low_back" twice.',
    ),
    (
        ICE,
        '"sitting"',
        '"flying"',
        'instructions/ice.toml: [ice-pack] positions: "flying" is not a known position.',
    ),
    (
        ICE,
        '"ice_pack"',
        '"Ice pack"',
        '[ice-pack] equipment: "Ice pack" must be small letters, digits and underscores.',
    ),
    (
        ICE,
        'therapy = "ice"',
        'therapy = "magic"',
        'instructions/ice.toml: [ice-pack] therapy: "magic" is not a known therapy.',
    ),
    (
        ICE,
        'therapy = "ice"',
        'therapy = "massage"',
        '[ice-pack] therapy: "massage" is not done at home, so it has no instructions.',
    ),
    (
        PAGE,
        'kind = "ice"',
        'kind = "rest"',
        'instructions/ice.toml: [ice-pack] therapy: no rule judges "ice", so it has no instructions.',
    ),
    (ICE, "[ice-pack.dose]", 'entry = "1"\n[ice-pack.dose]', "[ice-pack] entry: must be written like E01."),
    (
        ICE,
        "minutes = 10",
        "minutes = 40",
        "instructions/ice.toml: [ice-pack] dose.minutes: must be from 1 to 20.",
    ),
    (
        ICE,
        "minutes = 10",
        "minutes = 0",
        "instructions/ice.toml: [ice-pack] dose.minutes: must be from 1 to 20.",
    ),
    (
        ICE,
        "minutes = 10",
        "minutes = true",
        "instructions/ice.toml: [ice-pack] dose.minutes: must be a whole number.",
    ),
    (ICE, "minutes = 10\n", "", "instructions/ice.toml: [ice-pack] dose.minutes: is needed."),
    (ICE, "minutes = 10", "hours = 1", "instructions/ice.toml: [ice-pack] dose.hours: is not a known field."),
    (
        ICE,
        "minutes = 15",
        "minutes = 5",
        "[ice-pack] dose_most.minutes: must not be below the dose to begin with, 10.",
    ),
    (
        ICE,
        "minutes = 15",
        "minutes = 30",
        "instructions/ice.toml: [ice-pack] dose_most.minutes: must be from 1 to 20.",
    ),
    (ICE, "minutes = 15", "", "[ice-pack] dose_most.minutes: or another number of the dose is needed."),
    (
        ICE,
        '"heart_disease"',
        '"Heart!"',
        'cautions[1].condition: "Heart!" must be small letters, digits and underscores.',
    ),
    (ICE, '"adapt"', '"shrug"', '[ice-pack] cautions[1].action: "shrug" is not a known action.'),
    (
        ICE,
        "[{ condition",
        '[{ condition = "heart_disease", action = "avoid" }, { condition',
        '[ice-pack] cautions[2].condition: "heart_disease" stands there twice.',
    ),
    (WORDS, 'heart_disease = "Ask us first."', "", "[ice-pack] cautions.heart_disease: is missing."),
    (
        WORDS,
        "heart_disease =",
        'knees = "No."\nheart_disease =',
        "[ice-pack] cautions.knees: is not a known field.",
    ),
    (
        WORDS,
        'not_now_if = ["Your skin is numb."]',
        "",
        "instructions/ice.en.toml: [ice-pack] not_now_if: is missing.",
    ),
    (
        WORDS,
        '["Your skin is numb."]',
        "[]",
        "instructions/ice.en.toml: [ice-pack] not_now_if: must hold at least 1, not 0.",
    ),
    (
        WORDS,
        "steps = [",
        'stepps = ["x"]\nsteps = [',
        "instructions/ice.en.toml: [ice-pack] stepps: is not a known field.",
    ),
    (WORDS, "[ice-pack", "[ice-bag", "instructions/ice.toml: [ice-pack]: has no words in ice.en.toml."),
    (WORDS, "[ice-pack", "[ice-bag", "instructions/ice.en.toml: [ice-bag]: has no data in ice.toml."),
    (
        PLAN,
        '"ice-pack"',
        '"hot-pack"',
        'programmes.toml: [first-48-hours] instructions: "hot-pack" is not a known',
    ),
    (
        PLAN,
        "from_day = 0",
        "from_day = 3",
        "programmes.toml: [first-48-hours] until_day: must not be before from_day.",
    ),
    (
        PLAN_WORDS,
        "first-48",
        "second-48",
        "programmes.toml: [first-48-hours]: has no words in programmes.en.toml.",
    ),
    (
        PLAN_WORDS,
        "first-48",
        "second-48",
        "programmes.en.toml: [second-48-hours]: has no data in programmes.toml.",
    ),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_catalogue(tmp_path)


def faults_of(folder: Path) -> str:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(folder)
    return "\n".join(caught.value.faults)


def test_a_right_catalogue_is_read(folder: Path) -> None:
    assert read_catalogue(folder).instructions["ice-pack"].dose == Dose(
        minutes=10, times_a_day=3, least_gap_minutes=120
    )


@pytest.mark.parametrize(("name", "old", "new", "fault"), FAULTS)
def test_a_fault_names_its_file_and_field(folder: Path, name: str, old: str, new: str, fault: str) -> None:
    change(folder, name, old, new)
    assert fault in faults_of(folder)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    change(folder, ICE, '"low_back"', '"ear"')
    change(folder, PAGE, '"home"', '"beach"')
    change(folder, PLAN, "order = 1", "")
    assert len(faults_of(folder).splitlines()) == 3


def test_a_missing_file_of_words_is_a_fault(folder: Path) -> None:
    (folder / WORDS).unlink()
    assert "instructions/ice.en.toml: is missing." in faults_of(folder)


def test_words_without_a_data_file_are_a_fault(folder: Path) -> None:
    (folder / ICE).unlink()
    assert "instructions/ice.en.toml: belongs to no data file, instructions/ice.toml." in faults_of(folder)


def test_a_language_that_steady_does_not_know_is_a_fault(folder: Path) -> None:
    (folder / "instructions/ice.xx.toml").write_text("")
    assert 'instructions/ice.xx.toml: "xx" is not a language of Steady (en, es).' in faults_of(folder)


def test_a_file_that_is_not_toml_is_a_fault(folder: Path) -> None:
    (folder / ICE).write_text("[ice-pack")
    assert "instructions/ice.toml: is not TOML:" in faults_of(folder)


def test_a_table_given_twice_in_one_file_is_a_fault(folder: Path) -> None:
    path = folder / WORDS
    path.write_text(path.read_text() + '[ice-pack]\ntitle = "Again"\n')
    assert "instructions/ice.en.toml: is not TOML:" in faults_of(folder)


def test_a_file_that_is_not_utf_8_is_a_fault(folder: Path) -> None:
    (folder / ICE).write_bytes(b'[ice-pack]\ntherapy = "\xff"')
    assert "instructions/ice.toml: is not UTF-8 text." in faults_of(folder)


def test_an_instruction_in_two_files_is_a_fault(folder: Path) -> None:
    for old, new in ((ICE, "instructions/cold.toml"), (WORDS, "instructions/cold.en.toml")):
        (folder / new).write_text((folder / old).read_text())
    assert "instructions/ice.toml: [ice-pack]: stands in another file too." in faults_of(folder)


def test_a_second_language_may_hold_some_of_the_instructions(folder: Path) -> None:
    (folder / "instructions/ice.es.toml").write_text("")
    assert set(read_catalogue(folder).instructions["ice-pack"].texts) == {"en"}


def test_words_in_a_second_language_are_read(folder: Path) -> None:
    (folder / "instructions/ice.es.toml").write_text((folder / WORDS).read_text())
    assert set(read_catalogue(folder).instructions["ice-pack"].texts) == {"en", "es"}


def test_programmes_in_a_second_language_are_refused(folder: Path) -> None:
    (folder / "programmes.es.toml").write_text("")
    assert "programmes.es.toml: programmes are for staff and have English words only." in faults_of(folder)


def test_a_catalogue_without_programmes_is_right(folder: Path) -> None:
    (folder / PLAN).unlink()
    (folder / PLAN_WORDS).unlink()
    assert read_catalogue(folder).programmes == {}
