"""clear_review(): a separate act with its own reason, for the newest screening at level review and for nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from intake.models import RedFlag, Screening
from intake.tests.factories import make_clinician, make_patient, make_red_flag, make_screening, make_staff
from plans.assigning import IssueRefused, issue_plan
from plans.checking import assess_draft
from plans.clearing import CannotClear, clear_review
from plans.models import PlanVersion, ReviewClearance
from plans.tests.factories import make_ready_draft
from plans.tests.factories_decisions import acknowledge_all
from practice.models import AuditEvent, Clinic
from practice.roles import Role

pytestmark = pytest.mark.django_db
CANCER = {"cancer_history": True}


def today() -> date:
    return Clinic.load().today()


def clear(screening: Screening, *, reason: str = "Treated ten years ago.", later: int = 0) -> ReviewClearance:
    return clear_review(screening, reason=reason, by=make_clinician(), today=today() + timedelta(days=later))


def reviewed() -> Screening:
    return make_screening(patient=make_patient(), findings=CANCER)


# --- what can be cleared -------------------------------------------------------------------------------


def test_a_clearance_names_the_rules_it_covers() -> None:
    assert clear(reviewed()).rules == ["R22"]


def test_a_clearance_keeps_its_reason() -> None:
    assert clear(reviewed(), reason=" Long ago. ").reason == "Long ago."


def test_clearing_leaves_an_event() -> None:
    screening = reviewed()
    clear(screening)
    assert AuditEvent.objects.get(detail="cleared a review").patient_id == screening.patient_id


def test_clearing_closes_the_open_review_flags_with_the_same_words() -> None:
    screening = reviewed()
    flag = make_red_flag(screening=screening, rule="R22", level="review")
    clear(screening, reason="Long ago.")
    assert RedFlag.objects.get(pk=flag.pk).closing.done == "Long ago."


def test_clearing_a_review_leaves_an_emergency_open() -> None:
    screening = reviewed()
    flag = make_red_flag(screening=screening)
    clear(screening)
    assert list(RedFlag.objects.open()) == [flag]


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.EDITOR, Role.OWNER])
def test_only_a_clinician_clears(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        clear_review(reviewed(), reason="Looks fine.", by=make_staff(roles=(role,)), today=today())


def an_older_screening() -> Screening:
    older = reviewed()
    make_screening(patient=older.patient, findings=CANCER)
    return older


def one_that_is_being_asked_again() -> Screening:
    screening = reviewed()
    Screening.objects.create(patient=screening.patient, started_by=make_staff(), typed={"fever": "yes"})
    return screening


def one_that_is_cleared() -> Screening:
    screening = reviewed()
    clear(screening)
    return screening


CANNOT: dict[str, Callable[[], Screening]] = {
    "newer answers": an_older_screening,
    "newer answers.": one_that_is_being_asked_again,
    "is none": lambda: make_screening(patient=make_patient()),
    "is none.": lambda: make_screening(patient=make_patient(), findings={"saddle_numbness": True}),
    "still open": lambda: make_screening(patient=make_patient(), findings=CANCER | {"fever": None}),
    "cleared already": one_that_is_cleared,
}


@pytest.mark.parametrize("why", CANNOT)
def test_what_is_no_open_review_is_not_cleared(why: str) -> None:
    with pytest.raises(CannotClear, match=why.rstrip(".")):
        clear(CANNOT[why]())


def test_a_review_is_not_cleared_without_words() -> None:
    with pytest.raises(CannotClear, match="own words"):
        clear(reviewed(), reason=" ")


# --- what a clearance is worth --------------------------------------------------------------------------


def cleared_draft(**fields: object) -> PlanVersion:
    version = make_ready_draft(findings=CANCER, items=[{}], **fields)
    clear(Screening.objects.newest_of(version.plan.patient))
    return acknowledge_all(version)


def issue(version: PlanVersion) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(version.pk, revision=version.revision, by=make_clinician(), clinic=clinic, today=clinic.today())


def test_a_plan_is_issued_on_a_cleared_review() -> None:
    assert issue(cleared_draft()).level == "review"


def test_the_issued_version_keeps_who_cleared_it() -> None:
    assert issue(cleared_draft()).clearance == ReviewClearance.objects.get()


def test_an_uncleared_review_is_refused() -> None:
    version = acknowledge_all(make_ready_draft(findings=CANCER, items=[{}]))
    with pytest.raises(IssueRefused, match="not cleared this review"):
        issue(version)


def test_a_new_screening_asks_for_a_new_clearance() -> None:
    version = cleared_draft()
    make_screening(patient=version.plan.patient, findings=CANCER)
    with pytest.raises(IssueRefused, match="not cleared this review"):
        issue(acknowledge_all(version))


def test_a_review_rule_that_arises_later_is_not_covered() -> None:
    old = make_patient(birth_date=date(1950, 1, 1))
    version = make_ready_draft(patient=old, findings=CANCER, items=[{}], onset_days=41)
    clear(Screening.objects.newest_of(old))
    found = assess_draft(version, clinic=Clinic.load(), today=today() + timedelta(days=1)).problems
    assert [problem.rule for problem in found if "not cleared" in problem.text] == ["R30"]


def test_what_arose_later_can_be_cleared_too() -> None:
    screening = make_screening(patient=make_patient(birth_date=date(1950, 1, 1)), findings=CANCER, onset_days=41)
    clear(screening)
    assert clear(screening, later=1).rules == ["R22", "R30"]
