"""The patient search: by part of either name, birth date or record number, and never more than was asked for."""

from datetime import date
from itertools import combinations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intake import finding
from intake.finding import MOST_RESULTS, find_patients
from intake.models import Patient
from intake.names import fold
from intake.tests.factories import make_access, make_patient

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


def test_only_their_own_are_found_for_a_patient_however_many_are_named_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MANY_USES", 2)
    for _ in range(4):
        make_patient(family_name="Rivera")
    somebody = make_access(patient=make_patient(family_name="Rivera"))
    assert find_patients(Patient.objects.visible_to(somebody.user), "riv") == [somebody.patient]


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "´", "`", "′", ""])
@pytest.mark.parametrize("text", ["o’brien", "O'Brien", "obrien", "o´brien", "brien", "o brien"])
def test_apostrophes_do_not_count(apostrophe: str, text: str) -> None:
    someone = make_patient(given_name="Ann", family_name=f"O{apostrophe}Brien")
    assert found(text) == [someone.full_name]


@pytest.mark.parametrize("dash", ["-", "‐", "–", " "])
@pytest.mark.parametrize("text", ["smith-jones", "smith jones", "jones", "Jones–Smith", "jon"])
def test_each_part_of_a_double_name_finds_it(dash: str, text: str) -> None:
    someone = make_patient(given_name="Ann", family_name=f"Smith{dash}Jones")
    assert found(text) == [someone.full_name]


@pytest.mark.parametrize(
    ("family_name", "text"),
    [
        ("Jørgensen", "jorgensen"),
        ("Łukasik", "lukasik"),
        ("Đurić", "duric"),
        ("Işık", "isik"),
        ("Æbelø", "aebelo"),
        ("Lefœvre", "lefoevre"),
        ("Weiß", "weiss"),
        ("Guðmundsdóttir", "gudmund"),
        ("Þórsson", "thorsson"),
        ("Jorgensen", "jørgensen"),
    ],
)
def test_letters_of_their_own_are_found_by_plain_ones(family_name: str, text: str) -> None:
    someone = make_patient(given_name="Ann", family_name=family_name)
    assert found(text) == [someone.full_name]


@pytest.mark.parametrize("family_name", ["Z\ud7ff", "Z\ue000", "Z\uffff", "Z\U0010ffff", "Z\U0010ffff\U0010ffff", "ZZ"])
def test_the_ends_of_the_alphabet_are_within_a_beginning(family_name: str) -> None:
    someone = make_patient(given_name="Ann", family_name=family_name)
    assert found("z") == found(family_name) == [someone.full_name]


def test_a_renamed_patient_is_found_by_the_new_name() -> None:
    someone = make_patient(given_name="Ann", family_name="Berg")
    someone.family_name = "Quintrell"
    someone.save()
    assert found("intrel") == ["Ann Quintrell"]


def test_a_renamed_patient_is_not_found_by_the_old_name() -> None:
    someone = make_patient(given_name="Ann", family_name="Berg")
    someone.family_name = "Quintrell"
    someone.save()
    assert found("berg") == []


@pytest.mark.parametrize("text", ["jonathn", "jonnathan", "jonathen", "jonahtan", "jonahtan rivrea", "rivera jonatham"])
def test_one_slip_a_word_is_forgiven(text: str) -> None:
    someone = make_patient(given_name="Jonathan", family_name="Rivera")
    make_patient(given_name="Ann", family_name="Rivera")
    assert found(text) == [someone.full_name]


@pytest.mark.parametrize(
    "text", ["jonthn", "jonathan oak", "jonatahn oak", "anm", "jonathan1", "jonathn " * 6 + "a b c d e"]
)
def test_more_than_one_slip_a_word_is_not_forgiven(text: str) -> None:
    make_patient(given_name="Jonathan", family_name="Rivera")
    make_patient(given_name="Ann", family_name="Berg")
    assert found(text) == []


def test_a_slip_is_forgiven_only_where_nobody_is_named_so() -> None:
    make_patient(given_name="Ann", family_name="Lopez")
    make_patient(given_name="Ann", family_name="Lopes")
    assert found("lopes") == ["Ann Lopes"]


def queries_for(text: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        found(text)
    return len(captured)


@pytest.mark.parametrize("text", ["rivera", "iver", "sam riv", "rivrea"])
def test_three_results_take_as_many_queries_as_one(text: str) -> None:
    make_patient(given_name="Sam", family_name="Rivera")
    for_one = queries_for(text)
    for _ in range(2):
        make_patient(given_name="Sam", family_name="Rivera")
    assert queries_for(text) == for_one


NAMES = st.text(alphabet="aábcøæ'’- ıß\U0010ffff", max_size=8)
PEOPLE = st.lists(st.tuples(NAMES, NAMES).filter(lambda name: any(name)), min_size=1, max_size=12)


def plainly_found(text: str) -> list[Patient]:
    """What the search means, by looking at everybody: first those whose words begin so, then those that hold it."""
    words = fold(text).split()
    everybody = list(Patient.objects.order_by("search_key", "record_number")) if words else []
    begin = [each for each in everybody if all(f" {word}" in each.search_key for word in words)]
    hold = [each for each in everybody if all(word in each.search_key for word in words)]
    return list(dict.fromkeys(begin + hold))[:MOST_RESULTS]


class TestAnyName(TestCase):
    """Names and texts of all kinds, on each way that the search may take."""

    @given(people=PEOPLE, data=st.data())
    @settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    def test_a_patient_is_found_by_any_piece_of_any_word(
        self, people: list[tuple[str, str]], data: st.DataObject
    ) -> None:
        patients = [make_patient(given_name=given_name, family_name=family_name) for given_name, family_name in people]
        somebody = data.draw(st.sampled_from(patients))
        for word in fold(somebody.full_name).split():
            for start, end in combinations(range(len(word) + 1), 2):
                assert end - start < 2 or somebody in find_patients(Patient.objects.all(), word[start:end])

    @given(people=PEOPLE, text=NAMES, many=st.sampled_from([1, 2, 4, 500]))
    @settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
    def test_every_way_leads_to_the_same_people(self, people: list[tuple[str, str]], text: str, many: int) -> None:
        for given_name, family_name in people:
            make_patient(given_name=given_name, family_name=family_name)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finding, "MANY_USES", many)
            patch.setattr(finding, "MANY_WORDS", many)
            patch.setattr(finding, "_with_a_slip", lambda *_: [])
            assert find_patients(Patient.objects.all(), text) == plainly_found(text)
