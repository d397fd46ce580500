"""Every address, each kind of person and each way of asking, against the table: what is not in the table fails."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from clinic_site.tests.access_answers import EVERYBODY, NOBODY, PATIENT, SIGNED_OUT, Row
from clinic_site.tests.access_table import TABLE
from clinic_site.tests.access_world import World, world
from practice.roles import Role
from practice.tests.factories_sessions import key_of, sign_in
from practice.tests.factories_sign_in import make_app, make_member, type_password
from practice.tests.shared_computer import lock, make_with_pin

pytestmark = pytest.mark.django_db
__all__ = ["TABLE", "World", "world"]

# Where somebody who is not signed in is sent: patients to their way in, staff to theirs.
WAYS_IN = {name: "start" if row.answers[PATIENT] != 404 else "sign_in" for name, row in TABLE.items()}
ABOUT_OBJECTS = sorted(name for name, row in TABLE.items() if row.objects)
OWN_OBJECTS = [name for name in ABOUT_OBJECTS if TABLE[name].is_about_own_things]
# Two things of a patient in one address: they have to be of the same patient.
THINGS = frozenset({"hold", "sent", "device", "proxy", "own_passkey"})
PAIRS = [name for name in ABOUT_OBJECTS if "patient" in (named := set(TABLE[name].objects.values())) and THINGS & named]
FORMS = sorted(name for name, row in TABLE.items() if row.method == "GET" and "POST" not in row.other_methods)
GUARDED = sorted(
    name for name, row in TABLE.items() if row.answers[NOBODY] == 302 and set(row.answers.values()) != {302}
)
ADMIN_PAGES = sorted(
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry
)


def missing(objects: Mapping[str, Any]) -> dict[str, Any]:
    """Names of the same kind that belong to nothing."""
    unknown: dict[type, Any] = {str: "nothing-like-it", int: 999_999_999}
    return {name: unknown.get(type(value), uuid4()) for name, value in objects.items()}


def addresses(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """The names of all addresses but those of Django's admin, which has its own tests below."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)
        elif pattern.namespace != "admin":
            yield from addresses(pattern.url_patterns)


def refused(row: Row, person: str, status: int) -> int:
    """What somebody is told whose way of asking ends in `status` for those who may open the page."""
    return status if row.opens(person) else row.answer(person)


def test_every_address_is_in_the_table() -> None:
    assert sorted(addresses(get_resolver().url_patterns)) == sorted(TABLE)


@pytest.mark.requirement("ASVS 8.2.1", "HIPAA 164.312(a)")
@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_person_gets_what_the_table_says(name: str, world: World) -> None:
    told = {person: world.ask(name, person)[0] for person in EVERYBODY}
    assert told == {person: TABLE[name].answer(person) for person in EVERYBODY}


@pytest.mark.parametrize("name", GUARDED)
def test_who_is_not_signed_in_is_shown_the_way_in(name: str, world: World) -> None:
    assert all(world.ask(name, person)[1].startswith(reverse(WAYS_IN[name])) for person in SIGNED_OUT)


def after_the_password() -> str:
    """The key of somebody of whom the second step is awaited."""
    make_app(user=make_member(username="half", role=Role.OWNER))
    type_password(client := Client(), username="half")
    return key_of(client)


def locked() -> str:
    """The key that a browser had before its screen was locked."""
    client = sign_in(make_with_pin(username="half"))
    key = key_of(client)
    lock(client)
    return key


@pytest.mark.requirement("ASVS 6.3.3")
@pytest.mark.parametrize("half_in", [after_the_password, locked])
def test_who_is_half_in_opens_no_more_than_nobody(half_in: Callable[[], str], world: World) -> None:
    """But the page of the second step, for whom it waits; a locked screen is led to its own page from everywhere."""
    there = replace(world, sessions={"half in": half_in()})
    told = {name: there.ask(name, "half in")[0] for name in TABLE if name != "mfa_authenticate"}
    assert {name: status for name, status in told.items() if status not in (302, TABLE[name].answers[NOBODY])} == {}


# The tablet's last page has signed the patient out already.
WITHOUT_A_WAY_OUT = {"tablet_done"}
READ_BY = sorted(
    (name, next(who for who, status in row.answers.items() if status == 200 and who != NOBODY))
    for name, row in TABLE.items()
    if row.method == "GET" and 200 in [status for who, status in row.answers.items() if who != NOBODY]
)


@pytest.mark.requirement("ASVS 7.4.4")
def test_each_page_of_somebody_who_is_signed_in_shows_the_way_out(world: World) -> None:
    pages = {name: world.page(name, who) for name, who in READ_BY}
    button = f'action="{reverse("sign_out")}"'
    without = {name for name, text in pages.items() if "<html" in text and button not in text}
    assert (without, len(pages) > 80) == (WITHOUT_A_WAY_OUT, True)


@pytest.mark.parametrize("name", ABOUT_OBJECTS)
def test_what_does_not_exist_is_not_found_and_the_wrong_role_learns_nothing(name: str, world: World) -> None:
    """Who may open the page gets 404; everybody else gets what they get for a thing that is there."""
    unknown, row = missing(world.objects), TABLE[name]
    told = {person: world.ask(name, person, objects=unknown)[0] for person in EVERYBODY}
    assert told == {person: refused(row, person, 404) for person in EVERYBODY}


@pytest.mark.requirement("ASVS 8.2.2")
@pytest.mark.parametrize("name", OWN_OBJECTS)
def test_what_is_somebody_elses_is_not_found(name: str, world: World) -> None:
    row = TABLE[name]
    told = {person: world.ask(name, person, objects=world.theirs)[0] for person in EVERYBODY}
    assert told == {person: refused(row, person, 404) for person in EVERYBODY}


@pytest.mark.parametrize("name", PAIRS)
def test_what_is_another_patients_is_not_found_beside_this_one(name: str, world: World) -> None:
    row, mixed = TABLE[name], {thing: world.theirs[thing] for thing in THINGS}
    told = {person: world.ask(name, person, objects=mixed)[0] for person in EVERYBODY}
    assert told == {person: refused(row, person, 404) for person in EVERYBODY}


def let_through(
    name: str, world: World, asked: Iterable[tuple[str, str]], objects: Mapping[str, Any]
) -> dict[tuple[str, str], int]:
    """What these people were told by these wrong ways of asking, but 405 and what they are told whatever they ask."""
    row = TABLE[name]
    told = {(who, method): world.ask(name, who, method=method, objects=objects)[0] for who, method in asked}
    return {
        (who, method): status
        for (who, method), status in told.items()
        if status != 405 and (row.opens(who) or status != row.answer(who))
    }


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_wrong_method_is_refused(name: str, world: World) -> None:
    """With 405, or as it refuses this person whatever they ask."""
    assert let_through(name, world, product(EVERYBODY, TABLE[name].other_methods), {}) == {}


@pytest.mark.parametrize("name", ABOUT_OBJECTS)
def test_the_wrong_method_is_refused_for_what_does_not_exist(name: str, world: World) -> None:
    assert let_through(name, world, product(EVERYBODY, TABLE[name].other_methods), missing(world.objects)) == {}


@pytest.mark.parametrize("name", OWN_OBJECTS)
def test_the_wrong_method_is_refused_for_what_is_somebody_elses(name: str, world: World) -> None:
    assert let_through(name, world, product(EVERYBODY, TABLE[name].other_methods), world.theirs) == {}


@pytest.mark.parametrize("name", sorted(TABLE))
def test_asking_for_the_head_alone_meets_the_same_door(name: str, world: World) -> None:
    row = TABLE[name]
    outside = [person for person in EVERYBODY if not row.opens(person)]
    told = {person: world.ask(name, person, method="HEAD")[0] for person in outside}
    assert all(told[person] in (405, row.answer(person)) for person in outside), told


@pytest.mark.parametrize("name", FORMS)
def test_what_a_form_is_sent_meets_the_same_door(name: str, world: World) -> None:
    outside = [person for person in EVERYBODY if not TABLE[name].opens(person)]
    told = {person: world.ask(name, person, method="POST")[0] for person in outside}
    assert told == {person: TABLE[name].answer(person) for person in outside}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_was_left_empty_is_answered(name: str, world: World) -> None:
    inside = [person for person in EVERYBODY if TABLE[name].opens(person)]
    told = {person: world.ask(name, person, method="POST")[0] for person in inside}
    assert all(status in (200, 302, 303, 409, 422) for status in told.values()), told


@pytest.mark.parametrize("name", sorted({*FORMS} & {*ABOUT_OBJECTS}))
def test_what_a_form_is_sent_about_what_does_not_exist_is_not_found(name: str, world: World) -> None:
    unknown, row = missing(world.objects), TABLE[name]
    told = {person: world.ask(name, person, method="POST", objects=unknown)[0] for person in EVERYBODY}
    assert told == {person: refused(row, person, 404) for person in EVERYBODY}


@pytest.mark.requirement("ASVS 8.2.2")
@pytest.mark.parametrize("name", OWN_OBJECTS)
def test_what_is_somebody_elses_is_not_found_by_the_other_way_of_a_page(name: str, world: World) -> None:
    """By HEAD where a page is read, by POST where it is also a form; a deed has one way alone."""
    row = TABLE[name]
    way = "POST" if name in FORMS else "HEAD" if row.method == "GET" else row.method
    told = {person: world.ask(name, person, method=way, objects=world.theirs)[0] for person in EVERYBODY}
    assert told == {person: refused(row, person, 404) for person in EVERYBODY}


@pytest.mark.parametrize("name", ["admin:index", *ADMIN_PAGES])
def test_only_the_owner_reaches_the_admin(name: str, world: World) -> None:
    told = {person: world.ask_for(reverse(name), person)[0] for person in EVERYBODY}
    assert told == dict.fromkeys(EVERYBODY, 302) | {Role.OWNER.value: 200}


@pytest.mark.parametrize("person", [PATIENT, Role.FRONT_DESK.value, Role.CLINICIAN.value, Role.EDITOR.value])
def test_who_is_signed_in_and_may_not_enter_the_admin_is_not_sent_in_circles(person: str, world: World) -> None:
    where = world.ask_for(reverse("admin:index"), person)[1]
    assert world.ask_for(where, person)[0] == 403


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_the_admin_registers_nothing_of_a_patient(name: str) -> None:
    assert name.startswith("admin:practice_")
