"""Refusals of verbs last, and the history of changes says who made them."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory

from intake.models import Patient
from intake.registering import keep_details, register_patient
from intake.tests.factories import make_clinician, make_patient, make_staff
from plans.assigning import IssueRefused, end_plan, issue_plan
from plans.building import change_draft
from plans.checking import assess_draft
from plans.overriding import CannotOverride, override
from plans.standing import OrderRefused, issue_under_order
from plans.tests.factories import make_draft, make_issued, make_ready_draft
from plans.tests.factories_orders import make_order, switch_on
from practice import audit
from practice.inviting import invite
from practice.models import AuditEvent, Clinic, User
from practice.roles import Role
from practice.where import answering

pytestmark = pytest.mark.django_db

# --- refusals of verbs ---------------------------------------------------------------------------------


def refuse_to_issue(by: User) -> None:
    clinic, draft = Clinic.load(), make_ready_draft()
    issue_plan(draft.pk, revision=draft.revision, by=by, clinic=clinic, today=clinic.today())


def refuse_to_override(by: User) -> None:
    clinic, draft = Clinic.load(), make_draft()
    with change_draft(draft, revision=draft.revision, by=by) as changed:
        assessment = assess_draft(changed, clinic=clinic, today=clinic.today())
        override(changed, "ice", "I-N1", reason="Because.", assessment=assessment, by=by)


def refuse_an_order(by: User) -> None:
    clinic = switch_on()
    order = make_order()
    issue_under_order(make_patient(), order.pk, by=by, clinic=clinic, today=clinic.today())


@pytest.mark.requirement("ASVS 16.3.2")
@pytest.mark.parametrize("verb", [refuse_to_issue, refuse_to_override, refuse_an_order])
def test_a_verb_that_refuses_in_a_transaction_leaves_its_event(verb: Callable[[User], None]) -> None:
    by = make_staff()
    with answering(RequestFactory().get("/")) as where:
        with pytest.raises((IssueRefused, CannotOverride, OrderRefused)), transaction.atomic():
            verb(by)
        audit.write_refusals(where)
    assert AuditEvent.objects.filter(action="refused", actor=by).count() == 1


# --- history says who ----------------------------------------------------------------------------------


def a_registration(by: User) -> Any:
    patient = Patient(given_name="Sam", family_name="Rivera", birth_date=date(1970, 4, 12))
    return register_patient(patient, by=by).history


def a_change_of_details(by: User) -> Any:
    patient = make_patient()
    patient.phone = "(312) 555-0199"
    keep_details(patient, by=by)
    return patient.history


def an_ended_complaint(by: User) -> Any:
    plan = make_issued().plan
    end_plan(plan, by=by, today=Clinic.load().today())
    return plan.patient.complaints.get().history


@pytest.mark.requirement("HIPAA 164.312(b)")
@pytest.mark.parametrize("verb", [a_registration, a_change_of_details, an_ended_complaint])
def test_a_change_is_kept_with_who_made_it(verb: Callable[[User], Any]) -> None:
    by = make_clinician()
    assert verb(by).first().history_user == by


def test_the_history_holds_what_was_there_before() -> None:
    patient = make_patient(phone="(312) 555-0142")
    patient.phone = "(312) 555-0199"
    keep_details(patient, by=make_staff())
    assert [row.phone for row in patient.history.all()] == ["(312) 555-0199", "(312) 555-0142"]


def test_a_change_that_is_rolled_back_leaves_no_history() -> None:
    patient = make_patient()
    with transaction.atomic():
        keep_details(patient, by=make_staff())
        transaction.set_rollback(True)
    assert patient.history.count() == 1


def test_signing_in_is_no_change_of_a_person() -> None:
    user = make_staff()
    user.last_login = None
    user.save(update_fields=["last_login"])
    assert user.history.count() == 1


def test_a_patient_s_user_has_no_history() -> None:
    assert not User.objects.create_patient_user().history.exists()


def test_somebody_who_is_invited_is_kept_with_who_invited_them() -> None:
    call_command("make_roles", stdout=StringIO())
    owner = make_staff(roles=(Role.OWNER,))
    user, _ = invite(username="new", display_name="Ana Ruiz", roles=[Role.EDITOR], by=owner)
    assert user.history.first().history_user == owner
