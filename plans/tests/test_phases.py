"""The phases that the day of onset proposes, what may wait for a later day, and ice and heat on the same days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from intake.models import Screening
from intake.questions import QUESTIONS
from intake.questions_red_flags import HEALTH_CHANGED
from intake.tests.factories import make_patient, make_screening
from plans.barring import bars_left
from plans.building import CannotAdd, add_item, add_later, add_offer, start_plan
from plans.checking import Assessment, assess_draft
from plans.models import PlanItem, PlanVersion
from plans.phases import Phase, propose_phases
from plans.proposing import proposal_for, proposed
from plans.tests.factories import make_draft, make_ready_draft
from plans.tests.factories_phases import make_opening, make_waiting, waiting_item
from practice.models import Clinic
from therapies.suitability import Advice, Modality, Verdict, advise, read_findings
from therapies.suitability.findings import YES_NO_KEYS
from therapies.suitability.vocabulary import LASTING_KEYS
from therapies.tests.factories import make_instruction_version

TODAY = date(2026, 11, 24)
SWOLLEN = {"area_swollen": True}
AVOIDED = [{"condition": "osteoporosis", "action": "avoid"}]


def on(onset: date, **findings: object) -> "list[Phase]":
    """The phases proposed today for a pain that began on `onset`."""

    def advice(day: date) -> Advice:
        return advise(read_findings({"onset_days": (day - onset).days, "age": 50} | findings))

    return list(propose_phases(onset, TODAY, advice))


def modalities(phases: "list[Phase]") -> list[tuple[Modality, ...]]:
    return [phase.modalities for phase in phases]


# --- what is proposed ----------------------------------------------------------------------------------


def test_ice_is_proposed_through_day_13() -> None:
    ice = on(date(2026, 11, 20))[0]
    assert (ice.modalities, ice.last) == ((Modality.ICE,), date(2026, 12, 3))


def test_either_is_proposed_from_day_14_to_day_21() -> None:
    either = on(date(2026, 11, 20))[1]
    assert (either.first, either.last) == (date(2026, 12, 4), date(2026, 12, 11))


def test_heat_is_proposed_from_day_22() -> None:
    heat = on(date(2026, 11, 20))[2]
    assert (heat.modalities, heat.first) == ((Modality.HEAT,), date(2026, 12, 12))


def test_the_words_have_the_weekdays() -> None:
    assert [phase.words for phase in on(date(2026, 11, 20))] == [
        "Ice until Thu, Dec 3",
        "From Fri, Dec 4 to Fri, Dec 11: ice or heat, one at a time",
        "Heat from Sat, Dec 12",
    ]


@given(st.integers(0, 60))
def test_what_is_over_is_not_proposed(days: int) -> None:
    assert all(phase.last is None or phase.last >= TODAY for phase in on(TODAY - timedelta(days=days)))


@given(st.integers(0, 60))
def test_the_first_phase_is_the_one_of_today(days: int) -> None:
    expected = (Modality.ICE,) if days <= 13 else (Modality.ICE, Modality.HEAT) if days <= 21 else (Modality.HEAT,)
    assert on(TODAY - timedelta(days=days))[0].modalities == expected


@given(st.integers(0, 60))
def test_nothing_that_is_not_gated_is_offered_against_the_answers(days: int) -> None:
    onset = TODAY - timedelta(days=days)
    for phase in on(onset):
        for offer in phase.offers:
            then = advise(read_findings({"onset_days": (offer.first - onset).days, "age": 50}))
            assert offer.gated or then.for_modality(offer.modality).verdict is not Verdict.NOT_SUITABLE


def test_heat_after_ice_is_gated() -> None:
    assert on(date(2026, 11, 20))[2].gated


def test_heat_of_today_is_not_gated() -> None:
    assert not on(TODAY - timedelta(days=30))[0].gated


def test_ice_that_does_not_fit_today_has_no_button() -> None:
    assert on(date(2026, 11, 20), poor_circulation=True)[0].offers == ()


def test_ice_that_does_not_fit_today_says_why() -> None:
    assert "No ice where blood flow is poor" in on(date(2026, 11, 20), poor_circulation=True)[0].needs[0]


def test_in_the_grey_zone_either_is_offered() -> None:
    either = on(TODAY - timedelta(days=17))[0]
    assert [offer.modality for offer in either.offers] == [Modality.ICE, Modality.HEAT]


def test_in_the_grey_zone_a_flare_is_offered_heat_only() -> None:
    either = on(TODAY - timedelta(days=17), recurrent=True)[0]
    assert [offer.modality for offer in either.offers] == [Modality.HEAT]


def test_a_grey_zone_to_come_offers_nothing_yet() -> None:
    assert on(date(2026, 11, 20))[1].offers == ()


LASTING = ["pvd", "diabetes_neuropathy", "past_heat_injury", "stroke_or_cord_injury", "ms_heat_sensitive"]
CHANGES = ["area_red", "alcohol_now", "topical_heat_product", "medicated_patch", "plans_sleep_with_heat", "skin_broken"]


@pytest.mark.parametrize("bar", LASTING)
@pytest.mark.parametrize("days", [4, 17, 30])
def test_what_no_day_lifts_is_not_offered_for_later(bar: str, days: int) -> None:
    assert all(
        offer.modality is not Modality.HEAT
        for phase in on(TODAY - timedelta(days=days), **{bar: True})
        for offer in phase.offers
    )


def test_beside_a_lasting_bar_there_is_no_waiting_for_what_changes() -> None:
    assert on(date(2026, 11, 20), pvd=True, alcohol_now=True)[2].offers == ()


def test_a_phase_says_that_no_day_changes_a_lasting_bar() -> None:
    needs = on(date(2026, 11, 20), pvd=True)[2].needs
    assert needs[0].startswith("does not fit, and no day changes that. No heat with artery disease")


@pytest.mark.parametrize("bar", CHANGES)
def test_what_may_be_answered_otherwise_then_can_wait(bar: str) -> None:
    assert [offer.gated for offer in on(date(2026, 11, 20), **{bar: True})[2].offers] == [True]


def test_every_lasting_key_is_a_finding_that_bars_ice_or_heat() -> None:
    def bars(key: str) -> bool:
        advice = advise(read_findings({"onset_days": 30, key: True}))
        return any(key in bar.found for one in (advice.ice, advice.heat) for bar in bars_left(one))

    assert [key for key in LASTING_KEYS if not bars(key)] == []


def test_an_illness_that_is_not_asked_again_and_bars_is_lasting() -> None:
    asked_once = {key for each in QUESTIONS if each.lasting == HEALTH_CHANGED for key in each.answers_keys}
    advice = advise(read_findings({"onset_days": 30} | dict.fromkeys(asked_once & YES_NO_KEYS, True)))
    barring = {key for one in (advice.ice, advice.heat) for bar in bars_left(one) for key in bar.found}
    assert barring & asked_once <= LASTING_KEYS


def test_without_an_onset_nothing_is_proposed() -> None:
    assert propose_phases(None, TODAY, lambda day: pytest.fail("asked")) == ()


@pytest.mark.parametrize("sign", ["saddle_numbness", "weight_loss_unexplained"])
def test_under_an_urgent_level_nothing_is_proposed(sign: str) -> None:
    assert on(date(2026, 11, 20), **{sign: True}) == []


# --- in the builder ------------------------------------------------------------------------------------


def assess(version: PlanVersion) -> Assessment:
    clinic = Clinic.load()
    return assess_draft(version, clinic=clinic, today=clinic.today())


def draft_on(*, onset_days: int | None = 10, **fields: Any) -> PlanVersion:
    patient = make_patient()
    make_screening(patient=patient, onset_days=onset_days, **fields)
    return make_draft(patient=patient)


def add(version: PlanVersion, modality: str) -> PlanItem:
    return add_offer(version, modality, assessment=assess(version), today=Clinic.load().today())


@pytest.mark.django_db
@pytest.mark.parametrize(("onset_days", "minimum"), [(None, False), (10, True), (10, None)])
def test_an_onset_that_is_not_known_to_the_day_proposes_no_dates(onset_days: int | None, minimum: bool | None) -> None:
    version = draft_on(onset_days=onset_days, findings={"onset_is_minimum": minimum})
    assert proposal_for(assess(version), Clinic.load().today()).phases == ()


@pytest.mark.django_db
def test_the_builder_says_why_it_proposes_no_dates() -> None:
    assert "not known when" in proposal_for(assess(draft_on(onset_days=None)), Clinic.load().today()).why_none


@pytest.mark.django_db
def test_the_ice_of_a_phase_ends_on_day_13() -> None:
    make_instruction_version(slug="ice-pack", kind="ice")
    item = add(draft_on(onset_days=4), "ice")
    assert (item.until_date - Clinic.load().today()).days == 9


@pytest.mark.django_db
def test_the_heat_of_a_later_phase_waits() -> None:
    make_instruction_version(slug="heat-pack", kind="heat")
    item = add(draft_on(onset_days=4), "heat")
    assert (item.gated, (item.from_date - Clinic.load().today()).days) == (True, 18)


@pytest.mark.django_db
def test_a_phase_that_offers_nothing_adds_nothing() -> None:
    with pytest.raises(CannotAdd, match="No phase offers this"):
        add(draft_on(onset_days=30), "ice")


@pytest.mark.django_db
def test_an_item_that_waits_needs_no_verdict_of_today() -> None:
    make_instruction_version(slug="heat-pack", kind="heat")
    version = draft_on(onset_days=4)
    add(version, "heat")
    assert assess(version).problems == ()


@pytest.mark.django_db
def test_the_same_item_without_the_gate_is_refused() -> None:
    make_instruction_version(slug="heat-pack", kind="heat")
    version = draft_on(onset_days=4)
    add(version, "heat")
    version.items.update(gated=False)
    assert [problem.rule for problem in assess(version).problems] == ["H-B1"]


@pytest.mark.django_db
def test_what_waits_begins_on_a_later_day() -> None:
    version = make_ready_draft(items=[{"kind": "heat", "gated": True}])
    assert [problem.rule for problem in assess(version).problems] == ["gate"]


@pytest.mark.django_db
def test_a_kind_that_no_rule_judges_cannot_wait() -> None:
    tomorrow = Clinic.load().today() + timedelta(days=1)
    version = make_ready_draft(items=[{"kind": "massage", "gated": True, "from_date": tomorrow}])
    assert "kind" in [problem.rule for problem in assess(version).problems]


@pytest.mark.django_db
def test_a_movement_that_is_not_for_this_person_cannot_wait_either() -> None:
    arms = make_instruction_version(cautions=AVOIDED)
    later = Clinic.load().today() + timedelta(days=5)
    item = {"instruction_version": arms, "gated": True, "from_date": later}
    version = make_ready_draft(items=[item], findings={"osteoporosis": True})
    assert "movement" in [problem.rule for problem in assess(version).problems]


@pytest.mark.django_db
def test_a_movement_that_is_not_for_this_person_is_not_added_for_later() -> None:
    make_instruction_version(slug="arms", cautions=AVOIDED)
    version = draft_on(findings={"osteoporosis": True})
    with pytest.raises(CannotAdd, match="not for people with"):
        add_later(version, "arms", assessment=assess(version), today=Clinic.load().today())


@pytest.mark.django_db
def test_what_was_refused_for_later_leaves_nothing_in_the_draft() -> None:
    make_instruction_version(slug="arms", cautions=AVOIDED)
    version = draft_on(findings={"osteoporosis": True})
    with pytest.raises(CannotAdd):
        add_later(version, "arms", assessment=assess(version), today=Clinic.load().today())
    assert not version.items.exists()


@pytest.mark.django_db
def test_heat_added_for_later_begins_on_day_22() -> None:
    make_instruction_version(slug="heat-wrap", kind="heat")
    version = draft_on(onset_days=4)
    item = add_later(version, "heat-wrap", assessment=assess(version), today=Clinic.load().today())
    assert (item.gated, (item.from_date - Clinic.load().today()).days) == (True, 18)


@pytest.mark.django_db
def test_heat_of_today_is_still_refused() -> None:
    make_instruction_version(slug="heat-pack", kind="heat")
    version = draft_on(onset_days=4)
    with pytest.raises(CannotAdd):
        add_item(version, "heat-pack", assessment=assess(version), today=Clinic.load().today())


@pytest.mark.django_db
def test_a_new_version_goes_on_waiting() -> None:
    assert waiting_item(start_plan(make_waiting().plan.patient, by=make_waiting().changed_by)).gated


@pytest.mark.django_db
def test_in_a_new_version_what_was_opened_waits_no_more() -> None:
    version = make_waiting()
    make_opening(item=waiting_item(version))
    again = start_plan(version.plan.patient, by=version.changed_by)
    assert not again.items.filter(gated=True).exists()


@pytest.mark.django_db
def test_a_copied_item_has_no_verdict_yet() -> None:
    version = make_waiting()
    again = start_plan(version.plan.patient, by=version.changed_by)
    assert set(again.items.values_list("verdict", flat=True)) == {""}


# --- ice and heat on the same days ---------------------------------------------------------------------


def rules_of(version: PlanVersion) -> list[str]:
    return [problem.rule for problem in assess(version).problems if problem.rule in ("B03", "B04")]


def both(*, onset_days: int, findings: dict[str, object] | None = None, **heat: object) -> PlanVersion:
    ice = {"kind": "ice", "until_date": Clinic.load().today() + timedelta(days=2)}
    return make_ready_draft(items=[ice, {"kind": "heat"} | heat], onset_days=onset_days, findings=findings)


@pytest.mark.django_db
def test_ice_and_heat_may_stand_together_where_both_need_caution() -> None:
    assert rules_of(both(onset_days=17)) == []


@pytest.mark.django_db
def test_ice_and_heat_on_the_same_days_are_refused_where_one_is_barred() -> None:
    assert rules_of(both(onset_days=5)) == ["B03"]


@pytest.mark.django_db
def test_only_the_suitable_one_is_given_where_the_other_needs_caution() -> None:
    assert rules_of(both(onset_days=17, findings={"recurrent": True})) == ["B04"]


@pytest.mark.django_db
def test_heat_that_waits_may_stand_beside_ice() -> None:
    later = Clinic.load().today() + timedelta(days=1)
    assert rules_of(both(onset_days=5, gated=True, from_date=later)) == []


@pytest.mark.django_db
def test_heat_after_the_last_day_of_ice_is_not_together_with_it() -> None:
    assert rules_of(both(onset_days=20, from_date=Clinic.load().today() + timedelta(days=3))) == []


# --- days are the clinic's -----------------------------------------------------------------------------

# The nights on which the clocks change in America/Chicago: a day of 23 hours, and one of 25.
FALL = (datetime(2026, 11, 1, 4, 59, tzinfo=UTC), date(2026, 10, 31))
AFTER_FALL = (datetime(2026, 11, 2, 5, 59, tzinfo=UTC), date(2026, 11, 1))
SPRING = (datetime(2026, 3, 8, 5, 59, tzinfo=UTC), date(2026, 3, 7))
AFTER_SPRING = (datetime(2026, 3, 9, 4, 59, tzinfo=UTC), date(2026, 3, 8))
LAST_MINUTES = [FALL, AFTER_FALL, SPRING, AFTER_SPRING]


def phase_now(screening: Screening) -> tuple[Modality, ...]:
    return proposed(screening, Clinic.load().today())[0].modalities


def screening_whose_ice_ends_on(last: date) -> Screening:
    return make_screening(patient=make_patient(), onset_date=last - timedelta(days=13))


@pytest.mark.django_db
@pytest.mark.parametrize(("last_minute", "day"), LAST_MINUTES)
def test_a_phase_lasts_until_the_last_minute_of_the_clinics_day(last_minute: datetime, day: date) -> None:
    with time_machine.travel(last_minute, tick=False):
        assert phase_now(screening_whose_ice_ends_on(day)) == (Modality.ICE,)


@pytest.mark.django_db
@pytest.mark.parametrize(("last_minute", "day"), LAST_MINUTES)
def test_a_phase_changes_at_the_clinics_midnight(last_minute: datetime, day: date) -> None:
    with time_machine.travel(last_minute + timedelta(minutes=1), tick=False):
        assert phase_now(screening_whose_ice_ends_on(day)) == (Modality.ICE, Modality.HEAT)
