"""Switches: off as shipped, on with an owner and a clinician, off again by either."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from practice.models import AuditEvent, Clinic, Switch, SwitchDecision, User
from practice.roles import Role
from practice.switches import EXPLAINED, SwitchError, ask, end, sign
from practice.tests.factories import make_decision
from practice.tests.test_roles import make_staff

pytestmark = pytest.mark.django_db
ATTRIBUTES = {
    Switch.HEAT_UNDER_14_DAYS: "allow_heat_under_14_days",
    Switch.STANDING_ORDERS: "standing_orders_on",
    Switch.PATIENT_OPENED_PHASES: "patient_opened_phases_on",
}
ORDERS = Switch.STANDING_ORDERS


def somebody(*roles: Role) -> User:
    return make_staff(*roles, username=f"user-{uuid4()}")


@pytest.fixture
def owner() -> User:
    return somebody(Role.OWNER)


@pytest.fixture
def clinician() -> User:
    return somebody(Role.CLINICIAN)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="practice.backends.SteadyBackend")
    return client


def switched_on() -> set[str]:
    clinic = Clinic.load()
    return {name for name in ATTRIBUTES.values() if getattr(clinic, name)}


# --- how the clinic stands ----------------------------------------------------------------------------------


def test_every_switch_ships_off() -> None:
    assert switched_on() == set()


@pytest.mark.parametrize("switch", Switch)
def test_what_was_asked_for_and_signed_is_on_and_nothing_else(switch: Switch, owner: User, clinician: User) -> None:
    sign(ask(switch, by=owner), by=clinician)
    assert switched_on() == {ATTRIBUTES[switch]}


def test_what_was_only_asked_for_is_off(owner: User) -> None:
    ask(ORDERS, by=owner)
    assert switched_on() == set()


@pytest.mark.parametrize("role", [Role.OWNER, Role.CLINICIAN])
def test_either_turns_it_off_at_once(role: Role, owner: User, clinician: User) -> None:
    decision = ask(ORDERS, by=owner)
    sign(decision, by=clinician)
    end(decision, by=somebody(role))
    assert switched_on() == set()


def test_an_owner_takes_back_what_was_asked_for(owner: User, clinician: User) -> None:
    decision = ask(ORDERS, by=owner)
    end(decision, by=owner)
    with pytest.raises(SwitchError, match="Nothing waits"):
        sign(decision, by=clinician)


def test_it_can_be_asked_for_again_after_it_ended(owner: User, clinician: User) -> None:
    end(ask(ORDERS, by=owner), by=owner)
    sign(ask(ORDERS, by=owner), by=clinician)
    assert Clinic.load().standing_orders_on


def test_the_clinic_and_its_switches_are_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Clinic.load()
    with django_assert_num_queries(1):
        assert not Clinic.load().standing_orders_on


def test_a_clinic_that_was_not_loaded_has_its_switches_off() -> None:
    make_decision(by=somebody(), signed=True)
    Clinic.load()
    assert not Clinic.objects.get().standing_orders_on


# --- who may ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN, Role.EDITOR])
def test_only_an_owner_asks(role: Role) -> None:
    with pytest.raises(SwitchError, match="Only an owner asks"):
        ask(ORDERS, by=somebody(role))


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.OWNER, Role.EDITOR])
def test_only_a_clinician_signs(role: Role, owner: User) -> None:
    decision = ask(ORDERS, by=owner)
    with pytest.raises(SwitchError, match="Only a clinician signs"):
        sign(decision, by=somebody(role))


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.EDITOR])
def test_nobody_else_turns_it_off(role: Role, owner: User) -> None:
    decision = ask(ORDERS, by=owner)
    with pytest.raises(SwitchError, match="Only an owner or a clinician"):
        end(decision, by=somebody(role))


def test_it_is_asked_for_once(owner: User) -> None:
    ask(ORDERS, by=owner)
    with pytest.raises(SwitchError, match="asked for already"):
        ask(ORDERS, by=owner)


def test_it_is_signed_once(owner: User, clinician: User) -> None:
    decision = ask(ORDERS, by=owner)
    sign(decision, by=clinician)
    with pytest.raises(SwitchError, match="Nothing waits"):
        sign(decision, by=clinician)


def test_it_is_turned_off_once(owner: User) -> None:
    decision = ask(ORDERS, by=owner)
    end(decision, by=owner)
    with pytest.raises(SwitchError, match="off already"):
        end(decision, by=owner)


def test_each_step_is_recorded(owner: User, clinician: User) -> None:
    decision = ask(ORDERS, by=owner)
    sign(decision, by=clinician)
    end(decision, by=owner)
    assert list(AuditEvent.objects.order_by("id").values_list("action", "detail")) == [
        ("changed", "standing_orders: asked for"),
        ("signed", "standing_orders: turned on"),
        ("changed", "standing_orders: turned off"),
    ]


# --- what the database refuses ------------------------------------------------------------------------------


def test_the_database_signs_nothing_without_a_name(owner: User) -> None:
    decision = ask(ORDERS, by=owner)
    with pytest.raises(IntegrityError, match="signed_switches"), transaction.atomic():
        SwitchDecision.objects.filter(pk=decision.pk).update(signed_at=decision.asked_at)


def test_the_database_turns_nothing_on_that_nobody_asked_for(clinician: User) -> None:
    with pytest.raises(IntegrityError, match="asked_by"), transaction.atomic():
        SwitchDecision.objects.create(switch=ORDERS, signed_by=clinician, signed_at="2026-11-20T12:00Z")


def test_the_database_brings_no_ended_decision_back(owner: User, clinician: User) -> None:
    decision = make_decision(by=owner, signed=True, ended=True)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        SwitchDecision.objects.filter(pk=decision.pk).update(ended_at=None, ended_by=None)


def test_the_database_changes_no_signature(owner: User, clinician: User) -> None:
    decision = make_decision(by=owner, signed=True)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        SwitchDecision.objects.filter(pk=decision.pk).update(signed_by=clinician)


# --- the page -----------------------------------------------------------------------------------------------


def page(user: User) -> str:
    return signed_in(user).get(reverse("switches")).content.decode()


@pytest.mark.parametrize("switch", Switch)
def test_the_page_explains_each_switch(switch: Switch, owner: User) -> None:
    assert EXPLAINED[switch].title in page(owner)


@pytest.mark.parametrize("switch", [Switch.STANDING_ORDERS, Switch.PATIENT_OPENED_PHASES])
def test_the_page_says_that_it_may_become_a_medical_device(switch: Switch) -> None:
    assert "regulated medical device" in " ".join(EXPLAINED[switch].mind)


def test_an_owner_is_offered_to_ask(owner: User) -> None:
    assert reverse("switch_ask", args=[ORDERS.value]) in page(owner)


def test_a_clinician_is_not_offered_to_ask(clinician: User) -> None:
    assert reverse("switch_ask", args=[ORDERS.value]) not in page(clinician)


def test_a_clinician_is_offered_to_sign(owner: User, clinician: User) -> None:
    decision = ask(ORDERS, by=owner)
    assert reverse("switch_sign", args=[decision.pk]) in page(clinician)


BOTH = "One person asked for it as an owner and signed it as a clinician."


@pytest.fixture
def owner_and_clinician() -> User:
    return somebody(Role.OWNER, Role.CLINICIAN)


def test_one_person_who_is_both_turns_a_switch_on(owner_and_clinician: User) -> None:
    sign(ask(ORDERS, by=owner_and_clinician), by=owner_and_clinician)
    assert switched_on() == {"standing_orders_on"}


def test_the_page_says_that_one_person_did_both(owner_and_clinician: User) -> None:
    sign(ask(ORDERS, by=owner_and_clinician), by=owner_and_clinician)
    assert BOTH in page(owner_and_clinician)


def test_the_page_says_so_before_one_person_does_both(owner_and_clinician: User) -> None:
    ask(ORDERS, by=owner_and_clinician)
    assert "You asked for it yourself." in page(owner_and_clinician)


def test_the_page_says_so_of_no_two_people(owner: User, clinician: User) -> None:
    sign(ask(ORDERS, by=owner), by=clinician)
    assert BOTH not in page(owner)


def test_an_earlier_decision_of_one_person_says_so_too(owner_and_clinician: User) -> None:
    make_decision(by=owner_and_clinician, signed=True, ended=True)
    assert "(one person did both)" in page(owner_and_clinician)


def test_asking_needs_the_tick(owner: User) -> None:
    signed_in(owner).post(reverse("switch_ask", args=[ORDERS.value]))
    assert not SwitchDecision.objects.exists()


def test_signing_needs_the_tick(owner: User, clinician: User) -> None:
    decision = ask(ORDERS, by=owner)
    signed_in(clinician).post(reverse("switch_sign", args=[decision.pk]))
    assert not Clinic.load().standing_orders_on


def test_two_people_turn_it_on_by_the_page(owner: User, clinician: User) -> None:
    signed_in(owner).post(reverse("switch_ask", args=[ORDERS.value]), {"read": "on"})
    decision = SwitchDecision.objects.get()
    signed_in(clinician).post(reverse("switch_sign", args=[decision.pk]), {"read": "on"})
    assert Clinic.load().standing_orders_on


def test_it_is_turned_off_by_the_page_without_a_tick(owner: User) -> None:
    decision = make_decision(by=owner, signed=True)
    signed_in(owner).post(reverse("switch_end", args=[decision.pk]))
    assert switched_on() == set()


def test_what_cannot_be_done_is_said(owner: User) -> None:
    decision = make_decision(by=owner, ended=True)
    answer = signed_in(owner).post(reverse("switch_end", args=[decision.pk]), follow=True)
    assert "It is off already." in answer.content.decode()


def test_a_switch_that_does_not_exist_is_not_found(owner: User) -> None:
    assert signed_in(owner).post(reverse("switch_ask", args=["teleport"]), {"read": "on"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_three_decisions_as_for_one(
    count: int, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        make_decision(by=owner, signed=True, ended=True)
    client = signed_in(owner)
    client.get(reverse("switches"))
    # Session, user, clinic, roles; restricted records that were opened; what stands; what ended.
    with django_assert_num_queries(7):
        client.get(reverse("switches"))
