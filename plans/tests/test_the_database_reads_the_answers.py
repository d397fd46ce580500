"""The database asks itself who decided and what the answers say: its lists are the code's, and what is right passes."""

from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from intake.models import RedFlagClosing
from intake.tests.factories import make_clinician, make_red_flag, make_screening, make_staff
from plans.building import acknowledge
from plans.checking import assess_draft
from plans.models import Acknowledgement, Plan, PlanVersion
from plans.tests.factories import freeze, make_draft, make_issued, make_item, make_ready_draft
from plans.tests.factories_decisions import issue_past_everything, make_acknowledgement, make_judged
from practice.models import Clinic
from practice.roles import May, Role, roles_that_may
from therapies.suitability import Level, advise, heat, ice, read_findings, stretching
from therapies.suitability.truth import YES
from therapies.suitability.vocabulary import RED_FLAG_KEYS, VOCABULARY, Kind

of_roles = import_module("plans.migrations.0011_clinicians_decide")
of_closing = import_module("intake.migrations.0008_clinicians_close_red_flags")
of_answers = import_module("plans.migrations.0012_the_answers_speak_for_themselves")
TABLES = {each.TABLE.modality.value: each.TABLE for each in (ice, heat, stretching)}
YES_NO = [key for key, finding in VOCABULARY.items() if finding.kind is Kind.YES_NO]


def only(key: str) -> Any:
    """The findings of somebody with a late pain who said yes to nothing else."""
    return read_findings({key: True, "onset_days": 30})


# --- the lists are the code's ----------------------------------------------------------------------------


@pytest.mark.parametrize("deed", [May.DECIDE, May.ISSUE_PLAN])
def test_the_roles_that_decide_are_those_of_the_roles_file(deed: May) -> None:
    assert set(of_roles.DECIDES) == {role.value for role in roles_that_may(deed)}


def test_the_roles_that_close_red_flags_are_those_of_the_roles_file() -> None:
    assert set(of_closing.DECIDES) == {role.value for role in roles_that_may(May.DECIDE)}


def test_the_roles_that_use_an_order_are_those_of_the_roles_file() -> None:
    assert set(of_roles.USES_ORDERS) == {role.value for role in roles_that_may(May.USE_ORDER)}


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_what_bars_by_itself_is_what_the_rules_say(kind: str) -> None:
    bars = TABLES[kind].bars
    barring = {key for key in YES_NO if any(row.when.truth(only(key)) is YES for row in bars)}
    assert set(of_answers.BARRING[kind]) == barring


def test_what_is_urgent_by_itself_is_what_the_rules_say() -> None:
    urgent = {key for key in YES_NO if advise(only(key)).level in (Level.EMERGENCY, Level.SAME_DAY)}
    assert set(of_answers.URGENT) == urgent


def test_the_red_flag_set_is_that_of_the_rules() -> None:
    assert set(of_answers.RED_FLAGS) == RED_FLAG_KEYS


# --- who decides -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"roles": (Role.FRONT_DESK,)}, {"roles": (Role.OWNER, Role.EDITOR)}, {"roles": ()}])
def test_only_a_clinician_closes_a_red_flag(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="A clinician closes"), transaction.atomic():
        RedFlagClosing.objects.create(flag=make_red_flag(), by=make_staff(**fields), done="Seen.")


@pytest.mark.django_db
def test_a_clinician_who_left_decides_nothing() -> None:
    with pytest.raises(IntegrityError, match="A clinician acknowledges"), transaction.atomic():
        make_acknowledgement(by=make_clinician(is_active=False))


@pytest.mark.django_db
def test_what_is_passed_over_when_stored_twice_is_not_passed_over_when_forged() -> None:
    read = make_acknowledgement()
    forged = Acknowledgement(
        version=read.version, screening=read.screening, modality="heat", rule="H-C1", text="Read.", by=make_staff()
    )
    with pytest.raises(IntegrityError, match="A clinician acknowledges"), transaction.atomic():
        Acknowledgement.objects.bulk_create([forged], ignore_conflicts=True)


@pytest.mark.django_db
def test_the_front_desk_acknowledges_nothing() -> None:
    version = make_ready_draft(items=[{"kind": "ice"}], findings={"diabetes": True})
    clinic = Clinic.load()
    found = assess_draft(version, clinic=clinic, today=clinic.today())
    with pytest.raises(PermissionDenied):
        acknowledge(version, {each.key for each in found.to_acknowledge}, assessment=found, by=make_staff())


# --- what the answers say --------------------------------------------------------------------------------


def judged(kind: str, **findings: object) -> PlanVersion:
    """A draft of one item on answers whose stored level and counts say that nothing is wrong."""
    version = make_judged(item={"kind": kind})
    make_screening(patient=version.plan.patient, findings=findings, level="none", unanswered_count=0)
    return version


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "key"),
    [(kind, key) for kind, keys in of_answers.BARRING.items() for key in keys if key not in of_answers.URGENT],
)
def test_an_answer_bars_its_kind_whatever_the_advice_says(kind: str, key: str) -> None:
    with pytest.raises(IntegrityError, match="An answer bars an item"), transaction.atomic():
        issue_past_everything(judged(kind, **{key: True}))


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [False, None])
def test_an_answer_that_is_no_yes_bars_nothing_by_itself(answer: object) -> None:
    assert issue_past_everything(judged("ice", diabetes_neuropathy=answer)) == 1


@pytest.mark.django_db
def test_what_bars_heat_alone_lets_ice_through() -> None:
    assert issue_past_everything(judged("ice", medicated_patch=True)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", of_answers.URGENT)
def test_an_urgent_answer_lets_no_plan_through(key: str) -> None:
    with pytest.raises(IntegrityError, match=r"care today|bars an item"), transaction.atomic():
        issue_past_everything(judged("stretching", **{key: True}))


@pytest.mark.django_db
@pytest.mark.parametrize("key", of_answers.RED_FLAGS)
def test_an_open_red_flag_question_lets_no_plan_through(key: str) -> None:
    with pytest.raises(IntegrityError, match="answered with “not sure”"), transaction.atomic():
        issue_past_everything(judged("ice", **{key: None}))


@pytest.mark.django_db
def test_a_temperature_that_was_not_taken_is_no_open_question() -> None:
    assert issue_past_everything(judged("ice", temperature_c=None, leg_symptoms="none")) == 1


# --- which version is the patient's ----------------------------------------------------------------------


@pytest.mark.django_db
def test_an_earlier_version_does_not_come_back() -> None:
    first = make_issued()
    second = make_draft(plan=first.plan)
    make_item(version=second)
    freeze(second)
    with pytest.raises(IntegrityError, match="newest issued version"), transaction.atomic():
        Plan.objects.filter(pk=first.plan_id).update(current=first)


@pytest.mark.django_db
def test_the_version_of_somebody_else_is_nobodys() -> None:
    plan, other = make_issued().plan, make_issued()
    with pytest.raises(IntegrityError, match="newest issued version"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(current=other)


@pytest.mark.django_db
def test_an_issued_plan_does_not_lose_its_version() -> None:
    plan = make_issued().plan
    with pytest.raises(IntegrityError, match="newest issued version"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(status=Plan.Status.DRAFT, current=None)


# --- when a stopped plan goes on -------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("findings", [{"weight_loss_unexplained": True}, {"saddle_numbness": None}])
def test_a_plan_does_not_go_on_past_its_newest_answers(findings: dict[str, object]) -> None:
    plan = make_issued().plan
    screening = make_screening(patient=plan.patient, findings=findings)
    Plan.objects.filter(pk=plan.pk).update(stopped_by=screening, stopped_level="none")
    with pytest.raises(IntegrityError, match="newest answers no longer stop it"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(stopped_by=None, stopped_level="")


@pytest.mark.django_db
def test_a_plan_goes_on_after_a_newer_clear_screening() -> None:
    plan = make_issued().plan
    screening = make_screening(patient=plan.patient, findings={"saddle_numbness": True})
    plans = Plan.objects.filter(pk=plan.pk)
    plans.update(stopped_by=screening, stopped_level="emergency")
    make_screening(patient=plan.patient)
    assert plans.update(stopped_by=None, stopped_level="") == 1
