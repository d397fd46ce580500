"""Restricted records: who is let in, for how long, and what is kept of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from intake import restricting
from intake.models import Carer, GlassBroken, Patient, Restriction
from intake.restricting import (
    ONE_SHIFT,
    AlreadyRestricted,
    NotRestricted,
    RecordClosed,
    break_glass,
    closed_records,
    lift,
    name_more,
    note_seen,
    openings_to_show,
    openings_unseen_by,
    refuse_closed,
    restrict,
)
from intake.tests.factories import make_access, make_clinician, make_patient, make_staff
from intake.tests.factories_restrictions import make_broken_glass, make_restriction
from practice.models import AuditEvent
from practice.roles import Role

pytestmark = pytest.mark.django_db
WHY = "Fell in the waiting room."


def test_whoever_is_not_named_is_kept_out() -> None:
    with pytest.raises(RecordClosed):
        refuse_closed(make_clinician(), make_restriction().patient)


def test_whoever_is_named_is_let_in() -> None:
    carer = make_clinician()
    refuse_closed(carer, make_restriction(to=carer).patient)


def test_a_record_without_a_restriction_is_open() -> None:
    refuse_closed(make_staff(), make_patient())


def test_a_patient_is_kept_from_nothing() -> None:
    patient = make_restriction().patient
    refuse_closed(make_access(patient=patient).user, patient)


@pytest.mark.requirement("HIPAA 164.312(a)(2)(ii)")
def test_broken_glass_opens_the_record() -> None:
    clinician, restriction = make_clinician(), make_restriction()
    break_glass(restriction.patient, by=clinician, why=WHY)
    refuse_closed(clinician, restriction.patient)


def test_broken_glass_opens_it_to_nobody_else() -> None:
    restriction = make_restriction()
    break_glass(restriction.patient, by=make_clinician(), why=WHY)
    with pytest.raises(RecordClosed):
        refuse_closed(make_clinician(), restriction.patient)


def test_broken_glass_opens_no_other_record() -> None:
    clinician, other = make_clinician(), make_restriction()
    break_glass(make_restriction().patient, by=clinician, why=WHY)
    with pytest.raises(RecordClosed):
        refuse_closed(clinician, other.patient)


@pytest.mark.parametrize(("after", "is_closed"), [(-1, False), (1, True)])
def test_broken_glass_lasts_for_one_shift(after: int, is_closed: bool) -> None:
    clinician, restriction = make_clinician(), make_restriction()
    break_glass(restriction.patient, by=clinician, why=WHY)
    with time_machine.travel(timezone.now() + ONE_SHIFT + timedelta(minutes=after)):
        assert (restriction.patient.pk in closed_records(clinician)) == is_closed


def test_what_is_restricted_anew_is_closed_anew() -> None:
    clinician, restriction = make_clinician(), make_restriction()
    break_glass(restriction.patient, by=clinician, why=WHY)
    lift(restriction, by=make_clinician(), why="No need any more.")
    make_restriction(patient=restriction.patient)
    assert restriction.patient.pk in closed_records(clinician)


def test_who_has_broken_the_glass_breaks_it_once() -> None:
    clinician, restriction = make_clinician(), make_restriction()
    break_glass(restriction.patient, by=clinician, why=WHY)
    break_glass(restriction.patient, by=clinician, why=WHY)
    assert GlassBroken.objects.count() == 1


def test_breaking_the_glass_is_on_the_record_with_the_reason() -> None:
    restriction, clinician = make_restriction(), make_clinician()
    break_glass(restriction.patient, by=clinician, why=WHY)
    event = AuditEvent.objects.get(action=AuditEvent.Action.BROKE_GLASS)
    assert (event.actor, event.patient_id, event.why) == (clinician, restriction.patient_id, WHY)


def test_restricting_is_on_the_record_with_the_reason() -> None:
    patient, clinician = make_patient(), make_clinician()
    restrict(patient, to=[clinician], by=clinician, why="A colleague of ours.")
    event = AuditEvent.objects.get(action=AuditEvent.Action.RESTRICTED)
    assert (event.actor, event.patient_id, event.why) == (clinician, patient.pk, "A colleague of ours.")


def test_a_record_is_restricted_once() -> None:
    restriction, clinician = make_restriction(), make_clinician()
    with pytest.raises(AlreadyRestricted):
        restrict(restriction.patient, to=[clinician], by=clinician, why="A colleague of ours.")


def test_a_lifted_restriction_keeps_nobody_out() -> None:
    restriction = make_restriction()
    lift(restriction, by=make_clinician(), why="No need any more.")
    refuse_closed(make_staff(), restriction.patient)


def test_lifting_is_on_the_record_with_the_reason() -> None:
    lift(make_restriction(), by=make_clinician(), why="No need any more.")
    assert AuditEvent.objects.get(action=AuditEvent.Action.RESTRICTED).why == "No need any more."


def test_a_restriction_is_lifted_once() -> None:
    restriction = make_restriction()
    lift(restriction, by=make_clinician(), why="No need any more.")
    with pytest.raises(NotRestricted):
        lift(restriction, by=make_clinician(), why="No need any more.")


def test_whoever_is_named_later_is_let_in() -> None:
    restriction, clinician = make_restriction(), make_clinician()
    name_more(restriction, to=[clinician], by=make_clinician())
    refuse_closed(clinician, restriction.patient)


def test_nobody_is_named_on_what_was_lifted() -> None:
    restriction = make_restriction()
    lift(restriction, by=make_clinician(), why="No need any more.")
    with pytest.raises(NotRestricted):
        name_more(restriction, to=[make_clinician()], by=make_clinician())


def test_naming_somebody_twice_changes_nothing() -> None:
    carer = make_clinician()
    restriction = make_restriction(to=carer)
    name_more(restriction, to=[carer], by=carer)
    assert Carer.objects.filter(restriction=restriction).count() == 1


def test_the_staff_know_of_a_restricted_patient_by_name() -> None:
    patient = make_restriction().patient
    assert patient in Patient.objects.visible_to(make_staff())


def test_a_restricted_record_is_not_among_those_that_are_open() -> None:
    patient = make_restriction().patient
    assert patient not in Patient.objects.open_to(make_staff())


def test_an_opening_is_unseen_until_the_owner_says_so() -> None:
    owner, opening = make_staff(roles=(Role.OWNER,)), make_broken_glass()
    note_seen(opening, by=owner)
    assert openings_unseen_by(owner) == 0


def test_one_owner_does_not_see_for_another() -> None:
    opening = make_broken_glass()
    note_seen(opening, by=make_staff(roles=(Role.OWNER,)))
    assert openings_unseen_by(make_staff(roles=(Role.OWNER,))) == 1


def test_unseen_openings_come_first() -> None:
    owner, early = make_staff(roles=(Role.OWNER,)), make_broken_glass()
    late = make_broken_glass()
    note_seen(late, by=owner)
    assert [(each.pk, each.is_new) for each in openings_to_show(owner)] == [(early.pk, True), (late.pk, False)]


def test_a_restriction_names_those_it_was_made_for() -> None:
    carer, by = make_clinician(), make_clinician()
    made = restrict(make_patient(), to=[carer], by=by, why="A colleague of ours.")
    assert [each.user for each in Restriction.objects.get(pk=made.pk).carers.all()] == [carer]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """The mails that would have gone out."""
    mails: list[dict[str, str]] = []
    monkeypatch.setattr(restricting, "send_later", lambda **mail: mails.append(mail))
    return mails


def test_owners_are_written_to_without_a_name(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, sent: list[dict[str, str]]
) -> None:
    settings.CAN_MAIL = True
    make_staff(roles=(Role.OWNER,), email="owner@clinic.example")
    with django_capture_on_commit_callbacks(execute=True):
        break_glass(make_restriction().patient, by=make_clinician(), why=WHY)
    assert [mail["to"] for mail in sent] == ["owner@clinic.example"]
    assert "Sam" not in str(sent)


def test_a_clinic_without_mail_writes_to_nobody(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, sent: list[dict[str, str]]
) -> None:
    settings.CAN_MAIL = False
    make_staff(roles=(Role.OWNER,), email="owner@clinic.example")
    with django_capture_on_commit_callbacks(execute=True):
        break_glass(make_restriction().patient, by=make_clinician(), why=WHY)
    assert sent == []
