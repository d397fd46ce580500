"""The patient's pages: what to do today first, what comes later, earlier plans."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_patient, make_red_flag, make_screening, sign_in_patient
from plans.days import span_words
from plans.models import Plan
from plans.tests.factories import end, make_draft, make_issued, make_item
from practice.models import Clinic
from practice.tests.factories import make_clinic
from therapies.tests.factories import make_instruction_text, make_instruction_version

pytestmark = pytest.mark.django_db

HIP = {"condition": "hip_replacement", "action": "adapt"}
BONES = {"condition": "osteoporosis", "action": "adapt"}


@pytest.fixture
def patient(client: Client) -> Patient:
    """A patient who is signed in on `client`."""
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


def in_days(count: int) -> dict[str, object]:
    return {"from_date": Clinic.load().today() + timedelta(days=count)}


def over() -> dict[str, object]:
    today = Clinic.load().today()
    return {"from_date": today - timedelta(days=9), "until_date": today - timedelta(days=1)}


def page(client: Client, name: str = "me", *args: object) -> str:
    """The text of the page's own part."""
    return client.get(reverse(name, args=args)).content.decode().split("<main")[1].split("<footer")[0]


# --- today ---------------------------------------------------------------------------------------------


def test_what_to_do_today_stands_before_when_to_stop(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"title": "Ice pack"}])
    shown = page(client)
    assert shown.index("Ice pack") < shown.index("Stop and call us if")


def test_the_dose_stands_in_words(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"hold_seconds": 5, "repetitions": 3, "times_a_day": 2}])
    assert "Hold 5 seconds. Do 3. 2 times a day." in page(client)


def test_the_dose_stands_in_numbers(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"hold_seconds": 5}])
    assert "<dt>Hold</dt><dd>5 s</dd>" in page(client)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("steps", ["Rest the pack on the sore spot."]),
        ("stop_if", ["Your skin turns white."]),
        ("not_now_if", ["You have had alcohol."]),
    ],
)
def test_an_item_says_all_that_its_instruction_says(
    client: Client, patient: Patient, field: str, words: list[str]
) -> None:
    make_issued(patient=patient, items=[{"kind": "ice", "text": {field: words}}])
    assert words[0] in page(client)


def test_an_item_says_what_it_should_feel_like(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"text": {"feel": "First cold, then numb."}}])
    assert "First cold, then numb." in page(client)


def test_the_clinician_s_note_to_an_item_is_shown(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"note": "Use the low chair."}])
    assert "Use the low chair." in page(client)


def test_the_clinician_s_note_to_the_plan_is_shown(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, note="See you on Monday.")
    assert "See you on Monday." in page(client)


def test_a_note_is_text_and_never_markup(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, note="<b>now</b> & then")
    assert "&lt;b&gt;now&lt;/b&gt; &amp; then" in page(client)


def cautious(patient: Patient, findings: dict[str, object]) -> None:
    notes = {"hip_replacement": "Ask your surgeon first.", "osteoporosis": "Go slowly."}
    version = make_instruction_version(cautions=[HIP, BONES], text={"caution_notes": notes})
    make_issued(patient=patient, items=[{"instruction_version": version}], findings=findings)


def test_a_caution_that_the_answers_call_for_is_shown(client: Client, patient: Patient) -> None:
    cautious(patient, {"osteoporosis": True})
    assert "Go slowly." in page(client)


def test_a_caution_is_shown_when_the_answer_is_not_known(client: Client, patient: Patient) -> None:
    cautious(patient, {"osteoporosis": None})
    assert "Go slowly." in page(client)


def test_a_caution_that_does_not_matter_is_left_out(client: Client, patient: Patient) -> None:
    cautious(patient, {"osteoporosis": True})
    assert "Ask your surgeon first." not in page(client)


def test_an_item_of_later_is_named_with_its_first_day(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{}, {"title": "Heat pack", **in_days(3)}])
    assert "Heat pack" in page(client).split('id="later"')[1]


def test_the_steps_of_a_later_item_wait_until_its_day(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{}, {"text": {"steps": ["Warm the pack."]}, **in_days(3)}])
    assert "Warm the pack." not in page(client)


def test_what_comes_later_is_in_the_order_of_its_days(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"title": "In a week", **in_days(7)}, {"title": "In two days", **in_days(2)}])
    shown = page(client)
    assert shown.index("In two days") < shown.index("In a week")


def test_an_item_whose_days_are_over_is_left_out(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{}, {"title": "Ice pack", **over()}])
    assert "Ice pack" not in page(client)


def test_a_day_with_nothing_to_do_says_so(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[in_days(2)])
    assert "There is nothing to do today." in page(client)


def test_a_plan_whose_days_are_over_says_so(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[over()])
    assert "The days of this plan are over." in page(client)


def test_words_in_the_patient_s_language_come_before_english(client: Client, patient: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(language="es")
    version = make_instruction_version(title="Ice pack")
    make_instruction_text(version=version, language="es", title="Bolsa de hielo")
    make_issued(patient=patient, items=[{"instruction_version": version}])
    assert "Bolsa de hielo" in page(client)


def test_english_stands_in_for_words_that_are_not_translated(client: Client, patient: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(language="es")
    make_issued(patient=patient, items=[{"title": "Ice pack"}])
    assert "Ice pack" in page(client)


def test_the_clinic_can_be_called_by_one_press(client: Client, patient: Patient) -> None:
    make_clinic(phone="(555) 555-0100")
    make_issued(patient=patient)
    assert 'href="tel:5555550100"' in page(client)


def test_the_page_says_when_to_call_911(client: Client, patient: Patient) -> None:
    make_issued(patient=patient)
    assert "Call 911 or go to the emergency room now." in page(client)


def test_a_new_version_replaces_the_one_before(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{"title": "Ice pack"}])
    make_issued(patient=patient, items=[{"title": "Heat pack"}])
    assert "Ice pack" not in page(client)


def test_a_draft_of_the_next_version_stays_out_of_sight(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    make_item(version=make_draft(plan=version.plan), title="Heat pack")
    assert "Heat pack" not in page(client)


def test_an_ended_plan_says_that_it_has_ended(client: Client, patient: Patient) -> None:
    end(make_issued(patient=patient))
    assert "Your plan has ended" in page(client)


def test_an_ended_plan_shows_nothing_to_do(client: Client, patient: Patient) -> None:
    end(make_issued(patient=patient, items=[{"title": "Ice pack"}]))
    assert "Ice pack" not in page(client)


def test_a_plan_that_runs_is_shown_before_one_that_ended(client: Client, patient: Patient) -> None:
    end(make_issued(patient=patient))
    make_issued(patient=patient, items=[{"title": "Heat pack"}])
    assert "Heat pack" in page(client)


def test_before_the_first_plan_the_page_is_kind(client: Client, patient: Patient) -> None:
    assert "There is no plan for you here yet." in page(client)


# --- earlier plans -------------------------------------------------------------------------------------


def test_every_issued_version_is_listed_newest_first(client: Client, patient: Patient) -> None:
    first, second = make_issued(patient=patient), make_issued(patient=patient)
    listed = re.findall(r"/me/plans/([0-9a-f-]{36})/", page(client, "my_plans"))
    assert listed == [str(second.pk), str(first.pk)]


def test_a_draft_is_not_listed(client: Client, patient: Patient) -> None:
    make_draft(patient=patient)
    assert "There is no plan for you here yet." in page(client, "my_plans")


def test_the_list_holds_nobody_else_s_plans(client: Client, patient: Patient) -> None:
    make_issued(patient=make_patient())
    assert "/me/plans/" not in page(client, "my_plans")


def test_an_earlier_version_stays_readable(client: Client, patient: Patient) -> None:
    earlier = make_issued(patient=patient, items=[{"title": "Ice pack"}])
    make_issued(patient=patient)
    assert "Ice pack" in page(client, "my_plan", earlier.pk)


def shown_later(client: Client, patient: Patient, *, ended: bool) -> str:
    """A version's page once another has replaced it, or its plan has ended."""
    words = {"why": "Eases pain.", "steps": ["Lie down."]}
    item = {"title": "Ice pack", "kind": "ice", "minutes": 7, "note": "Use the low chair.", "text": words}
    version = make_issued(patient=patient, items=[item], note="See you on Monday.")
    if ended:
        end(version)
    else:
        make_issued(patient=patient)
    return page(client, "my_plan", version.pk)


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("part", ["7 min", "Lie down.", "Use the low chair.", "Eases pain.", "/print/"])
def test_a_version_of_the_past_shows_nothing_to_do(client: Client, patient: Patient, part: str, *, ended: bool) -> None:
    assert part not in shown_later(client, patient, ended=ended)


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("part", ["Ice pack", "See you on Monday."])
def test_a_version_of_the_past_shows_what_it_was_about(
    client: Client, patient: Patient, part: str, *, ended: bool
) -> None:
    assert part in shown_later(client, patient, ended=ended)


def test_a_version_of_the_past_shows_its_days(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    end(version)
    item = version.items.get()
    assert span_words(item.from_date, item.until_date) in page(client, "my_plan", version.pk)


@pytest.mark.parametrize(("level", "leads"), [("emergency", True), ("same_day", True), ("review", False)])
def test_every_version_leads_to_the_card_while_an_urgent_flag_is_open(
    client: Client, patient: Patient, level: str, *, leads: bool
) -> None:
    version = make_issued(patient=patient)
    end(version)
    make_red_flag(screening=version.screening, level=level)
    answer = client.get(reverse("my_plan", args=[version.pk]))
    assert (answer.headers.get("Location") == reverse("me")) == leads


def test_an_ended_plan_leads_to_the_card_of_a_stopped_one(client: Client, patient: Patient) -> None:
    ended = make_issued(patient=patient)
    end(ended)
    stopped = make_issued(patient=patient)
    Plan.objects.filter(pk=stopped.plan_id).update(stopped_by=make_screening(patient=patient), stopped_level="review")
    assert client.get(reverse("my_plan", args=[ended.pk])).headers["Location"] == reverse("me")


def test_an_earlier_version_is_marked_as_one(client: Client, patient: Patient) -> None:
    earlier = make_issued(patient=patient)
    make_issued(patient=patient)
    assert "This is an earlier version" in page(client, "my_plan", earlier.pk)


def test_the_version_of_now_carries_no_such_mark(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    assert "Do not follow it today" not in page(client, "my_plan", version.pk)


def test_an_ended_plan_stays_readable(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient, items=[{"title": "Ice pack"}])
    end(version)
    assert "Ice pack" in page(client, "my_plan", version.pk)


def test_an_earlier_version_offers_nothing_to_tick(client: Client, patient: Patient) -> None:
    earlier = make_issued(patient=patient)
    make_issued(patient=patient)
    assert "<form" not in page(client, "my_plan", earlier.pk)
