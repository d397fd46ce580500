"""Standing orders: who may sign one, when the front desk may use one, and who countersigns."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from intake.models import Patient, RedFlag
from intake.tests.factories import make_clinician, make_patient, make_screening, make_staff
from plans.footing import footing_of
from plans.giving import FITS_NOBODY, given_by
from plans.models import PlanVersion, StandingOrder
from plans.order_terms import last_day_allowed
from plans.standing import (
    Offer,
    OrderRefused,
    end_order,
    issue_under_order,
    offers_for,
    sign_order,
)
from plans.tests.factories import make_draft, make_issued
from plans.tests.factories_orders import make_fitting_patient, make_order, make_usual_programme, switch_on
from practice.models import AuditEvent, Clinic, User
from therapies.models import Programme
from therapies.publishing import put_items
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db


def the_offer(patient: Patient, clinic: Clinic) -> Offer:
    (offer,) = offers_for(patient, footing_of(patient, clinic.today()), clinic=clinic, today=clinic.today())
    return offer


def rules(offer: Offer) -> set[str]:
    return {problem.rule for problem in offer.problems}


def use(patient: Patient, order: StandingOrder, *, by: User | None = None) -> PlanVersion:
    clinic = Clinic.load()
    return issue_under_order(patient, order.pk, by=by or make_staff(), clinic=clinic, today=clinic.today())


# --- Signing and ending


def sign(programme: Programme, *, by: User | None = None, until: date | None = None) -> StandingOrder:
    clinic = Clinic.load()
    today = clinic.today()
    last = until or today + timedelta(days=30)
    return sign_order(programme, until=last, by=by or make_clinician(), clinic=clinic, today=today)


def test_a_clinician_signs_an_order() -> None:
    switch_on()
    by = make_clinician()
    assert sign(make_usual_programme(), by=by).clinician == by


def test_the_front_desk_signs_none() -> None:
    switch_on()
    with pytest.raises(PermissionDenied):
        sign(make_usual_programme(), by=make_staff())


def test_nothing_is_signed_while_the_switch_is_off() -> None:
    with pytest.raises(OrderRefused, match="switched off"):
        sign(make_usual_programme())


def test_an_order_lasts_six_months_at_most() -> None:
    today = switch_on().today()
    with pytest.raises(OrderRefused, match="six months"):
        sign(make_usual_programme(), until=last_day_allowed(today) + timedelta(days=1))


def test_an_order_may_last_to_its_furthest_day() -> None:
    last = last_day_allowed(switch_on().today())
    assert sign(make_usual_programme(), until=last).until == last


def test_an_order_cannot_end_before_it_begins() -> None:
    today = switch_on().today()
    with pytest.raises(OrderRefused, match="today or later"):
        sign(make_usual_programme(), until=today - timedelta(days=1))


def test_a_second_order_for_a_programme_is_refused() -> None:
    switch_on()
    programme = make_usual_programme()
    sign(programme)
    with pytest.raises(OrderRefused, match="already"):
        sign(programme)


def test_an_order_whose_last_day_is_over_makes_room_for_the_next() -> None:
    switch_on()
    programme = make_usual_programme()
    make_order(programme=programme, days=-1)
    sign(programme)
    assert StandingOrder.objects.filter(programme=programme, ended_at=None).count() == 1


def test_no_order_is_signed_for_an_unpublished_programme() -> None:
    switch_on()
    with pytest.raises(OrderRefused, match="not published"):
        sign(make_usual_programme(status="superseded"))


def test_no_order_is_signed_for_what_only_a_clinician_can_ask() -> None:
    vertigo = make_instruction_version(cautions=[{"condition": "vertigo", "action": "avoid"}])
    (given,) = given_by([make_usual_programme(vertigo)])
    assert "dizzy spells" in given.why_not_signable


def test_no_order_is_signed_for_the_first_two_days_as_stretching_needs_caution_then() -> None:
    (given,) = given_by([make_usual_programme(from_day=0, until_day=2)])
    assert given.why_not_signable == FITS_NOBODY


def test_a_programme_of_ice_alone_can_be_signed_for_the_first_two_days() -> None:
    (given,) = given_by([make_usual_programme(make_instruction_version(kind="ice"), from_day=0, until_day=2)])
    assert given.why_not_signable == ""


def test_a_programme_without_an_end_can_be_signed() -> None:
    heat = make_instruction_version(kind="heat")
    (given,) = given_by([make_usual_programme(heat, from_day=22, until_day=None)])
    assert given.why_not_signable == ""


def test_a_signature_is_recorded() -> None:
    switch_on()
    sign(make_usual_programme())
    assert AuditEvent.objects.filter(action="signed", detail="signed a standing order: day-3-to-13").exists()


def test_any_clinician_may_end_an_order() -> None:
    order = make_order()
    assert end_order(order, by=make_clinician())


def test_an_order_ends_once() -> None:
    order = make_order()
    end_order(order, by=make_clinician())
    assert not end_order(order, by=make_clinician())


def test_the_front_desk_ends_no_order() -> None:
    with pytest.raises(PermissionDenied):
        end_order(make_order(), by=make_staff())


# --- Using one


def test_the_front_desk_issues_the_programme_under_an_order() -> None:
    switch_on()
    order = make_order()
    assert use(make_fitting_patient(), order).standing_order == order


def test_the_plan_holds_just_what_the_programme_gives() -> None:
    switch_on()
    order = make_order()
    items = use(make_fitting_patient(), order).items.values_list("instruction_version__instruction", flat=True)
    assert list(items) == ["ice-pack", "knee-rolls"]


def test_every_item_is_frozen_as_suitable() -> None:
    switch_on()
    order = make_order()
    assert set(use(make_fitting_patient(), order).items.values_list("verdict", flat=True)) == {"suitable"}


def test_an_editor_uses_no_order() -> None:
    switch_on()
    order = make_order()
    with pytest.raises(OrderRefused, match="Only a clinician"):
        use(make_fitting_patient(), order, by=make_staff(roles=()))


def test_nothing_is_offered_while_the_switch_is_off() -> None:
    make_order()
    patient, clinic = make_fitting_patient(), Clinic.load()
    assert offers_for(patient, footing_of(patient, clinic.today()), clinic=clinic, today=clinic.today()) == ()


def test_an_order_is_of_no_use_while_the_switch_is_off() -> None:
    order = make_order()
    with pytest.raises(OrderRefused, match="switched off"):
        use(make_fitting_patient(), order)


def more_items(programme: Programme) -> None:
    new = make_instruction_version(slug="cat-cow", title="Cat cow")
    put_items(programme, [*programme.items.values_list("instruction", flat=True), new.instruction_id])


def another_dose(programme: Programme) -> None:
    item = programme.items.get(instruction="knee-rolls")
    item.instruction.versions.supersede()
    make_instruction_version(instruction=item.instruction, repetitions=9)


def other_days(programme: Programme) -> None:
    Programme.objects.filter(pk=programme.pk).update(from_day=2)


@pytest.mark.parametrize("change", [more_items, another_dose, other_days])
def test_an_order_of_a_programme_that_changed_since_is_to_be_signed_again(
    change: Callable[[Programme], None],
) -> None:
    clinic = switch_on()
    order = make_order()
    change(order.programme)
    offer = the_offer(make_fitting_patient(), clinic)
    assert [problem.text for problem in offer.problems] == [
        f"The program changed since {order.clinician} signed it: sign again."
    ]


def test_a_changed_programme_is_not_issued_under_the_order_of_before() -> None:
    switch_on()
    order = make_order()
    more_items(order.programme)
    with pytest.raises(OrderRefused, match="sign again"):
        use(make_fitting_patient(), order)


def test_an_order_that_is_signed_anew_stands_for_the_changed_programme() -> None:
    switch_on()
    order = make_order()
    more_items(order.programme)
    end_order(order, by=make_clinician())
    anew = sign(order.programme)
    assert use(make_fitting_patient(), anew).items.count() == 3


def test_an_ended_order_is_not_offered() -> None:
    clinic = switch_on()
    order = make_order()
    end_order(order, by=make_clinician())
    patient = make_fitting_patient()
    assert offers_for(patient, footing_of(patient, clinic.today()), clinic=clinic, today=clinic.today()) == ()


def test_an_order_works_on_its_last_day() -> None:
    switch_on()
    order = make_order(days=0)
    assert use(make_fitting_patient(), order).standing_order == order


def test_an_order_does_not_work_after_its_last_day() -> None:
    switch_on()
    order = make_order(days=-1)
    with pytest.raises(OrderRefused, match="over"):
        use(make_fitting_patient(), order)


def test_an_order_of_somebody_who_is_no_clinician_any_more_does_not_work() -> None:
    switch_on()
    order = make_order()
    order.clinician.groups.clear()
    with pytest.raises(OrderRefused, match="over"):
        use(make_fitting_patient(), order)


def test_an_order_of_somebody_who_left_does_not_work() -> None:
    switch_on()
    order = make_order(by=make_clinician(is_active=False))
    with pytest.raises(OrderRefused, match="over"):
        use(make_fitting_patient(), order)


def test_an_order_fits_a_person_with_nothing_against_it() -> None:
    clinic = switch_on()
    make_order()
    assert the_offer(make_fitting_patient(), clinic).fits


def test_a_review_needs_a_clinician() -> None:
    clinic = switch_on()
    make_order()
    assert "level" in rules(the_offer(make_fitting_patient(findings={"worsening": True}), clinic))


def test_an_open_red_flag_needs_a_clinician() -> None:
    clinic = switch_on()
    make_order()
    patient = make_fitting_patient()
    RedFlag.objects.create(
        patient=patient,
        screening=patient.screenings.get(),
        rule="R25",
        level="review",
        text="Worse.",
        raised_by=make_staff(),
    )
    assert "red-flag" in rules(the_offer(patient, clinic))


def test_an_unknown_answer_needs_a_clinician_even_when_it_is_no_red_flag() -> None:
    clinic = switch_on()
    make_order()
    assert "unknown" in rules(the_offer(make_fitting_patient(findings={"area_tight": None}), clinic))


def test_an_unknown_onset_needs_a_clinician() -> None:
    clinic = switch_on()
    make_order()
    assert "unknown" in rules(the_offer(make_fitting_patient(onset_days=None), clinic))


def test_a_caution_needs_a_clinician() -> None:
    clinic = switch_on()
    make_order()
    assert "I-C1" in rules(the_offer(make_fitting_patient(findings={"area_pale": True}), clinic))


def test_the_caution_of_a_single_item_needs_a_clinician() -> None:
    clinic = switch_on()
    cautious = make_instruction_version(cautions=[{"condition": "worse_bending", "action": "adapt"}])
    make_order(programme=make_usual_programme(cautious))
    assert rules(the_offer(make_fitting_patient(findings={"worse_bending": True}), clinic)) == {"movement"}


def test_an_old_screening_needs_to_be_asked_again() -> None:
    clinic = switch_on()
    make_order()
    patient = make_patient()
    sent = clinic.day_span(clinic.today() - timedelta(days=clinic.screening_limit_days + 1))[0]
    make_screening(patient=patient, sent_at=sent)
    assert "screening" in rules(the_offer(patient, clinic))


def test_a_plan_that_is_there_is_a_clinicians_to_change() -> None:
    clinic = switch_on()
    make_order()
    patient = make_patient()
    make_issued(patient=patient)
    assert "plan" in rules(the_offer(patient, clinic))


def test_a_draft_that_is_open_is_not_written_over() -> None:
    clinic = switch_on()
    make_order()
    patient = make_fitting_patient()
    make_draft(patient=patient)
    assert rules(the_offer(patient, clinic)) == {"plan"}


def test_nothing_is_left_behind_when_an_order_is_refused() -> None:
    switch_on()
    order = make_order()
    with pytest.raises(OrderRefused):
        use(make_fitting_patient(findings={"area_pale": True}), order)
    assert not PlanVersion.objects.exists()


def test_a_refusal_is_recorded() -> None:
    switch_on()
    order = make_order()
    with pytest.raises(OrderRefused):
        use(make_fitting_patient(findings={"area_pale": True}), order)
    assert AuditEvent.objects.filter(action="refused", detail="standing order").exists()
