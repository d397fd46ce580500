"""The terms of a standing order: days, the age of the pain, and who gets through. Little of it needs a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.order_terms import age_problems, due_day, last_day_allowed, order_problems
from plans.tests.factories_orders import make_usual_programme
from therapies.models import Instruction, InstructionVersion, Therapy
from therapies.suitability import VOCABULARY, Kind, Level, Modality, Verdict, advise, read_findings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("today", [date(2026, month, day) for month in range(1, 13) for day in (1, 28)])
def test_the_furthest_day_lies_within_six_months(today: date) -> None:
    half_a_year_on = date(today.year + (today.month > 6), (today.month + 5) % 12 + 1, today.day)
    assert last_day_allowed(today) <= half_a_year_on


@pytest.mark.parametrize("days", [3, 13])
def test_a_programme_fits_from_its_first_day_to_its_last(days: int) -> None:
    programme = make_usual_programme()
    assert not list(age_problems(programme, {"onset_days": days}))


@pytest.mark.parametrize("days", [2, 14])
def test_a_programme_does_not_fit_a_day_before_or_after(days: int) -> None:
    programme = make_usual_programme()
    assert list(age_problems(programme, {"onset_days": days}))


def test_a_pain_of_at_least_so_many_days_fits_no_programme_that_ends() -> None:
    assert list(age_problems(make_usual_programme(), {"onset_days": 5, "onset_is_minimum": True}))


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        (date(2026, 11, 17), date(2026, 11, 18)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
    ],
    ids=["Tuesday", "Friday", "Saturday", "Sunday"],
)
def test_a_use_is_due_on_the_next_day_that_is_no_weekend(issued: date, due: date) -> None:
    assert due_day(issued) == due


def values(key: str) -> st.SearchStrategy[object]:
    finding = VOCABULARY[key]
    if finding.kind is Kind.YES_NO:
        return st.sampled_from([True, False, None])
    if finding.kind is Kind.CHOICE:
        return st.sampled_from([*finding.choices, None])
    if finding.kind is Kind.WHOLE_NUMBER:
        return st.none() | st.integers(0, min(int(finding.most), 100))
    return st.none() | st.floats(finding.least, finding.most)


somebody = st.fixed_dictionaries(
    {"onset_days": st.integers(0, 60), "age": st.integers(18, 90)},
    optional={key: values(key) for key in VOCABULARY if key not in ("onset_days", "age")},
)
a_few_answers = st.lists(st.sampled_from(sorted(VOCABULARY)), max_size=3).flatmap(
    lambda keys: st.fixed_dictionaries({"onset_days": st.integers(0, 60), **{key: values(key) for key in keys}})
)


def an_instruction(kind: str, condition: str) -> InstructionVersion:
    """Not stored: the rules read no database."""
    instruction = Instruction(slug=f"{kind}-at-home", therapy=Therapy(slug=kind, kind=kind))
    return InstructionVersion(instruction=instruction, cautions=[{"condition": condition, "action": "adapt"}])


GIVEN = (an_instruction("ice", "diabetes"), an_instruction("stretching", "worse_bending"))


@given(findings=somebody | a_few_answers)
def test_exactly_those_without_a_level_an_unknown_or_a_caution_get_through(findings: dict[str, object]) -> None:
    read = read_findings(findings)
    advice = advise(read)
    suitable = all(
        advice.for_modality(each).verdict is Verdict.SUITABLE for each in (Modality.ICE, Modality.STRETCHING)
    )
    clear = advice.level is Level.NONE and not read.unknown and suitable
    mind = findings.get("diabetes") or findings.get("worse_bending")
    assert (not order_problems(advice, findings, GIVEN)) == (clear and not mind)
