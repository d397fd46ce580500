"""The patient's sentence and the source of a red flag, found again from the sentence for staff."""

import pytest

from therapies.suitability import advise, read_findings
from therapies.suitability.flags import FlagRule
from therapies.suitability.patient_lines import patient_line, source_line
from therapies.suitability.red_flags import ROWS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule} {row.text[:20]}")
def test_each_row_gives_its_own_line(row: FlagRule) -> None:
    found = "fever and chest pain"
    assert patient_line(row.rule, row.text.format(found=found)) == row.patient_text.format(found=found)


@pytest.mark.parametrize("key", ["saddle_numbness", "one_sided_blister_rash", "dvt_suspected", "area_numb"])
def test_a_raised_flag_gives_the_line_it_was_raised_with(key: str) -> None:
    flag = advise(read_findings({key: True})).red_flags[0]
    assert patient_line(flag.rule, flag.text) == flag.patient_text


def test_a_sentence_of_older_rules_gets_the_rules_first_line() -> None:
    assert patient_line("R04", "Was worded otherwise then.") == "A bone in your back may be hurt."


def test_an_unknown_rule_has_no_line() -> None:
    assert patient_line("R99", "Anything.") == ""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.rule} {row.text[:20]}")
def test_each_row_gives_its_own_source(row: FlagRule) -> None:
    assert source_line(row.rule, row.text.format(found="fever and chest pain")) == row.source


def test_a_sentence_of_older_rules_gets_every_source_of_its_rule() -> None:
    sources = {row.source for row in ROWS if row.rule == "R18"}
    assert all(source in source_line("R18", "Was worded otherwise then.") for source in sources)


def test_an_unknown_rule_has_no_source() -> None:
    assert source_line("R99", "Anything.") == ""
