"""What issue_plan() refuses, the database refuses as well: each trigger is tried by going around issue_plan()."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from intake.models import Screening
from intake.tests.factories import make_patient, make_red_flag, make_screening, make_staff
from plans.models import Plan, PlanVersion
from plans.tests import trips_of_answers
from plans.tests.factories import advice_of, make_draft, make_issued, make_item, make_ready_draft
from plans.tests.factories_decisions import (
    avoid,
    issue_past_everything,
    issue_with_reasons,
    make_acknowledgement,
    make_clearance,
    make_judged,
    make_movement,
    make_override,
)
from practice.models import Clinic

pytestmark = pytest.mark.django_db
# The name of each trigger of plans/migrations/0006, 0009, 0011 and 0012, with what it must stop.
TRIPS: dict[str, Callable[[], object]] = dict(trips_of_answers.TRIPS)
REVIEWED = {"cancer_history": True}


def trips(name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    def register(attempt: Callable[[], object]) -> Callable[[], object]:
        TRIPS[f"plans_{name}"] = attempt
        return attempt

    return register


@trips("planversion_begins_as_a_draft")
def _a_version_that_was_never_a_draft() -> object:
    issued = make_issued()
    written = {field.attname: getattr(issued, field.attname) for field in PlanVersion._meta.concrete_fields}
    return PlanVersion.objects.bulk_create([PlanVersion(**written | {"id": uuid4(), "number": 2})])


@trips("planversion_stands_on_the_newest_screening")
def _a_version_on_an_older_screening() -> object:
    version = make_judged()
    older = Screening.objects.newest_of(version.plan.patient)
    make_screening(patient=version.plan.patient)
    return issue_past_everything(version, screening=older)


@trips("planversion_waits_for_newer_answers")
def _a_version_while_the_patient_answers() -> object:
    version = make_judged()
    Screening.objects.create(patient=version.plan.patient, started_by=make_staff(), typed={"fever": "no"})
    return issue_past_everything(version)


@trips("planversion_stands_on_a_fresh_screening")
def _a_version_on_a_screening_of_last_week() -> object:
    return issue_past_everything(make_judged(), issued_at=timezone.now() + timedelta(days=8, hours=2))


@trips("planversion_has_no_urgent_level")
def _a_version_past_an_emergency() -> object:
    version = make_judged()
    make_screening(patient=version.plan.patient, level="emergency", unanswered_count=0)
    return issue_past_everything(version)


@trips("planversion_has_its_review_cleared")
def _a_version_past_a_review() -> object:
    return issue_past_everything(make_judged(findings=REVIEWED))


@trips("planversion_has_every_answer")
def _a_version_past_an_open_question() -> object:
    version = make_judged()
    make_screening(patient=version.plan.patient, level="none", unanswered_count=1)
    return issue_past_everything(version)


@trips("planversion_has_no_open_red_flag")
def _a_version_past_an_open_red_flag() -> object:
    version = make_judged()
    make_red_flag(screening=Screening.objects.newest_of(version.plan.patient))
    return issue_past_everything(version)


@trips("planversion_has_items")
def _a_version_without_items() -> object:
    return issue_past_everything(make_ready_draft(items=()))


@trips("planversion_has_judged_items")
def _a_version_with_an_item_that_nobody_make_judged() -> object:
    return issue_past_everything(make_judged(verdict=""))


@trips("planversion_has_no_barred_item")
def _a_version_with_a_barred_item() -> object:
    return issue_past_everything(make_judged(verdict="not_suitable"))


@trips("planversion_has_every_caution_read")
def _a_version_with_a_caution_that_nobody_read() -> object:
    return issue_past_everything(make_judged(verdict="caution"))


@trips("planversion_keeps_the_verdicts_it_gives")
def _a_version_whose_item_says_less_than_its_advice() -> object:
    version = make_judged(verdict="caution")
    make_acknowledgement(version=version, rule="I-C1")
    advice = advice_of(version)
    version.items.update(verdict="suitable")
    return issue_past_everything(version, advice=advice)


@trips("planversion_has_the_first_movements_only")
def _a_later_movement_in_the_first_48_hours() -> object:
    version = make_movement(first_48h=False)
    make_acknowledgement(version=version, modality="stretching", rule="S-C1", text="Reason 0.")
    return issue_with_reasons(version, ("S-C1", "caution"))


@trips("planversion_has_no_movement_against_the_answers")
def _a_movement_that_is_not_for_this_person() -> object:
    return issue_past_everything(make_movement(cautions=avoid("osteoporosis"), findings={"osteoporosis": True}))


@trips("planversion_has_every_movement_asked_about")
def _a_movement_that_nobody_asked_about() -> object:
    return issue_past_everything(make_movement(cautions=avoid("hernia")))


@trips("plan_goes_on_without_red_flags")
def _a_stopped_plan_that_goes_on_past_a_red_flag() -> object:
    plan = make_issued().plan
    screening = Screening.objects.newest_of(plan.patient)
    make_red_flag(screening=screening)
    plans = Plan.objects.filter(pk=plan.pk)
    plans.update(stopped_by=screening, stopped_level="emergency")
    return plans.update(stopped_by=None, stopped_level="")


@trips("reviewclearance_is_of_a_review")
def _a_clearance_of_an_emergency() -> object:
    return make_clearance(screening=make_screening(patient=make_patient(), findings={"saddle_numbness": True}))


# Tried by test_opening.py, test_standing_orders_in_the_database.py and test_append_only.py.
TRIED_ELSEWHERE = {
    "plans_keeporder_keeps_its_words",
    "plans_phaseopening_keeps_ice_and_heat_apart",
    "plans_phaseopening_stands_on_clear_answers",
    "plans_planversion_uses_a_running_order",
    "plans_planversion_uses_an_order_at_the_desk",
    "plans_planversion_uses_orders_that_are_on",
    "plans_planversion_gives_only_what_is_suitable",
    "plans_planversion_gives_the_whole_programme",
    "plans_countersignature_is_of_the_orders_clinician",
}


def guards() -> set[str]:
    """The triggers of plans that are no plain "kept as it was written"."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        return {name for (name,) in cursor.fetchall() if name.startswith("plans_") and "_refuses_" not in name}


SENTENCES = {
    "begins_as_a_draft": "issued from a draft",
    "stands_on_the_newest_screening": "newest screening",
    "waits_for_newer_answers": "newer screening",
    "stands_on_a_fresh_screening": "older than the limit",
    "has_no_urgent_level": "past an emergency",
    "has_its_review_cleared": "not cleared",
    "has_every_answer": "not answered",
    "has_no_open_red_flag": "red flag of the patient is open",
    "has_items": "A plan has items",
    "has_judged_items": "has a verdict",
    "has_no_barred_item": "not suitable",
    "has_every_caution_read": "not acknowledged",
    "keeps_the_verdicts_it_gives": "advice that is kept",
    "has_the_first_movements_only": "first-48-hours set",
    "has_no_movement_against_the_answers": "not for people with these answers",
    "has_every_movement_asked_about": "asked what the screening does not",
    "goes_on_without_red_flags": "goes on when no red flag",
    "is_of_a_review": "Only the review",
}


@pytest.mark.parametrize("name", sorted(TRIPS))
def test_the_database_refuses_what_goes_around_the_verbs(name: str) -> None:
    sentence = trips_of_answers.SENTENCES.get(name) or SENTENCES[name.split("_", 2)[2]]
    with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
        TRIPS[name]()


def test_each_guard_of_the_database_is_tried() -> None:
    assert sorted(TRIPS) == sorted(guards() - TRIED_ELSEWHERE)


# --- what the same triggers let through ------------------------------------------------------------------


def test_the_database_lets_a_clear_version_through() -> None:
    assert issue_past_everything(make_judged()) == 1


def test_a_screening_counts_for_the_whole_last_day_of_the_limit() -> None:
    assert issue_past_everything(make_judged(), issued_at=timezone.now() + timedelta(days=7, hours=23)) == 1


def test_a_cleared_review_is_let_through() -> None:
    version = make_judged(findings=REVIEWED)
    clearance = make_clearance(screening=Screening.objects.newest_of(version.plan.patient))
    assert issue_past_everything(version, level="review", clearance=clearance) == 1


def test_the_clearance_of_an_earlier_screening_is_not() -> None:
    version = make_judged(findings=REVIEWED)
    clearance = make_clearance(screening=Screening.objects.newest_of(version.plan.patient))
    make_screening(patient=version.plan.patient, findings=REVIEWED)
    with pytest.raises(IntegrityError, match="not cleared"), transaction.atomic():
        issue_past_everything(version, level="review", clearance=clearance)


def test_the_screening_of_somebody_else_is_not() -> None:
    with pytest.raises(IntegrityError, match="newest screening"), transaction.atomic():
        issue_past_everything(make_judged(), screening=make_screening(patient=make_patient()))


def test_a_draft_of_answers_is_no_screening() -> None:
    version = make_judged()
    begun = Screening.objects.create(patient=version.plan.patient, started_by=make_staff())
    with pytest.raises(IntegrityError, match="newest screening"), transaction.atomic():
        issue_past_everything(version, screening=begun)


@pytest.mark.parametrize("decide", [make_override, make_acknowledgement])
def test_a_caution_that_a_clinician_answered_for_is_let_through(decide: Callable[..., object]) -> None:
    version = make_judged(verdict="caution")
    decide(version=version, rule="I-C1")
    assert issue_past_everything(version) == 1


def test_an_overridden_bar_is_let_through() -> None:
    version = make_judged(verdict="not_suitable")
    make_override(version=version)
    assert issue_past_everything(version) == 1


def test_an_acknowledged_bar_is_not() -> None:
    version = make_judged(verdict="not_suitable")
    make_acknowledgement(version=version, rule="I-B4")
    with pytest.raises(IntegrityError, match="not suitable"), transaction.atomic():
        issue_past_everything(version)


def test_the_override_of_another_modality_is_not() -> None:
    version = make_judged(verdict="not_suitable")
    make_override(version=version, modality="heat", rule="H-B1")
    with pytest.raises(IntegrityError, match="not suitable"), transaction.atomic():
        issue_past_everything(version)


def test_a_gated_item_may_be_barred_today() -> None:
    later = Clinic.load().today() + timedelta(days=12)
    version = make_judged(verdict="not_suitable", item={"kind": "heat", "gated": True, "from_date": later})
    assert issue_past_everything(version) == 1


def test_a_stopped_plan_goes_on_once_its_red_flag_is_closed() -> None:
    plan = make_issued().plan
    screening = Screening.objects.newest_of(plan.patient)
    plans = Plan.objects.filter(pk=plan.pk)
    plans.update(stopped_by=screening, stopped_level="emergency")
    assert plans.update(stopped_by=None, stopped_level="") == 1


def test_a_draft_may_be_inserted_and_changed() -> None:
    version = make_draft()
    make_item(version=version)
    assert PlanVersion.objects.filter(pk=version.pk).update(note="Hello") == 1
