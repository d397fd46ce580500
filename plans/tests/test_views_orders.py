"""The pages of standing orders: the list, signing, using, countersigning, and Today."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intake.tests.factories import BACKEND, make_clinician, sign_in_patient, sign_in_staff
from plans.handout import build_sheet
from plans.models import Countersignature, PlanVersion, StandingOrder
from plans.tests.factories_orders import (
    make_fitting_patient,
    make_order,
    make_use,
    make_usual_programme,
    switch_on,
)
from practice.models import Clinic, SwitchDecision, User
from practice.roles import Role
from therapies.publishing import put_items
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
WHY = "Dr. Ruiz left. I read it."
TUESDAY_NOON = "2026-11-17T18:00:00Z"


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def sign_in(client: Client, order: StandingOrder) -> None:
    """As the order's own clinician."""
    client.force_login(order.clinician, backend=BACKEND)


def end_all_switches() -> None:
    SwitchDecision.objects.update(ended_at=timezone.now(), ended_by=make_clinician())


def test_the_page_says_that_orders_are_switched_off(client: Client) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert "Standing orders are switched off" in page(client, "orders")


def test_nothing_can_be_signed_on_the_page_while_they_are_off(client: Client) -> None:
    programme = make_usual_programme()
    sign_in_staff(client, Role.CLINICIAN)
    assert reverse("order_sign", args=[programme.pk]) not in page(client, "orders")


def test_a_clinician_is_led_to_what_an_order_would_allow(client: Client) -> None:
    switch_on()
    programme = make_usual_programme()
    sign_in_staff(client, Role.CLINICIAN)
    assert reverse("order_sign", args=[programme.pk]) in page(client, "orders")


def test_the_front_desk_is_led_to_no_signing(client: Client) -> None:
    switch_on()
    programme = make_usual_programme()
    sign_in_staff(client)
    assert reverse("order_sign", args=[programme.pk]) not in page(client, "orders")


def test_the_signing_page_names_each_item_with_its_dose(client: Client) -> None:
    programme = make_usual_programme()
    sign_in_staff(client, Role.CLINICIAN)
    assert "<strong>Ice pack</strong>: 10 minutes" in page(client, "order_sign", programme.pk)


def test_the_signing_page_shows_no_form_while_orders_are_off(client: Client) -> None:
    programme = make_usual_programme()
    sign_in_staff(client, Role.CLINICIAN)
    assert 'name="until"' not in page(client, "order_sign", programme.pk)


def test_the_signing_page_shows_its_form(client: Client) -> None:
    switch_on()
    programme = make_usual_programme()
    sign_in_staff(client, Role.CLINICIAN)
    assert 'name="until"' in page(client, "order_sign", programme.pk)


def test_a_programme_that_needs_a_clinician_shows_no_form(client: Client) -> None:
    switch_on()
    vertigo = make_instruction_version(cautions=[{"condition": "vertigo", "action": "avoid"}])
    programme = make_usual_programme(vertigo)
    sign_in_staff(client, Role.CLINICIAN)
    assert 'name="until"' not in page(client, "order_sign", programme.pk)


def test_signing_makes_an_order(client: Client) -> None:
    clinic = switch_on()
    programme = make_usual_programme()
    user = sign_in_staff(client, Role.CLINICIAN)
    until = clinic.today() + timedelta(days=30)
    client.post(reverse("order_sign", args=[programme.pk]), {"until": f"{until:%m/%d/%Y}", "read": "on"})
    assert StandingOrder.objects.get().clinician == user


def test_signing_needs_the_tick_that_it_was_read(client: Client) -> None:
    clinic = switch_on()
    programme = make_usual_programme()
    sign_in_staff(client, Role.CLINICIAN)
    response = client.post(reverse("order_sign", args=[programme.pk]), {"until": f"{clinic.today():%m/%d/%Y}"})
    assert "tick that you have" in response.content.decode()


def test_a_last_day_too_far_away_says_how_far_it_may_be(client: Client) -> None:
    clinic = switch_on()
    programme = make_usual_programme()
    sign_in_staff(client, Role.CLINICIAN)
    until = clinic.today() + timedelta(days=400)
    response = client.post(reverse("order_sign", args=[programme.pk]), {"until": f"{until:%m/%d/%Y}", "read": "on"})
    assert "Choose a day from today to" in response.content.decode()


def test_signing_twice_says_that_there_is_one(client: Client) -> None:
    clinic = switch_on()
    order = make_order()
    sign_in(client, order)
    data = {"until": f"{clinic.today():%m/%d/%Y}", "read": "on"}
    response = client.post(reverse("order_sign", args=[order.programme_id]), data, follow=True)
    assert "already" in response.content.decode()


def test_an_order_of_a_programme_that_changed_says_to_sign_again(client: Client) -> None:
    switch_on()
    order = make_order()
    put_items(order.programme, ["knee-rolls"])
    sign_in(client, order)
    assert "The program changed since" in page(client, "orders")


def test_an_order_of_a_programme_as_it_was_says_nothing_of_it(client: Client) -> None:
    switch_on()
    order = make_order()
    sign_in(client, order)
    assert "The program changed since" not in page(client, "orders")


def test_ending_an_order_takes_it_from_the_list(client: Client) -> None:
    order = make_order()
    sign_in(client, order)
    client.post(reverse("order_end", args=[order.pk]))
    assert order.programme.title not in page(client, "orders")


def test_ending_it_again_says_so(client: Client) -> None:
    order = make_order()
    sign_in(client, order)
    client.post(reverse("order_end", args=[order.pk]))
    response = client.post(reverse("order_end", args=[order.pk]), follow=True)
    assert "ended before" in response.content.decode()


def test_the_patients_page_offers_an_order_that_fits(client: Client) -> None:
    switch_on()
    order, patient = make_order(), make_fitting_patient()
    sign_in_staff(client)
    assert reverse("order_issue", args=[patient.pk, order.pk]) in page(client, "patient", patient.pk)


def test_the_patients_page_says_why_an_order_does_not_fit(client: Client) -> None:
    switch_on()
    make_order()
    patient = make_fitting_patient(findings={"area_pale": True})
    sign_in_staff(client)
    assert "Why not “Day 3 to 13”" in page(client, "patient", patient.pk)


def test_the_patients_page_says_nothing_of_orders_while_they_are_off(client: Client) -> None:
    make_order()
    patient = make_fitting_patient()
    sign_in_staff(client)
    assert "standing order" not in page(client, "patient", patient.pk)


def test_the_front_desk_issues_with_one_press(client: Client) -> None:
    switch_on()
    order, patient = make_order(), make_fitting_patient()
    sign_in_staff(client)
    client.post(reverse("order_issue", args=[patient.pk, order.pk]))
    assert PlanVersion.objects.issued().get().standing_order == order


def test_a_press_that_comes_too_late_says_why(client: Client) -> None:
    switch_on()
    order, patient = make_order(), make_fitting_patient(findings={"area_pale": True})
    sign_in_staff(client)
    response = client.post(reverse("order_issue", args=[patient.pk, order.pk]), follow=True)
    assert "Not issued. Pale skin may mean poor blood flow" in response.content.decode()


def test_pressing_twice_says_that_there_is_a_plan(client: Client) -> None:
    switch_on()
    order, patient = make_order(), make_fitting_patient()
    sign_in_staff(client)
    client.post(reverse("order_issue", args=[patient.pk, order.pk]))
    response = client.post(reverse("order_issue", args=[patient.pk, order.pk]), follow=True)
    assert "There is a plan already" in response.content.decode()


def test_the_staffs_page_of_the_plan_says_under_whose_order(client: Client) -> None:
    version = make_use()
    sign_in_staff(client)
    assert "under the standing order of Dr. Ana Ruiz" in page(client, "plan_version", version.pk)


def test_the_patients_plan_says_under_whose_order(client: Client) -> None:
    version = make_use()
    sign_in_patient(client, version.plan.patient)
    assert "Under the standing order of Dr. Ana Ruiz" in page(client, "me")


def test_the_sheet_says_under_whose_order() -> None:
    version = make_use()
    sheet = build_sheet(version, clinic=Clinic.load(), codes=(), start_url="")
    assert "under the standing order of Dr. Ana Ruiz" in sheet.issued_by


def test_the_orders_clinician_countersigns_with_one_press(client: Client) -> None:
    order = make_order()
    version = make_use(order=order)
    sign_in(client, order)
    client.post(reverse("order_countersign", args=[version.pk]))
    assert PlanVersion.objects.get(pk=version.pk).countersignature.by == order.clinician


def test_the_orders_clinician_finds_the_button_on_the_record(client: Client) -> None:
    order = make_order()
    version = make_use(order=order)
    sign_in(client, order)
    assert reverse("order_countersign", args=[version.pk]) in page(client, "version_record", version.pk)


def test_another_clinician_finds_no_button(client: Client) -> None:
    version = make_use()
    sign_in_staff(client, Role.CLINICIAN)
    assert reverse("order_countersign", args=[version.pk]) not in page(client, "orders")


def test_another_clinician_who_sends_it_anyway_is_refused(client: Client) -> None:
    version = make_use()
    sign_in_staff(client, Role.CLINICIAN)
    assert client.post(reverse("order_countersign", args=[version.pk])).status_code == 403


@pytest.fixture
def left_behind() -> PlanVersion:
    """A use whose clinician is here no more."""
    order = make_order()
    version = make_use(order=order)
    User.objects.filter(pk=order.clinician_id).update(is_active=False)
    return version


def countersigned_by(client: Client, version: PlanVersion, reason: str) -> object:
    """Press the button with a reason; who countersigned then, if anybody."""
    client.post(reverse("order_countersign", args=[version.pk]), {"reason": reason})
    signature = Countersignature.objects.filter(version=version).first()
    return signature and signature.by


def test_the_list_says_that_the_clinician_of_a_use_has_left(client: Client, left_behind: PlanVersion) -> None:
    sign_in_staff(client)
    assert "its clinician has left" in page(client, "orders")


def test_the_list_says_so_of_nobody_who_is_here(client: Client) -> None:
    make_use()
    sign_in_staff(client)
    assert "its clinician has left" not in page(client, "orders")


def test_the_front_desk_is_not_asked_to_sign_for_who_left(client: Client, left_behind: PlanVersion) -> None:
    sign_in_staff(client)
    assert 'name="reason"' not in page(client, "orders")


def test_another_clinician_is_asked_why_they_sign_for_who_left(client: Client, left_behind: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert 'name="reason"' in page(client, "orders")


def test_another_clinician_signs_for_who_left_with_a_reason(client: Client, left_behind: PlanVersion) -> None:
    user = sign_in_staff(client, Role.CLINICIAN)
    assert countersigned_by(client, left_behind, WHY) == user


@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_signs_for_who_left_without_a_reason(client: Client, left_behind: PlanVersion, reason: str) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    assert countersigned_by(client, left_behind, reason) is None


def test_without_a_reason_the_page_asks_for_one(client: Client, left_behind: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    response = client.post(reverse("order_countersign", args=[left_behind.pk]), follow=True)
    assert "Say why you sign in the place of Dr. Ana Ruiz" in response.content.decode()


def test_the_record_says_who_signed_for_whom_and_why(client: Client, left_behind: PlanVersion) -> None:
    sign_in_staff(client, Role.CLINICIAN)
    countersigned_by(client, left_behind, WHY)
    assert f"in the place of Dr. Ana Ruiz: “{WHY}”" in page(client, "version_record", left_behind.pk)


def test_the_orders_own_clinician_keeps_no_reason(client: Client) -> None:
    order = make_order()
    version = make_use(order=order)
    sign_in(client, order)
    countersigned_by(client, version, WHY)
    assert Countersignature.objects.get(version=version).reason == ""


def test_today_lists_a_use_that_waits(client: Client) -> None:
    make_use()
    sign_in_staff(client)
    assert "To countersign" in page(client, "today")


def test_a_use_is_not_late_on_the_day_after(client: Client) -> None:
    with time_machine.travel(TUESDAY_NOON, tick=False) as clock:
        make_use()
        clock.shift(timedelta(days=1))
        sign_in_staff(client)
        assert "badge--bad" not in page(client, "today")


def test_a_use_is_late_on_the_second_day_after(client: Client) -> None:
    with time_machine.travel(TUESDAY_NOON, tick=False) as clock:
        make_use()
        clock.shift(timedelta(days=2))
        sign_in_staff(client)
        assert ">late<" in page(client, "today")


def test_a_late_use_stays_on_today_when_orders_are_switched_off(client: Client) -> None:
    with time_machine.travel(TUESDAY_NOON, tick=False) as clock:
        version = make_use()
        end_all_switches()
        clock.shift(timedelta(days=30))
        sign_in_staff(client)
        assert reverse("version_record", args=[version.pk]) in page(client, "today")


def test_today_forgets_a_use_that_is_countersigned(client: Client) -> None:
    order = make_order()
    version = make_use(order=order)
    sign_in(client, order)
    client.post(reverse("order_countersign", args=[version.pk]))
    assert "To countersign" not in page(client, "today")
