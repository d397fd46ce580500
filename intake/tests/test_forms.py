"""Registration: any name is taken as typed; what cannot be is said beside its field, and nothing typed is lost."""

from datetime import date

import pytest

from intake.forms import PatientForm
from intake.tests.factories import make_patient

# A form of a model asks the database whether the row would be accepted.
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def form(**typed: str) -> PatientForm:
    usual = {
        "given_name": "Sam",
        "family_name": "Rivera",
        "birth_date": "04/12/1970",
        "phone": "",
        "email": "",
        "language": "en",
        "text_size": "normal",
    }
    return PatientForm(usual | typed, today=TODAY)


def error(field: str, **typed: str) -> str:
    """The one sentence beside `field`; there must be no other error."""
    errors = form(**typed).errors
    assert list(errors) == [field]
    return str(errors[field][0])


def test_a_name_and_a_birth_date_are_enough() -> None:
    assert form().is_valid()


@pytest.mark.parametrize("field", ["given_name", "family_name"])
def test_one_name_is_enough(field: str) -> None:
    assert form(**{field: ""}).is_valid()


@pytest.mark.parametrize("blank", ["", "   ", "\u00a0"])
def test_no_name_at_all_is_refused(blank: str) -> None:
    assert error("given_name", given_name=blank, family_name=blank) == "Write at least one name."


@pytest.mark.parametrize("name", ["🙂", "علي", "\u202bעדי\u202c", "Ng", "X Æ A-12", "d’Arcy", "<b>Bo</b>", "a" * 120])
def test_any_name_is_taken_as_typed(name: str) -> None:
    typed = form(given_name=name)
    assert typed.is_valid()
    assert typed.cleaned_data["given_name"] == name


def test_blanks_around_a_name_are_left_out() -> None:
    typed = form(given_name="  Sam  ")
    assert typed.is_valid()
    assert typed.cleaned_data["given_name"] == "Sam"


@pytest.mark.parametrize("name", ["Sam\tLee", "Sam\x07", "Sam\x1bLee", "S\x7fam"])
def test_a_control_character_in_a_name_is_refused_in_a_sentence(name: str) -> None:
    assert "a sign that cannot be seen" in error("family_name", family_name=name)


def test_a_null_character_in_a_name_is_refused() -> None:
    assert "Null characters" in error("given_name", given_name="S\x00am")


def test_ten_thousand_characters_are_refused_with_the_limit() -> None:
    assert "at most 120 characters (it has 10000)" in error("given_name", given_name="a" * 10_000)


def test_ten_thousand_characters_stay_in_the_field() -> None:
    assert "a" * 10_000 in str(form(given_name="a" * 10_000)["given_name"])


@pytest.mark.parametrize("born", ["11/21/2026", "1/1/2027", "1/1/9999"])
def test_a_birth_date_to_come_is_refused(born: str) -> None:
    assert error("birth_date", birth_date=born) == "This day is still to come. Check the year."


def test_somebody_born_today_can_be_registered() -> None:
    assert form(birth_date="11/20/2026").is_valid()


@pytest.mark.parametrize("born", ["11/20/1905", "1/1/1850", "1/1/0001"])
def test_an_age_over_120_is_refused(born: str) -> None:
    assert "over 120 years old" in error("birth_date", birth_date=born)


@pytest.mark.parametrize("born", ["11/21/1905", "12/31/1905", "1/1/1906"])
def test_an_age_of_120_is_believed(born: str) -> None:
    assert form(birth_date=born).is_valid()


def test_a_short_year_is_refused() -> None:
    assert "four digits" in error("birth_date", birth_date="3/14/61")


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert "no such day" in error("birth_date", birth_date="2/30/1961")


def test_a_missing_birth_date_is_asked_for() -> None:
    assert error("birth_date", birth_date="") == "This field is required."


def test_a_refused_birth_date_stays_in_the_field() -> None:
    assert 'value="2/30/1961"' in str(form(birth_date="2/30/1961")["birth_date"])


def test_a_mail_address_that_is_none_is_refused() -> None:
    assert "valid email" in error("email", email="sam at home")


def test_a_stored_birth_date_is_shown_month_first() -> None:
    shown = PatientForm(instance=make_patient(birth_date=date(1961, 3, 14)), today=TODAY)
    assert 'value="03/14/1961"' in str(shown["birth_date"])


def test_a_name_field_follows_the_direction_of_its_script() -> None:
    assert 'dir="auto"' in str(form()["given_name"])


def test_a_birth_date_after_the_start_of_a_pain_is_refused() -> None:
    typed = {"given_name": "Sam", "birth_date": "11/02/2026", "language": "en", "text_size": "normal"}
    late = PatientForm(typed, today=TODAY, earliest_onset=date(2026, 11, 1))
    assert late.errors["birth_date"] == ["A pain on record began on Nov 1, 2026, before this day. Check the year."]


def test_a_birth_date_on_the_day_a_pain_began_is_believed() -> None:
    typed = {"given_name": "Sam", "birth_date": "11/01/2026", "language": "en", "text_size": "normal"}
    assert PatientForm(typed, today=TODAY, earliest_onset=date(2026, 11, 1)).is_valid()
