"""What the rules say to the patient reads at grade 6 or lower."""

import pytest

from therapies.suitability import (
    VOCABULARY,
    Kind,
    Level,
    Modality,
    advise,
    heat,
    ice,
    read_findings,
    stretching,
)
from therapies.tests.test_reading_grade import MOST, grade

READ = sorted(ice.TABLE.keys | heat.TABLE.keys | stretching.TABLE.keys)
LINES = [line for table in (ice.TABLE, heat.TABLE, stretching.TABLE) for line in table.limits]


def sentences(raw: dict[str, object], level: Level = Level.NONE) -> set[str]:
    found = advise(read_findings(raw), level)
    reasons = [reason for modality in Modality for reason in found.for_modality(modality).reasons]
    return {reason.patient_text for reason in reasons} | {note.patient_text for note in found.pairing}


def too_hard(lines: set[str]) -> list[str]:
    # A person who has multiple sclerosis knows its name, and there is no plainer one.
    return [line for line in sorted(lines) if grade(line.replace("multiple sclerosis (MS)", "MS")) > MOST]


@pytest.mark.parametrize("key", READ)
def test_a_reason_reads_at_grade_six(key: str) -> None:
    answer: object = {Kind.YES_NO: True, Kind.CHOICE: "one"}.get(VOCABULARY[key].kind, 12)
    each = [sentences({"onset_days": days, key: answer}) for days in (None, 1, 10, 18, 30)]
    assert too_hard(set().union(*each)) == []


@pytest.mark.parametrize("days", [None, 10, 18, 30])
def test_a_flare_reads_at_grade_six(days: int | None) -> None:
    assert too_hard(sentences({"onset_days": days, "recurrent": True, "area_tight": True})) == []


@pytest.mark.parametrize("level", Level)
def test_every_level_reads_at_grade_six(level: Level) -> None:
    assert too_hard(sentences({"onset_days": 30}, level)) == []


@pytest.mark.parametrize("line", LINES)
def test_a_limit_reads_at_grade_six(line: str) -> None:
    assert grade(line) <= MOST
