"""D1 at the desk: heat in the first two weeks only where the clinic turned it on and a clinician acknowledged it."""

import pytest

from intake.tests.factories import make_clinician, make_screening, make_staff
from plans.assigning import issue_plan
from plans.building import acknowledge
from plans.checking import Assessment, assess_draft
from plans.holding import hold_worse_items
from plans.models import ItemHold, PlanVersion
from plans.overview import overview_of
from plans.tests.factories import make_ready_draft
from practice.models import Clinic, Switch, SwitchDecision, User
from practice.roles import Role
from practice.switches import end
from practice.tests.factories import make_decision
from therapies.suitability import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinician() -> User:
    return make_clinician()


@pytest.fixture
def draft(clinician: User) -> PlanVersion:
    """Heat for a pain of five days."""
    return make_ready_draft(items=[{"kind": "heat"}], onset_days=5, by=clinician)


@pytest.fixture
def allowed() -> SwitchDecision:
    return make_decision(switch=Switch.HEAT_UNDER_14_DAYS, by=make_staff(), signed=True)


def assess(version: PlanVersion) -> Assessment:
    clinic = Clinic.load()
    return assess_draft(version, clinic=clinic, today=clinic.today())


def issue(version: PlanVersion, by: User) -> PlanVersion:
    clinic, found = Clinic.load(), assess(version)
    acknowledge(version, {each.key for each in found.to_acknowledge}, assessment=found, by=by)
    return issue_plan(version.pk, revision=version.revision, by=by, clinic=clinic, today=clinic.today())


def test_as_shipped_it_is_refused(draft: PlanVersion) -> None:
    assert [problem.rule for problem in assess(draft).problems] == ["H-B1"]


def test_where_it_is_allowed_a_clinician_must_acknowledge_it(draft: PlanVersion, allowed: SwitchDecision) -> None:
    found = assess(draft)
    assert ([each.reason.rule for each in found.to_acknowledge], found.problems == ()) == (["H-B1"], False)


def test_acknowledged_it_is_issued(draft: PlanVersion, allowed: SwitchDecision, clinician: User) -> None:
    assert issue(draft, clinician).status == PlanVersion.Status.ISSUED


def test_the_same_answers_again_hold_nothing(draft: PlanVersion, allowed: SwitchDecision, clinician: User) -> None:
    version = issue(draft, clinician)
    again = make_screening(patient=version.plan.patient, onset_days=5)
    assert hold_worse_items(again, by=clinician, today=Clinic.load().today()) == []


def test_inflammation_holds_it(draft: PlanVersion, allowed: SwitchDecision, clinician: User) -> None:
    version = issue(draft, clinician)
    again = make_screening(patient=version.plan.patient, onset_days=5, findings={"area_swollen": True})
    hold_worse_items(again, by=clinician, today=Clinic.load().today())
    assert ItemHold.objects.get().rule == "H-N1"


def test_newer_answers_hold_it_once_it_is_not_allowed_any_more(
    draft: PlanVersion, allowed: SwitchDecision, clinician: User
) -> None:
    version = issue(draft, clinician)
    end(allowed, by=make_staff(roles=(Role.OWNER,)))
    again = make_screening(patient=version.plan.patient, onset_days=5)
    hold_worse_items(again, by=clinician, today=Clinic.load().today())
    assert ItemHold.objects.get().rule == "H-B1"


@pytest.mark.parametrize(("is_on", "verdict"), [(True, Verdict.CAUTION), (False, Verdict.NOT_SUITABLE)])
def test_the_patients_page_at_the_desk_shows_what_is_allowed(is_on: bool, verdict: Verdict, draft: PlanVersion) -> None:
    if is_on:
        make_decision(switch=Switch.HEAT_UNDER_14_DAYS, by=make_staff(), signed=True)
    advice = overview_of(draft.plan.patient, Clinic.load()).advice
    assert advice
    assert advice.heat.verdict is verdict
