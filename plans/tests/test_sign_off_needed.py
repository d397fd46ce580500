"""Outside the demo nothing is issued before an owner and a clinician have signed the rule set."""

import pytest
from pytest_django import Settings

from intake.tests.factories import make_clinician, make_staff
from plans.assigning import IssueRefused, issue_plan
from plans.checking import assess_draft
from plans.models import PlanVersion
from plans.tests.factories import make_ready_draft
from practice.models import Clinic
from practice.roles import Role
from practice.tests.factories import make_clinic
from therapies.rule_set import rule_set
from therapies.sign_off import Capacity, sign_rule_set
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outside_the_demo(settings: Settings) -> None:
    settings.DEMO = False
    make_clinic()


def sign() -> None:
    clinic = Clinic.load()
    for capacity in Capacity:
        by = make_staff(roles=(Role(capacity.value),))
        sign_rule_set(capacity, by=by, clinic=clinic, read_hash=rule_set(clinic).hash)


def rules_against(version: PlanVersion) -> list[str]:
    clinic = Clinic.load()
    return [problem.rule for problem in assess_draft(version, clinic=clinic, today=clinic.today()).problems]


def issue(version: PlanVersion) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(version.pk, revision=version.revision, by=make_clinician(), clinic=clinic, today=clinic.today())


def test_an_unsigned_rule_set_stands_against_every_draft() -> None:
    assert rules_against(make_ready_draft()) == ["sign-off"]


def test_nothing_is_issued_on_an_unsigned_rule_set() -> None:
    with pytest.raises(IssueRefused, match="has not been signed by the owner and a clinician"):
        issue(make_ready_draft())


def test_a_signed_rule_set_lets_a_plan_out() -> None:
    draft = make_ready_draft()
    sign()
    assert issue(draft).status == PlanVersion.Status.ISSUED


def test_nothing_is_issued_before_the_clinic_says_how_it_is_reached() -> None:
    draft = make_ready_draft()
    Clinic.objects.update(phone="", hours="", after_hours="")
    sign()
    with pytest.raises(IssueRefused, match="phone, hours and what to do when it is closed are not filled in"):
        issue(draft)


def test_a_change_of_the_library_asks_again() -> None:
    draft = make_ready_draft()
    sign()
    make_instruction_version(title="A new movement")
    assert rules_against(draft) == ["sign-off"]


def test_the_demo_needs_no_signature(settings: Settings) -> None:
    settings.DEMO = True
    assert rules_against(make_ready_draft()) == []
