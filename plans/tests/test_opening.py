"""What was approved in advance opens on new answers that allow it, and the database lets it open on no others."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import make_clinician, make_patient, make_red_flag, make_screening, make_staff
from plans.assigning import issue_plan
from plans.closing import close_red_flags
from plans.holding import CannotRelease, release_hold
from plans.models import PhaseOpening, Plan, PlanItem, PlanVersion
from plans.opening import open_items
from plans.phases import that_may_open
from plans.tests.factories import make_draft, make_issued, make_item, make_ready_draft
from plans.tests.factories_decisions import acknowledge_all
from plans.tests.factories_phases import (
    OVER_THREE_WEEKS,
    ask,
    let_patients_open,
    make_hold,
    make_opening,
    make_release,
    make_waiting,
    patient_and_user,
    waiting_item,
)
from practice.models import AuditEvent, Clinic
from therapies.models import Instruction, InstructionVersion, Therapy
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient() -> Patient:
    return make_patient()


def opened(patient: Patient) -> bool:
    return PhaseOpening.objects.filter(item__version__plan__patient=patient).exists()


def ask_again(patient: Patient, **said: Any) -> Screening:
    """A clinician asks everything again, three weeks on."""
    return ask(patient, by=make_clinician(), onset_ago=OVER_THREE_WEEKS, **said)


# --- what opens it -------------------------------------------------------------------------------------


def test_an_item_whose_day_has_come_opens_on_answers_that_allow_it(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask_again(patient)
    assert opened(patient)


def test_an_opening_names_the_answers_it_stands_on(patient: Patient) -> None:
    version = make_waiting(patient=patient)
    screening = ask_again(patient)
    assert waiting_item(version).opening.screening == screening


def test_an_opening_leaves_an_event(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask_again(patient)
    assert AuditEvent.objects.filter(detail="opened an item", patient_id=patient.pk).exists()


def test_an_item_opens_once(patient: Patient) -> None:
    make_waiting(patient=patient)
    first = ask_again(patient)
    ask_again(patient)
    assert [opening.screening for opening in PhaseOpening.objects.all()] == [first]


def test_an_item_of_a_later_day_stays_closed(patient: Patient) -> None:
    make_waiting(patient=patient, from_date=Clinic.load().today() + timedelta(days=1))
    ask_again(patient)
    assert not opened(patient)


def test_an_item_that_is_over_stays_closed(patient: Patient) -> None:
    yesterday = Clinic.load().today() - timedelta(days=1)
    make_waiting(patient=patient, from_date=yesterday, until_date=yesterday)
    ask_again(patient)
    assert not opened(patient)


STAY_CLOSED: dict[str, dict[str, Any]] = {
    "the timing does not allow heat": {"onset_ago": "10"},
    "the timing asks for caution": {"onset_ago": "17"},
    "heat needs caution": {"diabetes": "yes"},
    "heat is not suitable": {"fragile_skin": "no", "topical_heat_product": "yes"},
    "an answer that heat needs is not known": {"poor_circulation": "unknown"},
    "a red-flag question is not known": {"saddle_numbness": "unknown"},
    "an emergency": {"saddle_numbness": "yes"},
    "a review": {"cancer_history": "yes"},
}


@pytest.mark.parametrize("what", STAY_CLOSED)
def test_an_item_stays_closed_on_any_other_answers(patient: Patient, what: str) -> None:
    make_waiting(patient=patient)
    ask(patient, by=make_clinician(), **{"onset_ago": OVER_THREE_WEEKS} | STAY_CLOSED[what])
    assert not opened(patient)


def test_an_item_stays_closed_while_a_red_flag_is_open() -> None:
    let_patients_open()
    patient, user = patient_and_user()
    make_waiting(patient=patient)
    make_red_flag(screening=make_screening(patient=patient))
    ask(patient, by=user, onset_ago=OVER_THREE_WEEKS)
    assert not opened(patient)


def test_an_item_opens_after_the_red_flag_was_closed(patient: Patient) -> None:
    make_waiting(patient=patient)
    make_red_flag(screening=make_screening(patient=patient))
    flags = RedFlag.objects.values_list("pk", flat=True)
    close_red_flags(patient, flags, by=make_clinician(), done="Examined.")
    ask_again(patient)
    assert opened(patient)


def test_an_item_of_a_stopped_plan_stays_closed(patient: Patient) -> None:
    version = make_waiting(patient=patient)
    Plan.objects.filter(pk=version.plan_id).update(stopped_by=version.screening, stopped_level="none")
    ask_again(patient)
    assert not opened(patient)


def test_an_item_of_an_earlier_version_stays_closed(patient: Patient) -> None:
    make_waiting(patient=patient)
    make_issued(patient=patient)
    ask_again(patient)
    assert not opened(patient)


def test_a_movement_that_is_not_for_this_person_stays_closed(patient: Patient) -> None:
    pack = make_instruction_version(kind="heat", cautions=[{"condition": "falls_risk", "action": "avoid"}])
    make_waiting(patient=patient, instruction_version=pack)
    ask_again(patient, falls_risk="yes")
    assert not opened(patient)


def test_the_answers_of_somebody_else_open_nothing(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask_again(make_patient())
    assert not opened(patient)


# --- ice and heat are kept apart -----------------------------------------------------------------------


DAY_10 = datetime(2026, 11, 24, 18, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = DAY_10.date()
TO_DAY_21 = {"kind": "ice", "title": "Ice pack", "until_date": TODAY + 11 * DAY}
FROM_DAY_14 = {"kind": "heat", "title": "Heat pack", "gated": True, "from_date": TODAY + 4 * DAY}


def issue_in_a_flare(patient: Patient, *items: dict[str, Any]) -> PlanVersion:
    """Issued on day 10 of a flare: ice needs caution then, and until day 21; heat is suitable from day 14."""
    with time_machine.travel(DAY_10, tick=False):
        version = acknowledge_all(make_ready_draft(patient=patient, items=items, findings={"recurrent": True}))
        return issue_plan(version.pk, revision=0, by=make_clinician(), clinic=Clinic.load(), today=TODAY)


def answer_in_a_flare(patient: Patient, *, days: int, **said: Any) -> None:
    """A clinician asks everything again on this day of the flare."""
    with time_machine.travel(DAY_10 + (days - 10) * DAY, tick=False):
        ask(patient, by=make_clinician(), onset_ago=str(days), recurrent="yes", **said)


@pytest.mark.parametrize("days", [14, 17, 21])
def test_heat_stays_closed_while_ice_is_on(patient: Patient, days: int) -> None:
    issue_in_a_flare(patient, TO_DAY_21, FROM_DAY_14)
    answer_in_a_flare(patient, days=days)
    assert not opened(patient)


def test_heat_opens_in_a_flare_without_ice(patient: Patient) -> None:
    issue_in_a_flare(patient, {}, FROM_DAY_14)
    answer_in_a_flare(patient, days=14)
    assert opened(patient)


def test_heat_opens_after_the_last_day_of_ice(patient: Patient) -> None:
    issue_in_a_flare(patient, TO_DAY_21 | {"until_date": TODAY + 5 * DAY}, FROM_DAY_14)
    answer_in_a_flare(patient, days=16)
    assert opened(patient)


def test_heat_opens_while_ice_is_on_hold(patient: Patient) -> None:
    version = issue_in_a_flare(patient, TO_DAY_21, FROM_DAY_14)
    make_hold(item=version.items.get(gated=False), screening=version.screening)
    answer_in_a_flare(patient, days=17)
    assert opened(patient)


def test_ice_held_by_the_very_answers_makes_room_for_heat(patient: Patient) -> None:
    issue_in_a_flare(patient, TO_DAY_21, FROM_DAY_14)
    answer_in_a_flare(patient, days=17, raynauds="yes")
    assert opened(patient)


def test_held_ice_does_not_go_on_beside_heat_that_opened(patient: Patient) -> None:
    version = issue_in_a_flare(patient, TO_DAY_21, FROM_DAY_14)
    hold = make_hold(item=version.items.get(gated=False), screening=version.screening)
    answer_in_a_flare(patient, days=17)
    day = TODAY + 7 * DAY
    with time_machine.travel(DAY_10 + 7 * DAY, tick=False), pytest.raises(CannotRelease, match="kept apart"):
        release_hold(hold, reason="Examined.", by=make_clinician(), today=day)


def test_heat_stays_closed_beside_ice_that_opened(patient: Patient) -> None:
    version = make_waiting(patient=patient, kind="ice", title="Ice cup")
    make_opening(item=waiting_item(version))
    heat = unsaved("heat", Clinic.load().today(), 5)
    assert list(that_may_open([heat], open_items(version, Clinic.load().today()), Clinic.load().today())) == []


def unsaved(kind: str, first: date, length: int) -> PlanItem:
    instruction = Instruction(slug=kind, therapy=Therapy(slug=kind, kind=kind))
    shown = InstructionVersion(instruction=instruction)
    return PlanItem(instruction_version=shown, from_date=first, until_date=first + length * DAY)


def test_of_ice_and_heat_that_both_wait_only_the_first_opens() -> None:
    ice, heat = unsaved("ice", TODAY, 5), unsaved("heat", TODAY, 5)
    assert list(that_may_open([ice, heat], [], TODAY)) == [ice]


def test_ice_that_waits_opens_beside_a_movement() -> None:
    ice = unsaved("ice", TODAY, 5)
    assert list(that_may_open([ice], [unsaved("stretching", TODAY, 5)], TODAY)) == [ice]


plan_items = st.lists(
    st.builds(
        unsaved,
        st.sampled_from(["ice", "heat", "stretching"]),
        st.integers(-5, 10).map(lambda days: TODAY + days * DAY),
        st.integers(0, 10),
    ),
    max_size=5,
)


def kinds_due(items: Iterable[PlanItem], day: date) -> set[str]:
    return {item.instruction_version.kind for item in items if item.from_date <= day <= item.until_date}


@given(waiting=plan_items, standing=plan_items)
def test_nothing_opens_into_a_day_of_the_other_one(waiting: list[PlanItem], standing: list[PlanItem]) -> None:
    opening = list(that_may_open(waiting, standing, TODAY))
    for day in (TODAY + days * DAY for days in range(25)):
        added, together = kinds_due(opening, day), kinds_due([*opening, *standing], day)
        # What was issued together stays together; what opens makes no such day.
        assert not added & {"ice", "heat"} or not {"ice", "heat"} <= together


@given(waiting=plan_items, standing=plan_items)
def test_what_stays_closed_would_have_met_the_other_one(waiting: list[PlanItem], standing: list[PlanItem]) -> None:
    opening = list(that_may_open(waiting, standing, TODAY))
    for item in (each for each in waiting if not any(each is other for other in opening)):
        days = (TODAY + days * DAY for days in range(25))
        assert any(
            item.from_date <= day <= item.until_date and {"ice", "heat"} <= kinds_due([item, *opening, *standing], day)
            for day in days
        )


# --- who may -------------------------------------------------------------------------------------------


def test_while_the_switch_is_off_the_front_desk_opens_nothing(patient: Patient) -> None:
    make_waiting(patient=patient)
    ask(patient, by=make_staff(), onset_ago=OVER_THREE_WEEKS)
    assert not opened(patient)


def test_while_the_switch_is_off_a_patient_opens_nothing() -> None:
    patient, user = patient_and_user()
    make_waiting(patient=patient)
    ask(patient, by=user, onset_ago=OVER_THREE_WEEKS)
    assert not opened(patient)


def test_with_the_switch_on_a_patient_opens_the_item() -> None:
    let_patients_open()
    patient, user = patient_and_user()
    make_waiting(patient=patient)
    ask(patient, by=user, onset_ago=OVER_THREE_WEEKS)
    assert opened(patient)


# --- what the database refuses -------------------------------------------------------------------------


def an_ungated_item() -> dict[str, Any]:
    return {"item": make_issued().items.get()}


def an_item_of_a_draft() -> dict[str, Any]:
    return {"item": make_item(version=make_draft(), gated=True)}


def answers_of_somebody_else() -> dict[str, Any]:
    return {"screening": make_screening(patient=make_patient())}


def answers_from_before_the_issue() -> dict[str, Any]:
    version = make_waiting()
    return {"item": waiting_item(version), "screening": version.screening}


def answers_of(**fields: Any) -> Callable[[], dict[str, Any]]:
    def fields_of_the_opening() -> dict[str, Any]:
        version: PlanVersion = make_waiting()
        return {"item": waiting_item(version), "screening": make_screening(patient=version.plan.patient, **fields)}

    return fields_of_the_opening


def answers_beside_an_open_red_flag() -> dict[str, Any]:
    fields = answers_of()()
    make_red_flag(screening=fields["screening"])
    return fields


REFUSED: dict[str, Callable[[], dict[str, Any]]] = {
    "an item that was never closed": an_ungated_item,
    "an item of a draft": an_item_of_a_draft,
    "the answers of somebody else": answers_of_somebody_else,
    "answers from before the issue": answers_from_before_the_issue,
    "answers that are not sent": answers_of(status=Screening.Status.DRAFT, sent_at=None),
    "a review": answers_of(level="review", unanswered_count=0),
    "a same-day sign": answers_of(level="same_day", unanswered_count=0),
    "an answer that is not known": answers_of(level="none", unanswered_count=1),
    "an open red flag": answers_beside_an_open_red_flag,
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses_an_opening_on(what: str) -> None:
    fields = REFUSED[what]()
    with pytest.raises(IntegrityError, match="An item opens only on"), transaction.atomic():
        make_opening(**fields)


def test_the_database_takes_an_opening_on_newer_clear_answers() -> None:
    assert make_opening().at <= timezone.now()


# --- what the database refuses beside ice --------------------------------------------------------------


def beside_ice(*, days: int) -> PlanItem:
    """Heat whose day has come, beside ice for `days` more."""
    today = Clinic.load().today()
    ice = {"kind": "ice", "from_date": today - 5 * DAY, "until_date": today + days * DAY}
    return make_issued(items=[ice, {"kind": "heat", "gated": True, "from_date": today - DAY}]).items.get(gated=True)


def test_the_database_opens_no_heat_beside_ice() -> None:
    heat = beside_ice(days=3)
    with pytest.raises(IntegrityError, match="kept apart"), transaction.atomic():
        make_opening(item=heat)


def test_the_database_opens_heat_once_ice_is_over() -> None:
    assert make_opening(item=beside_ice(days=-1)).at <= timezone.now()


def test_the_database_opens_heat_beside_ice_on_hold() -> None:
    heat = beside_ice(days=3)
    make_hold(item=heat.version.items.get(gated=False))
    assert make_opening(item=heat).at <= timezone.now()


def test_the_database_opens_no_heat_beside_ice_that_goes_on() -> None:
    heat = beside_ice(days=3)
    make_release(hold=make_hold(item=heat.version.items.get(gated=False)))
    with pytest.raises(IntegrityError, match="kept apart"), transaction.atomic():
        make_opening(item=heat)
