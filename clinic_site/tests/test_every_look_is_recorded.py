"""Each page about a patient, opened by somebody who may, leaves an event that says whose record it was and from where;
and each door that stays shut leaves one too."""

from uuid import UUID

import pytest
from django.db import transaction

from clinic_site.tests.access_answers import PATIENT, PROXY, STAFF
from clinic_site.tests.access_events import asked
from clinic_site.tests.access_table import TABLE
from clinic_site.tests.access_world import World, world
from plans.models import Plan, PlanVersion
from practice.models import AuditEvent
from practice.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["world"]

# The world's names for what belongs to a patient.
OF_A_PATIENT = frozenset({"patient", "plan", "issued", "draft", "item", "hold", "sent", "used", "restricted"})
SILENT = {
    "patient_state": "an open page asks it every few seconds, and nothing of the record is in the answer",
    "red_flags_state": "an open page asks it every few seconds, and that page left its trace",
    "me_done": "a tick is a row with who and when, and leads to a page that leaves its trace",
    "patient_restrict": "a form about who may open a record, which shows the name that every list at the desk shows",
    "break_glass": "the way into a closed record shows the name that every list at the desk shows",
}
ABOUT_A_PATIENT = sorted(
    name for name, row in TABLE.items() if OF_A_PATIENT & set(row.objects.values()) and name not in SILENT
)
OWN_PAGES = ["me", "my_plans", "answer_page", "answer_check"]
LISTS = ["today", "orders", "booklet", "events"]
REFUSING = (403, 404)
# Between them they are kept out of every page that keeps anybody out.
KEPT_OUT = (PATIENT, Role.FRONT_DESK.value, Role.EDITOR.value)


def who_may(name: str) -> str:
    row = TABLE[name]
    people = (Role.CLINICIAN.value, Role.FRONT_DESK.value, Role.OWNER.value, PATIENT)
    return next(person for person in people if row.answers[person] not in REFUSING)


def patient_of(world: World, name: str) -> UUID:
    kind = next(value for value in TABLE[name].objects.values() if value in OF_A_PATIENT)
    if kind in ("draft", "used"):
        return PlanVersion.objects.get(pk=world.objects[kind]).plan.patient_id
    return Plan.objects.get(pk=world.objects["plan"]).patient_id if kind != "restricted" else world.objects[kind]


@pytest.mark.requirement("ASVS 16.2.1", "HIPAA 164.312(b)")
@pytest.mark.parametrize("name", ABOUT_A_PATIENT)
def test_whoever_opens_a_record_is_in_the_record_of_events(name: str, world: World) -> None:
    person = who_may(name)
    _, events = asked(world, name, person)
    told = {(event.actor_id, event.patient_id) for event in events}
    assert (world.people[person].pk, patient_of(world, name)) in told


@pytest.mark.parametrize("name", ["patient", "plan_version", "me"])
def test_an_event_says_from_where(name: str, world: World) -> None:
    _, events = asked(world, name, who_may(name))
    assert all(event.address == "127.0.0.1" and len(event.session) == 16 for event in events)


@pytest.mark.parametrize("name", OWN_PAGES)
@pytest.mark.parametrize("person", [PATIENT, PROXY])
def test_reading_ones_own_record_is_an_event(name: str, person: str, world: World) -> None:
    if name.startswith("answer") and person == PROXY:
        person = PATIENT
    _, events = asked(world, name, person)
    assert [(event.action, event.patient_id) for event in events if event.action == "opened"] == [
        ("opened", world.objects["patient"])
    ]


@pytest.mark.parametrize("name", LISTS)
def test_a_page_that_lists_people_leaves_a_trace(name: str, world: World) -> None:
    _, events = asked(world, name, who_may(name))
    assert [event.action for event in events] == ["opened"]


def test_a_search_is_an_event_without_its_words(world: World) -> None:
    _, events = asked(world, "patients", "front desk", sent="text=Rivera", method="POST")
    assert [(event.action, event.detail.split(":")[0]) for event in events] == [("searched", "name")]


@pytest.mark.requirement("ASVS 16.3.2")
@pytest.mark.parametrize("name", sorted(name for name in TABLE if not name.startswith(("account_", "mfa_"))))
def test_a_door_that_stays_shut_is_in_the_record_of_events(name: str, world: World) -> None:
    """Once for each person who is signed in and told no, whatever said it."""
    told = {person: asked(world, name, person) for person in KEPT_OUT}
    refused = {person: events for person, (status, events) in told.items() if status in REFUSING}
    recorded = {
        person: [event.actor_id for event in events if event.action == "refused"] for person, events in refused.items()
    }
    assert recorded == {person: [world.people[person].pk] for person in refused}


def test_a_refusal_holds_nothing_that_was_typed_into_an_address(world: World) -> None:
    with transaction.atomic():
        world.ask_for("/desk/library/rivera-sam/", Role.CLINICIAN.value)
        transaction.set_rollback(True)
    assert not AuditEvent.objects.filter(object_id__contains="rivera").exists()


def test_staff_are_told_apart(world: World) -> None:
    """One event for each of the staff who asks, under their own name."""
    who = [event.actor for person in STAFF for event in asked(world, "library_uses", person)[1]]
    assert [str(actor.username) for actor in who] == list(STAFF)
