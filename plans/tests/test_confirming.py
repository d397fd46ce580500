"""A movement's conditions that no question tells of: a clinician confirms that they were asked about."""

from datetime import timedelta

import pytest

from intake.tests.factories import make_clinician, make_screening
from plans.assigning import IssueRefused, issue_plan
from plans.building import acknowledge
from plans.checking import Assessment, assess_draft
from plans.models import PlanVersion
from plans.tests.factories import make_item, make_ready_draft
from practice.models import Clinic
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
STENOSIS = [{"condition": "spinal_stenosis", "action": "avoid"}]
BONES = [{"condition": "osteoporosis", "action": "adapt"}]


def draft_with(cautions: list[dict[str, str]], **item: object) -> PlanVersion:
    version = make_ready_draft(items=())
    make_item(version=version, instruction_version=make_instruction_version(cautions=cautions), **item)
    return version


def assess(version: PlanVersion) -> Assessment:
    clinic = Clinic.load()
    return assess_draft(version, clinic=clinic, today=clinic.today())


def issue(version: PlanVersion) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(version.pk, revision=version.revision, by=make_clinician(), clinic=clinic, today=clinic.today())


def confirm(version: PlanVersion) -> None:
    now = assess(version)
    acknowledge(version, {each.key for each in now.to_acknowledge}, assessment=now, by=version.changed_by)


def test_a_condition_that_nobody_asked_about_keeps_a_plan_from_being_issued() -> None:
    with pytest.raises(IssueRefused, match="stenosis"):
        issue(draft_with(STENOSIS))


def test_a_confirmed_condition_lets_the_plan_be_issued() -> None:
    version = draft_with(STENOSIS)
    confirm(version)
    assert not issue(version).is_draft


def test_a_condition_that_the_answers_decide_needs_no_confirming() -> None:
    assert not assess(draft_with(BONES)).to_acknowledge


def test_each_movement_is_confirmed_by_itself() -> None:
    version = draft_with(STENOSIS)
    confirm(version)
    make_item(version=version, instruction_version=make_instruction_version(cautions=STENOSIS))
    assert [each.done for each in assess(version).to_acknowledge] == [True, False]


def test_a_newer_screening_asks_again() -> None:
    version = draft_with(STENOSIS)
    confirm(version)
    make_screening(patient=version.plan.patient)
    assert not any(each.done for each in assess(version).to_acknowledge)


def test_an_item_approved_in_advance_is_confirmed_too() -> None:
    later = Clinic.load().today() + timedelta(days=3)
    assert assess(draft_with(STENOSIS, gated=True, from_date=later)).to_acknowledge
