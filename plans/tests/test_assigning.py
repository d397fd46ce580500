"""issue_plan() and end_plan(): the only ways out of draft and of active. Everything that must refuse, refuses."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from intake.models import CodeSheet, Screening
from intake.tests.factories import make_clinician, make_codes, make_screening, make_staff
from plans.assigning import AlreadyIssued, IssueRefused, end_plan, issue_plan
from plans.building import DraftGone, StaleDraft, acknowledge, delete_draft
from plans.checking import assess_draft
from plans.models import Plan, PlanVersion
from plans.tests.factories import advice_of, make_draft, make_issued, make_item, make_ready_draft
from practice.models import AuditEvent, Clinic, User
from practice.roles import Role
from therapies.models import InstructionVersion
from therapies.suitability import Modality
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
BONES = {"osteoporosis": True}
NOT_FOR_BONES = [{"condition": "osteoporosis", "action": "avoid"}]


def issue(version: PlanVersion, *, by: User | None = None, later: int = 0) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(
        version.pk,
        revision=version.revision,
        by=by or make_clinician(),
        clinic=clinic,
        today=clinic.today() + timedelta(days=later),
    )


def acknowledged(version: PlanVersion) -> PlanVersion:
    clinic = Clinic.load()
    now = assess_draft(version, clinic=clinic, today=clinic.today())
    acknowledge(version, {each.key for each in now.to_acknowledge}, assessment=now, by=version.changed_by)
    return version


# --- what refuses --------------------------------------------------------------------------------------


def without_a_screening() -> PlanVersion:
    version = make_draft()
    make_item(version=version)
    return version


def on_an_old_screening() -> PlanVersion:
    version = without_a_screening()
    make_screening(patient=version.plan.patient, sent_at=timezone.now() - timedelta(days=9))
    return version


def with_a_superseded_instruction() -> PlanVersion:
    version = make_ready_draft(items=[{}])
    InstructionVersion.objects.all().supersede()
    return version


def with_a_barred_movement() -> PlanVersion:
    version = make_ready_draft(findings=BONES, items=())
    make_item(version=version, instruction_version=make_instruction_version(cautions=NOT_FOR_BONES))
    return acknowledged(version)


def with_days_that_are_over() -> PlanVersion:
    first = Clinic.load().today() - timedelta(days=9)
    return make_ready_draft(items=[{"from_date": first, "until_date": first + timedelta(days=7)}])


REFUSED: dict[str, Callable[[], PlanVersion]] = {
    "screening": without_a_screening,
    "screening too old": on_an_old_screening,
    "items": lambda: make_ready_draft(items=()),
    "I-N1": lambda: make_ready_draft(findings={"poor_circulation": True}, items=[{"kind": "ice"}]),
    "I-B4": lambda: make_ready_draft(onset_days=30, items=[{"kind": "ice"}]),
    "S-C1": lambda: acknowledged(make_ready_draft(onset_days=1, items=[{}])),
    "S-C2": lambda: make_ready_draft(findings=BONES, items=[{}]),
    "S-U": lambda: make_ready_draft(findings={"osteoporosis": None}, items=[{}]),
    "movement": with_a_barred_movement,
    "published": with_a_superseded_instruction,
    "dose": lambda: make_ready_draft(items=[{"kind": "ice", "minutes": 25}]),
    "dates": with_days_that_are_over,
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_draft_is_refused_with_its_rule(case: str) -> None:
    with pytest.raises(IssueRefused) as refused:
        issue(REFUSED[case]())
    assert {problem.rule for problem in refused.value.problems} == {case.split()[0]}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_issues_nothing(case: str) -> None:
    with pytest.raises(IssueRefused):
        issue(version := REFUSED[case]())
    assert PlanVersion.objects.get(pk=version.pk).is_draft


@pytest.mark.parametrize(
    ("findings", "rule"), [({"saddle_numbness": True}, "R01"), ({"saddle_numbness": None}, "unanswered")]
)
def test_a_red_flag_and_an_open_red_flag_question_refuse(findings: dict[str, bool | None], rule: str) -> None:
    with pytest.raises(IssueRefused) as refused:
        issue(acknowledged(make_ready_draft(findings=findings)))
    assert rule in {problem.rule for problem in refused.value.problems}


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.EDITOR, Role.OWNER])
def test_only_a_clinician_issues(role: Role) -> None:
    with pytest.raises(IssueRefused, match="Only a clinician issues a plan"):
        issue(make_ready_draft(), by=make_staff(roles=(role,)))


def test_a_clinician_who_left_issues_nothing() -> None:
    with pytest.raises(IssueRefused):
        issue(make_ready_draft(), by=make_clinician(is_active=False))


def test_every_problem_is_named_at_once() -> None:
    version = make_ready_draft(findings={"poor_circulation": True}, items=[{"kind": "ice", "minutes": 25}])
    with pytest.raises(IssueRefused) as refused:
        issue(version, by=make_staff())
    assert [problem.rule for problem in refused.value.problems] == ["role", "I-N1", "dose"]


def test_a_draft_that_could_be_issued_yesterday_is_screened_again() -> None:
    version = make_ready_draft(onset_days=21, items=[{"kind": "ice"}])
    with pytest.raises(IssueRefused, match="over three weeks"):
        issue(acknowledged(version), later=1)


def test_an_answer_that_came_meanwhile_decides() -> None:
    version = make_ready_draft(items=[{}])
    make_screening(patient=version.plan.patient, findings={"recent_spine_surgery_or_fracture": True})
    with pytest.raises(IssueRefused):
        issue(version)


def test_a_refusal_is_written_down_with_its_rules() -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    with pytest.raises(IssueRefused):
        issue(version)
    event = AuditEvent.objects.get(action="refused")
    assert (event.detail, event.patient_id) == ("issue: S-C2", version.plan.patient_id)


def test_a_refusal_leaves_the_plan_a_draft() -> None:
    with pytest.raises(IssueRefused):
        issue(version := make_ready_draft(items=()))
    assert Plan.objects.get(pk=version.plan_id).status == Plan.Status.DRAFT


def test_a_draft_that_changed_since_it_was_looked_at_is_stale() -> None:
    version = make_ready_draft()
    PlanVersion.objects.filter(pk=version.pk).update(revision=1)
    with pytest.raises(StaleDraft):
        issue(version)


def test_a_version_is_issued_once() -> None:
    version = make_ready_draft()
    issue(version)
    with pytest.raises(AlreadyIssued):
        issue(version)


def test_a_second_press_makes_no_second_version() -> None:
    version = make_ready_draft()
    issue(version)
    with pytest.raises(AlreadyIssued):
        issue(version)
    assert AuditEvent.objects.filter(action="issued").count() == 1


def test_a_deleted_draft_is_gone() -> None:
    version = make_ready_draft()
    delete_draft(version, by=make_staff())
    with pytest.raises(DraftGone):
        issue(version)


def test_a_draft_that_never_was_is_gone() -> None:
    with pytest.raises(DraftGone):
        issue(PlanVersion(pk=uuid4()))


# --- what issuing does ---------------------------------------------------------------------------------


def test_a_clean_draft_is_issued() -> None:
    assert not issue(make_ready_draft()).is_draft


def test_an_acknowledged_caution_does_not_refuse() -> None:
    assert not issue(acknowledged(make_ready_draft(findings=BONES, items=[{}]))).is_draft


def test_the_issued_version_holds_the_level() -> None:
    assert issue(make_ready_draft()).level == "none"


def test_the_issued_version_holds_the_verdicts_of_the_day() -> None:
    advice = issue(make_ready_draft()).advice or {}
    assert {name: advice[name]["verdict"] for name in Modality} == {
        "ice": "suitable",
        "heat": "not_suitable",
        "stretching": "suitable",
    }


def test_the_issued_version_holds_the_limits_of_the_day() -> None:
    advice = issue(make_ready_draft()).advice or {}
    assert "Stay awake while the ice is on." in advice["ice"]["limits"]


def test_the_issued_version_stands_on_the_newest_screening() -> None:
    version = make_ready_draft()
    newer = make_screening(patient=version.plan.patient)
    assert issue(version).screening == newer


def test_the_issued_version_holds_the_clinics_day() -> None:
    assert issue(make_ready_draft()).issued_on == Clinic.load().today()


def test_the_issued_version_says_who_issued_it() -> None:
    clinician = make_clinician()
    assert issue(make_ready_draft(), by=clinician).issued_by == clinician


def test_issuing_leaves_an_event() -> None:
    version = issue(make_ready_draft())
    assert AuditEvent.objects.get(action="issued").object_id == str(version.pk)


def test_issuing_makes_the_plan_active() -> None:
    assert Plan.objects.get(pk=issue(make_ready_draft()).plan_id).status == Plan.Status.ACTIVE


def test_the_issued_version_is_the_current_one() -> None:
    version = issue(make_ready_draft())
    assert Plan.objects.get(pk=version.plan_id).current == version


def test_a_new_version_takes_the_place_of_the_earlier_one() -> None:
    first = issue(make_ready_draft(items=[{}]))
    second = make_draft(plan=first.plan)
    make_item(version=second)
    issue(second)
    assert Plan.objects.get(pk=first.plan_id).current == second


def test_the_earlier_version_stays_as_it_was_issued() -> None:
    first = issue(make_ready_draft(items=[{}]))
    second = make_draft(plan=first.plan)
    make_item(version=second)
    issue(second)
    assert PlanVersion.objects.get(pk=first.pk).items.count() == 1


def test_codes_that_are_out_there_live_until_two_weeks_after_the_last_day() -> None:
    last = Clinic.load().today() + timedelta(days=20)
    version = make_ready_draft(items=[{}, {"until_date": last}])
    make_codes(patient=version.plan.patient)
    issue(version)
    assert CodeSheet.objects.get().valid_until == last + timedelta(days=14)


@pytest.mark.parametrize(
    "change",
    [
        "status = 'issued'",
        "status = 'issued', issued_at = changed_at, issued_on = '2026-11-20', issued_by_id = changed_by_id,"
        " level = 'none', unanswered_count = 0, advice = '{}'",
    ],
)
def test_going_around_in_sql_issues_nothing_without_a_screening(change: str) -> None:
    make_ready_draft()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE plans_planversion SET {change}")


@pytest.mark.parametrize(("level", "unanswered"), [("emergency", 0), ("same_day", 0), ("review", 0), ("none", 1)])
def test_the_database_issues_nothing_on_a_screening_that_is_not_clear(level: str, unanswered: int) -> None:
    version = make_ready_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(
            status="issued",
            issued_at=timezone.now(),
            issued_on=timezone.localdate(),
            issued_by=version.changed_by,
            screening=Screening.objects.get(),
            advice=advice_of(version),
            level=level,
            unanswered_count=unanswered,
        )


# --- ending --------------------------------------------------------------------------------------------


def test_a_plan_is_ended() -> None:
    version = make_issued()
    end_plan(version.plan, by=make_clinician(), today=Clinic.load().today())
    assert Plan.objects.get().status == Plan.Status.ENDED


def test_only_a_clinician_ends_a_plan() -> None:
    with pytest.raises(IssueRefused, match="Only a clinician ends a plan"):
        end_plan(make_issued().plan, by=make_staff(), today=Clinic.load().today())


def test_ending_removes_a_draft_of_the_plan() -> None:
    plan = make_issued().plan
    make_item(version=make_draft(plan=plan))
    end_plan(plan, by=make_clinician(), today=Clinic.load().today())
    assert not PlanVersion.objects.drafts().exists()


def test_ending_keeps_the_issued_version() -> None:
    version = make_issued()
    end_plan(version.plan, by=make_clinician(), today=Clinic.load().today())
    assert PlanVersion.objects.get() == version


def test_codes_live_two_weeks_after_the_end() -> None:
    version, today = make_issued(), Clinic.load().today()
    make_codes(patient=version.plan.patient)
    end_plan(version.plan, by=make_clinician(), today=today)
    assert CodeSheet.objects.get().valid_until == today + timedelta(days=14)


def test_a_plan_ends_once() -> None:
    version, today = make_issued(), Clinic.load().today()
    for _ in range(2):
        end_plan(version.plan, by=make_clinician(), today=today)
    assert AuditEvent.objects.filter(action="ended").count() == 1


def test_after_the_end_a_new_plan_can_begin() -> None:
    version = make_issued()
    end_plan(version.plan, by=make_clinician(), today=Clinic.load().today())
    assert make_draft(patient=version.plan.patient).plan != version.plan
