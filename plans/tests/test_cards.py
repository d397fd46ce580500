"""The urgent card: the most urgent flag decides, in the patient's words; every card says the same last sentence."""

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import RedFlag, RedFlagClosing, Screening
from intake.tests.factories import make_clinician, make_patient, make_staff, sign_in_patient
from plans.cards import Card, card_of, card_of_patient
from practice.tests.factories import make_clinic
from therapies.suitability import Level
from therapies.tests.test_reading_grade import MOST, grade

TEXTS = {
    "R01": "May be cauda equina syndrome: numbness between the legs.",
    "R04": "May be a fracture: major injury.",
    "R11": "Back pain with fever may be an infection: fever.",
    "R22": "Cancer now or in the past, and no other sign of it known: a clinician looks first.",
}
LEVELS = {"R01": "emergency", "R04": "emergency", "R11": "same_day", "R22": "review"}
WORDS = {"R01": "Call 911 now", "R11": "Call us today", "R22": "Your plan is on hold. Call us."}


def flags(*rules: str) -> tuple[RedFlag, ...]:
    return tuple(RedFlag(rule=rule, level=LEVELS[rule], text=TEXTS[rule]) for rule in rules)


def card(*rules: str) -> Card:
    found = card_of(flags(*rules))
    assert found is not None
    return found


def test_without_a_flag_there_is_no_card() -> None:
    assert card_of(()) is None


@pytest.mark.parametrize("rule", WORDS)
def test_each_level_says_what_to_do_first(rule: str) -> None:
    assert card(rule).heading == WORDS[rule]


@pytest.mark.parametrize("rule", WORDS)
def test_each_level_says_not_to_do_the_plan(rule: str) -> None:
    assert "Do not do your plan." in card(rule).to_do


@pytest.mark.parametrize("rule", WORDS)
def test_no_card_promises_a_call_back(rule: str) -> None:
    said = " ".join((card(rule).heading, *card(rule).might_be, *card(rule).to_do)).lower()
    assert not any(promise in said for promise in ("we will", "we'll", "call you"))


@pytest.mark.parametrize("others", [("R11",), ("R22",), ("R11", "R22")])
def test_an_emergency_wins_over_every_other_card(others: tuple[str, ...]) -> None:
    assert card(*others, "R01").level is Level.EMERGENCY


def test_an_emergency_says_only_what_may_be_an_emergency() -> None:
    assert card("R22", "R01").might_be == ("The nerves low in your back may be under pressure.",)


def test_what_it_might_be_is_in_the_patients_words() -> None:
    assert card("R04").might_be == ("A bone in your back may be hurt.",)


def test_of_several_emergencies_one_line_is_said() -> None:
    assert card("R04", "R01").might_be == ("The nerves low in your back may be under pressure.",)


def test_a_stopped_plan_has_a_card_without_flags() -> None:
    found = card_of((), stopped_level="none")
    assert found is not None
    assert found.heading == WORDS["R22"]


def test_a_flag_is_more_urgent_than_the_stop() -> None:
    found = card_of(flags("R01"), stopped_level="review")
    assert found is not None
    assert found.level is Level.EMERGENCY


@pytest.mark.parametrize(("rule", "urgent"), [("R01", True), ("R11", True), ("R22", False)])
def test_a_review_is_not_urgent(rule: str, *, urgent: bool) -> None:
    assert card(rule).is_urgent == urgent


# --- on the page ---------------------------------------------------------------------------------------


@pytest.fixture
def raised(db: None) -> RedFlag:
    """An emergency of a patient without a plan, whose screening is still a draft."""
    patient, by = make_patient(), make_staff()
    draft = Screening.objects.create(patient=patient, started_by=by)
    return RedFlag.objects.create(
        patient=patient, screening=draft, rule="R01", level="emergency", text=TEXTS["R01"], raised_by=by
    )


def shown(client: Client, flag: RedFlag) -> str:
    sign_in_patient(client, flag.patient)
    return client.get(reverse("me")).content.decode().split("<main")[1].split("<footer")[0]


def test_an_open_flag_replaces_the_page(client: Client, raised: RedFlag) -> None:
    assert "Call 911 now" in shown(client, raised)


def test_the_card_says_that_nobody_watches(client: Client, raised: RedFlag) -> None:
    assert "Nobody at the clinic is watching this page." in shown(client, raised)


def test_the_card_calls_911_with_one_press(client: Client, raised: RedFlag) -> None:
    assert 'href="tel:911"' in shown(client, raised)


def test_the_card_lets_the_patient_go_on(client: Client, raised: RedFlag) -> None:
    assert "Go on answering (only if you have called)" in shown(client, raised)


def test_a_closed_flag_shows_no_card(client: Client, raised: RedFlag) -> None:
    RedFlagClosing.objects.create(flag=raised, by=make_clinician(), done="Sent to the emergency room.")
    assert "Call 911 now" not in shown(client, raised)


@pytest.fixture
def same_day(db: None) -> RedFlag:
    patient, by = make_patient(), make_staff()
    draft = Screening.objects.create(patient=patient, started_by=by)
    return RedFlag.objects.create(
        patient=patient, screening=draft, rule="R11", level="same_day", text=TEXTS["R11"], raised_by=by
    )


@pytest.mark.parametrize("words", ["(312) 555-0142", "8 to 5", "Call 555-0199"])
def test_a_same_day_card_gives_the_number_the_hours_and_the_way_after_hours(
    client: Client, same_day: RedFlag, words: str
) -> None:
    make_clinic(phone="(312) 555-0142", hours="8 to 5", after_hours="Call 555-0199")
    assert words in shown(client, same_day)


def test_a_card_of_a_clinic_that_is_not_set_up_says_where_the_number_is(client: Client, same_day: RedFlag) -> None:
    page = shown(client, same_day)
    assert "Our phone number is not here yet. Ask for it at the front desk." in page


@pytest.mark.django_db
def test_a_card_is_of_one_patient_only(raised: RedFlag) -> None:
    assert card_of_patient(make_patient()) is None


@pytest.mark.parametrize("rule", WORDS)
def test_a_card_reads_at_grade_six_at_most(rule: str) -> None:
    assert {line: grade(line) for line in (card(rule).heading, *card(rule).to_do) if grade(line) > MOST} == {}
