"""The code and the document of record, rules.md, say the same; and the rules know no Django."""

import ast
import re
import sys
from pathlib import Path

import pytest

from therapies.suitability import (
    GROUPS,
    RED_FLAG_KEYS,
    Level,
    constants,
    emergency,
    heat,
    ice,
    medicines,
    pairing,
    review,
    same_day,
    stretching,
    timing,
)
from therapies.suitability.flags import FlagRule
from therapies.suitability.tables import Table

HERE = Path(ice.__file__).parent
RECORD = (HERE / "rules.md").read_text(encoding="utf-8")
SECTIONS = {int(number): body for number, body in re.findall(r"^## (\d+)\. (.*?)(?=^## |\Z)", RECORD, re.M | re.S)}


def rules_of(section: int) -> list[str]:
    return re.findall(r"^\| ([IHS]-\w+|B\d\d) \|", SECTIONS[section], re.M)


def in_order(table: Table) -> list[str]:
    rows = [row.rule for row in table.base]
    rows += [row.rule for row in (*table.signs, *table.bars, *table.cautions)]
    return list(dict.fromkeys(rows))


def test_the_ice_rows_are_those_of_section_5_in_its_order() -> None:
    assert in_order(ice.TABLE) == rules_of(5)


def test_the_heat_rows_are_those_of_section_6_in_its_order() -> None:
    assert in_order(heat.TABLE) == rules_of(6)


def test_the_stretching_rows_are_those_of_section_8_in_its_order() -> None:
    assert [*in_order(stretching.TABLE), stretching.TABLE.review.rule] == rules_of(8)


def test_the_pairing_rows_are_those_of_section_7() -> None:
    notes = {note.rule for note in (pairing.B01, pairing.B02, pairing.B03, pairing.B04, pairing.B05, pairing.B11)}
    assert notes | {row.rule for row in pairing.NEITHER} == set(rules_of(7))


SUBSECTIONS = dict(re.findall(r"^### (9\.\d) (.*?)(?=^### |\Z)", SECTIONS[9], re.M | re.S))
FLAG_TABLES = [
    pytest.param("9.1", Level.EMERGENCY, emergency.ROWS, id="emergency"),
    pytest.param("9.2", Level.SAME_DAY, same_day.ROWS, id="same day"),
    pytest.param("9.3", Level.REVIEW, review.ROWS, id="review"),
]


@pytest.mark.parametrize(("section", "level", "rows"), FLAG_TABLES)
def test_the_red_flags_of_a_level_are_those_of_its_table_in_its_order(
    section: str, level: Level, rows: tuple[FlagRule, ...]
) -> None:
    in_the_record = re.findall(r"^\| (R\d\d) \|", SUBSECTIONS[section], re.M)
    assert list(dict.fromkeys(row.rule for row in rows)) == in_the_record


@pytest.mark.parametrize(("section", "level", "rows"), FLAG_TABLES)
def test_a_red_flag_has_the_level_of_its_table_but_for_two_pains_of_r23(
    section: str, level: Level, rows: tuple[FlagRule, ...]
) -> None:
    others = {(row.rule, row.level) for row in rows if row.level is not level}
    assert others <= {("R23", Level.SAME_DAY)}


def test_the_33_red_flags_are_all_there() -> None:
    rows = (*emergency.ROWS, *same_day.ROWS, *review.ROWS)
    assert {row.rule for row in rows} == {f"R{number:02}" for number in range(1, 34)}


CLUSTER = set(emergency.INFECTION_CLUSTER)
CANCER_PARTNERS = (emergency.CANCER_AND_NERVE_SIGN | same_day.CANCER_AND_WARNING_PAIN).keys - {"cancer_history"}
# What a row reads beside the findings that the record names by key: said there in words or by another row.
IN_WORDS = {
    "R33": CLUSTER,
    "R08": emergency.CANCER_AND_NERVE_SIGN.keys - {"cancer_history"},
    "R14": {"age"},
    "R21": CLUSTER | {"fever"},
    "R22": CANCER_PARTNERS,
    "R29": timing.INFLAM.keys | timing.COLD_SIGN.keys | timing.TIMING_KEYS | {"temperature_c"},
    "R30": {"age"} | timing.TIMING_KEYS,
}


@pytest.mark.parametrize("row", [*emergency.ROWS, *same_day.ROWS, *review.ROWS], ids=lambda row: row.rule)
def test_a_red_flag_reads_the_findings_that_its_row_of_the_record_names(row: FlagRule) -> None:
    (condition,) = re.findall(rf"^\| {row.rule} \| (.*?) \|", SECTIONS[9], re.M)
    named = set(re.findall(r"`([a-z_]+)(?: = [a-z_]+)?`", condition)) - {"inflam"}
    # R18 is two rows, each with its own words.
    named = named & row.when.keys if row.rule == "R18" else named
    assert row.when.keys == named | IN_WORDS.get(row.rule, set())


def test_the_medicine_alerts_are_those_of_section_10_in_its_order() -> None:
    in_the_record = re.findall(r"^\| (M\d\d) \|", SECTIONS[10], re.M)
    assert [row.rule for row in medicines.ROWS] == in_the_record


@pytest.mark.parametrize("table", [ice.TABLE, heat.TABLE, stretching.TABLE])
def test_the_rule_for_open_questions_is_named_in_section_2(table: Table) -> None:
    assert f"**{table.unanswered.rule}**" in SECTIONS[2]


@pytest.mark.parametrize(("section", "table"), [(5, ice.TABLE), (6, heat.TABLE), (8, stretching.TABLE)])
def test_every_finding_that_a_row_of_the_record_names_is_read_by_that_row(section: int, table: Table) -> None:
    rows = {row.rule: row.when.keys for row in (*table.bars, *table.cautions)}
    named = {}
    for rule, condition in re.findall(r"^\| ([IHS]-[NC]\d+) \| (.*?) \|", SECTIONS[section], re.M):
        named[rule] = set(re.findall(r"`([a-z_]+)(?: = one)?`", condition)) - {"inflam"}
    shorthand = timing.INFLAM.keys | timing.TIMING_KEYS
    # "`diabetes` (no neuropathy)" of I-C2 reads the neuropathy too.
    named.get("I-C2", set()).add("diabetes_neuropathy")
    assert {rule: keys - shorthand for rule, keys in rows.items()} == named


def keys_of_group(group: str) -> list[str]:
    (line,) = re.findall(rf"^\*\*{re.escape(group)}:\*\* (.*)$", SECTIONS[2], re.M)
    return re.findall(r"`([a-z_]+)`", line)


@pytest.mark.parametrize("group", GROUPS)
def test_the_vocabulary_is_that_of_section_2_in_its_order(group: str) -> None:
    assert [finding.key for finding in GROUPS[group]] == keys_of_group(group)


def test_no_group_of_section_2_is_missing() -> None:
    assert re.findall(r"^\*\*(.+?):\*\* ", SECTIONS[2], re.M) == list(GROUPS)


def test_unanswered_covers_the_red_flag_set_of_section_2() -> None:
    (line,) = re.findall(r"^- Red-flag set .*$", SECTIONS[2], re.M)
    beside = set(re.findall(r"`([a-z_]+)`", line)) - {"unanswered"}
    assert {finding.key for finding in GROUPS["Red-flag keys"]} | beside == RED_FLAG_KEYS


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("`RECENT_MAX_DAYS`", [constants.RECENT_MAX_DAYS]),
        ("`GREY_MIN` / `GREY_MAX`", [constants.GREY_MIN_DAYS, constants.GREY_MAX_DAYS]),
        ("`LATE_MIN_DAYS`", [constants.LATE_MIN_DAYS]),
        ("`FEVER_C` / `FEVER_F`", [constants.FEVER_C, constants.FEVER_F]),
        ("`FIRST_48H`", [constants.FIRST_48H_MAX_DAYS]),
        ("`NOT_IMPROVING_DAYS`", [constants.NOT_IMPROVING_DAYS]),
        ("`ICE_MAX_MIN`, `HEAT_MAX_MIN`", [constants.ICE_MAX_MIN, constants.HEAT_MAX_MIN]),
    ],
)
def test_a_constant_is_that_of_section_1(name: str, values: list[float]) -> None:
    (cell,) = re.findall(rf"^\| {re.escape(name)} \| (.*?) \|", SECTIONS[1], re.M)
    numbers = [float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", cell.split("(")[0])]
    assert numbers == values


def modules_imported_by(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or ".")
    return found


@pytest.mark.parametrize("path", sorted(HERE.glob("*.py")), ids=lambda path: path.name)
def test_the_rules_import_only_themselves_and_the_standard_library(path: Path) -> None:
    others = {name for name in modules_imported_by(path) if not name.startswith("therapies.suitability")}
    assert {name.split(".")[0] for name in others} <= sys.stdlib_module_names
