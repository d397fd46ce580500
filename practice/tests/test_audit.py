"""record(): what one event holds, and what it never holds."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory

from practice import audit
from practice.models import AuditEvent, Clinic, User

pytestmark = pytest.mark.django_db


def make_staff() -> User:
    return User.objects.create(username="ana", display_name="Ana Ruiz")


def a_request() -> HttpRequest:
    return RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")


def test_an_event_says_who_did_it() -> None:
    user = make_staff()
    audit.record(audit.Action.SIGNED_IN, actor=user)
    assert AuditEvent.objects.get().actor == user


def test_an_event_of_nobody_has_no_actor() -> None:
    audit.record(audit.Action.SIGN_IN_FAILED, actor=AnonymousUser())
    assert AuditEvent.objects.get().actor is None


def test_an_event_says_what_it_was_about() -> None:
    clinic = Clinic.load()
    audit.record(audit.Action.CHANGED, actor=make_staff(), about=clinic)
    event = AuditEvent.objects.get()
    assert (event.object_type, event.object_id) == ("practice.clinic", "1")


def test_an_event_says_whose_record_it_touched() -> None:
    patient = User.objects.create_patient_user()
    audit.record(audit.Action.OPENED, actor=make_staff(), patient_id=patient.pk)
    assert AuditEvent.objects.get().patient_id == patient.pk


def test_an_event_says_from_where() -> None:
    audit.record(audit.Action.SIGNED_IN, actor=make_staff(), request=a_request())
    assert AuditEvent.objects.get().address == "192.0.2.7"


def test_an_event_without_a_request_has_no_address() -> None:
    audit.record(audit.Action.ISSUED, actor=make_staff())
    assert AuditEvent.objects.get().address is None


def test_the_name_of_what_it_was_about_is_not_kept() -> None:
    clinic = Clinic.load()
    audit.record(audit.Action.CHANGED, actor=make_staff(), about=clinic, request=a_request())
    row = AuditEvent.objects.values().get()
    assert not [value for value in row.values() if clinic.name in str(value)]


def test_a_long_detail_is_cut_and_not_refused() -> None:
    audit.record(audit.Action.REFUSED, actor=make_staff(), detail="x" * 10_000)
    assert len(AuditEvent.objects.get().detail) == 200


@pytest.mark.parametrize("action", audit.Action)
def test_each_kind_of_event_can_be_recorded(action: AuditEvent.Action) -> None:
    assert str(audit.record(action, actor=make_staff())).endswith(action.label)
