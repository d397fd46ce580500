"""What goes around who decides and around what the answers say; test_the_database_refuses.py tries each."""

from collections.abc import Callable

from intake.models import Screening
from intake.tests.factories import make_patient, make_screening, make_staff
from plans.models import HoldRelease, Plan, PlanResumption, ReviewClearance
from plans.tests.factories import make_draft, make_issued, make_item
from plans.tests.factories_decisions import issue_past_everything, make_acknowledgement, make_judged, make_override
from plans.tests.factories_phases import make_hold


def _a_review_cleared_by_the_desk() -> object:
    screening = make_screening(patient=make_patient(), findings={"cancer_history": True})
    return ReviewClearance.objects.create(screening=screening, rules=["R22"], reason="Long ago.", by=make_staff())


def _a_plan_that_the_desk_lets_go_on() -> object:
    plan = make_issued().plan
    screening = Screening.objects.newest_of(plan.patient)
    return PlanResumption.objects.create(plan=plan, screening=screening, reason="All is well.", by=make_staff())


def _a_forged_advice() -> object:
    return issue_past_everything(make_judged(findings={"diabetes_neuropathy": True}))


def _a_forged_level() -> object:
    version = make_judged()
    make_screening(patient=version.plan.patient, findings={"saddle_numbness": True}, level="none", unanswered_count=0)
    return issue_past_everything(version)


def _a_forged_count() -> object:
    version = make_judged()
    make_screening(patient=version.plan.patient, findings={"saddle_numbness": None}, level="none", unanswered_count=0)
    return issue_past_everything(version)


def _a_draft_as_the_patients_plan() -> object:
    version = make_draft()
    make_item(version=version)
    return Plan.objects.filter(pk=version.plan_id).update(status="active", current=version)


def _a_plan_made_with_the_version_of_another() -> object:
    return Plan.objects.create(patient=make_patient(), status="active", current=make_issued())


def _a_stopped_plan_that_goes_on_past_an_emergency() -> object:
    plan = make_issued().plan
    screening = make_screening(patient=plan.patient, findings={"saddle_numbness": True})
    plans = Plan.objects.filter(pk=plan.pk)
    plans.update(stopped_by=screening, stopped_level="emergency")
    return plans.update(stopped_by=None, stopped_level="")


TRIPS: dict[str, Callable[[], object]] = {
    "plans_acknowledgement_is_of_a_clinician": lambda: make_acknowledgement(by=make_staff()),
    "plans_override_is_of_a_clinician": lambda: make_override(by=make_staff()),
    "plans_reviewclearance_is_of_a_clinician": _a_review_cleared_by_the_desk,
    "plans_holdrelease_is_of_a_clinician": lambda: HoldRelease.objects.create(
        hold=make_hold(), reason="Fine.", by=make_staff()
    ),
    "plans_planresumption_is_of_a_clinician": _a_plan_that_the_desk_lets_go_on,
    "plans_planversion_is_issued_by_a_clinician": lambda: issue_past_everything(make_judged(), issued_by=make_staff()),
    "plans_planversion_gives_nothing_that_an_answer_bars": _a_forged_advice,
    "plans_planversion_has_no_urgent_answer": _a_forged_level,
    "plans_planversion_has_no_open_question": _a_forged_count,
    "plans_plan_has_its_newest_version": _a_draft_as_the_patients_plan,
    "plans_plan_begins_without_a_version": _a_plan_made_with_the_version_of_another,
    "plans_plan_goes_on_after_clear_answers": _a_stopped_plan_that_goes_on_past_an_emergency,
}
SENTENCES = {
    "plans_acknowledgement_is_of_a_clinician": "A clinician acknowledges",
    "plans_override_is_of_a_clinician": "A clinician overrides",
    "plans_reviewclearance_is_of_a_clinician": "A clinician clears",
    "plans_holdrelease_is_of_a_clinician": "A clinician lets a held item",
    "plans_planresumption_is_of_a_clinician": "A clinician lets a stopped plan",
    "plans_planversion_is_issued_by_a_clinician": "A clinician issues",
    "plans_planversion_gives_nothing_that_an_answer_bars": "An answer bars an item",
    "plans_planversion_has_no_urgent_answer": "care today",
    "plans_planversion_has_no_open_question": "answered with “not sure”",
    "plans_plan_has_its_newest_version": "newest issued version",
    "plans_plan_begins_without_a_version": "newest issued version",
    "plans_plan_goes_on_after_clear_answers": "newest answers no longer stop it",
}
