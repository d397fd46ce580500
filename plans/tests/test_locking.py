"""Whoever changes a plan takes the patient's row first, so that no two wait for each other for good."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.models import RedFlag, Screening
from intake.tests.factories import cleaned_answers, make_clinician
from plans.assigning import end_plan, issue_plan
from plans.building import change_draft, delete_draft, start_plan
from plans.clearing import clear_review
from plans.closing import close_red_flags
from plans.models import Plan, PlanVersion
from plans.receiving import keep_draft, open_draft, receive_answers
from plans.resuming import resume_plan
from plans.tests.factories import make_draft, make_issued, make_ready_draft
from practice.models import Clinic, User

pytestmark = pytest.mark.django_db


def change(version: PlanVersion, by: User) -> None:
    with change_draft(version, revision=0, by=by):
        pass


def issue(version: PlanVersion, by: User) -> None:
    clinic = Clinic.load()
    issue_plan(version.pk, revision=0, by=by, clinic=clinic, today=clinic.today())


def end(version: PlanVersion, by: User) -> None:
    end_plan(version.plan, by=by, today=Clinic.load().today())


CHANGES: dict[str, tuple[Callable[[], PlanVersion], Callable[[PlanVersion, User], object]]] = {
    "start_plan": (make_draft, lambda version, by: start_plan(version.plan.patient, by=by)),
    "change_draft": (make_draft, change),
    "delete_draft": (make_draft, lambda version, by: delete_draft(version, by=by)),
    "issue_plan": (lambda: make_ready_draft(items=[{}]), issue),
    "end_plan": (make_issued, end),
}


def keep(version: PlanVersion, by: User) -> None:
    keep_draft(open_draft(version.plan.patient, by=by), {"fever": "yes"}, by=by, today=Clinic.load().today())


def send(version: PlanVersion, by: User) -> None:
    keep(version, by)
    draft = open_draft(version.plan.patient, by=by)
    receive_answers(draft, cleaned_answers(reason="Asked anew."), by=by, today=Clinic.load().today())


def close(version: PlanVersion, by: User) -> None:
    flags = RedFlag.objects.values_list("pk", flat=True)
    close_red_flags(version.plan.patient, flags, by=by, done="Examined.")


def clear(version: PlanVersion, by: User) -> None:
    screening = Screening.objects.newest_of(version.plan.patient)
    clear_review(screening, reason="Long ago.", by=by, today=Clinic.load().today())


def resume(version: PlanVersion, by: User) -> None:
    resume_plan(version.plan, reason="All is well.", by=by, today=Clinic.load().today())


def reviewed() -> PlanVersion:
    return make_ready_draft(findings={"cancer_history": True})


def stopped() -> PlanVersion:
    version = make_issued()
    Plan.objects.update(stopped_by=version.screening, stopped_level="none")
    return version


CHANGES |= {
    "keep_draft": (make_issued, keep),
    "receive_answers": (make_issued, send),
    "close_red_flags": (make_issued, close),
    "clear_review": (reviewed, clear),
    "resume_plan": (stopped, resume),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_patient_is_locked_before_anything_of_a_plan_is_read_or_written(name: str) -> None:
    make, do = CHANGES[name]
    version, by = make(), make_clinician()
    with CaptureQueriesContext(connection) as captured:
        do(version, by)
    touching = [each["sql"] for each in captured if "plans_" in each["sql"] or "intake_patient" in each["sql"]]
    assert touching[0].startswith('SELECT "intake_patient"."id"')
