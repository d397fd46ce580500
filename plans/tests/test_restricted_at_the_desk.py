"""What the desk's lists say of a patient whose record is closed to the reader: the name, and a red flag."""

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_patient, make_red_flag, make_screening, sign_in_staff
from intake.tests.factories_restrictions import make_restriction
from plans.tests.factories import make_issued
from plans.tests.factories_orders import make_use
from plans.tests.factories_phases import make_hold
from practice.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("ASVS 8.2.3")]


@pytest.fixture
def quill() -> Patient:
    return make_restriction(patient=make_patient(family_name="Quill")).patient


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.CLINICIAN)
    return client


def page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_an_open_red_flag_is_told_all_the_same(desk: Client, quill: Patient) -> None:
    make_red_flag(screening=make_screening(patient=quill))
    assert ">red flag<" in page(desk, "today")


def test_the_answer_behind_a_red_flag_is_not_told(desk: Client, quill: Patient) -> None:
    make_red_flag(screening=make_screening(patient=quill), text="Numb between the legs.")
    assert "Numb between the legs." not in page(desk, "today")


def test_an_item_on_hold_is_not_told(desk: Client, quill: Patient) -> None:
    issued = make_issued(patient=quill)
    hold = make_hold(item=issued.items.get(), screening=issued.screening)
    assert hold.text not in page(desk, "today")


def test_a_use_of_a_standing_order_is_not_told(desk: Client, quill: Patient) -> None:
    make_screening(patient=quill)
    make_use(patient=quill)
    assert "order of" not in page(desk, "today")


def test_todays_lists_say_that_the_record_is_restricted(desk: Client, quill: Patient) -> None:
    make_issued(patient=quill)
    assert "Restricted" in page(desk, "today")


def test_several_plans_are_printed_without_it(desk: Client, quill: Patient) -> None:
    make_issued(patient=quill)
    assert "Quill" not in page(desk, "booklet")


def test_nobody_prints_it_among_several(desk: Client, quill: Patient) -> None:
    make_issued(patient=quill)
    assert desk.post(reverse("booklet"), {"patient": [quill.pk]}).status_code == 409


def test_the_plans_with_an_instruction_count_it_without_a_name(desk: Client, quill: Patient) -> None:
    instruction = make_issued(patient=quill).items.get().instruction_version.instruction_id
    shown = page(desk, "library_uses", instruction)
    assert "And 1 in restricted record" in shown
    assert "Quill" not in shown
