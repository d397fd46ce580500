"""What the rules say to the patient reads at grade 6 or lower."""

import re

import pytest

from therapies.suitability import (
    VOCABULARY,
    Kind,
    Modality,
    advise,
    heat,
    ice,
    label_of,
    medicines,
    read_findings,
    red_flags,
    stretching,
)
from therapies.suitability.flags import AlertRule, FlagRule
from therapies.tests.test_reading_grade import MOST, grade

TABLES = (ice.TABLE, heat.TABLE, stretching.TABLE)
ROWS = (*red_flags.ROWS, *medicines.ROWS)
READ = sorted(frozenset().union(*(table.keys for table in TABLES), *(row.when.keys for row in ROWS)) - {"onset_days"})
YES_TO = {"leg_symptoms": "one", "leg_weakness": "mild_stable", "temperature_c": 38.5}
LINES = [line for table in TABLES for line in table.limits]


def sentences(raw: dict[str, object]) -> set[str]:
    found = advise(read_findings(raw))
    reasons = [reason for modality in Modality for reason in found.for_modality(modality).reasons]
    beside = (*found.pairing, *found.red_flags, *found.alerts)
    return {reason.patient_text for reason in reasons} | {each.patient_text for each in beside}


def too_hard(lines: set[str]) -> list[str]:
    # A person who has multiple sclerosis knows its name, and there is no plainer one.
    return [line for line in sorted(lines) if grade(line.replace("multiple sclerosis (MS)", "MS")) > MOST]


@pytest.mark.parametrize("key", READ)
def test_a_reason_reads_at_grade_six(key: str) -> None:
    answer = YES_TO.get(key, True if VOCABULARY[key].kind is Kind.YES_NO else 12)
    each = [sentences({"onset_days": days, key: answer}) for days in (None, 1, 10, 18, 30)]
    assert too_hard(set().union(*each)) == []


@pytest.mark.parametrize("days", [None, 10, 18, 30])
def test_a_flare_reads_at_grade_six(days: int | None) -> None:
    assert too_hard(sentences({"onset_days": days, "recurrent": True, "area_tight": True})) == []


@pytest.mark.parametrize("key", ["worsening", "weight_loss_unexplained", "chest_pain"])
def test_every_level_reads_at_grade_six(key: str) -> None:
    assert too_hard(sentences({"onset_days": 30, key: True})) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.rule)
def test_a_red_flag_or_an_alert_reads_at_grade_six(row: FlagRule | AlertRule) -> None:
    filled = {row.patient_text.format(found=label_of(key)) for key in row.when.keys}
    assert too_hard(filled) == []


FEARFUL = {
    "danger",
    "dangerous",
    "deadly",
    "die",
    "death",
    "fatal",
    "severe",
    "paralyzed",
    "rupture",
    "tumor",
    "broken",
}


@pytest.mark.parametrize("row", red_flags.ROWS, ids=lambda row: row.rule)
def test_a_red_flag_says_what_it_might_be_without_words_of_fear(row: FlagRule) -> None:
    assert not FEARFUL & set(row.patient_text.lower().replace(".", "").split())


@pytest.mark.parametrize("row", red_flags.ROWS, ids=lambda row: row.rule)
def test_a_red_flag_says_it_in_one_line(row: FlagRule) -> None:
    assert len(row.patient_text) <= 80


@pytest.mark.parametrize("row", medicines.ROWS, ids=lambda row: row.rule)
def test_an_alert_names_no_amount_and_no_start_or_stop(row: AlertRule) -> None:
    words = set(re.findall(r"[a-z]+", f"{row.text} {row.patient_text}".lower()))
    assert not {"mg", "dose", "maximum", "month", "months", "wine", "start", "stop", "switch"} & words


@pytest.mark.parametrize("line", LINES)
def test_a_limit_reads_at_grade_six(line: str) -> None:
    assert grade(line) <= MOST
