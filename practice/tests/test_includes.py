"""The small templates that other pages are made of."""

import pytest
from django.template.loader import render_to_string

REASONS = [
    {"rule": "I-N4", "text": "The skin is numb.", "source": "MPFT"},
    {"rule": "I-C2", "text": "The circulation is poor.", "source": "NHS"},
]
# A word of each sign that rules.md 9.1 calls an emergency (R01 to R10 and R31 to R33).
SIGNS = [
    "between your legs",
    "pee",
    "bowels",
    "sex",
    "both legs",
    "walk steadily",
    "crash",
    "Chest pain",
    "belly",
]
SIGNS += ["passed out", "Shaking chills", "fever", "cancer", "pregnant", "face droops"]


@pytest.mark.parametrize(
    ("verdict", "word"), [("suitable", "Suitable"), ("caution", "Caution"), ("not_suitable", "Not suitable")]
)
def test_a_verdict_says_its_word_beside_the_icon(verdict: str, word: str) -> None:
    html = render_to_string("includes/verdict.html", {"verdict": verdict})
    assert f"</svg>{word}</span>" in html


def test_the_deciding_reason_stands_open_and_the_others_are_one_press_away() -> None:
    html = render_to_string("includes/reasons.html", {"reasons": REASONS})
    assert html.index("I-N4") < html.index("<details") < html.index("I-C2")


def test_all_reasons_can_stand_open() -> None:
    assert "<details" not in render_to_string("includes/reasons.html", {"reasons": REASONS, "all": True})


def test_each_reason_appears_once() -> None:
    html = render_to_string("includes/reasons.html", {"reasons": REASONS})
    assert [html.count(rule) for rule in ("I-N4", "I-C2")] == [1, 1]


def test_a_dose_pairs_each_label_with_its_value() -> None:
    html = render_to_string("includes/dose.html", {"cells": [("Hold", "5 s")]})
    assert "<dt>Hold</dt><dd>5 s</dd>" in html


@pytest.mark.parametrize("short", [False, True])
def test_the_emergency_box_says_not_to_wait(*, short: bool) -> None:
    assert "Do not wait for the clinic." in render_to_string("includes/emergency.html", {"short": short})


@pytest.mark.parametrize("sign", SIGNS)
def test_the_emergency_box_names_each_sign_of_rules_9_1(sign: str) -> None:
    assert sign in render_to_string("includes/emergency.html")
