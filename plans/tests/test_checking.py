"""What stands against issuing a draft, each with the rule it comes from."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from intake.models import Screening
from intake.tests.factories import make_closing, make_patient, make_red_flag, make_screening
from plans.barring import reason_key
from plans.building import acknowledge
from plans.checking import Assessment, assess_draft, unfit
from plans.footing import age_in_days
from plans.models import PlanVersion
from plans.tests.factories import make_draft, make_item, make_ready_draft
from practice.models import Clinic
from therapies.models import InstructionVersion
from therapies.suitability import Level, Modality, advise, read_findings
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
BONES = {"osteoporosis": True}
NOT_FOR_BONES = [{"condition": "osteoporosis", "action": "avoid"}]
CARE_WITH_BONES = [{"condition": "osteoporosis", "action": "adapt"}]


def assess(version: PlanVersion, later: int = 0) -> Assessment:
    clinic = Clinic.load()
    return assess_draft(version, clinic=clinic, today=clinic.today() + timedelta(days=later))


def rules(version: PlanVersion, later: int = 0) -> set[str]:
    return {problem.rule for problem in assess(version, later).problems}


def against(instruction: InstructionVersion, **findings: Any) -> list[str]:
    raw = {"onset_days": 10, "age": 40, **findings}
    return [problem.rule for problem in unfit(instruction, advise(read_findings(raw)), raw)]


# --- the whole draft -----------------------------------------------------------------------------------


def test_nothing_stands_against_a_plain_draft() -> None:
    assert not assess(make_ready_draft()).problems


def test_a_draft_without_a_screening_cannot_be_issued() -> None:
    version = make_draft()
    make_item(version=version)
    assert rules(version) == {"screening"}


def test_a_draft_without_items_cannot_be_issued() -> None:
    assert rules(make_ready_draft(items=())) == {"items"}


@pytest.mark.parametrize(("later", "problems"), [(7, set()), (8, {"screening"})])
def test_a_screening_is_good_for_the_clinics_limit(later: int, problems: set[str]) -> None:
    version = make_ready_draft(items=[{}], onset_days=20)
    assert rules(version, later) == problems


def test_the_limit_is_the_clinics_own() -> None:
    version = make_ready_draft(items=[{}], onset_days=20)
    Clinic.objects.update(screening_limit_days=1)
    assert rules(version, 2) == {"screening"}


def test_the_newest_screening_decides() -> None:
    version = make_ready_draft(findings={"recent_spine_surgery_or_fracture": True}, items=[{}])
    make_screening(patient=version.plan.patient)
    assert rules(version) == set()


def test_the_days_of_the_injury_are_counted_to_today() -> None:
    version = make_ready_draft(onset_days=21, items=[{"kind": "ice"}])
    assert "I-B4" in rules(version, 1)


def test_a_screening_sent_late_in_the_evening_is_of_the_clinics_day() -> None:
    clinic = Clinic.load()
    screening = make_screening(patient=make_patient(), sent_at=datetime(2026, 11, 21, 5, 30, tzinfo=UTC))
    assert age_in_days(screening, clinic, date(2026, 11, 20)) == 0


# --- its items -----------------------------------------------------------------------------------------


def test_an_item_of_a_modality_that_is_not_suitable_is_named() -> None:
    version = make_ready_draft(findings={"poor_circulation": True}, items=[{"kind": "ice"}])
    [problem] = assess(version).problems
    assert (problem.rule, problem.item) == ("I-N1", version.items.get())


def test_a_superseded_instruction_is_named() -> None:
    version = make_ready_draft(items=[{}])
    InstructionVersion.objects.all().supersede()
    assert rules(version) == {"published"}


def test_a_dose_out_of_range_is_named() -> None:
    assert rules(make_ready_draft(items=[{"kind": "ice", "minutes": 25}])) == {"dose"}


def test_an_item_whose_days_are_over_is_named() -> None:
    today = timezone.localdate()
    past = {"from_date": today - timedelta(days=9), "until_date": today - timedelta(days=2)}
    assert rules(make_ready_draft(items=[past])) == {"dates"}


def test_an_item_that_ends_today_is_still_good() -> None:
    today = Clinic.load().today()
    assert rules(make_ready_draft(items=[{"from_date": today, "until_date": today}])) == set()


def test_a_dose_above_the_instructions_own_most_is_named() -> None:
    massage = make_instruction_version(kind="ice", dose_most={"minutes": 10})
    [problem] = assess(make_ready_draft(items=[{"instruction_version": massage, "minutes": 11}])).problems
    assert problem.text == "At most 10 here: this instruction goes no higher."


def test_a_therapy_that_no_rule_judges_is_named() -> None:
    assert rules(make_ready_draft(items=[{"kind": "rest"}])) == {"kind"}


# --- its days to come ----------------------------------------------------------------------------------


def days(first: int, last: int, *, kind: str = "ice") -> dict[str, Any]:
    """An item from `first` to `last`, in days from today."""
    today = Clinic.load().today()
    return {"kind": kind, "from_date": today + timedelta(days=first), "until_date": today + timedelta(days=last)}


@pytest.mark.parametrize(("last", "problems"), [(3, set()), (4, {"I-B3"}), (11, {"I-B3"}), (12, {"I-B4"})])
def test_ice_ends_while_it_is_still_suitable(last: int, problems: set[str]) -> None:
    assert rules(make_ready_draft(items=[days(0, last)], onset_days=10)) == problems


@time_machine.travel(datetime(2026, 11, 20, 18, 0, tzinfo=UTC), tick=False)
def test_an_item_that_lasts_too_long_is_told_its_day_and_reason() -> None:
    [problem] = assess(make_ready_draft(items=[days(0, 12)], onset_days=10)).problems
    reason = "The injury is over three weeks old (22 days), when this clinic stops ice."
    assert problem.text == f"On Wed, Dec 2 this would not be suitable any more: {reason} End it earlier."


@time_machine.travel(datetime(2026, 11, 20, 18, 0, tzinfo=UTC), tick=False)
def test_an_item_that_begins_too_late_is_told_to_choose_other_days() -> None:
    [problem] = assess(make_ready_draft(items=[days(12, 12)], onset_days=10)).problems
    assert problem.text.startswith("On Wed, Dec 2 this would not be suitable: ")


def test_ice_without_an_onset_is_judged_as_today() -> None:
    assert rules(make_ready_draft(items=[days(0, 40)], onset_days=None)) == {"I-B5"}


def test_heat_that_begins_when_it_is_suitable_waits_for_that_day() -> None:
    assert rules(make_ready_draft(items=[days(12, 20, kind="heat")], onset_days=10)) == {"H-B1"}


def test_what_is_not_suitable_today_is_named_once() -> None:
    version = make_ready_draft(findings={"poor_circulation": True}, items=[days(0, 30)], onset_days=10)
    assert [problem.rule for problem in assess(version).problems] == ["I-N1"]


def test_a_movement_may_last_as_long_as_it_is_set() -> None:
    assert rules(make_ready_draft(items=[days(0, 90, kind="stretching")], onset_days=10)) == set()


# --- whether an instruction fits -----------------------------------------------------------------------


def test_a_plain_movement_fits() -> None:
    assert against(make_instruction_version()) == []


def test_heat_does_not_fit_a_recent_injury() -> None:
    assert against(make_instruction_version(kind="heat")) != []


def test_ice_fits_a_recent_injury() -> None:
    assert against(make_instruction_version(kind="ice")) == []


def test_an_instruction_that_no_rule_judges_does_not_fit() -> None:
    assert against(make_instruction_version(kind="rest")) == ["kind"]


def test_no_movement_fits_pain_that_stretching_sends_down_the_leg() -> None:
    assert against(make_instruction_version(), stretch_increases_leg_pain=True) == ["S-N1"]


@pytest.mark.parametrize(("first_48h", "rules"), [(True, []), (False, ["S-C1"])])
def test_the_first_two_days_know_only_their_own_movements(first_48h: bool, rules: list[str]) -> None:
    assert against(make_instruction_version(first_48h=first_48h), onset_days=1) == rules


@pytest.mark.parametrize(("first_48h", "rules"), [(True, []), (False, ["S-C1"])])
def test_a_swollen_back_knows_only_the_first_movements(first_48h: bool, rules: list[str]) -> None:
    assert against(make_instruction_version(first_48h=first_48h), area_swollen=True) == rules


@pytest.mark.parametrize("answer", [True, None])
def test_a_movements_own_caution_bars_it(answer: bool | None) -> None:
    assert against(make_instruction_version(cautions=NOT_FOR_BONES), osteoporosis=answer) == ["movement"]


def test_a_movements_own_caution_that_adapts_does_not_bar_it() -> None:
    assert against(make_instruction_version(cautions=CARE_WITH_BONES), osteoporosis=True) == []


# --- acknowledgements ----------------------------------------------------------------------------------


def test_a_caution_is_to_be_acknowledged() -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    assert [each.reason.rule for each in assess(version).to_acknowledge] == ["S-C2"]


def test_an_unacknowledged_caution_is_a_problem() -> None:
    assert rules(make_ready_draft(findings=BONES, items=[{}])) == {"S-C2"}


def test_an_acknowledged_caution_is_none() -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    before = assess(version)
    acknowledge(version, {each.key for each in before.to_acknowledge}, assessment=before, by=version.changed_by)
    assert rules(version) == set()


def test_an_acknowledgement_is_good_for_its_screening_only() -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    before = assess(version)
    acknowledge(version, {each.key for each in before.to_acknowledge}, assessment=before, by=version.changed_by)
    make_screening(patient=version.plan.patient, findings=BONES)
    assert rules(version) == {"S-C2"}


def test_a_caution_of_a_modality_that_is_not_in_the_plan_needs_no_reading() -> None:
    assert rules(make_ready_draft(findings=BONES, items=[{"kind": "ice"}])) == set()


def test_each_caution_reason_is_acknowledged_for_itself() -> None:
    version = make_ready_draft(findings=BONES, onset_days=1, items=[{}])
    assert [each.reason.rule for each in assess(version).to_acknowledge] == ["S-C1", "S-C2"]


def test_what_is_not_suitable_cannot_be_acknowledged_away() -> None:
    version = make_ready_draft(findings={"recent_spine_surgery_or_fracture": True}, items=[{}])
    assert assess(version).to_acknowledge == ()


def test_a_reason_has_the_same_key_each_time() -> None:
    [one] = assess(make_ready_draft(findings=BONES, items=[{}])).to_acknowledge
    assert one.key == reason_key(Modality.STRETCHING, one.reason)


def test_the_same_rule_in_other_words_has_another_key() -> None:
    [one] = assess(make_ready_draft(findings=BONES, items=[{}])).to_acknowledge
    [other] = assess(make_ready_draft(findings={"falls_risk": True}, items=[{}])).to_acknowledge
    assert one.key != other.key


def test_the_level_of_a_plain_screening_is_none() -> None:
    advice = assess(make_ready_draft()).advice
    assert advice is not None
    assert advice.level is Level.NONE


def test_an_open_red_flag_is_a_problem() -> None:
    version = make_ready_draft(items=[{}])
    make_red_flag(screening=Screening.objects.newest_of(version.plan.patient))
    assert [problem.rule for problem in assess(version).problems] == ["red-flag"]


def test_a_red_flag_of_an_earlier_screening_is_one_too() -> None:
    version = make_ready_draft(items=[{}])
    earlier = make_screening(patient=version.plan.patient, sent_at=timezone.now() - timedelta(days=2))
    make_red_flag(screening=earlier, level="review", rule="R22")
    assert [problem.rule for problem in assess(version).problems] == ["red-flag"]


def test_a_closed_red_flag_is_none() -> None:
    version = make_ready_draft(items=[{}])
    make_closing(flag=make_red_flag(screening=Screening.objects.newest_of(version.plan.patient)))
    assert not assess(version).problems


def begin_answers(version: PlanVersion, **fields: Any) -> None:
    Screening.objects.create(patient=version.plan.patient, started_by=version.changed_by, **fields)


def test_newer_answers_that_are_not_sent_are_a_problem() -> None:
    version = make_ready_draft(items=[{}])
    begin_answers(version, typed={"fever": "no"})
    assert [problem.text for problem in assess(version).problems] == [
        "A newer screening is begun. Send it, or delete it; a clinician deletes one that holds answers."
    ]


def test_a_page_that_was_only_opened_is_none() -> None:
    version = make_ready_draft(items=[{}])
    begin_answers(version)
    assert not assess(version).problems


def test_answers_that_were_begun_before_are_none() -> None:
    version = make_ready_draft(items=[{}])
    begin_answers(version, typed={"fever": "no"}, saved_at=timezone.now() - timedelta(hours=1))
    assert not assess(version).problems


def test_a_level_that_eased_with_the_days_asks_again() -> None:
    almost_18 = make_patient(birth_date=Clinic.load().today() - timedelta(days=18 * 365 + 3))
    version = make_ready_draft(patient=almost_18, items=[{}])
    later = [problem.text for problem in assess(version, later=4).problems]
    assert later == ["The rules were stricter on the day of the screening. Ask the questions again."]


def test_a_review_never_asks_for_other_answers() -> None:
    version = make_ready_draft(findings={"cancer_history": True}, items=[{}])
    [told] = [problem.text for problem in assess(version).problems if problem.rule == "R22"]
    assert told.startswith("A clinician has not cleared this review: ")
