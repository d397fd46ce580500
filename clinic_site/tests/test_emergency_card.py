"""Whatever else is found, and in whatever order, an emergency's card is the one that the patient gets."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.models import RedFlag
from plans.cards import Card, card_of
from plans.models import Plan
from therapies.suitability import advise, read_findings
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
    raised = advise(read_findings(alone)).red_flags
    rows = [RedFlag(rule=flag.rule, level=flag.level.value, text=flag.text) for flag in raised]
    found = card_of(rows)
    assert found
    assert next(flag.patient_text for flag in raised if flag.rule == rule) in found.might_be
