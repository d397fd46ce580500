"""The patient search: by part of either name, birth date or record number, and never more than was asked for."""

from datetime import date

import pytest

from intake.finding import MOST_RESULTS, find_patients
from intake.models import Patient
from intake.tests.factories import make_patient

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    """The names of those found, in their order."""
    return [patient.full_name for patient in find_patients(Patient.objects.all(), text)]


@pytest.fixture
def ana() -> Patient:
    """Somebody to be found, beside somebody who is not meant."""
    make_patient(given_name="Tom", family_name="Berg", birth_date=date(1980, 1, 31), record_number=20001)
    return make_patient(
        given_name="Ana María", family_name="Núñez Prado", birth_date=date(1961, 3, 4), record_number=20002
    )


@pytest.mark.parametrize(
    "text",
    [
        "ana",
        "ANA",
        "núñez",
        "nunez",
        "NUNEZ",
        "prado",
        "mar",
        "une",
        "ana nunez",
        "nunez ana",
        "  prado   ana ",
    ],
)
def test_a_patient_is_found_by_part_of_either_name(ana: Patient, text: str) -> None:
    assert found(text) == [ana.full_name]


@pytest.mark.parametrize("text", ["3/4/1961", "4/3/1961", "1961-03-04", "4 Mar 1961", "March 4, 1961"])
def test_a_patient_is_found_by_birth_date_in_each_reading(ana: Patient, text: str) -> None:
    assert found(text) == [ana.full_name]


def test_a_short_year_finds_nobody(ana: Patient) -> None:
    assert found("3/4/61") == []


@pytest.mark.parametrize("text", ["20002", " 20002 "])
def test_a_patient_is_found_by_record_number(ana: Patient, text: str) -> None:
    assert found(text) == [ana.full_name]


@pytest.mark.parametrize("text", ["2000", "200020", "9" * 9, "9" * 10, "9" * 10_000, "0", "٢٠٠٠٢"])
def test_another_number_finds_nobody(ana: Patient, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["ana berg", "xyz", "%", "_", "a%a", "n_nez", "\\", "'", '"; --', "🙂", "علي"])
def test_what_no_name_holds_finds_nobody(ana: Patient, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\u0301", "\x00", "\u200f", "\x1f"])
def test_nothing_to_look_for_finds_nobody(ana: Patient, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["a" * 10_000, "a " * 5_000, "\ufdfa" * 5_000, "ab cd " * 1_000, "%" * 10_000])
def test_a_very_long_text_finds_nobody_and_does_no_harm(ana: Patient, text: str) -> None:
    assert found(text) in ([], [ana.full_name, "Tom Berg"], [ana.full_name])


def test_more_different_words_than_a_name_has_find_nobody(ana: Patient) -> None:
    assert found(" ".join(str(number) + "x" for number in range(2_000))) == []


@pytest.mark.parametrize("text", ["ana\x00", "a\x00na", "\u202bana\u202c"])
def test_signs_that_cannot_be_seen_do_not_count(ana: Patient, text: str) -> None:
    assert found(text) == [ana.full_name]


@pytest.mark.parametrize(
    ("given_name", "text"),
    [("100%", "0%"), ("A_B", "a_b"), ("🙂", "🙂"), ("علي", "علي"), ("\u200fעדי", "עדי")],
)
def test_a_name_of_unusual_signs_is_found_by_them(given_name: str, text: str) -> None:
    someone = make_patient(given_name=given_name, family_name="")
    make_patient(given_name="1000", family_name="AxB")
    assert found(text) == [someone.full_name]


def test_names_that_begin_so_come_before_names_that_hold_it() -> None:
    make_patient(given_name="Adrian", family_name="Abel")
    make_patient(given_name="Ian", family_name="Zorn")
    assert found("ian") == ["Ian Zorn", "Adrian Abel"]


def test_results_are_sorted_by_family_name() -> None:
    for family_name in ("Cole", "Abel", "Berg"):
        make_patient(given_name="Ian", family_name=family_name)
    assert found("ian") == ["Ian Abel", "Ian Berg", "Ian Cole"]


def test_nobody_is_listed_twice() -> None:
    someone = make_patient(given_name="Ana", family_name="Hanan")
    assert found("ana") == [someone.full_name]


def test_at_most_twenty_are_found_by_name() -> None:
    for number in range(MOST_RESULTS + 2):
        make_patient(given_name=f"Kim{number}", family_name="Oakim" if number % 2 else "Berg")
    assert len(found("kim")) == MOST_RESULTS


def test_at_most_twenty_are_found_by_birth_date() -> None:
    for _ in range(MOST_RESULTS + 2):
        make_patient(birth_date=date(1961, 3, 4))
    assert len(found("3/4/1961")) == MOST_RESULTS


def test_only_the_patients_that_are_passed_in_are_searched(ana: Patient) -> None:
    assert find_patients(Patient.objects.exclude(pk=ana.pk), "ana") == []
