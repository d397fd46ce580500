"""Restricted records: no desk page about a patient opens past the glass, and what lists say all the same."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from clinic_site.tests.access_answers import PATIENT, PROXY
from clinic_site.tests.access_table import TABLE
from clinic_site.tests.access_world import World, world
from intake.models import Patient, Restriction
from intake.tests.factories_restrictions import make_restriction
from practice.roles import Role

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.requirement("ASVS 8.2.2", "HIPAA 164.312(a)(2)(ii)"),
]
__all__ = ["world"]

OF_A_PATIENT = {"patient", "plan", "issued", "hold", "screening", "sent", "draft", "used", "item", "device", "proxy"}
THE_WAY_IN = {"break_glass", "patient_restrict"}
DESK = (Role.FRONT_DESK.value, Role.CLINICIAN.value)
CLOSED_PAGES = sorted(
    name
    for name, row in TABLE.items()
    if OF_A_PATIENT & set(row.objects.values()) and any(map(row.opens, DESK)) and name not in THE_WAY_IN
)


@pytest.fixture
def closed(world: World) -> Iterator[World]:
    """The same world, where every record is restricted to somebody who is not here."""
    with transaction.atomic():
        for patient in Patient.objects.exclude(pk__in=Restriction.objects.standing().values("patient")):
            make_restriction(patient=patient)
        yield world
        transaction.set_rollback(True)


def is_at_the_glass(status: int, where: str) -> bool:
    """Led to it; or, with what was typed held, shown it at once."""
    return (status == 302 and "/open/" in where) or (status == 403 and not where)


def test_there_are_such_pages() -> None:
    assert {"patient", "screening", "plan_build", "plan_print", "version_record", "patient_edit"} < set(CLOSED_PAGES)


@pytest.mark.parametrize("name", CLOSED_PAGES)
def test_whoever_is_not_named_is_led_to_the_glass(name: str, closed: World) -> None:
    inside = [person for person in DESK if TABLE[name].opens(person)]
    told = {person: closed.ask(name, person) for person in inside}
    assert all(is_at_the_glass(*answer) for answer in told.values()), told


@pytest.mark.parametrize("name", CLOSED_PAGES)
def test_a_form_of_a_closed_record_takes_nothing(name: str, closed: World) -> None:
    inside = [person for person in DESK if TABLE[name].opens(person) and "POST" not in TABLE[name].other_methods]
    told = {person: closed.ask(name, person, method="POST") for person in inside}
    assert all(is_at_the_glass(*answer) for answer in told.values()), told


@pytest.mark.parametrize("person", [PATIENT, PROXY])
@pytest.mark.parametrize("name", ["me", "my_plan", "me_movement", "me_print"])
def test_what_the_patient_opens_is_not_touched(name: str, person: str, closed: World) -> None:
    assert closed.ask(name, person)[0] == TABLE[name].answer(person)


@pytest.mark.parametrize("person", DESK)
def test_the_glass_stands_before_each_of_them(person: str, closed: World) -> None:
    assert closed.ask("break_glass", person, objects={"restricted": closed.objects["patient"]})[0] == 200
