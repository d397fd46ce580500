"""Ice or heat with two movements on one page: what is reckoned to fit there does, and what stands there is whole."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import gettext, override
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import one_page as one_page_module
from plans import typesetting
from plans.letters import Lines, width_of
from plans.one_page import OF_THREE, front_of, one_page
from plans.sheet import Paper, Sheet, SheetPhase
from plans.tests.catalogue_sheets import KINDS, entries, shipped_sheet
from plans.tests.reading_pdf import Tagged
from plans.tests.test_typesetting import pages_of, reader_of
from plans.typesetting import render_booklet, render_pdf

MOVEMENTS = sorted(set(entries()) - set(KINDS))
SHORT = ("cat-camel", "pelvic-tilt")
# With heat, too much for one letter page in Spanish.
WORDY = ("walking", "neck-side-stretch")
WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzñé.,", min_size=1, max_size=12), min_size=1, max_size=30)


def words_of(sheet: Sheet) -> dict[str, str]:
    with override(sheet.language):
        return {name: gettext(word) for name, word in vars(sheet.words).items()}


def reckoned(sheet: Sheet, paper: Paper) -> dict[str, Any] | None:
    return one_page(sheet, words_of(sheet), paper)


def boxes_of(sheet: Sheet) -> int:
    times = [min(item.times_a_day, 4) for phase in sheet.phases for item in phase.items]
    return len(sheet.grid_days) * sum(times)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("care", KINDS)
def test_ice_or_heat_and_two_movements_stand_on_one_page(care: str, paper: Paper) -> None:
    sheet = shipped_sheet(care, *SHORT)
    front = pages_of(render_pdf(sheet, paper=paper))[0]
    items = sheet.phases[0].items
    lines = [line for item in items for line in (item.dose_words, *item.steps, *item.stop_if, *item.not_now_if)]
    assert [line for line in lines if line not in front] == []
    assert front.count("☐") == boxes_of(sheet)


@settings(max_examples=10, deadline=None)
@given(
    pair=st.lists(st.sampled_from(MOVEMENTS), min_size=2, max_size=2, unique=True),
    care=st.sampled_from(sorted(KINDS)),
    last=st.booleans(),
    language=st.sampled_from(["en", "en", "es"]),
    paper=st.sampled_from(Paper),
)
def test_what_is_reckoned_to_fit_fits(pair: list[str], care: str, last: bool, language: str, paper: Paper) -> None:
    sheet = shipped_sheet(*([*pair, care] if last else [care, *pair]), language=language)
    front = pages_of(render_pdf(sheet, paper=paper))[0]
    assert front.count("☐") == boxes_of(sheet) or reckoned(sheet, paper) is None


def with_a_note(sheet: Sheet, note: str) -> Sheet:
    care, other, *others = sheet.phases[0].items
    items = (replace(care, note=note), replace(other, note=note), *others)
    return replace(sheet, phases=(replace(sheet.phases[0], items=items),), note=note)


def with_movements(sheet: Sheet, **changes: object) -> Sheet:
    care, *others = sheet.phases[0].items
    items = (care, *(replace(item, **changes) for item in others))
    return replace(sheet, phases=(replace(sheet.phases[0], items=items),))


LONG = "https://example.org/" + "stretching" * 9
ODD: dict[str, Callable[[Sheet], Sheet]] = {
    "as shipped": lambda sheet: sheet,
    "dates and a short note": lambda sheet: replace(with_a_note(sheet, "Slowly."), dates=("Ice until Dec 1.",)),
    "notes of several lines": lambda sheet: with_a_note(sheet, "Slowly.\n\nRest after it.\nThen walk."),
    "an address of a web page": lambda sheet: with_a_note(sheet, LONG),
    "a long issuer": lambda sheet: replace(sheet, issued_by="Dr. Maximiliana Featherstonehaugh " * 3),
    "a long name": lambda sheet: replace(sheet, patient_name="Konstantinopoulos " * 6),
    "a name in one word": lambda sheet: replace(sheet, patient_name="Konstantinopoulos" * 4),
    "a long clinic": lambda sheet: replace(sheet, clinic=replace(sheet.clinic, name="Harbor Street Back Clinic " * 5)),
    "long hours": lambda sheet: replace(sheet, clinic=replace(sheet.clinic, hours="Monday to Friday, " * 9)),
    "no reason and no picture": lambda sheet: with_movements(sheet, why="", figures=()),
    "long titles": lambda sheet: with_movements(sheet, title="A movement for the low back and both of the hips"),
    "phases": lambda sheet: replace(sheet, phases=(replace(sheet.phases[0], title="From the first day " * 7),)),
}


@pytest.mark.parametrize("changed", ODD.values(), ids=list(ODD))
@pytest.mark.parametrize(
    "slugs", [("ice-pack", *SHORT), ("ice-pack", "bridge"), ("heat-pack", *SHORT, "bridge")], ids=len
)
def test_it_fits_a_page_that_is_no_higher_than_was_reckoned(
    slugs: tuple[str, ...], changed: Callable[[Sheet], Sheet], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = changed(shipped_sheet(*slugs))
    assert boxes_on_a_page_as_high_as_reckoned(sheet, monkeypatch) == boxes_of(sheet)


def boxes_on_a_page_as_high_as_reckoned(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> int:
    front = front_of(sheet, words_of(sheet), Paper.A4)
    assert front
    source, bottom = typesetting._source, b"bottom: 0.5in"
    lower = bottom + f" + {front.spare():.2f}pt".encode()
    monkeypatch.setattr(typesetting, "_source", lambda *given: source(*given).replace(bottom, lower))
    return pages_of(render_pdf(sheet, paper=Paper.A4))[0].count("☐")


@pytest.mark.parametrize("pair", [("walking", "levator-stretch"), ("neck-side-stretch", "chin-tuck")])
def test_signs_and_cautions_that_run_on_are_no_higher_than_was_reckoned(
    pair: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = with_movements(shipped_sheet("ice-pack", *pair), cautions=("Go slowly.", "Hold a chair.", "Ask us first."))
    monkeypatch.setattr(one_page_module, "OF_THREE", tuple(each for each in OF_THREE if each.runs_on))
    assert boxes_on_a_page_as_high_as_reckoned(sheet, monkeypatch) == boxes_of(sheet)


@pytest.mark.parametrize(("slugs", "run_on"), [(("ice-pack", *SHORT), False), (("heat-pack", *WORDY), True)])
def test_signs_of_a_movement_run_on_only_where_they_would_not_fit_line_by_line(
    slugs: tuple[str, ...], *, run_on: bool
) -> None:
    found = reckoned(shipped_sheet(*slugs), Paper.LETTER)
    assert found
    assert (len(found["ways"]), found["runs_on"]) == (2, run_on)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("slugs", [WORDY, ("standing-back-bend",), ("ice-pack", *SHORT, "bridge")], ids=len)
def test_ice_or_heat_with_more_than_fits_stands_whole_above_all_boxes(slugs: tuple[str, ...], paper: Paper) -> None:
    sheet = shipped_sheet("heat-pack", *slugs, language="es")
    front, *back = pages_of(render_pdf(sheet, paper=paper))
    heat, *others = sheet.phases[0].items
    lines = (heat.dose_words, *heat.steps, *heat.stop_if, *heat.not_now_if)
    assert [line for line in lines if line not in front] == []
    assert front.count("☐") == boxes_of(sheet)
    assert [item.title for item in others if item.steps[-1] not in front + " ".join(back)] == []


def test_of_an_odd_number_of_movements_the_first_stands_on_the_front_where_it_has_room() -> None:
    sheet = shipped_sheet("heat-pack", "bridge", *SHORT)
    front, *_ = pages_of(render_pdf(sheet))
    assert [item.title for item in sheet.phases[0].items if item.steps[-1] in front] == [
        "Heat pack, hot-water bottle, or heating pad",
        "Bridge",
    ]


def test_the_boxes_name_what_stands_on_another_page_of_this_sheet_and_where() -> None:
    sheet = shipped_sheet("heat-pack", *WORDY, language="es")
    pages = pages_of(render_booklet([(sheet, False), (sheet, False)], title="Two"))
    named = "Cómo hacer estos, en la página 2: " + " · ".join(item.title for item in sheet.phases[0].items[1:])
    assert [named in page for page in pages] == [True, False, True, False]


@pytest.mark.parametrize("slugs", [("ice-pack", *SHORT), ("ice-pack", "bridge")], ids=len)
def test_nothing_is_said_to_stand_elsewhere_where_all_stands_on_the_front(slugs: tuple[str, ...]) -> None:
    assert "How to do these" not in pages_of(render_pdf(shipped_sheet(*slugs)))[0]


def test_of_an_even_number_of_movements_two_stand_beside_each_other_overleaf() -> None:
    sheet = shipped_sheet("heat-pack", *WORDY, language="es")
    front, *_ = pages_of(render_pdf(sheet))
    assert [item.title for item in sheet.phases[0].items[1:] if item.steps[-1] in front] == []


def test_a_phase_that_ice_begins_is_not_named_again_overleaf() -> None:
    sheet = shipped_sheet("heat-pack", *WORDY, language="es")
    said = [each.text.strip() for each in Tagged(render_pdf(sheet)).elements if each.kind == "H2"]
    assert len([text for text in said if text.startswith("Now")]) == 1


def test_pictures_stand_side_by_side_in_letters_as_large_as_fit_before_they_are_stacked() -> None:
    pairs = (
        ("abdominal-brace", "ball-back-extension"),
        ("ball-back-extension", "belly-breathing"),
        ("ankle-pumps-heel-slides", "walking"),
    )
    found = [reckoned(shipped_sheet("ice-pack", *pair), Paper.LETTER) for pair in pairs]
    sizes = [(each["size"], [way["across"] for way in each["ways"]]) for each in found if each]
    assert sizes == [(10.5, [2, 2]), (10.0, [2, 2]), (10.0, [1, 3])]


@pytest.mark.parametrize(
    "slugs", [("cat-camel", "ice-pack", "pelvic-tilt"), ("pelvic-tilt", "ice-pack"), SHORT], ids=str
)
def test_other_plans_keep_the_usual_print(slugs: tuple[str, ...]) -> None:
    assert reckoned(shipped_sheet(*slugs), Paper.LETTER) is None


@pytest.mark.parametrize("slugs", [SHORT, ("bridge",)], ids=len)
def test_a_sheet_without_boxes_keeps_the_usual_print(slugs: tuple[str, ...]) -> None:
    assert reckoned(replace(shipped_sheet("ice-pack", *slugs), grid_days=()), Paper.LETTER) is None


def test_dates_notes_and_cautions_stand_on_the_same_page() -> None:
    sheet = shipped_sheet("ice-pack", *SHORT)
    care, *movements = sheet.phases[0].items
    noted = replace(movements[0], note="Do it before breakfast.", cautions=("Go only part of the way.",))
    phase = replace(sheet.phases[0], items=(replace(care, note="Not after lunch."), noted, movements[1]))
    said = {"dates": ("Ice until Tue, Dec 1.",), "on_hold": ("Bridge: on hold.",), "note": "Walk a little."}
    front = pages_of(render_pdf(replace(sheet, phases=(phase,), **said), paper=Paper.A4))[0]
    lines = (*said["dates"], *said["on_hold"], said["note"], noted.note, noted.cautions[0], "Not after lunch.")
    assert [line for line in lines if line not in front] == []
    assert front.count("☐") == boxes_of(sheet)


def test_a_phase_is_named_before_what_it_begins_with() -> None:
    sheet = shipped_sheet("ice-pack", *SHORT)
    care, *movements = sheet.phases[0].items
    phases = (SheetPhase("First days", "", (care,)), SheetPhase("Then", "", tuple(movements)))
    pdf = render_pdf(replace(sheet, phases=phases), paper=Paper.A4)
    assert pages_of(pdf)[0].count("☐") == boxes_of(sheet)
    said = [each.text.strip() for each in Tagged(pdf).elements if each.kind in ("H2", "H3")]
    begins = said.index("First days")
    assert said[begins : begins + 5] == ["First days", "Ice pack", "Then", "Cat and camel", "Pelvic tilt"]


def boxes_of_pictures(pdf: bytes) -> list[list[float]]:
    """Left, bottom, right and top of each picture in points."""
    found = [
        re.search(r"'/BBox': (\[.*?\])", each.attributes) for each in Tagged(pdf).elements if each.kind == "Figure"
    ]
    return [json.loads(box.group(1)) for box in found if box]


@pytest.mark.parametrize("care", KINDS)
def test_pictures_that_reach_over_the_reasons_keep_their_width(care: str) -> None:
    sheet = shipped_sheet(care, *SHORT)
    found = reckoned(sheet, Paper.LETTER)
    assert found
    drawn = boxes_of_pictures(render_pdf(sheet))[: len(sheet.phases[0].items[0].figures)]
    assert {round(right - left) for left, _, right, _ in drawn} == {round(found["care_picture"])}


@pytest.mark.parametrize(
    ("note", "beside"), [("Walk a little.", True), ("Walk a little.\nRest.", False), ("Walk. " * 20, False)]
)
def test_a_short_note_stands_in_the_line_of_the_dates(note: str, beside: bool) -> None:
    sheet = replace(shipped_sheet("ice-pack", *SHORT), dates=("Ice until Tue, Dec 1.",), note=note)
    lines = reader_of(render_pdf(sheet, paper=Paper.A4)).pages[0].extract_text().splitlines()
    assert any("Dec 1." in line and "Walk" in line for line in lines) is beside


@pytest.mark.parametrize(("hours", "beside"), [("Monday to Friday", True), ("Monday to Friday, " * 5, False)])
@pytest.mark.parametrize("slugs", [("ice-pack", *SHORT), SHORT], ids=len)
def test_what_to_do_after_hours_stands_behind_the_hours_where_the_line_has_room(
    slugs: tuple[str, ...], hours: str, beside: bool
) -> None:
    sheet = shipped_sheet(*slugs)
    clinic = replace(sheet.clinic, hours=hours)
    lines = reader_of(render_pdf(replace(sheet, clinic=clinic))).pages[0].extract_text().splitlines()
    assert any("Monday" in line and "After hours:" in line for line in lines) is beside


@given(words=WORDS, width=st.floats(min_value=12, max_value=80))
def test_lines_hold_all_their_words_and_no_fewer_lines_would(words: list[str], width: float) -> None:
    text = " ".join(words)
    count = Lines().of(text, width)
    assert count >= width_of(text) / width
    # Of two lines in a row the words take more than one.
    assert count <= 2 * width_of(text) / width + 1


@pytest.mark.parametrize("label", ["", "Stop if:"])
def test_no_words_take_no_line(label: str) -> None:
    assert Lines().of("", 10, label=label) == 0


@pytest.mark.parametrize("large", [False, True])
def test_lines_without_a_mark_at_their_end_are_parted(large: bool) -> None:
    sheet = shipped_sheet("ice-pack", *SHORT)
    care, *others = sheet.phases[0].items
    phase = replace(sheet.phases[0], items=(replace(care, cautions=("Left side only", "Short.")), *others))
    said = " ".join(pages_of(render_pdf(replace(sheet, phases=(phase,)), large=large)))
    assert "Left side only · Short." in said


def test_a_note_keeps_its_lines() -> None:
    sheet = replace(shipped_sheet("ice-pack", *SHORT), note="Walk a little\nNo lifting")
    assert "No lifting" in reader_of(render_pdf(sheet)).pages[0].extract_text().splitlines()


def test_a_label_takes_its_share_of_the_first_line() -> None:
    width = width_of("Stop if:", bold=True) + width_of(" ") + width_of("It hurts.") - 0.1
    assert (Lines().of("It hurts.", width), Lines().of("It hurts.", width, label="Stop if:")) == (1, 2)
