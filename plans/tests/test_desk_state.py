"""A page of the desk that stays open asks whether there is something new, and is told at once."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from intake.models import Patient, RedFlag, RedFlagClosing, Screening
from intake.tablet import dismiss_card, end_visit, hold_card, open_visit
from intake.tests.factories import (
    make_clinician,
    make_patient,
    make_red_flag,
    make_screening,
    make_staff,
    sign_in_staff,
)
from plans.desk_state import state_of_patient, state_of_red_flags, state_of_today
from plans.models import Plan, Printing
from plans.overview import today_at_the_desk
from plans.tests.factories import make_draft, make_issued
from plans.tests.factories_phases import make_hold
from practice.models import AuditEvent, Clinic, User
from therapies.models import SafetyNotice

pytestmark = pytest.mark.django_db
TEXT = "May be cauda equina syndrome: numbness between the legs."


def raise_flag(patient: Patient) -> RedFlag:
    draft = Screening.objects.filter(patient=patient).first()
    draft = draft or Screening.objects.create(patient=patient, started_by=make_staff())
    return RedFlag.objects.create(
        patient=patient, screening=draft, rule="R01", level="emergency", text=TEXT, raised_by=draft.started_by
    )


def close(flag: RedFlag) -> None:
    RedFlagClosing.objects.create(flag=flag, by=make_clinician(), done="Sent to the emergency room.")


def print_version(patient: Patient) -> None:
    version = patient.plans.get().current
    assert version
    Printing.objects.create(version=version, by=make_staff())


def block(patient: Patient) -> None:
    """A correction for safety takes back what the patient has at home."""
    item = patient.plans.get().current.items.get()
    SafetyNotice.objects.create(version=item.instruction_version, text="It burned somebody.")


def today() -> str:
    return state_of_today(Clinic.load())


# --- Today ----------------------------------------------------------------------------------------------


@pytest.fixture
def patient() -> Patient:
    """Somebody with a plan at home that is still to print."""
    return make_issued().plan.patient


@pytest.mark.parametrize(
    "happens",
    [
        raise_flag,
        print_version,
        lambda patient: make_patient(),
        lambda patient: make_screening(patient=patient),
        lambda patient: Screening.objects.create(patient=patient, started_by=make_staff()),
        lambda patient: make_draft(patient=patient),
        lambda patient: make_hold(item=patient.plans.get().current.items.first(), screening=Screening.objects.get()),
        lambda patient: Plan.objects.update(stopped_by=Screening.objects.get(), stopped_level="review"),
    ],
    ids=["a red flag", "a print", "a patient", "a screening", "begun answers", "a draft", "a hold", "a stop"],
)
def test_todays_state_changes_with(patient: Patient, happens: Callable[[Patient], object]) -> None:
    before = today()
    happens(patient)
    assert today() != before


def test_todays_state_changes_when_a_red_flag_is_closed(patient: Patient) -> None:
    flag = raise_flag(patient)
    before = today()
    close(flag)
    assert today() != before


def test_todays_state_stays_while_nothing_happens(patient: Patient) -> None:
    assert today() == today()


def test_todays_state_takes_one_query(patient: Patient, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    clinic = Clinic.load()
    with django_assert_num_queries(1):
        state_of_today(clinic)


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client)
    return client


def test_today_is_told_nothing_while_it_shows_what_there_is(desk: Client, patient: Patient) -> None:
    assert desk.get(reverse("today_state"), {"shown": today()}).status_code == 204


def test_today_is_told_of_a_red_flag_at_once(desk: Client, patient: Patient) -> None:
    shown = today()
    raise_flag(patient)
    assert TEXT in desk.get(reverse("today_state"), {"shown": shown}).content.decode()


def test_the_new_lists_ask_by_the_new_state(desk: Client, patient: Patient) -> None:
    raise_flag(patient)
    assert f"?shown={today()}" in desk.get(reverse("today_state"), {"shown": "old"}).content.decode()


def test_today_asks_by_the_state_that_it_shows(desk: Client, patient: Patient) -> None:
    assert f"?shown={today()}" in desk.get(reverse("today")).content.decode()


def test_asking_leaves_no_trace(desk: Client, patient: Patient) -> None:
    before = AuditEvent.objects.count()
    desk.get(reverse("today_state"), {"shown": "old"})
    desk.get(reverse("patient_state", args=[patient.pk]), {"shown": "old"})
    desk.get(reverse("red_flags_state", args=[patient.pk]), {"shown": "old"})
    assert AuditEvent.objects.count() == before


def test_today_loads_itself_again_without_scripts(desk: Client) -> None:
    assert '<noscript><meta http-equiv="refresh"' in desk.get(reverse("today")).content.decode()


# --- a patient's page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "happens",
    [
        raise_flag,
        lambda patient: make_screening(patient=patient),
        lambda patient: Screening.objects.create(patient=patient, started_by=make_staff()),
        lambda patient: make_draft(patient=patient),
        lambda patient: make_hold(item=patient.plans.get().current.items.first(), screening=Screening.objects.get()),
        lambda patient: Plan.objects.update(stopped_by=Screening.objects.get(), stopped_level="review"),
        lambda patient: open_visit(patient, by=make_staff()),
        block,
    ],
    ids=["a red flag", "a screening", "begun answers", "a draft", "a hold", "a stop", "a visit", "a correction"],
)
def test_a_patients_state_changes_with(patient: Patient, happens: Callable[[Patient], object]) -> None:
    before = str(state_of_patient(patient))
    happens(patient)
    assert str(state_of_patient(patient)) != before


@pytest.mark.parametrize("happens", [hold_card, lambda visit: end_visit(visit, by=make_staff())], ids=["card", "end"])
def test_a_patients_state_changes_with_the_tablet(patient: Patient, happens: Callable[..., object]) -> None:
    visit = open_visit(patient, by=make_staff()).visit
    before = str(state_of_patient(patient))
    happens(visit)
    assert str(state_of_patient(patient)) != before


def test_a_patients_state_changes_when_the_card_leaves_the_tablet(patient: Patient) -> None:
    visit = open_visit(patient, by=make_staff()).visit
    hold_card(visit)
    before = str(state_of_patient(patient))
    dismiss_card(visit, by=make_staff())
    assert str(state_of_patient(patient)) != before


def test_a_patients_state_takes_three_queries(
    patient: Patient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        state_of_patient(patient)


def test_another_patient_changes_nothing(patient: Patient) -> None:
    before = str(state_of_patient(patient))
    raise_flag(make_patient())
    assert str(state_of_patient(patient)) == before


def told(desk: Client, patient: Patient, shown: object) -> str:
    return desk.get(reverse("patient_state", args=[patient.pk]), {"shown": str(shown)}).content.decode()


def test_the_page_is_told_nothing_while_it_shows_what_there_is(desk: Client, patient: Patient) -> None:
    shown = str(state_of_patient(patient))
    assert desk.get(reverse("patient_state", args=[patient.pk]), {"shown": shown}).status_code == 204


def test_the_page_is_told_of_a_red_flag(desk: Client, patient: Patient) -> None:
    shown = state_of_patient(patient)
    raise_flag(patient)
    assert "Red flags of this patient have changed." in told(desk, patient, shown)


def test_the_page_is_told_of_anything_else_in_other_words(desk: Client, patient: Patient) -> None:
    shown = state_of_patient(patient)
    make_draft(patient=patient)
    assert "Something new about this patient." in told(desk, patient, shown)


def test_what_the_page_is_told_names_nobody(desk: Client, patient: Patient) -> None:
    shown = state_of_patient(patient)
    raise_flag(patient)
    assert patient.family_name not in told(desk, patient, shown)


def test_the_page_says_at_first_that_nothing_is_new(desk: Client, patient: Patient) -> None:
    page = desk.get(reverse("patient", args=[patient.pk])).content.decode()
    assert "Something new about this patient." not in page


def test_the_page_says_what_is_blocked_for_safety(desk: Client, patient: Patient) -> None:
    block(patient)
    page = desk.get(reverse("patient", args=[patient.pk])).content.decode()
    assert ("Knee to chest: blocked for safety" in page, "It burned somebody." in page) == (True, True)


# --- other pages about a patient ------------------------------------------------------------------------


@pytest.fixture
def user(desk: Client) -> User:
    """Who is signed in at the desk."""
    return User.objects.get(pk=desk.session["_auth_user_id"])


def test_the_state_of_red_flags_changes_with_a_new_one(patient: Patient) -> None:
    before = state_of_red_flags(patient)
    raise_flag(patient)
    assert state_of_red_flags(patient) != before


def test_the_state_of_red_flags_changes_when_one_is_closed(patient: Patient) -> None:
    flag = raise_flag(patient)
    before = state_of_red_flags(patient)
    close(flag)
    assert state_of_red_flags(patient) != before


def test_the_state_of_red_flags_is_of_one_patient(patient: Patient) -> None:
    before = state_of_red_flags(patient)
    raise_flag(make_patient())
    assert state_of_red_flags(patient) == before


def test_the_state_of_red_flags_takes_one_query(
    patient: Patient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        state_of_red_flags(patient)


def asked(desk: Client, patient: Patient, **query: str) -> str:
    return desk.get(reverse("red_flags_state", args=[patient.pk]), query).content.decode()


def test_another_page_is_told_of_a_red_flag(desk: Client, patient: Patient) -> None:
    shown = state_of_red_flags(patient)
    raise_flag(patient)
    assert "Red flags of this patient have changed." in asked(desk, patient, shown=shown)


def test_another_page_is_told_of_nothing_else(desk: Client, patient: Patient) -> None:
    shown = state_of_red_flags(patient)
    make_hold(item=patient.plans.get().current.items.get(), screening=Screening.objects.get())
    assert desk.get(reverse("red_flags_state", args=[patient.pk]), {"shown": shown}).status_code == 204


def test_another_page_leads_to_the_patient_beside_it(desk: Client, patient: Patient) -> None:
    link = f'<a href="{reverse("patient", args=[patient.pk])}" target="_blank">'
    assert link in asked(desk, patient, shown="old")


def test_whoever_asks_the_questions_is_not_told_of_what_they_answered_themselves(
    desk: Client, user: User, patient: Patient
) -> None:
    shown = state_of_red_flags(patient, besides=user)
    make_red_flag(screening=Screening.objects.get(), raised_by=user)
    assert asked(desk, patient, shown=shown, asking="1") == ""


def test_whoever_asks_the_questions_is_told_of_what_somebody_else_answered(
    desk: Client, user: User, patient: Patient
) -> None:
    shown = state_of_red_flags(patient, besides=user)
    raise_flag(patient)
    assert "Red flags of this patient have changed." in asked(desk, patient, shown=shown, asking="1")


def test_what_is_told_goes_on_being_asked_in_the_same_way(desk: Client, patient: Patient) -> None:
    assert "?shown=old&amp;asking=1" in asked(desk, patient, shown="old", asking="1")


@pytest.mark.parametrize("name", ["plan_build", "plan_version", "screening"])
def test_each_page_about_a_patient_watches_their_red_flags(desk: Client, patient: Patient, name: str) -> None:
    of = {
        "plan_build": lambda: make_draft(patient=patient).pk,
        "plan_version": lambda: patient.plans.get().current_id,
        "screening": lambda: patient.pk,
    }
    page = desk.get(reverse(name, args=[of[name]()])).content.decode()
    watch = f"{reverse('red_flags_state', args=[patient.pk])}?shown={state_of_red_flags(patient)}"
    assert (watch in page, "js/watching.js" in page) == (True, True)


# --- no list ends unsaid --------------------------------------------------------------------------------


@pytest.fixture
def many_stopped(monkeypatch: pytest.MonkeyPatch) -> list[Plan]:
    """Three plans that are stopped, on a page that shows two."""
    monkeypatch.setattr("plans.overview.MOST_ROWS", 2)
    plans = [make_issued().plan for _ in range(3)]
    for plan in plans:
        screening = Screening.objects.get(patient=plan.patient)
        Plan.objects.filter(pk=plan.pk).update(stopped_by=screening, stopped_level="review")
    return plans


def test_a_list_that_is_cut_says_how_many_more(many_stopped: list[Plan]) -> None:
    assert today_at_the_desk(Clinic.load()).stopped.more == 1


def test_a_list_that_is_just_full_says_no_more(many_stopped: list[Plan]) -> None:
    Plan.objects.filter(pk=many_stopped[0].pk).update(stopped_by=None, stopped_level="")
    assert today_at_the_desk(Clinic.load()).stopped.more == 0


def test_today_leads_to_the_rest(desk: Client, many_stopped: list[Plan]) -> None:
    assert "And 1 more." in desk.get(reverse("today")).content.decode()


def test_all_of_a_list_can_be_seen(desk: Client, many_stopped: list[Plan]) -> None:
    page = desk.get(reverse("today"), {"whole": "1"}).content.decode()
    assert page.count("stopped by the screening") == len(many_stopped)


def test_a_page_that_shows_all_goes_on_showing_all(desk: Client, many_stopped: list[Plan]) -> None:
    page = desk.get(reverse("today_state"), {"shown": "old", "whole": "1"}).content.decode()
    assert page.count("stopped by the screening") == len(many_stopped)
