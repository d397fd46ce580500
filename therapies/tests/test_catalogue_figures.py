"""Figures in the catalogue: files of their own, words in every language, and every fault by its file and field."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from therapies import loading
from therapies.catalogue_entries import CatalogueError, InstructionEntry
from therapies.catalogue_figures import FIGURES
from therapies.catalogue_files import read_catalogue
from therapies.figures.files import read_figure
from therapies.loosening import loosened
from therapies.models import InstructionVersion
from therapies.tests.factories import make_instruction_version
from therapies.tests.sample_catalogue import change, write_catalogue
from therapies.tests.sample_figures import TOML, WORDS, make_figure

NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
MOVEMENTS = Path(__file__).resolve().parents[1] / "figures" / "movements"
WORDS_FILE = "instructions/ice.en.toml"
MAIN_WORDS = 'main = ["A person stands.", "The person bends forward."]'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue whose ice pack has a figure with its words."""
    folder = write_catalogue(tmp_path / "catalogue")
    write_figure(folder)
    change(folder, WORDS_FILE, "[ice-pack.cautions]", f"[ice-pack.pictures]\n{MAIN_WORDS}\n[ice-pack.cautions]")
    return folder


def write_figure(folder: Path, name: str = "ice-pack.toml", toml: str = TOML) -> None:
    (folder / FIGURES).mkdir(parents=True, exist_ok=True)
    (folder / FIGURES / name).write_text(toml, encoding="utf-8")


def ice_pack(folder: Path) -> InstructionEntry:
    return read_catalogue(folder).instructions["ice-pack"]


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(CatalogueError) as caught:
        read_catalogue(folder)
    return caught.value.faults


def test_a_figure_is_found_by_its_file_s_name(folder: Path) -> None:
    assert ice_pack(folder).figures == {"main": make_figure()}


def test_its_words_stand_with_the_other_words(folder: Path) -> None:
    assert ice_pack(folder).texts["en"].pictures == {"main": tuple(WORDS)}


def test_a_variation_is_found_by_its_file_s_name(folder: Path) -> None:
    write_figure(folder, "ice-pack--easier.toml")
    change(folder, WORDS_FILE, MAIN_WORDS, f"{MAIN_WORDS}\n{MAIN_WORDS.replace('main', 'easier')}")
    assert set(ice_pack(folder).figures) == {"main", "easier"}


def test_an_instruction_needs_no_figure(tmp_path: Path) -> None:
    assert ice_pack(write_catalogue(tmp_path)).figures == {}


def test_a_figure_without_words_is_a_fault(folder: Path) -> None:
    change(folder, WORDS_FILE, MAIN_WORDS, "")
    assert faults(folder) == ("instructions/ice.en.toml: [ice-pack] pictures.main: is missing.",)


def test_a_figure_without_words_in_another_language_is_a_fault(folder: Path) -> None:
    english = (folder / WORDS_FILE).read_text()
    (folder / "instructions/ice.es.toml").write_text(english.replace("[ice-pack.pictures]\n" + MAIN_WORDS, ""))
    assert faults(folder) == ("instructions/ice.es.toml: [ice-pack] pictures: is missing.",)


def test_words_for_fewer_panels_than_there_are_is_a_fault(folder: Path) -> None:
    change(folder, WORDS_FILE, ', "The person bends forward."', "")
    assert faults(folder) == (
        "instructions/ice.en.toml: [ice-pack] pictures.main: must hold a sentence for each panel, 2, not 1.",
    )


def test_words_for_a_figure_that_is_not_there_is_a_fault(folder: Path) -> None:
    (folder / FIGURES / "ice-pack.toml").unlink()
    assert faults(folder) == ("instructions/ice.en.toml: [ice-pack] pictures.main: is not a known field.",)


def test_a_figure_of_no_instruction_is_a_fault(folder: Path) -> None:
    write_figure(folder, "heat-pack.toml")
    assert faults(folder) == (f"{FIGURES}/heat-pack.toml: is a figure of no instruction, [heat-pack].",)


def test_words_in_the_figure_s_own_file_are_a_fault(folder: Path) -> None:
    change(folder, f"{FIGURES}/ice-pack.toml", 'stance = "standing"', 'stance = "standing"\nalt = { en = "Up." }')
    assert faults(folder) == (
        f"{FIGURES}/ice-pack.toml: panel 1: the words of “alt” stand with the instruction's, under pictures.",
    )


def test_an_unknown_variation_is_a_fault(folder: Path) -> None:
    write_figure(folder, "ice-pack--faster.toml")
    assert faults(folder) == (f'{FIGURES}/ice-pack--faster.toml: "faster" is not a known variation (easier, harder).',)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('stance = "standing"', "", "panel 1: these joints are missing: lumbar, thoracic, neck, "),
        ("flex = 40", "flex = 400", "panel 2, lumbar: 400 of bending forward (minus: arching) is outside human range"),
        ('"standing"', '"floating"', "panel 1: “floating” is none of the stances"),
        ('kind = "mat"', 'kind = "sofa"', "panel 1: “sofa” is none of the things that can be drawn"),
        ('kind = "mat"', 'kind = "ball"', "panel 1, ball: “at” is missing."),
        ("[[panel]]", "[[pane]]", "“pane” is not known."),
        ('"standing"', '"standing', "is not TOML"),
    ],
)
def test_a_figure_that_cannot_be_drawn_is_named(folder: Path, old: str, new: str, fault: str) -> None:
    change(folder, f"{FIGURES}/ice-pack.toml", old, new)
    assert faults(folder)[0].startswith(f"{FIGURES}/ice-pack.toml: {fault}")


# --- stored ---------------------------------------------------------------------------------------------


def load(folder: Path) -> list[str]:
    return [line for line in loading.load(read_catalogue(folder), at=NOON) if line.startswith("ice-pack")]


@pytest.mark.django_db
def test_a_figure_is_stored_with_the_version_and_its_words_with_the_text(folder: Path) -> None:
    load(folder)
    version = InstructionVersion.objects.get()
    assert (version.figures, version.texts.get().pictures) == ({"main": make_figure()}, {"main": WORDS})


@pytest.mark.django_db
def test_a_figure_that_was_drawn_anew_is_a_new_version(folder: Path) -> None:
    load(folder)
    change(folder, f"{FIGURES}/ice-pack.toml", "flex = 40", "flex = 30")
    assert load(folder) == ["ice-pack: version 2 published"]


@pytest.mark.django_db
def test_the_same_figure_is_not_stored_again(folder: Path) -> None:
    load(folder)
    assert load(folder) == []


@pytest.mark.django_db
def test_another_figure_loosens_nothing() -> None:
    before = make_instruction_version(figures={"main": make_figure()}, text={"pictures": {"main": WORDS}})
    after = make_instruction_version(instruction=before.instruction, published=False)
    assert loosened(after, before) == ()


def turned_round(data: object) -> object:
    """The same data with the keys of every table in the other order."""
    if isinstance(data, dict):
        return {key: turned_round(data[key]) for key in reversed(data)}
    return [turned_round(each) for each in data] if isinstance(data, list) else data


@pytest.mark.parametrize("path", sorted(MOVEMENTS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_order_that_a_database_keeps_keys_in_changes_nothing(path: Path) -> None:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    told = [read_figure(each, "figure").drawings("f")[1] for each in (data, turned_round(data))]
    assert told[0] == told[1]
