"""An item is not issued for days that need a caution which nobody reads today; what the builder proposes can be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from intake.tests.factories import make_clinician, make_patient, make_screening, sign_in_staff
from plans.assigning import IssueRefused, issue_plan
from plans.building import add_item, add_offer
from plans.checking import Assessment, assess_draft, caution_later, own_reasons, unfit_later
from plans.models import PlanItem, PlanVersion
from plans.overriding import override
from plans.tests.factories import make_draft, make_ready_draft
from plans.tests.factories_decisions import acknowledge_all
from practice.models import Clinic
from practice.roles import Role
from therapies.models import Instruction, InstructionVersion, Therapy
from therapies.suitability import Advice, Level, Modality, Verdict, advise, read_findings, worst
from therapies.tests.factories import make_instruction_version

DAY = timedelta(days=1)


def ice(first: int, last: int, **fields: Any) -> dict[str, Any]:
    """Ice from `first` to `last`, in days from today."""
    today = Clinic.load().today()
    return {"kind": "ice", "from_date": today + first * DAY, "until_date": today + last * DAY} | fields


def assess(version: PlanVersion) -> Assessment:
    clinic = Clinic.load()
    return assess_draft(version, clinic=clinic, today=clinic.today())


def rules(version: PlanVersion) -> list[str]:
    return [problem.rule for problem in assess(version).problems]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(4, 11), (0, 11), (0, 4), (3, 4), (4, 4)])
def test_ice_for_days_that_need_caution_is_refused_while_it_needs_none(first: int, last: int) -> None:
    assert rules(make_ready_draft(items=[ice(first, last)], onset_days=10)) == ["I-B3"]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last"), [(0, 0), (0, 3), (3, 3)])
def test_ice_through_day_13_is_issued(first: int, last: int) -> None:
    assert rules(make_ready_draft(items=[ice(first, last)], onset_days=10)) == []


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 11, 20, 18, 0, tzinfo=UTC), tick=False)
def test_it_is_told_from_which_day_and_why() -> None:
    [problem] = assess(make_ready_draft(items=[ice(0, 11)], onset_days=10)).problems
    reason = "The injury is two to three weeks old (14 days), when ice may no longer be right."
    assert problem.text == f"From Tue, Nov 24 this needs caution: {reason} End it before, or give it then."


@pytest.mark.django_db
def test_the_builder_says_so(client: Client) -> None:
    version = make_ready_draft(items=[ice(0, 11)], onset_days=10)
    sign_in_staff(client, Role.CLINICIAN)
    assert "this needs caution" in client.get(reverse("plan_build", args=[version.pk])).content.decode()


@pytest.mark.django_db
def test_issuing_refuses_it() -> None:
    version, clinic = make_ready_draft(items=[ice(4, 11)], onset_days=10), Clinic.load()
    with pytest.raises(IssueRefused, match="this needs caution"):
        issue_plan(version.pk, revision=0, by=make_clinician(), clinic=clinic, today=clinic.today())


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "findings"), [(14, {}), (10, {"diabetes": True}), (10, {"recurrent": True})])
def test_what_needs_caution_today_already_is_read_and_issued(days: int, findings: dict[str, bool]) -> None:
    version = make_ready_draft(items=[ice(0, 21 - days)], onset_days=days, findings=findings)
    assert rules(acknowledge_all(version)) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("over", "findings", "left"), [("I-B2", {"recurrent": True}, []), ("I-C1", {"area_pale": True}, ["I-B3"])]
)
def test_an_override_covers_the_age_of_the_injury_only_where_it_was_the_age(
    over: str, findings: dict[str, bool], left: list[str]
) -> None:
    version = make_ready_draft(items=[ice(0, 11)], onset_days=10, findings=findings)
    override(version, "ice", over, reason="It helps.", assessment=assess(version), by=make_clinician())
    assert rules(version) == left


@pytest.mark.django_db
def test_the_caution_of_a_review_hides_none_of_the_days() -> None:
    version = make_ready_draft(items=[ice(0, 11)], onset_days=10, findings={"cancer_history": True})
    assert "I-B3" in rules(acknowledge_all(version))


@pytest.mark.django_db
def test_a_review_that_comes_with_the_days_is_not_the_items_own() -> None:
    old = make_patient(birth_date=date(1940, 1, 1))
    item = {"until_date": Clinic.load().today() + 13 * DAY}
    assert rules(make_ready_draft(patient=old, items=[item], onset_days=35)) == []


@pytest.mark.django_db
def test_what_waits_for_new_answers_is_not_refused() -> None:
    assert rules(make_ready_draft(items=[ice(4, 11, gated=True)], onset_days=10)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("onset_days", range(22))
@pytest.mark.parametrize("add", ["offer", "item"])
def test_ice_as_the_builder_puts_it_in_can_be_issued(add: str, onset_days: int) -> None:
    slug = make_instruction_version(slug="ice-pack", kind="ice").instruction_id
    patient, today = make_patient(), Clinic.load().today()
    make_screening(patient=patient, onset_days=onset_days)
    version = make_draft(patient=patient)
    if add == "offer":
        add_offer(version, "ice", assessment=assess(version), today=today)
    else:
        add_item(version, slug, assessment=assess(version), today=today)
    assert rules(acknowledge_all(version)) == []


# --- whatever is answered -------------------------------------------------------------------------------

TODAY = date(2026, 11, 20)
KEYS = (
    "poor_circulation diabetes fragile_skin area_pale area_red area_cold area_bruised recurrent chronic_label"
    " new_injury cancer_history osteoporosis whole_body_hot onset_is_minimum pain_severe medicated_patch"
).split()
SAID = st.dictionaries(st.sampled_from(KEYS), st.sampled_from([True, False, None]), max_size=4)


def unsaved(kind: str, first: int, length: int) -> PlanItem:
    instruction = Instruction(slug=kind, therapy=Therapy(slug=kind, kind=kind))
    begins = TODAY + first * DAY
    return PlanItem(
        instruction_version=InstructionVersion(instruction=instruction),
        from_date=begins,
        until_date=begins + length * DAY,
    )


def own_verdict(advice: Advice, kind: str) -> Verdict:
    return worst(*(reason.verdict for reason in own_reasons(advice.for_modality(Modality(kind)))))


@given(
    st.sampled_from(["ice", "heat", "stretching"]),
    SAID,
    st.none() | st.integers(0, 60),
    st.integers(-5, 30),
    st.integers(0, 40),
    st.integers(20, 90),
)
def test_on_no_day_is_an_item_worse_than_the_verdict_it_is_issued_with(
    kind: str, said: dict[str, Any], onset: int | None, first: int, length: int, age: int
) -> None:
    def advice(day: date) -> Advice:
        days = None if onset is None else onset + (day - TODAY).days
        return advise(read_findings({**said, "onset_days": days, "age": age}))

    item, today = unsaved(kind, first, length), advice(TODAY)
    refused = [*unfit_later(item, TODAY, advice), *caution_later(item, TODAY, advice)]
    if not refused and today.level in (Level.NONE, Level.REVIEW):
        days = (TODAY + count * DAY for count in range(max(first, 0), first + length + 1))
        assert (
            max(own_verdict(advice(day), kind).severity for day in (TODAY, *days)) == own_verdict(today, kind).severity
        )
