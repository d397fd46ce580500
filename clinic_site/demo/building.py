"""The whole demo: clinic, staff, stories and sign-ins. Safe to run again: what is there is used."""

from dataclasses import replace

from django.db import transaction

from clinic_site.demo.cast import STAFF, fill_clinic, hire
from clinic_site.demo.drafting import draft_own_words
from clinic_site.demo.sign_ins import PatientRecord, SignIns, StaffSignIn
from clinic_site.demo.signing import sign_the_rules
from clinic_site.demo.stories import STORIES
from clinic_site.demo.story import Story
from clinic_site.demo.telling import Team, find_told, let_help, make_codes, make_helper_codes, tell
from intake.models import Patient
from plans.models import Plan, PlanVersion


def build_demo(address: str) -> SignIns:
    """Make what is missing, and new codes for the patients whose codes are printed.

    The roles and the catalogue must be there. `address` is where it is served, without a last slash.
    """
    team = gather_team()
    draft_own_words()
    patients = tuple(_record(story, team) for story in STORIES)
    staff = tuple(
        StaffSignIn(each.username, each.password, each.display_name, each.role.value, each.pin) for each in STAFF
    )
    return SignIns(address, staff, patients)


def gather_team(*, is_demo: bool = True) -> Team:
    clinic = fill_clinic()
    users = {member.username: hire(member, is_demo=is_demo) for member in STAFF}
    sign_the_rules(owner=users["owner"], clinician=users["clinician"], clinic=clinic)
    return Team(users["desk"], users["clinician"], clinic, is_demo)


def _record(story: Story, team: Team) -> PatientRecord:
    patient = find_told(story)
    if patient is None:
        with transaction.atomic():
            patient = tell(story, team)
    record = record_of(patient, story, codes=make_codes(patient, team) if story.codes else ())
    if story.helper is None:
        return record
    access = let_help(patient, story.helper, team)
    return replace(record, helper=story.helper.name, helper_codes=make_helper_codes(access, team))


def record_of(patient: Patient, story: Story, *, codes: tuple[str, ...]) -> PatientRecord:
    plan = Plan.objects.filter(patient=patient).first()
    versions = PlanVersion.objects.filter(plan__patient=patient)
    draft = versions.drafts().first()
    return PatientRecord(
        slug=story.slug,
        name=patient.full_name,
        about=story.about,
        record_number=patient.record_number,
        patient=str(patient.pk),
        plan=str(plan.pk) if plan else "",
        versions=tuple(str(version.pk) for version in versions.issued().order_by("-issued_at")),
        draft=str(draft.pk) if draft else "",
        codes=codes,
    )
