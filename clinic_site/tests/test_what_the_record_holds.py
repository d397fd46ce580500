"""The record of events against a whole world: nobody is named in it, and signing in and out is."""

import re
from urllib.parse import urlencode

import pytest

from clinic_site.tests.access_answers import NOBODY, PATIENT
from clinic_site.tests.access_events import asked
from clinic_site.tests.access_table import TABLE
from clinic_site.tests.access_world import World, world
from intake.models import Patient
from practice.models import AuditEvent
from practice.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["world"]
TYPED = {"given_name": "Zenobia", "family_name": "Quartermaine", "birth_date": "03/14/1961", "language": "en"}
SENT = urlencode(TYPED | {"text": "Quartermaine", "code": "BBB-CCCC-DDDD"})
WORDS = ("object_type", "object_id", "detail", "why", "session", "once")
PEOPLE = (PATIENT, Role.FRONT_DESK.value, Role.OWNER.value)


def words_of(event: AuditEvent) -> set[str]:
    return set(re.split(r"[\s,:;()]+", " ".join(str(getattr(event, column) or "") for column in WORDS).lower()))


def secrets() -> set[str]:
    """What names or opens somebody, in lower case."""
    people = Patient.objects.all()
    names = {name.lower() for one in people for name in (one.given_name, one.family_name) if name}
    births = {form for one in people for form in (f"{one.birth_date:%Y-%m-%d}", f"{one.birth_date:%m/%d/%Y}")}
    return (
        names | births | {word.lower() for word in TYPED.values() if word != "en"} | {"quartermaine", "bbb-cccc-dddd"}
    )


@pytest.mark.requirement("ASVS 16.2.5")
def test_whatever_is_done_no_patient_is_named_in_the_record_of_events(world: World) -> None:
    """Every address, asked with a person's name, birth date and code in each form."""
    events = [
        event
        for name, row in TABLE.items()
        for person in PEOPLE
        for method in {row.method, "POST"} - set(row.other_methods)
        for event in asked(world, name, person, sent=SENT, method=method)[1]
    ]
    assert len(events) > 200
    assert [str(event) for event in events if secrets() & words_of(event)] == []


@pytest.mark.requirement("ASVS 16.3.1")
@pytest.mark.parametrize(
    ("name", "person", "sent", "action"),
    [
        ("sign_out", Role.CLINICIAN.value, "", "signed_out"),
        ("start", NOBODY, "code=BBB-CCCC-DDDD", "sign_in_failed"),
        ("account_login", NOBODY, "username=clinician&password=wrong", "sign_in_failed"),
    ],
)
def test_signing_in_and_out_is_in_the_record_of_events(
    name: str, person: str, sent: str, action: str, world: World
) -> None:
    assert action in {event.action for event in asked(world, name, person, sent=sent, method="POST")[1]}
