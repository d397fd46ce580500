"""rules.md and the code name the same rules, and each has findings that fire it and findings that just miss it."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from therapies.suitability import (
    AS_SHIPPED,
    ClinicChoices,
    Modality,
    PairingNote,
    advise,
    heat,
    ice,
    medicines,
    pairing,
    read_findings,
    red_flags,
    stretching,
)
from therapies.suitability.interpretations import DISAGREEMENTS, INTERPRETATIONS
from therapies.suitability.record import RECORD
from therapies.suitability.tables import Table
from therapies.tests.test_suitability_medicines import ROWS as MEDICINE_ROWS
from therapies.tests.test_suitability_pairing import ROWS as PAIRING_ROWS
from therapies.tests.test_suitability_red_flags import ROWS as FLAG_ROWS
from therapies.tests.test_suitability_rows import BASE_AND_SIGNS, HELD_BACK, ONE_BY_ONE

Raw = dict[str, Any]
EARLY_HEAT = ClinicChoices(allow_heat_under_14_days=True)
TEXT = RECORD.read_text(encoding="utf-8")
NAMED = re.compile(r"\b(?:[IHS]-[A-Z]+\d*|[BRM]\d\d|D\d|INT-\d)\b")
# "S-B: default" speaks for everybody, so no findings miss it.
FOR_EVERYBODY = {"S-B"}


@dataclass(frozen=True)
class Case:
    """What a reading of the sources gives for these findings. `fires`: the reading decides it; else it just misses."""

    id: str
    raw: Raw
    outcome: str  # the level, then ice, heat and stretching
    fires: bool = True
    choices: ClinicChoices = AS_SHIPPED


def case(id: str, outcome: str, *, fires: bool = True, choices: ClinicChoices = AS_SHIPPED, **raw: Any) -> Case:
    return Case(id, raw, outcome, fires, choices)


BARRED = "not_suitable not_suitable not_suitable"
READINGS = [
    case("INT-1", "none caution caution suitable", onset_days=14),
    case("INT-1", "none caution caution suitable", onset_days=21),
    case("INT-1", "none suitable not_suitable suitable", fires=False, onset_days=13),
    case("INT-1", "none not_suitable suitable suitable", fires=False, onset_days=22),
    case("INT-2", "none caution not_suitable caution", onset_days=18, area_warm=True),
    case("INT-2", "none caution not_suitable caution", onset_days=18, area_red=True),
    case("INT-2", "none caution caution suitable", fires=False, onset_days=18, area_tight=True, area_painful=True),
    case("INT-3", "none caution caution suitable", onset_days=10, recurrent=True),
    case("INT-3", "none suitable not_suitable suitable", fires=False, onset_days=10, recurrent=True, new_injury=True),
    case("INT-4", "none caution not_suitable suitable", onset_days=10, area_pale=True),
    case("INT-4", "none suitable not_suitable suitable", fires=False, onset_days=10, area_bruised=True),
    case("INT-5", "none not_suitable not_suitable suitable", onset_days=30, pvd=True),
    case("INT-5", "none not_suitable caution suitable", fires=False, onset_days=30, poor_circulation=True),
    case("INT-6", "review not_suitable caution caution", onset_days=30, thoracic_pain=True),
    case("INT-6", f"same_day {BARRED}", onset_days=30, thoracic_pain=True, constant_night_or_rest_pain=True),
    case("INT-6", "none not_suitable suitable suitable", fires=False, onset_days=30, worse_bending=True),
    case("INT-7", "review not_suitable not_suitable caution", onset_days=22, area_warm=True),
    case("INT-7", "review not_suitable not_suitable caution", onset_days=18, area_warm=True, area_cold=True),
    case("INT-7", "review not_suitable not_suitable caution", onset_days=30, whole_body_hot=True),
    case("INT-7", "none caution not_suitable caution", fires=False, onset_days=21, area_warm=True),
    case("INT-7", "none not_suitable caution suitable", fires=False, onset_days=18, area_cold=True),
    case("INT-8", f"emergency {BARRED}", onset_days=30, known_aaa=True),
    case("INT-8", f"emergency {BARRED}", onset_days=30, collapse_or_faint=True),
    case("INT-8", f"emergency {BARRED}", onset_days=30, rigors_or_very_unwell=True),
    case("INT-8", f"emergency {BARRED}", onset_days=30, fever=True, immunosuppressed=True),
    case("INT-8", "none not_suitable not_suitable suitable", onset_days=30, medicated_patch=True),
    case("INT-8", "none not_suitable not_suitable suitable", onset_days=30, stroke_or_cord_injury=True),
    case("INT-8", "none not_suitable suitable suitable", fires=False, onset_days=30, sudden_severe_onset=True),
    case("D1", "none suitable not_suitable suitable", onset_days=13),
    case("D1", "none suitable caution suitable", fires=False, onset_days=13, choices=EARLY_HEAT),
    case("D2", "none caution caution suitable", onset_days=14),
    case("D2", "none caution suitable suitable", fires=False, onset_days=14, recurrent=True),
    case("D3", "none caution caution suitable", onset_days=13, chronic_label=True),
    case("D3", "none caution suitable suitable", fires=False, onset_days=14, chronic_label=True),
    case("D4", "none not_suitable not_suitable suitable", onset_days=10, raynauds=True),
    case("D4", "none not_suitable not_suitable suitable", onset_days=30, diabetes=True, diabetes_neuropathy=True),
    case("D4", "none not_suitable caution suitable", fires=False, onset_days=30, diabetes=True),
    case("D5", "review not_suitable caution caution", onset_days=30, worse_cough_sneeze_strain=True),
    case("D5", f"same_day {BARRED}", fires=False, onset_days=30, worse_cough_sneeze_strain=True, thoracic_pain=True),
]


def outcome(raw: Raw, choices: ClinicChoices) -> str:
    found = advise(read_findings(raw), choices)
    return " ".join([found.level.value, *(found.for_modality(modality).verdict.value for modality in Modality)])


@pytest.mark.parametrize("each", READINGS, ids=lambda each: f"{each.id} {each.raw}")
def test_a_reading_of_the_sources_decides_as_it_says(each: Case) -> None:
    assert outcome(each.raw, each.choices) == each.outcome


@pytest.mark.parametrize("id", sorted({each.id for each in READINGS}))
def test_findings_that_just_miss_a_reading_come_out_otherwise(id: str) -> None:
    decided, beside = ({each.outcome for each in READINGS if each.id == id and each.fires is fires} for fires in (1, 0))
    assert not decided & beside


# --- the ids ------------------------------------------------------------------------------------------------


def of_table(table: Table) -> set[str]:
    rows = (*table.base, *table.signs, *table.bars, *table.cautions, *table.pairing_bars)
    return {row.rule for row in rows} | {table.unanswered.rule, table.review.rule}


def of_the_code() -> set[str]:
    tables = (ice.TABLE, heat.TABLE, heat.EARLY_TABLE, stretching.TABLE)
    notes = {each.rule for each in vars(pairing).values() if isinstance(each, PairingNote)}
    flags = {row.rule for row in (*red_flags.ROWS, *medicines.ROWS)}
    readings = {each.id for each in (*INTERPRETATIONS, *DISAGREEMENTS)}
    # What section 3 does to ice and heat under a review has no row of its own there.
    return set().union(*map(of_table, tables), notes, flags, readings) - {"3.4"}


def of_the_document() -> set[str]:
    return set(NAMED.findall(TEXT))


FIRED = {
    *(row[0] for row in (*BASE_AND_SIGNS, *HELD_BACK, *ONE_BY_ONE, *FLAG_ROWS, *PAIRING_ROWS, *MEDICINE_ROWS)),
    *(each.id for each in READINGS if each.fires),
}
MISSED = {
    *(
        row[0]
        for row in (*BASE_AND_SIGNS, *HELD_BACK, *FLAG_ROWS, *PAIRING_ROWS, *MEDICINE_ROWS)
        if row[-1] is not None
    ),
    *(rule for rule, _, _ in ONE_BY_ONE),
    *(each.id for each in READINGS if not each.fires),
}


def test_the_document_and_the_code_name_the_same_rules() -> None:
    assert of_the_code() == of_the_document()


@pytest.mark.parametrize("rule", sorted(of_the_code() | of_the_document()))
def test_a_rule_has_findings_that_fire_it(rule: str) -> None:
    assert rule in FIRED


@pytest.mark.parametrize("rule", sorted((of_the_code() | of_the_document()) - FOR_EVERYBODY))
def test_a_rule_has_findings_that_just_miss_it(rule: str) -> None:
    assert rule in MISSED


def test_no_row_is_of_a_rule_that_is_gone() -> None:
    assert of_the_code() >= FIRED | MISSED
