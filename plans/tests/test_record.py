"""The record for the chart: every answer, every reason, and who decided what."""

from collections.abc import Mapping

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime

from intake.chart import Answer, every_answer
from intake.models import Screening
from intake.tests.factories import (
    make_closing,
    make_patient,
    make_red_flag,
    make_screening,
    make_staff,
    sign_in_staff,
)
from plans.models import PlanVersion
from plans.record import decision_record, screening_record
from plans.tests.factories import freeze, make_draft, make_issued, make_item
from plans.tests.factories_decisions import make_override
from plans.tests.factories_orders import make_use
from plans.tests.factories_phases import make_opening, make_waiting
from practice.models import AuditEvent, Clinic
from therapies.models import RuleSignOff
from therapies.suitability import VOCABULARY

pytestmark = pytest.mark.django_db
FULL = "D, M j, Y, g:i A"
# Not asked in so many words: counted from the birth date and the onset, or read out with a question of another name.
NOT_READ_OUT = {"age", "onset_days", "onset_is_minimum", "temperature_c", "worse_bending", "worse_arching"}
TWINS = {"area_hot", "area_flushed"}


def answers(**fields: object) -> Mapping[str, Answer]:
    """Every answer of a screening, by its question."""
    screening = make_screening(patient=make_patient(), **fields)
    return {each.question: each for group in every_answer(screening) for each in group.answers}


def test_every_finding_that_is_asked_stands_in_the_record_once() -> None:
    rows = len(answers())
    of_the_pain = 7
    assert rows - of_the_pain == len(VOCABULARY) - len(NOT_READ_OUT) - len(TWINS)


def test_a_plain_no_stands_in_the_record() -> None:
    assert answers()["Is there a bruise?"] == Answer("Is there a bruise?", "No")


def test_a_yes_stands_in_the_record() -> None:
    assert answers(findings={"area_bruised": True})["Is there a bruise?"].answer == "Yes"


def test_not_sure_stands_in_the_record() -> None:
    assert answers(findings={"area_bruised": None})["Is there a bruise?"].answer == "Not sure"


def test_a_choice_is_read_in_its_own_words() -> None:
    found = answers(findings={"leg_weakness": "mild_stable"})
    question = "Is a leg or foot weak, new or worse with this pain?"
    assert found[question].answer == "A little, and not getting worse"


def test_questions_that_feed_one_finding_stand_together() -> None:
    found = answers(findings={"skin_infection_or_rash": True})
    assert found["Is the skin there infected? / Is there a rash?"].answer == "Yes"


def test_what_was_not_asked_says_why() -> None:
    question = "Has diabetes made your feet or hands feel less?"
    assert answers(implied=["diabetes_neuropathy"])[question] == Answer(question, "not asked", "no diabetes")


def test_what_was_taken_over_says_from_when() -> None:
    earlier = make_screening(patient=make_patient())
    found = answers(based_on=earlier, carried=["diabetes"])["Do you have diabetes?"]
    assert found.basis.startswith("taken over from the screening of ")


def test_a_temperature_stands_in_the_record_in_both_scales() -> None:
    assert answers(findings={"temperature_c": 37.2})["Temperature"].answer == "99.0 °F (37.2 °C)"


def test_the_weeks_of_a_pregnancy_stand_in_the_record() -> None:
    assert answers(findings={"pregnant_weeks": 12})["Are you pregnant?"].answer == "Yes, 12 weeks"


def test_an_issued_versions_verdicts_are_those_that_were_frozen() -> None:
    version = make_use()
    assert version.advice
    (ice, *_) = decision_record(version, Clinic.load()).rulings
    assert [line.rule for line in ice.reasons] == [each["rule"] for each in version.advice["ice"]["reasons"]]


def test_a_screenings_verdicts_are_those_of_the_day_on_which_it_was_sent() -> None:
    screening = make_screening(patient=make_patient(), findings={"area_numb": True})
    ice, *_ = screening_record(screening, Clinic.load()).rulings
    assert ice.verdict == "not_suitable"


def test_every_reason_stands_in_the_record() -> None:
    screening = make_screening(patient=make_patient(), findings={"area_numb": True, "raynauds": True})
    ice, *_ = screening_record(screening, Clinic.load()).rulings
    assert {"I-N3", "I-N4", "B09"} <= {line.rule for line in ice.reasons}


def test_a_level_that_the_rules_would_give_no_more_is_said_to_differ() -> None:
    screening = make_screening(patient=make_patient(), level="review", unanswered_count=0)
    assert screening_record(screening, Clinic.load()).differs


def test_a_level_that_stands_does_not_differ() -> None:
    screening = make_screening(patient=make_patient(), findings={"cancer_history": True})
    assert not screening_record(screening, Clinic.load()).differs


def a_signature(**fields: object) -> RuleSignOff:
    return RuleSignOff.objects.create(
        **({"hash": "a" * 64, "parts": {}, "capacity": "owner", "by": make_staff()} | fields)
    )


def test_the_record_names_the_rule_set_that_was_signed_last_before_the_plan() -> None:
    before = a_signature()
    version = make_issued()
    a_signature(hash="b" * 64)
    assert decision_record(version, Clinic.load()).signed == (before,)


def test_the_record_names_both_who_signed_the_rule_set() -> None:
    signed = (a_signature(), a_signature(capacity="clinician"))
    assert decision_record(make_issued(), Clinic.load()).signed == signed


# --- The pages


def page(client: Client, name: str, *args: object) -> str:
    sign_in_staff(client)
    return client.get(reverse(name, args=args)).content.decode()


def of_screening(client: Client, screening: Screening) -> str:
    return page(client, "screening_record", screening.patient_id, screening.pk)


def test_the_page_of_a_screening_tells_its_red_flags_and_how_they_were_closed(client: Client) -> None:
    flag = make_red_flag()
    make_closing(flag=flag, done="Sent to the emergency room.")
    assert "“Sent to the emergency room.”" in of_screening(client, flag.screening)


def test_the_page_of_a_screening_says_that_a_red_flag_is_open(client: Client) -> None:
    assert "Still open." in of_screening(client, make_red_flag().screening)


def test_the_page_of_a_screening_names_the_source_of_a_red_flag(client: Client) -> None:
    flag = make_red_flag()
    assert f"{flag.rule} · {escape(flag.source)} · " in of_screening(client, flag.screening)


def test_the_page_of_a_version_tells_an_override_with_its_reason(client: Client) -> None:
    version = make_draft()
    make_item(version=version)
    make_override(version=version, reason="Ice has always helped.")
    freeze(version)
    assert "“Ice has always helped.”" in page(client, "version_record", version.pk)


def test_the_page_of_a_version_tells_the_standing_order(client: Client) -> None:
    assert "of Dr. Ana Ruiz for “Day 3 to 13”" in page(client, "version_record", make_use().pk)


def test_the_page_of_a_version_tells_what_was_given_and_how_much(client: Client) -> None:
    version = make_issued(items=[{"title": "Cat and cow", "repetitions": 7}])
    assert "Cat and cow" in page(client, "version_record", version.pk)


def test_the_page_of_a_version_tells_when_an_item_was_opened_by_which_answers_and_by_whom(client: Client) -> None:
    opening = make_opening()
    opened = f"{date_format(localtime(opening.at), FULL)} by the answers of "
    answered = f"{date_format(localtime(opening.screening.sent_at), FULL)}, sent by {opening.by}"
    assert f"opened {opened}{answered}" in page(client, "version_record", opening.item.version_id)


def test_the_page_of_a_version_tells_that_an_item_was_not_opened(client: Client) -> None:
    assert "not opened so far" in page(client, "version_record", make_waiting().pk)


def test_opening_a_record_counts_as_printing_it(client: Client) -> None:
    version = make_issued()
    page(client, "version_record", version.pk)
    event = AuditEvent.objects.get(action="printed")
    assert (event.object_id, event.detail) == (str(version.pk), "record for the chart")


def test_a_draft_has_no_record(client: Client) -> None:
    sign_in_staff(client)
    assert client.get(reverse("version_record", args=[make_draft().pk])).status_code == 404


def test_a_screening_of_somebody_else_is_not_found(client: Client) -> None:
    sign_in_staff(client)
    screening = make_screening(patient=make_patient())
    address = reverse("screening_record", args=[make_patient().pk, screening.pk])
    assert client.get(address).status_code == 404


def test_a_screening_that_is_not_sent_has_no_record(client: Client) -> None:
    user = sign_in_staff(client)
    draft = Screening.objects.create(patient=make_patient(), started_by=user)
    address = reverse("screening_record", args=[draft.patient_id, draft.pk])
    assert client.get(address).status_code == 404


def queries(client: Client, version: PlanVersion) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("version_record", args=[version.pk]))
    return len(captured)


def test_a_record_needs_as_many_queries_for_three_opened_items_as_for_one(client: Client) -> None:
    one, three = (make_issued(items=[{"gated": True}] * number) for number in (1, 3))
    for item in (*one.items.all(), *three.items.all()):
        make_opening(item=item)
    sign_in_staff(client)
    assert queries(client, one) == queries(client, three)


def test_a_record_needs_as_many_queries_for_three_items_as_for_one(client: Client) -> None:
    one, three = make_issued(items=[{}]), make_issued(items=[{}] * 3)
    sign_in_staff(client)
    assert queries(client, one) == queries(client, three)
