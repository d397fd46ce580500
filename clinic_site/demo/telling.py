"""Makes a story true, through the verbs that the pages use: nothing in the demo is written past them."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from clinic_site.demo.answers import cleaned_answers, typed_answers
from clinic_site.demo.story import Helper, Reached, Story
from intake import codes
from intake.email_codes import turn_on
from intake.models import EmailCode, Patient, PatientAccess
from intake.proxies import give_access, proxies_named
from intake.registering import register_patient
from intake.restricting import break_glass, restrict
from plans.assigning import end_plan, issue_plan
from plans.building import acknowledge, add_item, add_offer, apply_programme, change_draft, set_items, start_plan
from plans.checking import assess_draft
from plans.clearing import clear_review
from plans.doing import tick
from plans.models import Plan, PlanVersion
from plans.printing import print_handout
from plans.receiving import keep_draft, open_draft, receive_answers
from plans.sheet import Paper
from practice.models import Clinic, User
from therapies.models import Programme

DAYS_IN_A_YEAR = 365.25
HELPS_FOR = timedelta(days=180)
WHY_RESTRICTED = "Somebody who works here."
WHY_OPENED = "In pain at the desk, and nobody who is named was in the house."
ASKED_AGAIN = frozenset({Reached.STOPPED, Reached.HELD})
WITH_A_PLAN = ASKED_AGAIN | {Reached.PLAN_DRAFT, Reached.ISSUED, Reached.SECOND_VERSION, Reached.ENDED}
SENT = WITH_A_PLAN | {Reached.SCREENED}


@dataclass(frozen=True)
class Team:
    """Who does what in a story, and on which day.

    `is_demo` marks the patient's user, so that only the demo lets it in.
    """

    desk: User
    clinician: User
    clinic: Clinic
    is_demo: bool = True
    days_ago: int = 0

    @property
    def today(self) -> date:
        return self.clinic.today() - timedelta(days=self.days_ago)


def tell(story: Story, team: Team) -> Patient:
    """The story's patient, in the state the story says."""
    patient = register_patient(_patient(story, team.today), by=team.desk)
    if story.reached is Reached.SCREENING_DRAFT:
        keep_draft(open_draft(patient, by=team.desk), _first_answers(story), by=team.desk, today=team.today)
    if story.reached in SENT:
        screen(patient, story.answers, team)
    if story.cleared:
        screening = patient.screenings.get()
        clear_review(screening, reason=story.cleared, by=team.clinician, today=team.today)
    if story.reached in WITH_A_PLAN:
        _plan(patient, story, replace(team, days_ago=story.issued_days_ago))
    if story.reached in ASKED_AGAIN:
        screen(patient, {**story.answers, **story.later_answers}, team)
    if story.restricted:
        restrict(patient, to=[team.clinician], by=team.clinician, why=WHY_RESTRICTED)
        break_glass(patient, by=team.desk, why=WHY_OPENED)
    return patient


def find_told(story: Story) -> Patient | None:
    """The story's patient, when the story was told before."""
    return Patient.objects.filter(email=_email(story)).order_by("record_number").first()


def screen(patient: Patient, answers: Mapping[str, Any], team: Team) -> None:
    cleaned = cleaned_answers(answers, born=patient.birth_date, today=team.today)
    draft = open_draft(patient, by=team.desk)
    # As the page does: what was typed is kept first, then checked and sent.
    keep_draft(draft, typed_answers(answers), by=team.desk, today=team.today)
    receive_answers(draft, cleaned, by=team.desk, today=team.today)


def make_codes(patient: Patient, team: Team) -> tuple[str, ...]:
    """Three new codes for the patient: the only moment at which they can be read."""
    minted = codes.mint(patient, by=team.desk, valid_until=_codes_valid_until(patient, team.today))
    mark_user(patient, is_demo=team.is_demo)
    return minted.codes


def let_help(patient: Patient, helper: Helper, team: Team) -> PatientAccess:
    """The helper's way in, given at the desk; the one that was given before, while it lasts."""
    given = PatientAccess.objects.open_on(team.today).proxies().filter(patient=patient).first()
    if given:
        return given
    same = next((each.user for each in proxies_named(helper.name, besides=patient, to=team.desk)), None)
    until = team.today + HELPS_FOR
    access = give_access(
        patient,
        by=team.desk,
        name=helper.name,
        stands_as=helper.stands_as,
        until=until,
        today=team.today,
        same_as=same,
    )
    mark_user(patient, is_demo=team.is_demo)
    if same is None:
        turn_on(access.user, helper.email, EmailCode(for_user=access.user))
    return access


def make_helper_codes(access: PatientAccess, team: Team) -> tuple[str, ...]:
    valid_until = min(_codes_valid_until(access.patient, team.today), access.until or team.today)
    return codes.mint_for_proxy(access, by=team.desk, valid_until=valid_until).codes


def mark_user(patient: Patient, *, is_demo: bool) -> None:
    User.objects.filter(access__patient=patient, kind=User.Kind.PATIENT).update(is_demo=is_demo)


def _email(story: Story) -> str:
    return f"{story.slug}@patients.example"


def _patient(story: Story, today: date) -> Patient:
    chance = random.Random(story.slug)
    # Far from a birthday, so that nobody turns a year older while the demo is looked at.
    days_old = (story.age + chance.uniform(0.2, 0.8)) * DAYS_IN_A_YEAR
    return Patient(
        given_name=story.given_name,
        family_name=story.family_name,
        birth_date=today - timedelta(days=round(days_old)),
        phone=f"(312) 555-01{chance.randrange(10, 40)}",
        email=_email(story),
        language=story.language,
        text_size=Patient.TextSize.LARGE if story.large_print else Patient.TextSize.NORMAL,
    )


def _first_answers(story: Story) -> dict[str, object]:
    """What stands on the page when somebody stops in the middle."""
    typed = typed_answers(story.answers)
    begun = {"pregnant", "onset_unit", "new_injury", "recurrent", "chronic_label", "worsening"}
    return {key: value for key, value in typed.items() if key in begun | set(story.answers)}


def _plan(patient: Patient, story: Story, team: Team) -> None:
    by = team.desk if story.reached is Reached.PLAN_DRAFT else team.clinician
    draft = start_plan(patient, by=by)
    _fill_phases(draft, story.phases, by=by, team=team)
    _fill(draft, story.note, story.programme, story.items, by=by, team=team)
    if story.reached is Reached.PLAN_DRAFT:
        return
    issue(draft, team)
    if story.reached is Reached.SECOND_VERSION:
        second = start_plan(patient, by=team.clinician)
        _fill(second, story.later_note, "", story.later_items, by=team.clinician, team=team)
        issue(second, team)
    if story.printed:
        _print(patient, story, team)
    if story.done:
        make_codes(patient, team)
        _tick(patient, story.done, team)
    if story.reached is Reached.ENDED:
        end_plan(Plan.objects.active().get(patient=patient), by=team.clinician, today=team.today)


def _fill(draft: PlanVersion, note: str, programme: str, items: Iterable[str], *, by: User, team: Team) -> None:
    """Put the note and the items into the draft, as one change of the builder's page."""
    assessment = assess_draft(draft, clinic=team.clinic, today=team.today)
    draft.refresh_from_db()
    with change_draft(draft, revision=draft.revision, by=by) as version:
        set_items(version, note, {})
        if programme:
            wanted = Programme.objects.get(pk=programme)
            apply_programme(version, wanted, assessment=assessment, today=team.today)
        for slug in items:
            add_item(version, slug, assessment=assessment, today=team.today)


def _fill_phases(draft: PlanVersion, modalities: Iterable[str], *, by: User, team: Team) -> None:
    """Put in what the proposed phases offer of each modality."""
    assessment = assess_draft(draft, clinic=team.clinic, today=team.today)
    draft.refresh_from_db()
    with change_draft(draft, revision=draft.revision, by=by) as version:
        for modality in modalities:
            add_offer(version, modality, assessment=assessment, today=team.today)


def issue(draft: PlanVersion, team: Team) -> None:
    """Acknowledge every caution, as the clinician who read it, and issue."""
    assessment = assess_draft(draft, clinic=team.clinic, today=team.today)
    draft.refresh_from_db()
    with change_draft(draft, revision=draft.revision, by=team.clinician) as version:
        keys = {each.key for each in assessment.to_acknowledge}
        acknowledge(version, keys, assessment=assessment, by=team.clinician)
    draft.refresh_from_db()
    issue_plan(draft.pk, revision=draft.revision, by=team.clinician, clinic=team.clinic, today=team.today)


def _print(patient: Patient, story: Story, team: Team) -> None:
    version, paper = _versions_at_home(patient).get(), Paper(team.clinic.paper)
    print_handout(
        version, by=team.desk, clinic=team.clinic, paper=paper, large=story.large_print, codes=(), start_url=""
    )


def _tick(patient: Patient, slugs: tuple[str, ...], team: Team) -> None:
    version = _versions_at_home(patient).get()
    user = PatientAccess.objects.get(patient=patient, relation=PatientAccess.Relation.SELF).user
    for item in version.items.filter(instruction_version__instruction__in=slugs):
        tick(item, day=team.today, by=user)


def _codes_valid_until(patient: Patient, today: date) -> date:
    version = _versions_at_home(patient).first()
    if version is None:
        return codes.valid_without_plan(today)
    return max(today, codes.valid_after_plan(max(item.until_date for item in version.items.all())))


def _versions_at_home(patient: Patient) -> QuerySet[PlanVersion]:
    """The version that the patient has now; none when there is no active plan."""
    return PlanVersion.objects.filter(current_of__patient=patient, current_of__status=Plan.Status.ACTIVE)
