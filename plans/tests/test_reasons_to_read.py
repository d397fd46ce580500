"""Reading the reasons: the deciding one first, the others folded, each with its rule and source."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from intake.tests.factories import make_patient, make_screening, sign_in_staff
from plans.tests.factories import make_ready_draft
from therapies.suitability import Modality, ModalityAdvice, Reason, Verdict

pytestmark = pytest.mark.django_db


def advice(count: int) -> ModalityAdvice:
    reasons = tuple(
        Reason(f"I-N{n}", Verdict.NOT_SUITABLE, f"Staff sentence {n}.", "For you.", f"Source {n}")
        for n in range(1, count + 1)
    )
    return ModalityAdvice(Modality.ICE, Verdict.NOT_SUITABLE, reasons, ())


def card(count: int) -> str:
    return render_to_string("plans/verdict_card.html", {"one": advice(count), "title": "Ice", "mark": "snowflake"})


def open_part(html: str) -> str:
    """What is read without a press."""
    return re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)


def test_the_deciding_reason_is_read_without_a_press() -> None:
    assert "Staff sentence 1." in open_part(card(3))


def test_the_other_reasons_are_folded() -> None:
    assert "Staff sentence 2." not in open_part(card(3))


def test_the_fold_says_how_many_more_and_of_what() -> None:
    words = " ".join(re.sub(r"<[^>]+>", "", card(3)).split())
    assert "2 more reasons for ice" in words


def test_one_more_reason_is_one() -> None:
    assert "1 more reason<" in card(2)


def test_a_single_reason_folds_nothing() -> None:
    assert "<details" not in card(1)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_every_reason_shows_its_rule_and_source(n: int) -> None:
    assert f"I-N{n} · Source {n}" in card(3)


def test_the_deciding_reason_comes_first_for_who_hears_the_page() -> None:
    assert card(3).index("Staff sentence 1.") < card(3).index("<summary")


def test_the_patients_page_folds_the_other_reasons_of_a_verdict(client: Client) -> None:
    patient = make_patient()
    make_screening(patient=patient, findings={"area_numb": True, "raynauds": True})
    sign_in_staff(client)
    shown = client.get(reverse("patient", args=[patient.pk])).content.decode()
    assert "reasons-more" in shown


def test_the_builder_folds_the_other_reasons_of_a_verdict(client: Client) -> None:
    draft = make_ready_draft(findings={"raynauds": True, "skin_broken": True}, items=())
    sign_in_staff(client)
    shown = client.get(reverse("plan_build", args=[draft.pk])).content.decode()
    assert "reasons-more" in shown
