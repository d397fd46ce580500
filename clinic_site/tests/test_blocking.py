"""No path through the pages gives out what is blocked: hypothesis presses buttons, an oracle of its own judges."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from clinic_site.tests.blocking_draws import CLINICIAN, DESK, OWNER
from clinic_site.tests.blocking_machine import ClinicAtWork
from clinic_site.tests.blocking_oracle import Asked
from intake.models import Screening
from plans import receiving
from plans.models import ItemHold, PhaseOpening, Plan, PlanVersion

pytestmark = pytest.mark.django_db
NOTHING: frozenset[str] = frozenset()


def test_no_path_through_the_pages_gives_out_what_is_blocked() -> None:
    run_state_machine_as_test(
        ClinicAtWork,
        settings=settings(
            max_examples=18, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


# --- the machine gets somewhere, and it notices ---------------------------------------------------------


@pytest.fixture
def clinic() -> Iterator[ClinicAtWork]:
    machine = ClinicAtWork()
    yield machine
    machine.teardown()


def judge(clinic: ClinicAtWork) -> None:
    """Every invariant, as after a step."""
    clinic.nothing_blocked_was_issued()
    clinic.nothing_opened_on_answers_that_do_not_allow_it()
    clinic.only_clinicians_decided()
    clinic.no_plan_runs_past_an_open_red_flag()
    clinic.nothing_at_home_is_what_the_answers_bar()
    clinic.an_open_red_flag_shows_its_card()


def issue_ice(clinic: ClinicAtWork) -> None:
    clinic.send_the_screening(DESK, NOTHING, NOTHING, 10)
    clinic.add_an_item(DESK, "ice")
    clinic.issue(CLINICIAN)
    clinic.nothing_blocked_was_issued()


def test_the_machine_can_issue_a_plan(clinic: ClinicAtWork) -> None:
    issue_ice(clinic)
    judge(clinic)
    assert len(clinic.judge.issued) == 1


def test_the_machine_can_issue_past_a_review_an_override_and_a_caution(clinic: ClinicAtWork) -> None:
    clinic.send_the_screening(DESK, frozenset({"cancer_history", "diabetes"}), NOTHING, 30)
    clinic.clear_the_review(CLINICIAN)
    clinic.add_an_item(CLINICIAN, "stretching")
    clinic.override_a_rule(CLINICIAN, "ice", "I-B4")
    clinic.add_an_item(CLINICIAN, "ice")
    clinic.acknowledge_everything(CLINICIAN)
    clinic.issue(CLINICIAN)
    judge(clinic)
    assert len(clinic.judge.issued) == 1


def answer_two_weeks_on(clinic: ClinicAtWork) -> None:
    """A plan of ice, and of heat for later; when its day comes the patient answers again on the phone."""
    clinic.give_a_plan_with_a_later_item(10, "ice", "heat")
    clinic.nothing_blocked_was_issued()
    clinic.days_pass(12)
    clinic.the_patient_answers_again(NOTHING)


def test_the_machine_can_open_what_was_approved_in_advance(clinic: ClinicAtWork) -> None:
    clinic.turn_the_switch(CLINICIAN)
    answer_two_weeks_on(clinic)
    judge(clinic)
    assert len(clinic.judge.opened) == 1


def test_the_machine_opens_nothing_for_a_patient_while_the_switch_is_off(clinic: ClinicAtWork) -> None:
    clinic.turn_the_switch(DESK)
    answer_two_weeks_on(clinic)
    assert not PhaseOpening.objects.exists()


def test_the_machine_can_hold_an_item(clinic: ClinicAtWork) -> None:
    issue_ice(clinic)
    clinic.the_patient_answers(frozenset({"poor_circulation"}), NOTHING, 10)
    judge(clinic)
    assert ItemHold.objects.open().count() == 1


def test_the_machine_can_let_a_held_item_go_on(clinic: ClinicAtWork) -> None:
    issue_ice(clinic)
    clinic.the_patient_answers(frozenset({"poor_circulation"}), NOTHING, 10)
    clinic.send_the_screening(CLINICIAN, NOTHING, NOTHING, 10)
    clinic.let_a_held_item_go_on(CLINICIAN)
    judge(clinic)
    assert not ItemHold.objects.open().exists()


def give_heat(clinic: ClinicAtWork, yes: frozenset[str]) -> None:
    clinic.send_the_screening(DESK, yes, NOTHING, 30)
    clinic.add_an_item(DESK, "heat")
    clinic.acknowledge_everything(CLINICIAN)
    clinic.issue(CLINICIAN)


def test_the_machine_gives_heat_to_nobody_with_a_patch(clinic: ClinicAtWork) -> None:
    give_heat(clinic, frozenset({"medicated_patch"}))
    judge(clinic)
    assert not PlanVersion.objects.issued().exists()


def test_the_machine_holds_heat_for_a_patch_that_came_later(clinic: ClinicAtWork) -> None:
    give_heat(clinic, NOTHING)
    judge(clinic)
    clinic.the_patient_answers_again(frozenset({"medicated_patch"}))
    judge(clinic)
    assert ItemHold.objects.open().get().rule == "H-N12"


def test_the_machine_deletes_no_answers_for_the_desk(clinic: ClinicAtWork) -> None:
    clinic.keep_an_answer(DESK, "poor_circulation")
    clinic.delete_begun_answers(DESK)
    assert clinic.begun


def test_the_machine_deletes_answers_for_a_clinician(clinic: ClinicAtWork) -> None:
    clinic.keep_an_answer(DESK, "poor_circulation")
    clinic.delete_begun_answers(CLINICIAN)
    assert (clinic.begun, Screening.objects.exists()) == (False, False)


def test_the_machine_notices_a_plan_past_deleted_answers(clinic: ClinicAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "holds_answers", lambda typed: False)
    clinic.keep_an_answer(DESK, "poor_circulation")
    with pytest.raises(AssertionError):
        clinic.delete_begun_answers(DESK)


def test_ice_that_was_held_does_not_go_on_beside_heat_that_opened_meanwhile(clinic: ClinicAtWork) -> None:
    clinic.send_the_screening(CLINICIAN, NOTHING, NOTHING, 30)
    clinic.add_an_item(CLINICIAN, "calm")
    clinic.override_a_rule(CLINICIAN, "ice", "I-B4")
    clinic.add_an_item(CLINICIAN, "ice")
    clinic.approve_an_item_for_later(CLINICIAN, "heat")
    clinic.issue(CLINICIAN)
    clinic.nothing_blocked_was_issued()
    clinic.send_the_screening(CLINICIAN, frozenset({"poor_circulation"}), NOTHING, 30)
    clinic.days_pass(1)
    clinic.send_the_screening(CLINICIAN, NOTHING, NOTHING, 31)
    clinic.let_a_held_item_go_on(CLINICIAN)
    judge(clinic)
    assert (len(clinic.judge.issued), len(clinic.judge.opened)) == (1, 1)


def test_the_machine_shows_the_card_of_a_sign_on_the_phone(clinic: ClinicAtWork) -> None:
    issue_ice(clinic)
    clinic.the_patient_answers_again(frozenset({"dvt_suspected"}))
    judge(clinic)
    assert Plan.objects.stopped().exists()


def test_the_machine_takes_a_role_away(clinic: ClinicAtWork) -> None:
    clinic.change_the_roles(OWNER, CLINICIAN, {DESK})
    issue_ice(clinic)
    assert not PlanVersion.objects.issued().exists()


def test_the_machine_makes_the_limit_shorter(clinic: ClinicAtWork) -> None:
    clinic.send_the_screening(DESK, NOTHING, NOTHING, 5)
    clinic.change_the_limit(OWNER, 1)
    clinic.days_pass(4)
    clinic.add_an_item(DESK, "ice")
    clinic.issue(CLINICIAN)
    assert not PlanVersion.objects.issued().exists()


def test_the_machine_notices_a_blocked_plan(clinic: ClinicAtWork) -> None:
    clinic.send_the_screening(DESK, NOTHING, NOTHING, 10)
    clinic.add_an_item(DESK, "ice")
    clinic.issue(CLINICIAN)
    clinic.asked = Asked(frozenset({"poor_circulation"}))
    with pytest.raises(AssertionError):
        clinic.nothing_blocked_was_issued()
