"""Every address, and what each kind of person gets there. An address that is not listed here fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from intake.models import Screening
from intake.tests.factories import BACKEND, make_access, make_patient, make_screening
from plans.tests.factories import make_draft, make_issued
from plans.tests.factories_orders import make_order, make_use, make_usual_programme
from plans.tests.factories_phases import make_hold
from practice.models import Switch, User
from practice.roles import Role
from practice.tests.factories import make_decision
from practice.tests.test_roles import make_staff
from therapies.models import Origin
from therapies.tests.factories import make_instruction_version, make_programme, make_therapy_page
from therapies.tests.factories_pictures import make_uploaded_picture
from therapies.tests.sample_figures import make_figure

pytestmark = pytest.mark.django_db

NOBODY, PATIENT = "anonymous", "patient"
STAFF = tuple(role.value for role in Role)
FORM = "application/x-www-form-urlencoded"
PEOPLE = (NOBODY, PATIENT, *STAFF)
Answers = Mapping[str, int]


def answers(allowed: int, *roles: Role, others: int = 403) -> Answers:
    """Of a staff page: `allowed` for the roles, `others` for other staff; a patient does not find it (404)."""
    return {
        NOBODY: 302,
        PATIENT: 404,
        **{role.value: allowed if role in roles else others for role in Role},
    }


def everybody(status: int) -> Answers:
    return dict.fromkeys(PEOPLE, status)


def patients(status: int) -> Answers:
    return {NOBODY: 302, PATIENT: status, **dict.fromkeys(STAFF, 404)}


def desk(status: int) -> Answers:
    return answers(status, Role.FRONT_DESK, Role.CLINICIAN)


def library(status: int) -> Answers:
    return answers(status, *Role)


def editors(status: int) -> Answers:
    return answers(status, Role.EDITOR)


def signing(status: int) -> Answers:
    return answers(status, Role.CLINICIAN, Role.OWNER)


@dataclass(frozen=True)
class Row:
    """An address: how it is asked, the objects in it (by the world's names), and the answers."""

    method: str
    answers: Answers
    objects: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)
    other_methods: tuple[str, ...] = ()

    def opens(self, person: str) -> bool:
        """Whether this person gets further than the door."""
        is_sent_away = person == NOBODY and self.answers[PATIENT] != self.answers[NOBODY]
        return self.answers[person] not in (403, 404) and (not is_sent_away or self.answers[person] == 200)


def read(answers: Answers, **objects: str) -> Row:
    return Row("GET", answers, objects, other_methods=("POST", "DELETE"))


def form(answers: Answers, **objects: str) -> Row:
    """A page that shows a form and takes it."""
    return Row("GET", answers, objects, other_methods=("DELETE",))


def deed(answers: Answers, sent: Mapping[str, str] | None = None, **objects: str) -> Row:
    return Row("POST", answers, objects, sent or {}, other_methods=("GET", "DELETE"))


TABLE: dict[str, Row] = {
    # Public.
    "home": read(everybody(200)),
    "learn": read(everybody(200)),
    "learn_therapy": read(everybody(200), slug="therapy"),
    "start": form(everybody(200)),
    "sign_in": form(dict.fromkeys(PEOPLE, 302) | {NOBODY: 200}),
    "sign_out": deed(everybody(302)),
    "health": read(everybody(200)),
    "tablet_done": read(everybody(200)),
    "language": deed(everybody(302), {"language": "language"}),
    # A patient, about their own plan.
    "me": read(patients(200)),
    "me_movement": read(patients(200), item_id="item"),
    "me_done": deed(patients(303), item_id="item"),
    "my_plans": read(patients(200)),
    "my_plan": read(patients(200), version_id="issued"),
    "me_print": read(patients(200), version_id="issued"),
    "answer": read(patients(303)),
    "answer_page": form(patients(200), page="page"),
    "answer_keep": deed(patients(204), page="page"),
    "answer_check": form(patients(200)),
    "answer_card": read(patients(303)),
    "answer_again": read(patients(303)),
    "answer_wrong": read(patients(200)),
    "card_print": read(patients(303)),
    "tablet_state": read(patients(303)),
    "tablet_finish": deed(patients(303)),
    # The desk.
    "today": read(desk(200)),
    "today_state": read(desk(200)),
    "patients": form(desk(200)),
    "patient_new": form(desk(200)),
    "patient_edit": form(desk(200), patient_id="patient"),
    "patient": read(desk(200), patient_id="patient"),
    "patient_state": read(desk(200), patient_id="patient"),
    "red_flags_state": read(desk(200), patient_id="patient"),
    "screening": form(desk(200), patient_id="patient"),
    "screening_keep": deed(desk(204), {"draft": "screening"}, patient_id="patient"),
    "plan_start": deed(desk(302), patient_id="patient"),
    "plan_build": form(desk(200), version_id="draft"),
    "draft_delete": deed(desk(302), version_id="draft"),
    "plan_version": read(desk(200), version_id="issued"),
    "plan_print": deed(desk(200), version_id="issued"),
    "hold_release": deed(answers(302, Role.CLINICIAN), patient_id="patient", hold_id="hold"),
    "plan_resume": deed(answers(302, Role.CLINICIAN), plan_id="plan"),
    "red_flags_close": deed(answers(302, Role.CLINICIAN), patient_id="patient"),
    "review_clear": deed(answers(302, Role.CLINICIAN), patient_id="patient", screening_id="sent"),
    "screening_discard": deed(desk(302), patient_id="patient"),
    "plan_end": deed(answers(302, Role.CLINICIAN), plan_id="plan"),
    "codes_make": deed(desk(200), patient_id="patient"),
    "codes_print": deed(desk(302), patient_id="patient"),
    "version_record": read(desk(200), version_id="issued"),
    "screening_record": read(desk(200), patient_id="patient", screening_id="sent"),
    # Standing orders.
    "orders": read(desk(200)),
    "order_sign": form(answers(200, Role.CLINICIAN), slug="programme"),
    "order_end": deed(answers(302, Role.CLINICIAN), order_id="order"),
    "order_issue": deed(desk(302), patient_id="patient", order_id="order"),
    "order_countersign": deed(answers(302, Role.CLINICIAN), version_id="used"),
    # The clinic's own decisions.
    "rules": read(signing(200)),
    "rules_sign": deed(signing(302)),
    "switches": read(signing(200)),
    "switch_ask": deed(answers(302, Role.OWNER), {"read": "read"}, switch="switch"),
    "switch_sign": deed(answers(302, Role.CLINICIAN), {"read": "read"}, decision="decision"),
    "switch_end": deed(signing(302), decision="decision"),
    "tablet_open": deed(desk(200), patient_id="patient"),
    "tablet_end": deed(desk(302), patient_id="patient"),
    "tablet_dismiss": deed(desk(302), patient_id="patient"),
    "desk_card_print": read(desk(302), patient_id="patient"),
    "neither_print": read(desk(302), patient_id="patient"),
    # The frames of a movement, for the pages that play it.
    "figure_motion": read(everybody(200) | {NOBODY: 302}, version_id="drawn", name="figure"),
    "uploaded_picture": read(everybody(200) | {NOBODY: 302}, picture_id="upload", size="size"),
    # The library.
    "library_figures": read(library(200)),
    "library_figure_new": form(editors(200)),
    "library_figure_preview": deed(editors(200)),
    "library_upload": form(editors(200)),
    "library": read(library(200)),
    "library_instruction": read(library(200), slug="instruction"),
    "library_page": read(library(200), slug="therapy"),
    "library_loosen": deed(answers(302, Role.CLINICIAN), slug="instruction", version="instruction_draft"),
    "library_page_loosen": deed(answers(302, Role.CLINICIAN), slug="therapy", page="page_draft"),
    "library_new": form(editors(200)),
    "library_compare": read(library(200), slug="instruction"),
    "library_star": deed(library(302), slug="instruction"),
    "library_retire": deed(answers(302, Role.EDITOR, Role.CLINICIAN), slug="instruction"),
    "library_bring_back": deed(answers(302, Role.CLINICIAN), slug="instruction"),
    "library_draft_start": deed(editors(302), slug="instruction", version="drawn"),
    "library_draft_words": form(editors(200), slug="written", language="language"),
    "library_draft_facts": form(editors(200), slug="written"),
    "library_draft_picture": form(editors(200), slug="written", name="figure"),
    "library_draft_discard": deed(editors(302), slug="written"),
    "library_page_draft": form(editors(200), slug="written_page", language="language"),
    "library_page_draft_start": deed(editors(302), slug="therapy", language="language"),
    "library_page_draft_discard": deed(editors(302), slug="written_page", language="language"),
    "library_publish": deed(editors(302), slug="instruction", version="instruction_draft"),
    "library_uses": read(desk(200), slug="instruction"),
    "library_preview": read(library(200), version_id="drawn"),
    "sheets": read(library(200)),
    "instruction_print": read(library(200), version_id="drawn"),
    "programme_print": read(library(302), slug="programme"),
    "page_print": read(library(200), page="page_draft"),
    "booklet": form(desk(200)),
    "library_page_publish": deed(editors(302), slug="therapy", page="page_draft"),
    "review_languages": read(library(200)),
    "review_part": read(library(200), language="reviewed_language", part="reviewed_part"),
    "review_save": deed(answers(422, Role.EDITOR, Role.CLINICIAN), language="reviewed_language", part="reviewed_part"),
    "words_list": read(library(200)),
    "words_text": read(library(200), kind="words_kind", pk="words_page"),
    "words_tick": deed(answers(302, Role.EDITOR, Role.CLINICIAN), kind="words_kind", pk="words_page"),
    "words_leave": deed(answers(302, Role.OWNER), kind="words_kind", pk="words_page"),
    "library_programme_publish": deed(editors(302), slug="programme"),
}
# Where somebody who is not signed in is sent: patients to their way in, staff to theirs.
WAYS_IN = {name: "start" if row.answers[PATIENT] != 404 else "sign_in" for name, row in TABLE.items()}
ABOUT_OBJECTS = sorted(name for name, row in TABLE.items() if row.objects)
# The questions' pages are nobody's: each patient has the same ones.
SHARED = frozenset({"page"})
OWN_OBJECTS = [
    name
    for name in ABOUT_OBJECTS
    if TABLE[name].answers["clinician"] == 404 and not SHARED.issuperset(TABLE[name].objects.values())
]
GUARDED = sorted(
    name for name, row in TABLE.items() if row.answers[NOBODY] == 302 and name not in ("sign_out", "language")
)
ADMIN_PAGES = sorted(
    f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist" for model in admin.site._registry
)


@dataclass(frozen=True)
class World:
    """One of everything, by name, and the people who come to see it."""

    objects: dict[str, Any]
    people: dict[str, User | None]

    def ask(
        self, name: str, person: str, *, method: str = "", objects: Mapping[str, Any] | None = None
    ) -> tuple[int, str]:
        """The status and where it leads. What was done is undone: the next person finds the same world."""
        row = TABLE[name]
        chosen = self.objects | dict(objects or {})
        address = reverse(name, kwargs={key: chosen[value] for key, value in row.objects.items()})
        sent = urlencode({key: chosen[value] for key, value in row.sent.items()})
        client = Client()
        with transaction.atomic():
            if user := self.people[person]:
                client.force_login(user, backend=BACKEND)
            response = client.generic(method or row.method, address, sent, content_type=FORM)
            transaction.set_rollback(True)
        return response.status_code, response.headers.get("Location", "")


@pytest.fixture
def world(settings: Settings) -> World:
    # Nobody types a password here; a slow hash for each of the staff would only take time.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("make_roles", stdout=StringIO())
    patient = make_patient()
    issued = make_issued(patient=patient, items=[{}, {}])
    instruction = make_instruction_version(slug="ice-pack", kind="ice", figures={"main": make_figure()})
    page = make_therapy_page(kind="ice")
    screening = Screening.objects.create(patient=patient, started_by=issued.changed_by)
    # A second patient: their plan is still a draft, and their screening of today is sent.
    other = make_draft(patient=make_patient())
    make_screening(patient=other.plan.patient)
    staff = {role.value: make_staff(role, username=role.value) for role in Role}
    # A third one: their plan was issued under a standing order of the clinician.
    order = make_order(by=staff[Role.CLINICIAN], programme=make_usual_programme(make_instruction_version(kind="ice")))
    objects = {
        "patient": patient.pk,
        "plan": issued.plan_id,
        "issued": issued.pk,
        "item": issued.items.get(position=1).pk,
        "hold": make_hold(item=issued.items.get(position=2), screening=issued.screening).pk,
        "screening": screening.pk,
        "sent": issued.screening_id,
        "draft": other.pk,
        "therapy": page.therapy_id,
        "page_draft": make_therapy_page(kind="ice", published=False).pk,
        "instruction": instruction.instruction_id,
        "drawn": instruction.pk,
        "figure": "main",
        "instruction_draft": make_instruction_version(instruction=instruction.instruction, published=False).pk,
        "written": make_instruction_version(slug="own-move", published=False, origin=Origin.CLINIC).instruction_id,
        "written_page": make_therapy_page(kind="heat", published=False, origin=Origin.CLINIC).therapy_id,
        "language": "en",
        "words_kind": "page",
        "words_page": page.pk,
        "reviewed_language": make_therapy_page(kind="ice", language="es").language,
        "reviewed_part": f"page:{page.therapy_id}",
        "upload": make_uploaded_picture().pk,
        "size": "small",
        "programme": make_programme().pk,
        "page": "urgent",
        "order": order.pk,
        "used": make_use(order=order).pk,
        "switch": Switch.PATIENT_OPENED_PHASES.value,
        "decision": make_decision(switch=Switch.HEAT_UNDER_14_DAYS, by=issued.changed_by).pk,
        "read": "on",
    }
    people: dict[str, User | None] = {NOBODY: None, PATIENT: make_access(patient=patient).user}
    return World(objects, people | staff)


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


def test_every_address_is_in_the_table() -> None:
    assert sorted(addresses(get_resolver().url_patterns)) == sorted(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_person_gets_what_the_table_says(name: str, world: World) -> None:
    assert {person: world.ask(name, person)[0] for person in PEOPLE} == TABLE[name].answers


@pytest.mark.parametrize("name", GUARDED)
def test_who_is_not_signed_in_is_shown_the_way_in(name: str, world: World) -> None:
    assert world.ask(name, NOBODY)[1].startswith(reverse(WAYS_IN[name]))


@pytest.mark.parametrize("name", ABOUT_OBJECTS)
def test_what_does_not_exist_is_not_found_and_the_wrong_role_learns_nothing(name: str, world: World) -> None:
    """Who may open the page gets 404; everybody else gets what they get for a thing that is there."""
    unknown = missing(world.objects)
    row = TABLE[name]
    told = {person: world.ask(name, person, objects=unknown)[0] for person in PEOPLE}
    assert told == {person: 404 if row.opens(person) else row.answers[person] for person in PEOPLE}


@pytest.mark.parametrize("name", OWN_OBJECTS)
def test_what_is_somebody_elses_is_not_found(name: str, world: World) -> None:
    theirs = make_issued(patient=make_patient(given_name="Alex"))
    objects = {"issued": theirs.pk, "item": theirs.items.get().pk}
    assert world.ask(name, PATIENT, objects=objects)[0] == 404


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_wrong_method_is_refused(name: str, world: World) -> None:
    row = TABLE[name]
    person = next(person for person in PEOPLE if row.opens(person))
    told = {method: world.ask(name, person, method=method)[0] for method in row.other_methods}
    assert told == dict.fromkeys(row.other_methods, 405)


@pytest.mark.parametrize("name", ["admin:index", *ADMIN_PAGES])
def test_only_the_owner_reaches_the_admin(name: str, world: World) -> None:
    answers = {}
    for person, user in world.people.items():
        client = Client()
        if user:
            client.force_login(user, backend=BACKEND)
        answers[person] = client.get(reverse(name)).status_code
    assert answers == dict.fromkeys(PEOPLE, 302) | {Role.OWNER.value: 200}


@pytest.mark.parametrize("person", [PATIENT, Role.FRONT_DESK.value, Role.CLINICIAN.value, Role.EDITOR.value])
def test_who_is_signed_in_and_may_not_enter_the_admin_is_not_sent_in_circles(person: str, world: World) -> None:
    client = Client()
    client.force_login(world.people[person], backend=BACKEND)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("name", ADMIN_PAGES)
def test_the_admin_registers_nothing_of_a_patient(name: str) -> None:
    assert name.startswith("admin:practice_")
