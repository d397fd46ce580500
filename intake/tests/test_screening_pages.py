"""What the form asks for when: questions that hang on other answers, and one page by itself."""

from datetime import date
from typing import Any

import pytest

from intake.asking import NO, UNKNOWN, YES
from intake.forms_screening import ScreeningForm, page_form
from intake.questions import GROUP_BY_SLUG
from intake.tests.factories import cleaned_answers, make_screening_form
from intake.tests.stored import stored_findings

BORN, TODAY = date(1970, 4, 12), date(2026, 11, 20)


def errors(**said: Any) -> dict[str, str]:
    """The first sentence beside each field at fault."""
    form = make_screening_form(born=BORN, today=TODAY, **said)
    return {field: str(sentences[0]) for field, sentences in form.errors.items()}


# --- only when it matters ------------------------------------------------------------------------------


@pytest.mark.parametrize("child", ["ms_heat_sensitive", "diabetes_neuropathy", "pregnancy_fluid", "cancer_at_site"])
def test_a_question_that_does_not_matter_may_be_left_open(child: str) -> None:
    assert errors(**{child: None}) == {}


@pytest.mark.parametrize("parent", [YES, UNKNOWN])
def test_a_question_that_matters_is_asked_for(parent: str) -> None:
    assert list(errors(ms=parent, ms_heat_sensitive=None)) == ["ms_heat_sensitive"]


def test_a_child_of_an_open_question_is_not_asked_for_yet() -> None:
    assert list(errors(ms=None, ms_heat_sensitive=None)) == ["ms"]


def test_what_hangs_on_a_wrong_day_is_not_asked_for_yet() -> None:
    assert list(errors(onset_ago="soon", no_better_in_4_weeks=None)) == ["onset_ago"]


def test_somebody_over_sixty_is_not_asked_about_a_pregnancy() -> None:
    form = make_screening_form(born=date(1950, 1, 1))
    assert not {"pregnant", "pregnant_weeks", "pregnancy_fluid"} & set(form.fields)


def test_a_crafted_pregnancy_over_sixty_is_not_read() -> None:
    stored = stored_findings(cleaned_answers(born=date(1950, 1, 1), pregnant=YES, pregnant_weeks="20"))
    assert "pregnant_weeks" not in stored


def test_without_a_plan_nothing_is_asked_about_one() -> None:
    assert "no_better_on_plan" not in make_screening_form().fields


def test_none_of_these_and_a_sign_contradict_each_other() -> None:
    said = errors(onset_ago="6", onset_unit="months", chronic_label=YES, inflammatory_signs=["none", "wakes"])
    assert "cannot go with another choice" in said["inflammatory_signs"]


def test_a_page_hides_what_does_not_matter() -> None:
    form = make_screening_form()
    assert form.is_valid()
    assert {"ms_heat_sensitive", "pregnant_weeks", "no_better_in_4_weeks", "inflammatory_signs"} <= set(
        form.not_asked()
    )


def test_a_page_hides_what_cannot_be_decided_yet() -> None:
    form = make_screening_form(onset_ago="", ms=None)
    form.is_valid()
    assert {"ms_heat_sensitive", "no_better_in_4_weeks"} <= set(form.not_asked())


def test_a_page_shows_what_matters() -> None:
    form = make_screening_form(ms=YES, onset_ago="40")
    form.is_valid()
    assert not {"ms_heat_sensitive", "no_better_in_4_weeks"} & set(form.not_asked())


# --- one page ------------------------------------------------------------------------------------------


def page(slug: str, data: dict[str, Any] | None = None, **typed: Any) -> ScreeningForm:
    return page_form(GROUP_BY_SLUG[slug], data, typed=typed, born=BORN, today=TODAY)


def test_a_page_holds_the_fields_of_its_group() -> None:
    assert set(page("private").fields) == set(GROUP_BY_SLUG["private"].names)


def test_a_page_shows_what_was_typed_before() -> None:
    assert page("urgent", fever=YES)["fever"].value() == YES


def test_a_page_is_checked_by_itself() -> None:
    assert list(page("today", {}).errors) == list(GROUP_BY_SLUG["today"].names)


def test_a_page_leaves_out_what_another_page_decided() -> None:
    assert "cancer_at_site" not in page("health", cancer_history=NO).fields


@pytest.mark.parametrize("typed", [{"cancer_history": YES}, {"cancer_history": UNKNOWN}, {}])
def test_a_page_asks_what_another_page_left_possible(typed: dict[str, str]) -> None:
    assert "cancer_at_site" in page("health", **typed).fields


def test_a_page_knows_the_day_from_another_page() -> None:
    assert "inflammatory_signs" not in page("long", onset_ago="3", chronic_label=NO).fields
