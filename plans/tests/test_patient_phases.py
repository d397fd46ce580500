"""What the patient sees of phases: what is on, what waits without a dose, what is on hold; on the page and on paper."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from intake.models import Patient
from intake.tests.factories import make_patient, make_screening, sign_in_patient
from plans.handout import build_sheet, handout_pdf
from plans.models import DoneToday, PlanItem, PlanVersion
from plans.sheet import Paper, Sheet
from plans.tests.factories import make_issued
from plans.tests.factories_phases import (
    let_patients_open,
    make_hold,
    make_opening,
    make_release,
    make_waiting,
    waiting_item,
)
from practice.models import Clinic

pytestmark = pytest.mark.django_db

NOON = "2026-11-24T18:00:00Z"
SECRET = {"text": {"steps": ["Warm the pack.", "Lay it on."], "why": "Warmth eases."}, "minutes": 13}
LATER = {"from_date": date(2026, 12, 12)}


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def sign_in_afresh(client: Client, patient: Patient) -> None:
    """A session of the day that the clock was moved to."""
    client.logout()
    sign_in_patient(client, patient)


def me(client: Client) -> str:
    return client.get(reverse("me")).content.decode()


# --- what waits ----------------------------------------------------------------------------------------


def pages_with_it(client: Client, version: PlanVersion) -> str:
    """Every page that a patient has, one after the other."""
    names = [("me", []), ("my_plans", []), ("my_plan", [version.pk])]
    return "".join(client.get(reverse(name, args=words)).content.decode() for name, words in names)


@pytest.mark.parametrize("part", ["13 minutes", "Warm the pack.", "Warmth eases."])
@pytest.mark.parametrize("days", [0, 5])
def test_no_page_shows_a_dose_or_a_step_of_what_waits(client: Client, patient: Patient, part: str, days: int) -> None:
    first = Clinic.load().today() + timedelta(days=days)
    version = make_waiting(patient=patient, from_date=first, **SECRET)
    assert part not in pages_with_it(client, version)


def test_the_title_of_what_waits_in_english_says_so_on_a_page_in_another_language(client: Client) -> None:
    someone = make_patient(language="es")
    make_waiting(patient=someone, kind="stretching", title="Bridge")
    sign_in_patient(client, someone)
    assert '<li><span lang="en">Bridge</span>: ' in me(client)


@pytest.mark.parametrize("part", ["13 minutes", "Warm the pack."])
def test_what_was_opened_is_shown_with_its_dose_and_steps(client: Client, patient: Patient, part: str) -> None:
    version = make_waiting(patient=patient, **SECRET)
    make_opening(item=waiting_item(version))
    assert part in me(client)


@time_machine.travel(NOON, tick=False)
def test_the_page_says_when_it_comes_and_to_call_first(client: Client, patient: Patient) -> None:
    sign_in_afresh(client, patient)
    make_waiting(patient=patient, **LATER)
    assert "From Sat, Dec 12: heat. Call us first." in me(client)


def test_on_its_day_the_page_says_to_call(client: Client, patient: Patient) -> None:
    make_waiting(patient=patient)
    assert "Call us first. We ask you a few questions before you start." in me(client)


def test_while_the_switch_is_off_no_button_opens_it(client: Client, patient: Patient) -> None:
    make_waiting(patient=patient)
    assert "to open this" not in me(client)


def test_with_the_switch_on_a_button_leads_to_the_questions(client: Client, patient: Patient) -> None:
    let_patients_open()
    make_waiting(patient=patient)
    assert f'href="{reverse("answer_again")}">Answer a few questions to open this' in me(client)


def test_before_its_day_there_is_no_button(client: Client, patient: Patient) -> None:
    let_patients_open()
    make_waiting(patient=patient, from_date=Clinic.load().today() + timedelta(days=1))
    assert "to open this" not in me(client)


def test_after_answers_that_do_not_open_it_the_page_says_to_call(client: Client, patient: Patient) -> None:
    let_patients_open()
    make_waiting(patient=patient)
    make_screening(patient=patient, onset_days=17)
    assert "Your answers do not open this now. Call us." in me(client)


def tick(client: Client, item: PlanItem) -> int:
    return client.post(reverse("me_done", args=[item.pk])).status_code


def test_what_waits_cannot_be_ticked(client: Client, patient: Patient) -> None:
    assert tick(client, waiting_item(make_waiting(patient=patient))) == 404


def test_what_was_opened_can_be_ticked(client: Client, patient: Patient) -> None:
    item = waiting_item(make_waiting(patient=patient))
    make_opening(item=item)
    tick(client, item)
    assert DoneToday.objects.get().item == item


# --- the phase of today --------------------------------------------------------------------------------


@time_machine.travel(NOON, tick=False)
def test_the_page_says_until_when_ice_is_on(client: Client, patient: Patient) -> None:
    sign_in_afresh(client, patient)
    make_issued(patient=patient, items=[{"kind": "ice", "until_date": date(2026, 12, 3)}])
    assert "Ice until Thu, Dec 3." in me(client)


@time_machine.travel(NOON, tick=False)
def test_the_page_says_when_heat_begins(client: Client, patient: Patient) -> None:
    sign_in_afresh(client, patient)
    make_issued(patient=patient, items=[{}, {"kind": "heat"} | LATER])
    assert "From Sat, Dec 12: heat." in me(client)


def test_movements_alone_have_no_dates_to_tell(client: Client, patient: Patient) -> None:
    make_issued(patient=patient)
    assert "Your plan by date" not in me(client)


def test_ice_and_heat_on_one_day_are_never_for_one_sitting(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"kind": "ice"}, {"kind": "heat"}])
    assert "one at a time, at least 2 hours apart" in me(client)


# A day of 25 hours and one of 23 (America/Chicago): the last minute of it, and the next one.
LAST_MINUTES = [
    ("2026-11-02T05:59:30Z", "2026-11-02T06:00:30Z", date(2026, 11, 1)),
    ("2026-03-09T04:59:30Z", "2026-03-09T05:00:30Z", date(2026, 3, 8)),
]


@pytest.mark.parametrize(("last_minute", "next_minute", "day"), LAST_MINUTES)
def test_ice_is_on_until_the_clinics_midnight(
    client: Client, patient: Patient, last_minute: str, next_minute: str, day: date
) -> None:
    with time_machine.travel(last_minute, tick=False):
        make_issued(patient=patient, items=[{"kind": "ice", "title": "Ice pack", "until_date": day}])
        sign_in_afresh(client, patient)
        assert 'id="item-' in me(client)


@pytest.mark.parametrize(("last_minute", "next_minute", "day"), LAST_MINUTES)
def test_after_the_clinics_midnight_ice_is_over(
    client: Client, patient: Patient, last_minute: str, next_minute: str, day: date
) -> None:
    with time_machine.travel(last_minute, tick=False):
        make_issued(patient=patient, items=[{"kind": "ice", "title": "Ice pack", "until_date": day}])
    with time_machine.travel(next_minute, tick=False):
        sign_in_afresh(client, patient)
        assert 'id="item-' not in me(client)


@pytest.mark.parametrize(("last_minute", "next_minute", "day"), LAST_MINUTES)
def test_what_waits_is_due_from_the_clinics_midnight(
    client: Client, patient: Patient, last_minute: str, next_minute: str, day: date
) -> None:
    with time_machine.travel(last_minute, tick=False):
        make_waiting(patient=patient, from_date=day + timedelta(days=1))
        sign_in_afresh(client, patient)
        before = "Not open yet" in me(client)
    with time_machine.travel(next_minute, tick=False):
        assert (before, "Not open yet" in me(client)) == (False, True)


# --- something is wrong --------------------------------------------------------------------------------


def test_something_is_wrong_is_one_tap_away(client: Client, patient: Patient) -> None:
    make_issued(patient=patient)
    assert f'href="{reverse("answer_wrong")}"' in me(client)


def test_it_is_one_tap_away_on_the_version_to_read_too(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    assert reverse("answer_wrong") in client.get(reverse("my_plan", args=[version.pk])).content.decode()


# --- what is on hold -----------------------------------------------------------------------------------


@pytest.fixture
def ice(patient: Patient) -> PlanItem:
    items = [{"kind": "ice", "title": "Ice pack"} | SECRET, {"title": "Knee rolls"}]
    return make_issued(patient=patient, items=items).items.get(position=1)


def test_a_held_item_says_why_and_to_call(client: Client, ice: PlanItem) -> None:
    make_hold(item=ice, patient_text="Your blood flow is poor.")
    assert "<strong>Do not do this for now.</strong> Your blood flow is poor. Call us." in me(client)


@pytest.mark.parametrize("part", ["13 minutes", "Warm the pack."])
def test_no_page_shows_a_dose_or_a_step_of_what_is_on_hold(client: Client, ice: PlanItem, part: str) -> None:
    make_hold(item=ice)
    assert part not in pages_with_it(client, ice.version)


def test_what_is_on_hold_cannot_be_ticked(client: Client, ice: PlanItem) -> None:
    make_hold(item=ice)
    assert tick(client, ice) == 404


def test_what_goes_on_is_shown_again(client: Client, ice: PlanItem) -> None:
    make_release(hold=make_hold(item=ice))
    assert "13 minutes" in me(client)


def test_the_other_items_are_shown(client: Client, ice: PlanItem) -> None:
    make_hold(item=ice)
    assert "Knee rolls" in me(client)


# --- on paper ------------------------------------------------------------------------------------------


def sheet(version: PlanVersion) -> Sheet:
    return build_sheet(version, clinic=Clinic.load(), codes=(), start_url="")


def printed(version: PlanVersion) -> str:
    pdf = handout_pdf(version, clinic=Clinic.load(), paper=Paper.LETTER, large=False)
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("part", ["13 minutes", "Warm the pack.", "Warmth eases.", "Heat pack"])
def test_paper_prints_nothing_to_do_of_what_waits(part: str) -> None:
    assert part not in printed(make_waiting(**SECRET))


@pytest.mark.parametrize("part", ["13 minutes", "Warm the pack."])
def test_paper_prints_nothing_to_do_of_what_was_opened_either(part: str) -> None:
    version = make_waiting(**SECRET)
    make_opening(item=waiting_item(version))
    assert part not in printed(version)


@time_machine.travel(NOON, tick=False)
def test_paper_says_when_to_call_about_what_waits() -> None:
    assert "From Sat, Dec 12: call us about heat." in printed(make_waiting(**LATER))


@time_machine.travel(NOON, tick=False)
def test_paper_says_until_when_ice_is_on() -> None:
    version = make_issued(items=[{"kind": "ice", "until_date": date(2026, 12, 3)}])
    assert "Ice until Thu, Dec 3." in printed(version)


@time_machine.travel(NOON, tick=False)
def test_the_dates_on_paper_are_told_in_their_order() -> None:
    ice = {"kind": "ice", "until_date": date(2026, 12, 3)}
    version = make_issued(items=[{"kind": "heat", "gated": True} | LATER, ice])
    assert sheet(version).dates == ("Ice until Thu, Dec 3.", "From Sat, Dec 12: call us about heat.")


def test_paper_says_that_a_held_item_is_on_hold(ice: PlanItem) -> None:
    make_hold(item=ice)
    assert "Ice pack: on hold. Do not do this for now. Call us." in printed(ice.version)


@pytest.mark.parametrize("part", ["13 minutes", "Warm the pack."])
def test_paper_prints_nothing_to_do_of_what_is_on_hold(ice: PlanItem, part: str) -> None:
    make_hold(item=ice)
    assert part not in printed(ice.version)


def test_a_held_item_has_no_row_to_tick(ice: PlanItem) -> None:
    make_hold(item=ice)
    assert [item.title for phase in sheet(ice.version).phases for item in phase.items] == ["Knee rolls"]


def test_paper_keeps_ice_and_heat_apart() -> None:
    assert "one at a time, at least 2 hours apart" in printed(make_issued(items=[{"kind": "ice"}, {"kind": "heat"}]))


def test_a_plan_that_only_waits_can_be_printed() -> None:
    assert "call us about heat" in printed(make_issued(items=[{"kind": "heat", "gated": True} | LATER]))


# --- how light the page stays --------------------------------------------------------------------------


def test_waiting_and_held_items_take_no_more_queries(client: Client, patient: Patient, ice: PlanItem) -> None:
    make_hold(item=ice)
    one = queries_of(client)
    waits = {"kind": "heat", "gated": True}
    version = make_issued(patient=patient, items=[{"kind": "ice"}, waits, waits, {}, {}])
    make_hold(item=version.items.get(position=1))
    make_opening(item=version.items.get(position=2))
    assert queries_of(client) == one


def queries_of(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        me(client)
    return len(queries)
