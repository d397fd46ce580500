"""Whoever changes a plan takes the patient's row first, so that no two wait for each other for good."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.tests.factories import make_clinician
from plans.assigning import end_plan, issue_plan
from plans.building import change_draft, delete_draft, start_plan
from plans.models import PlanVersion
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


@pytest.mark.parametrize("name", CHANGES)
def test_the_patient_is_locked_before_anything_of_a_plan_is_read_or_written(name: str) -> None:
    make, do = CHANGES[name]
    version, by = make(), make_clinician()
    with CaptureQueriesContext(connection) as captured:
        do(version, by)
    touching = [each["sql"] for each in captured if "plans_" in each["sql"] or "intake_patient" in each["sql"]]
    assert touching[0].startswith('SELECT "intake_patient"."id"')
