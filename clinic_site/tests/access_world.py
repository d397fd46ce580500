"""One of everything, and everybody who comes to see it: built once for all tests of a file."""

import logging
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from http.cookies import SimpleCookie
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from clinic_site import urls
from clinic_site.tests.access_answers import (
    DISABLED_PATIENT,
    DISABLED_STAFF,
    FORMER_PROXY,
    NOBODY,
    OTHER_PATIENT,
    PATIENT,
    PROXY,
)
from clinic_site.tests.access_table import TABLE
from intake.models import EmailWay, Patient, PatientAccess, Screening
from intake.tests.factories import BACKEND, make_access, make_clinician, make_patient, make_screening
from intake.tests.factories_restrictions import make_broken_glass, make_restriction
from plans.tests.factories import make_draft, make_issued
from plans.tests.factories_orders import make_order, make_use, make_usual_programme
from plans.tests.factories_phases import make_hold
from practice.models import Clinic, DeviceSession, Switch, User
from practice.roles import Role
from practice.tests.factories import make_decision
from practice.tests.factories_sign_in import make_passkey
from practice.tests.test_roles import make_staff
from therapies.models import Origin
from therapies.tests.factories import make_instruction_version, make_programme, make_therapy_page
from therapies.tests.factories_pictures import make_uploaded_picture
from therapies.tests.sample_figures import make_figure

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class World:
    """One of everything, by name; `theirs` are another patient's. Each person's open session, if they have one."""

    objects: dict[str, Any]
    theirs: dict[str, Any]
    people: dict[str, User | None]
    sessions: dict[str, str]
    client: Client

    def ask(
        self, name: str, person: str, *, method: str = "", objects: Mapping[str, Any] | None = None
    ) -> tuple[int, str]:
        """The status and where it leads. What was done is undone: the next person finds the same world."""
        row = TABLE[name]
        chosen = self.objects | dict(objects or {})
        address = reverse(name, kwargs={key: chosen[value] for key, value in row.objects.items()})
        sent = urlencode({key: chosen[value] for key, value in row.sent.items()})
        return self.ask_for(address, person, method=method or row.method, sent=sent)

    def ask_for(self, address: str, person: str, *, method: str = "GET", sent: str = "") -> tuple[int, str]:
        response = self.answer(address, person, method=method, sent=sent)
        return response.status_code, response.headers.get("Location", "")

    def page(self, name: str, person: str) -> str:
        """The page as it is read; nothing where it is no page."""
        row = TABLE[name]
        address = reverse(name, kwargs={key: self.objects[value] for key, value in row.objects.items()})
        response = self.answer(address, person)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        return response.content.decode() if is_page else ""

    def answer(self, address: str, person: str, *, method: str = "GET", sent: str = "") -> Any:
        self.client.cookies = SimpleCookie()
        if person in self.sessions:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[person]
        with transaction.atomic():
            response = self.client.generic(method, address, sent, content_type=FORM)
            transaction.set_rollback(True)
        return response


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Nothing of it is left behind; what a test changes in it is undone after that test."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
        # Half of the time would go into drawing the pages that say no; they have tests of their own.
        for status in (403, 404):
            patched.setattr(urls, f"handler{status}", partial(_say_no, status=status), raising=False)
        outermost = transaction.atomic()
        # A verb that has to be outermost itself accepts the transaction that tests run in.
        outermost._from_testcase = True
        with outermost:
            made = build_world()
            # So would the clinic's row, the same for everybody, and a line in the log for each no.
            patched.setattr(Clinic, "load", partial(copy, Clinic.load()))
            patched.setattr(logging.getLogger("django.request"), "disabled", True)
            yield made
            transaction.set_rollback(True)


def _say_no(request: HttpRequest, exception: Exception, *, status: int) -> HttpResponse:
    return HttpResponse(status=status)


def build_world() -> World:
    call_command("make_roles", stdout=StringIO())
    patient = make_patient()
    other = make_draft(patient=make_patient(given_name="Alex"))
    make_screening(patient=other.plan.patient)
    people = _people(patient, other.plan.patient)
    sessions = _sign_in(people)
    return World(
        objects=_objects(patient, clinician=people[Role.CLINICIAN]) | _ways_in(people) | {"draft": other.pk},
        theirs=_theirs(),
        people=people,
        sessions=sessions,
        client=Client(),
    )


def _objects(patient: Patient, *, clinician: User | None) -> dict[str, Any]:
    assert clinician
    issued = make_issued(patient=patient, items=[{}, {}])
    # A patient whose plan was issued under a standing order of the clinician.
    order = make_order(by=clinician, programme=make_usual_programme(make_instruction_version(kind="ice")))
    restriction = make_restriction(to=clinician)
    return _of_the_library() | {
        "restricted": restriction.patient_id,
        "restriction": restriction.pk,
        "opening": make_broken_glass(restriction=restriction).pk,
        "patient": patient.pk,
        "plan": issued.plan_id,
        "issued": issued.pk,
        "item": issued.items.get(position=1).pk,
        "hold": make_hold(item=issued.items.get(position=2), screening=issued.screening).pk,
        "screening": Screening.objects.create(patient=patient, started_by=issued.changed_by).pk,
        "sent": issued.screening_id,
        "page": "urgent",
        "order": order.pk,
        "used": make_use(order=order).pk,
        "switch": Switch.PATIENT_OPENED_PHASES.value,
        "decision": make_decision(switch=Switch.HEAT_UNDER_14_DAYS, by=issued.changed_by).pk,
        "member": clinician.pk,
        "passkey": make_passkey(user=clinician).pk,
        "read": "on",
    }


def _ways_in(people: Mapping[str, User | None]) -> dict[str, Any]:
    """The patient's own device, and what lets the proxy in."""
    return {
        "device": DeviceSession.objects.get(user=people[PATIENT]).public_id,
        "session": DeviceSession.objects.get(user=people[Role.CLINICIAN]).public_id,
        "proxy": PatientAccess.objects.get(user=people[PROXY]).pk,
        "own_passkey": make_passkey(user=people[PATIENT]).pk,
        "email_way": EmailWay.objects.create(user=people[PATIENT], email="somebody@mail.example", digest="0").pk,
    }


def _of_the_library() -> dict[str, Any]:
    instruction = make_instruction_version(slug="ice-pack", kind="ice", figures={"main": make_figure()})
    page = make_therapy_page(kind="ice")
    return {
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
    }


def _theirs() -> dict[str, Any]:
    """The things of a patient whom none of the people is signed in for, by the names that `objects` has for them."""
    issued = make_issued(patient=make_patient(given_name="Kim"), items=[{}, {}])
    access = make_access(patient=issued.plan.patient)
    Client().force_login(access.user, backend=BACKEND)
    return {
        "device": DeviceSession.objects.get(user=access.user).public_id,
        "proxy": PatientAccess.objects.get(user=_proxy(issued.plan.patient, until=Clinic.load().today())).pk,
        "own_passkey": make_passkey(user=access.user).pk,
        "patient": issued.plan.patient_id,
        "issued": issued.pk,
        "item": issued.items.get(position=1).pk,
        "hold": make_hold(item=issued.items.get(position=2), screening=issued.screening).pk,
        "sent": issued.screening_id,
    }


def _people(patient: Patient, other: Patient) -> dict[str, User | None]:
    today, day = Clinic.load().today(), timedelta(days=1)
    return {
        NOBODY: None,
        PATIENT: make_access(patient=patient).user,
        OTHER_PATIENT: make_access(patient=other).user,
        PROXY: _proxy(patient, until=today + day),
        FORMER_PROXY: _proxy(patient, until=today - day),
        DISABLED_STAFF: make_staff(Role.CLINICIAN, username="left"),
        DISABLED_PATIENT: make_access(patient=make_patient(given_name="Lee")).user,
        **{role.value: make_staff(role, username=role.value) for role in Role},
    }


def _proxy(patient: Patient, *, until: date) -> User:
    """Somebody who looks for the patient until that day."""
    given = {"stands_as": PatientAccess.StandsAs.MOTHER, "given_by": make_clinician()}
    return make_access(patient=patient, relation=PatientAccess.Relation.PROXY, until=until, **given).user


def _sign_in(people: Mapping[str, User | None]) -> dict[str, str]:
    """The session of each, opened before those who are disabled were: the table is about what follows."""
    sessions = {}
    for person, user in people.items():
        if user:
            client = Client()
            client.force_login(user, backend=BACKEND)
            sessions[person] = client.cookies[settings.SESSION_COOKIE_NAME].value
    disabled = [user.pk for person, user in people.items() if user and person in (DISABLED_STAFF, DISABLED_PATIENT)]
    User.objects.filter(pk__in=disabled).update(is_active=False)
    return sessions
