"""Every named constraint of the models is tripped once; one without an entry here fails."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from clinic_site.tests import (
    trips_of_decisions,
    trips_of_erasures,
    trips_of_library,
    trips_of_phases,
    trips_of_pictures,
    trips_of_restrictions,
    trips_of_reviews,
    trips_of_seals,
    trips_of_sessions,
    trips_of_words,
)
from intake.models import CodeSheet, EmailCode, NameEnding, NameUse, PatientAccess, Screening, SignInCode, TabletVisit
from intake.tablet import open_visit
from intake.tests.factories import (
    make_access,
    make_codes,
    make_complaint,
    make_patient,
    make_screening,
    make_staff,
)
from plans.models import Acknowledgement, DoneToday, Plan, PlanItem
from plans.tests.factories import make_draft, make_issued, make_item, make_plan
from plans.tests.factories_decisions import issue_past_everything, make_judged
from practice.models import Clinic, Switch, SwitchDecision, User
from practice.tests.factories import make_decision
from therapies.models import CautionLoosening, InstructionVersion, ProgrammeItem, RuleSignOff, SafetyNotice
from therapies.tests.factories import (
    make_instruction,
    make_instruction_text,
    make_instruction_version,
    make_programme,
    make_therapy_page,
)

APPS = ("practice", "therapies", "intake", "plans")
Constraint = models.CheckConstraint | models.UniqueConstraint
NAMED: dict[str, tuple[type[models.Model], Constraint]] = {
    constraint.name: (model, constraint)
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, models.CheckConstraint | models.UniqueConstraint)
}
TRIPS: dict[str, Callable[[], object]] = {
    **trips_of_decisions.TRIPS,
    **trips_of_erasures.TRIPS,
    **trips_of_library.TRIPS,
    **trips_of_phases.TRIPS,
    **trips_of_pictures.TRIPS,
    **trips_of_restrictions.TRIPS,
    **trips_of_reviews.TRIPS,
    **trips_of_seals.TRIPS,
    **trips_of_sessions.TRIPS,
    **trips_of_words.TRIPS,
}

pytestmark = pytest.mark.django_db


def trips(name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Marks the function that breaks the constraint `name`."""

    def register(attempt: Callable[[], object]) -> Callable[[], object]:
        TRIPS[name] = attempt
        return attempt

    return register


@trips("staff_have_a_user_name_and_patients_have_none")
def _a_patient_with_a_user_name() -> object:
    return User.objects.create(kind=User.Kind.PATIENT, username="sam")


@trips("patients_are_never_superusers")
def _a_patient_as_superuser() -> object:
    return User.objects.create_patient_user(is_superuser=True)


@trips("there_is_one_clinic")
def _a_second_clinic() -> object:
    return Clinic.objects.create(id=2)


@trips("a_clinic_with_a_phone_says_when_to_call_it")
def _a_clinic_that_does_not_say_what_to_do_at_night() -> object:
    return Clinic.objects.create(phone="(312) 555-0142", hours="8 to 5")


@trips("switches_are_known")
def _a_switch_that_does_not_exist() -> object:
    return SwitchDecision.objects.create(switch="teleport", asked_by=make_staff())


@trips("one_decision_at_a_time_per_switch")
def _a_switch_asked_for_twice() -> object:
    make_decision(by=make_staff())
    return make_decision(by=make_staff())


@trips("signed_switches_say_when_and_by_whom")
def _a_switch_that_nobody_signed() -> object:
    return SwitchDecision.objects.filter(pk=make_decision(by=make_staff()).pk).update(signed_at="2026-11-20T12:00Z")


@trips("ended_switches_say_when_and_by_whom")
def _a_switch_that_nobody_ended() -> object:
    return SwitchDecision.objects.create(
        switch=Switch.STANDING_ORDERS, asked_by=make_staff(), ended_at="2026-11-20T12:00Z"
    )


@trips("therapy_page_numbered_once")
def _two_pages_of_one_number() -> object:
    make_therapy_page()
    return make_therapy_page(number=1, published=False)


@trips("one_published_page_per_therapy_and_language")
def _two_published_pages() -> object:
    make_therapy_page()
    return make_therapy_page()


@trips("instructionversion_dose_is_in_range")
def _an_instruction_for_zero_minutes() -> object:
    return make_instruction_version(kind="ice", minutes=0)


@trips("instruction_version_numbered_once")
def _two_versions_of_one_number() -> object:
    first = make_instruction_version()
    return make_instruction_version(instruction=first.instruction, number=first.number, published=False)


@trips("one_published_version_per_instruction")
def _two_published_versions() -> object:
    first = make_instruction_version()
    return make_instruction_version(instruction=first.instruction)


@trips("one_text_per_version_and_language")
def _two_texts_of_one_language() -> object:
    return make_instruction_text(version=make_instruction_version(published=False))


def _sign(capacity: str) -> RuleSignOff:
    return RuleSignOff.objects.create(hash="0" * 64, parts={}, capacity=capacity, by=make_staff())


@trips("a_rule_set_is_signed_once_in_each_capacity")
def _two_owners_under_one_rule_set() -> object:
    _sign("owner")
    return _sign("owner")


@trips("rule_sets_are_signed_by_owners_and_clinicians")
def _a_signature_of_the_cleaner() -> object:
    return _sign("cleaner")


@trips("a_version_is_blocked_once_for_each_reason")
def _two_notices_that_say_the_same() -> object:
    version = make_instruction_version()
    SafetyNotice.objects.create(version=version, text="It burned somebody.")
    return SafetyNotice.objects.create(version=version, text="It burned somebody.")


@trips("safety_notices_say_why")
def _a_notice_without_a_word() -> object:
    return SafetyNotice.objects.create(version=make_instruction_version(), text="")


@trips("loosenings_have_a_reason")
def _a_loosening_without_a_reason() -> object:
    version = make_instruction_version()
    return CautionLoosening.objects.create(version=version, what=["Less."], reason="", by=make_staff())


@trips("programme_position_used_once")
def _two_items_in_one_place() -> object:
    programme = make_programme(instructions=(make_instruction(),))
    return ProgrammeItem.objects.create(programme=programme, instruction=make_instruction(), position=1)


@trips("instruction_once_per_programme")
def _an_instruction_twice_in_a_programme() -> object:
    instruction = make_instruction()
    programme = make_programme(instructions=(instruction,))
    return ProgrammeItem.objects.create(programme=programme, instruction=instruction, position=2)


@trips("a_patient_has_a_name")
def _a_patient_without_a_name() -> object:
    return make_patient(given_name="", family_name="")


@trips("birth_dates_have_four_digit_years")
def _a_birth_date_of_another_age() -> object:
    return make_patient(birth_date="0070-04-12")


@trips("a_word_is_used_once_per_patient")
def _a_word_twice_in_a_name() -> object:
    patient = make_patient(family_name="Rivera")
    return NameUse.objects.create(patient=patient, word_id="rivera", search_key=patient.search_key)


@trips("an_ending_is_kept_once_per_word")
def _an_ending_twice() -> object:
    make_patient(family_name="Rivera")
    return NameEnding.objects.create(word_id="rivera", ending="era")


@trips("one_open_complaint_per_patient")
def _two_open_complaints() -> object:
    patient = make_patient()
    make_complaint(patient=patient)
    return make_complaint(patient=patient)


@trips("one_draft_per_patient")
def _two_screening_drafts() -> object:
    patient, staff = make_patient(), make_staff()
    Screening.objects.create(patient=patient, started_by=staff)
    return Screening.objects.create(patient=patient, started_by=staff)


@trips("sent_screenings_are_complete")
def _a_sent_screening_without_its_time() -> object:
    return make_screening(patient=make_patient(), sent_at=None)


@trips("one_access_per_person_and_patient")
def _one_person_twice() -> object:
    access = make_access(patient=make_patient())
    return make_access(patient=access.patient, user=access.user, relation=PatientAccess.Relation.PROXY)


@trips("a_proxy_states_a_relation_and_has_an_end")
def _a_proxy_without_an_end() -> object:
    return make_access(patient=make_patient(), relation=PatientAccess.Relation.PROXY, until=None)


@trips("access_that_was_taken_says_when_and_by_whom")
def _access_that_nobody_took() -> object:
    return make_access(patient=make_patient(), relation=PatientAccess.Relation.PROXY, ended_at=timezone.now())


@trips("five_wrong_tries_end_an_email_code")
def _a_sixth_try() -> object:
    return EmailCode.objects.create(until=timezone.now(), wrong=6)


@trips("a_patient_is_one_person")
def _two_selves() -> object:
    access = make_access(patient=make_patient())
    return PatientAccess.objects.create(patient=access.patient, user=User.objects.create_patient_user())


@trips("one_living_sheet_per_access")
def _two_living_sheets() -> object:
    sheet = make_codes(patient=make_patient()).sheet
    return CodeSheet.objects.create(access=sheet.access, made_by=sheet.made_by, valid_until=sheet.valid_until)


@trips("code_numbered_once_per_sheet")
def _two_codes_of_one_number() -> object:
    return SignInCode.objects.create(sheet=make_codes(patient=make_patient()).sheet, number=1, digest="0")


@trips("codes_are_numbered_1_to_3")
def _a_fourth_code() -> object:
    return SignInCode.objects.create(sheet=make_codes(patient=make_patient()).sheet, number=4, digest="0")


@trips("one_open_plan_per_patient")
def _two_open_plans() -> object:
    return Plan.objects.create(patient=make_plan().patient)


@trips("a_plan_is_active_once_it_has_a_version")
def _an_active_plan_without_a_version() -> object:
    return Plan.objects.create(patient=make_patient(), status=Plan.Status.ACTIVE)


@trips("ended_plans_say_when_and_by_whom")
def _a_plan_that_just_ended() -> object:
    return Plan.objects.filter(pk=make_issued().plan_id).update(status=Plan.Status.ENDED)


@trips("stopped_plans_say_by_which_screening_and_why")
def _a_plan_that_is_stopped_by_nothing() -> object:
    return Plan.objects.filter(pk=make_issued().plan_id).update(stopped_level="emergency")


@trips("plan_version_numbered_once")
def _two_plan_versions_of_one_number() -> object:
    issued = make_issued()
    return make_draft(plan=issued.plan, number=issued.number)


@trips("one_draft_per_plan")
def _two_drafts() -> object:
    return make_draft(plan=make_draft().plan)


@trips("issued_versions_stand_on_a_clear_screening")
def _an_issued_version_that_nobody_issued() -> object:
    return issue_past_everything(make_judged(), issued_by=None)


@trips("planitem_dose_is_in_range")
def _an_item_for_more_than_an_hour() -> object:
    return make_item(version=make_draft(), kind="ice", minutes=61)


@trips("instruction_once_per_version")
def _an_instruction_twice_in_a_plan() -> object:
    item = make_item(version=make_draft())
    return make_item(version=item.version, instruction_version=item.instruction_version)


@trips("an_item_ends_after_it_begins")
def _an_item_that_ends_before_it_begins() -> object:
    item = make_item(version=make_draft())
    return PlanItem.objects.filter(pk=item.pk).update(until_date=item.from_date - timedelta(days=1))


@trips("a_reason_is_acknowledged_once")
def _a_reason_acknowledged_twice() -> object:
    version = make_draft()
    screening = make_screening(patient=version.plan.patient)
    read = {"version": version, "screening": screening, "modality": "ice", "rule": "I-C1", "text": "Read."}
    Acknowledgement.objects.create(by=version.changed_by, **read)
    return Acknowledgement.objects.create(by=version.changed_by, **read)


@trips("done_once_per_item_and_day")
def _done_twice_on_one_day() -> object:
    version = make_issued()
    item = version.items.get()
    DoneToday.objects.create(item=item, day=item.from_date, by=version.changed_by)
    return DoneToday.objects.create(item=item, day=item.from_date, by=version.changed_by)


@trips("one_tablet_visit_at_a_time")
def _two_visits_on_the_tablet() -> object:
    visit = open_visit(make_patient(), by=make_staff()).visit
    return TabletVisit.objects.create(
        access=visit.access,
        digest="another",
        opened_by=visit.opened_by,
        code_until=visit.code_until,
        ends_at=visit.ends_at,
    )


def broken(name: str) -> str:
    """What the database says of the constraint. SQLite names a unique index by its columns only."""
    model, constraint = NAMED[name]
    if connection.vendor == "postgresql" or isinstance(constraint, models.CheckConstraint):
        return rf"\b{name}\b"
    column_of = {each.name: each.column for each in model._meta.concrete_fields}
    columns = [f"{model._meta.db_table}.{column_of[field]}" for field in constraint.fields]
    return ": " + re.escape(", ".join(columns)) + "$"


@pytest.mark.parametrize("name", sorted(TRIPS))
def test_the_database_refuses_what_the_constraint_forbids(name: str) -> None:
    with pytest.raises(IntegrityError, match=broken(name)), transaction.atomic():
        TRIPS[name]()


def test_every_constraint_is_tripped_here() -> None:
    assert sorted(TRIPS) == sorted(NAMED)


def test_a_version_may_have_no_dose_numbers_at_all() -> None:
    version = make_instruction_version(hold_seconds=None, repetitions=None, times_a_day=None)
    assert InstructionVersion.objects.filter(pk=version.pk, hold_seconds=None).exists()
