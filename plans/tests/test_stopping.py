"""A new screening stops the plan at home when its answers speak against it; a new version starts it again."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from intake.models import Patient, RedFlag, Screening
from intake.tests.factories import cleaned_answers, make_clinician, make_patient, make_staff, sign_in_patient
from intake.tests.factories import sign_in_staff as sign_in
from plans.assigning import issue_plan
from plans.closing import close_red_flags
from plans.models import DoneToday, Plan, PlanVersion, Printing
from plans.overview import today_at_the_desk
from plans.receiving import keep_draft, open_draft, receive_answers
from plans.tests.factories import end, make_draft, make_issued, make_item
from practice.models import AuditEvent, Clinic
from practice.roles import Role
from practice.tests.factories import make_clinic

pytestmark = pytest.mark.django_db
# What is typed, and the level that it stops the plan with.
STOPS = {
    "an emergency": ({"saddle_numbness": "yes"}, "emergency"),
    "a same-day sign": ({"dvt_suspected": "yes"}, "same_day"),
    "a review": ({"cancer_history": "yes"}, "review"),
    "an open red-flag question": ({"saddle_numbness": "unknown"}, "none"),
}
CARDS = {"emergency": "Call 911 now", "same_day": "Call us today", "none": "Your plan is on hold"}


@pytest.fixture
def patient() -> Patient:
    return make_patient()


@pytest.fixture
def ice(patient: Patient) -> PlanVersion:
    """An ice pack at home, for a back that is ten days old."""
    return make_issued(patient=patient, items=[{"kind": "ice", "title": "Ice pack"}])


def ask(patient: Patient, **said: Any) -> Screening:
    today = Clinic.load().today()
    draft, staff = open_draft(patient, by=make_staff()), make_staff()
    keep_draft(draft, {}, by=staff, today=today)
    return receive_answers(draft, cleaned_answers(**said), by=staff, today=today)


def plan_of(patient: Patient) -> Plan:
    return Plan.objects.get(patient=patient)


def me(client: Client, patient: Patient) -> str:
    sign_in_patient(client, patient)
    return client.get(reverse("me")).content.decode()


# --- what stops a plan ---------------------------------------------------------------------------------


@pytest.mark.parametrize("what", STOPS)
def test_a_plan_is_stopped_by_the_screening_that_speaks_against_it(
    patient: Patient, ice: PlanVersion, what: str
) -> None:
    said, level = STOPS[what]
    screening = ask(patient, **said)
    plan = plan_of(patient)
    assert (plan.stopped_by, plan.stopped_level) == (screening, level)


def test_a_plan_goes_on_after_plain_answers(patient: Patient, ice: PlanVersion) -> None:
    ask(patient)
    assert plan_of(patient).stopped_by is None


def test_what_is_only_worse_than_it_was_issued_does_not_stop_the_whole_plan(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, poor_circulation="yes")
    assert not plan_of(patient).is_stopped


def test_an_ended_plan_is_not_stopped(patient: Patient, ice: PlanVersion) -> None:
    end(ice)
    ask(patient, saddle_numbness="yes")
    assert plan_of(patient).stopped_by is None


def test_the_plan_of_somebody_else_goes_on(patient: Patient, ice: PlanVersion) -> None:
    ask(make_patient(), saddle_numbness="yes")
    assert plan_of(patient).stopped_by is None


def test_stopping_leaves_an_event(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    assert AuditEvent.objects.get(detail__startswith="stopped").object_id == str(ice.plan_id)


def test_better_answers_alone_do_not_start_a_plan_again(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    ask(patient)
    assert plan_of(patient).is_stopped


def close_flags(patient: Patient) -> None:
    flags = RedFlag.objects.open().filter(patient=patient).values_list("pk", flat=True)
    close_red_flags(patient, flags, by=make_clinician(), done="Examined.")


def test_better_answers_leave_the_urgency_of_an_open_red_flag(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    ask(patient)
    assert plan_of(patient).stopped_level == "emergency"


def test_the_urgency_goes_with_the_red_flag(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    close_flags(patient)
    assert plan_of(patient).stopped_level == "none"


def test_a_closed_red_flag_leaves_the_plan_stopped(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    close_flags(patient)
    assert plan_of(patient).is_stopped


def test_a_new_version_starts_the_plan_again(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    close_flags(patient)
    ask(patient)
    draft = make_draft(plan=ice.plan)
    make_item(version=draft)
    today = Clinic.load().today()
    issue_plan(draft.pk, revision=draft.revision, by=make_clinician(), clinic=Clinic.load(), today=today)
    plan = plan_of(patient)
    assert (plan.stopped_by, plan.stopped_level) == (None, "")


# --- what the patient sees -----------------------------------------------------------------------------


@pytest.mark.parametrize("what", STOPS)
def test_a_stopped_plan_shows_no_items(client: Client, patient: Patient, ice: PlanVersion, what: str) -> None:
    ask(patient, **STOPS[what][0])
    assert "Ice pack" not in me(client, patient)


@pytest.mark.parametrize("what", STOPS)
def test_a_stopped_plan_says_what_to_do(client: Client, patient: Patient, ice: PlanVersion, what: str) -> None:
    said, level = STOPS[what]
    ask(patient, **said)
    assert CARDS.get(level, CARDS["none"]) in me(client, patient)


@pytest.mark.parametrize("what", STOPS)
def test_a_stopped_plan_says_that_nobody_watches(client: Client, patient: Patient, ice: PlanVersion, what: str) -> None:
    ask(patient, **STOPS[what][0])
    assert "Nobody at the clinic is watching this page." in me(client, patient)


def test_a_stopped_plan_gives_the_clinics_number(client: Client, patient: Patient, ice: PlanVersion) -> None:
    make_clinic(phone="(312) 555-0142")
    ask(patient, dvt_suspected="yes")
    assert "(312) 555-0142" in me(client, patient)


@pytest.mark.parametrize("name", ["my_plan", "me_print"])
def test_a_stopped_plan_leads_to_its_card(client: Client, patient: Patient, ice: PlanVersion, name: str) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in_patient(client, patient)
    assert client.get(reverse(name, args=[ice.pk])).headers["Location"] == reverse("me")


def test_printing_a_stopped_plan_is_refused_with_a_sentence(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in_patient(client, patient)
    answer = client.get(reverse("me_print", args=[ice.pk]), follow=True)
    assert "Your plan is stopped, so it can&#x27;t be printed now." in answer.content.decode()


def test_an_item_of_a_stopped_plan_is_not_ticked(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in_patient(client, patient)
    client.post(reverse("me_done", args=[ice.items.get().pk]))
    assert not DoneToday.objects.exists()


def test_a_tick_in_a_stopped_plan_leads_to_its_card(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in_patient(client, patient)
    assert client.post(reverse("me_done", args=[ice.items.get().pk])).headers["Location"] == reverse("me")


def test_the_list_of_plans_says_that_it_is_stopped(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in_patient(client, patient)
    assert "Your plan now" not in client.get(reverse("my_plans")).content.decode()


# --- what the desk sees --------------------------------------------------------------------------------


def test_a_stopped_plan_is_listed_for_the_desk(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    assert list(today_at_the_desk(Clinic.load()).stopped.rows) == [ice.plan]


def test_a_stopped_plan_is_not_to_be_printed(patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    assert not today_at_the_desk(Clinic.load()).to_print


@pytest.mark.parametrize(("name", "words"), [("today", "stopped by the screening"), ("patient", "Stopped by the")])
def test_the_desk_is_told_of_a_stopped_plan(
    client: Client, patient: Patient, ice: PlanVersion, name: str, words: str
) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in(client, Role.FRONT_DESK)
    page = client.get(reverse(name, args=[patient.pk] if name == "patient" else []))
    assert words in page.content.decode()


def print_sheet(client: Client, version: PlanVersion) -> Any:
    sign_in(client, Role.FRONT_DESK)
    return client.post(reverse("plan_print", args=[version.pk]), {"paper": "letter"}, follow=True)


def test_staff_are_told_that_a_stopped_plan_is_not_printed(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    assert "is not printed" in print_sheet(client, ice).content.decode()


def test_a_refused_sheet_is_not_noted_as_printed(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    print_sheet(client, ice)
    assert not Printing.objects.exists()


def test_the_page_of_a_stopped_version_offers_no_printing(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in(client, Role.FRONT_DESK)
    assert "Print the sheet" not in client.get(reverse("plan_version", args=[ice.pk])).content.decode()


def test_codes_for_a_stopped_plan_go_on_a_slip_only(client: Client, patient: Patient, ice: PlanVersion) -> None:
    ask(patient, saddle_numbness="yes")
    sign_in(client, Role.FRONT_DESK)
    page = client.post(reverse("codes_make", args=[patient.pk]))
    assert "Print the sheet with these codes" not in page.content.decode()


def test_the_handout_command_refuses_a_stopped_plan(patient: Patient, ice: PlanVersion, tmp_path: Path) -> None:
    ask(patient, saddle_numbness="yes")
    with pytest.raises(CommandError, match="This plan is stopped"):
        call_command("handout", str(ice.plan_id), out=tmp_path / "sheet.pdf")
