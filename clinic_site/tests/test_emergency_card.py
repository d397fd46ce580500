"""Whatever else is found, and in whatever order, an emergency's card is the one that the patient gets."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.models import RedFlag
from plans.cards import Card, card_of
from plans.models import Plan
from therapies.suitability import Level, advise, read_findings
from therapies.tests.test_suitability_properties import EMERGENCIES, each_time, some_people

Raw = dict[str, Any]
any_stop = st.sampled_from(["", *Plan.Stop.values])


def card(raw: Raw, draw: Any, stopped_level: str) -> Card:
    raised = advise(read_findings(raw)).red_flags
    rows = [RedFlag(rule=flag.rule, level=flag.level.value, text=flag.text) for flag in raised]
    found = card_of(draw(st.permutations(rows)), stopped_level=stopped_level)
    assert found
    return found


@pytest.mark.parametrize(("rule", "alone"), EMERGENCIES)
@each_time
@given(raw=some_people, data=st.data(), stopped_level=any_stop)
def test_the_card_of_an_emergency_always_wins(
    rule: str, alone: Raw, raw: Raw, data: st.DataObject, stopped_level: str
) -> None:
    assert card({**raw, **alone}, data.draw, stopped_level).heading == "Call 911 now"


@pytest.mark.parametrize(("rule", "alone"), EMERGENCIES)
def test_the_card_of_an_emergency_says_what_it_might_be(rule: str, alone: Raw) -> None:
    raised = next(flag for flag in advise(read_findings(alone)).red_flags if flag.rule == rule)
    found = card_of([RedFlag(rule=rule, level=raised.level.value, text=raised.text)])
    assert found
    assert found.might_be == (raised.patient_text,)


@pytest.mark.parametrize(("rule", "alone"), EMERGENCIES)
@each_time
@given(raw=some_people, data=st.data())
def test_the_card_says_one_line_and_it_is_of_an_emergency(rule: str, alone: Raw, raw: Raw, data: st.DataObject) -> None:
    both = {**raw, **alone}
    flags = advise(read_findings(both)).red_flags
    [line] = card(both, data.draw, "").might_be
    assert line in {flag.patient_text for flag in flags if flag.level is Level.EMERGENCY}
