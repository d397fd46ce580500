"""Each reason and each caution that speaks against an item is held by the database, one by one."""

from contextlib import AbstractContextManager, ExitStack
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from intake.models import Screening
from intake.screening import findings_on
from intake.tests.factories import make_patient, make_screening
from plans.models import PlanVersion
from plans.tests.factories import advice_of
from plans.tests.factories_decisions import (
    acknowledge_all,
    avoid,
    issue_past_everything,
    issue_with_reasons,
    make_acknowledgement,
    make_judged,
    make_movement,
    make_override,
)
from practice.models import Clinic
from therapies.movement_cautions import cautions_that_apply
from therapies.suitability.vocabulary import VOCABULARY

pytestmark = pytest.mark.django_db


def refused(sentence: str) -> AbstractContextManager[object]:
    """The database refuses with this sentence; what it refused is rolled back."""
    stack = ExitStack()
    stack.enter_context(pytest.raises(IntegrityError, match=sentence))
    stack.enter_context(transaction.atomic())
    return stack


def heat() -> PlanVersion:
    return make_judged(item={"kind": "heat"})


def test_an_override_of_recency_lets_no_inflammation_through() -> None:
    version = heat()
    make_override(version=version, modality="heat", rule="H-B1")
    with refused("a rule against it was not overridden"):
        issue_with_reasons(version, ("H-B1", "not_suitable"), ("H-N1", "not_suitable"))


def test_two_bars_that_are_both_overridden_are_let_through() -> None:
    version = make_judged()
    make_override(version=version, rule="I-B4")
    make_override(version=version, rule="I-C1")
    assert issue_with_reasons(version, ("I-B4", "not_suitable"), ("I-C1", "not_suitable")) == 1


def test_a_caution_beside_an_overridden_bar_is_read_all_the_same() -> None:
    version = make_judged()
    make_override(version=version, rule="I-B4")
    with refused("not acknowledged"):
        issue_with_reasons(version, ("I-B4", "not_suitable"), ("I-C2", "caution"))


def test_one_of_two_cautions_read_is_not_both() -> None:
    version = make_judged()
    make_acknowledgement(version=version, rule="I-C1", text="Reason 0.")
    with refused("not acknowledged"):
        issue_with_reasons(version, ("I-C1", "caution"), ("I-C2", "caution"))


def test_one_of_two_reasons_of_a_rule_read_is_not_both() -> None:
    version = make_judged()
    make_acknowledgement(version=version, rule="I-C2", text="Reason 0.")
    with refused("not acknowledged"):
        issue_with_reasons(version, ("I-C2", "caution"), ("I-C2", "caution"))


def test_a_caution_read_for_another_modality_is_not_read() -> None:
    version = make_judged()
    make_acknowledgement(version=version, modality="heat", rule="I-C2", text="Reason 0.")
    with refused("not acknowledged"):
        issue_with_reasons(version, ("I-C2", "caution"))


def test_a_caution_read_on_an_earlier_screening_is_not_read() -> None:
    version = make_judged()
    make_acknowledgement(version=version, rule="I-C2", text="Reason 0.")
    make_screening(patient=version.plan.patient)
    with refused("not acknowledged"):
        issue_with_reasons(version, ("I-C2", "caution"))


def test_two_cautions_that_were_both_read_are_let_through() -> None:
    version = make_judged()
    make_acknowledgement(version=version, rule="I-C1", text="Reason 0.")
    make_acknowledgement(version=version, rule="I-C2", text="Reason 1.")
    assert issue_with_reasons(version, ("I-C1", "caution"), ("I-C2", "caution")) == 1


def test_a_reason_without_a_verdict_counts_as_a_bar() -> None:
    version = make_judged()
    kept = advice_of(version)["ice"]
    unknown = {"rule": "I-N1", "text": "Poor blood flow.", "source": ""}
    with refused("not suitable"):
        issue_past_everything(version, advice={"ice": {**kept, "reasons": [*kept["reasons"], unknown]}})


@pytest.mark.parametrize("advice", [{}, {"ice": {}}, {"ice": {"verdict": "suitable", "reasons": []}}])
def test_an_item_that_the_kept_advice_says_nothing_of_is_refused(advice: dict[str, object]) -> None:
    with refused("advice that is kept"):
        issue_past_everything(make_judged(), advice=advice)


# --- a movement's own cautions ---------------------------------------------------------------------------

HOLDING: dict[str, dict[str, Any]] = {
    "an answer that is not known": {"cautions": avoid("osteoporosis"), "findings": {"osteoporosis": None}},
    "one leg": {"cautions": avoid("leg_symptoms"), "findings": {"leg_symptoms": "one"}},
    "week 16": {"cautions": avoid("pregnant_weeks"), "findings": {"pregnant_weeks": 16}},
    "a week that is not known": {"cautions": avoid("pregnant_weeks"), "findings": {"pregnant_weeks": None}},
    "day 21": {"cautions": avoid("onset_days"), "onset_days": 21},
    "a day that is not known": {"cautions": avoid("onset_days"), "onset_days": None},
    "the second of two": {"cautions": [*avoid("pvd"), *avoid("falls_risk")], "findings": {"falls_risk": True}},
    "one that is for everybody": {"cautions": avoid("age")},
}
NOT_HOLDING: dict[str, dict[str, Any]] = {
    "a no": {"cautions": avoid("osteoporosis"), "findings": {"osteoporosis": False}},
    "no leg": {"cautions": avoid("leg_symptoms"), "findings": {"leg_symptoms": "none"}},
    "another answer": {"cautions": avoid("osteoporosis"), "findings": {"falls_risk": True}},
    "week 15": {"cautions": avoid("pregnant_weeks"), "findings": {"pregnant_weeks": 15}},
    "no pregnancy": {"cautions": avoid("pregnant_weeks")},
    "day 22": {"cautions": avoid("onset_days"), "onset_days": 22},
    "to be adapted": {
        "cautions": [{"condition": "osteoporosis", "action": "adapt"}],
        "findings": {"osteoporosis": True},
    },
}


@pytest.mark.parametrize("what", HOLDING)
def test_a_movement_is_refused_for(what: str) -> None:
    version = make_movement(**HOLDING[what])
    with refused("not for people with these answers"):
        issue_past_everything(version)


@pytest.mark.parametrize("what", NOT_HOLDING)
def test_a_movement_is_let_through_for(what: str) -> None:
    assert issue_past_everything(make_movement(**NOT_HOLDING[what])) == 1


@pytest.mark.parametrize("what", [*HOLDING, *NOT_HOLDING])
def test_the_database_reads_a_caution_as_python_does(what: str) -> None:
    fields = (HOLDING | NOT_HOLDING)[what]
    version = make_movement(**fields)
    findings = findings_on(Screening.objects.newest_of(version.plan.patient), Clinic.load().today())
    forbids = any(caution.forbids for caution in cautions_that_apply(fields["cautions"], findings))
    assert forbids == (what in HOLDING)


def test_a_movement_is_refused_where_the_birth_date_lies_after_the_onset() -> None:
    version = make_movement(
        cautions=avoid("onset_days"), onset_days=30, patient=make_patient(birth_date=Clinic.load().today())
    )
    with refused("not for people with these answers"):
        issue_past_everything(version)


def test_a_movement_that_waits_is_refused_too() -> None:
    later = {"gated": True, "from_date": Clinic.load().today() + timedelta(days=5)}
    version = make_movement(item=later, cautions=avoid("osteoporosis"), findings={"osteoporosis": True})
    with refused("not for people with these answers"):
        issue_past_everything(version)


def test_a_movement_of_the_first_set_is_let_through() -> None:
    version = make_movement(first_48h=True)
    make_acknowledgement(version=version, modality="stretching", rule="S-C1", text="Reason 0.")
    assert issue_with_reasons(version, ("S-C1", "caution")) == 1


def confirm(version: PlanVersion, title: str) -> None:
    make_acknowledgement(
        version=version, modality="stretching", rule="movement", text=f"{title}: asked about a hernia."
    )


def test_a_movement_that_a_clinician_asked_about_is_let_through() -> None:
    version = make_movement(slug="child-pose", cautions=avoid("hernia"))
    confirm(version, "Child pose")
    assert issue_past_everything(version) == 1


def test_the_words_that_a_clinician_confirms_are_those_that_the_database_knows() -> None:
    version = make_movement(slug="child-pose", cautions=avoid("hernia"))
    acknowledge_all(version)
    assert issue_past_everything(version) == 1


def test_what_was_asked_about_another_movement_is_not_enough() -> None:
    version = make_movement(slug="child-pose", cautions=avoid("hernia"))
    confirm(version, "Child pose wide")
    with refused("asked what the screening does not"):
        issue_past_everything(version)


def test_the_database_knows_every_finding_that_is_asked() -> None:
    migration = import_module("plans.migrations.0009_each_reason_is_answered_for")
    assert {*migration.COUNTED, *migration.ASKED} == set(VOCABULARY)
