"""issue_plan() under a standing order, asked around the verb that makes the draft; and countersigning."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from intake.tests.factories import make_clinician, make_staff
from plans.assigning import IssueRefused, issue_plan
from plans.building import add_item, change_draft, set_items, start_plan
from plans.checking import assess_draft
from plans.models import Countersignature, PlanVersion, StandingOrder
from plans.order_terms import NOT_EXACTLY
from plans.standing import (
    countersign,
    end_order,
)
from plans.tests.factories import make_issued
from plans.tests.factories_orders import make_fitting_patient, make_order, make_use, switch_on
from practice.models import Clinic
from therapies.publishing import put_items
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db


def a_draft_of(order: StandingOrder) -> PlanVersion:
    """A draft with all of the programme, as the builder would make it."""
    clinic, by = Clinic.load(), make_staff()
    draft = start_plan(make_fitting_patient(), by=by)
    assessment = assess_draft(draft, clinic=clinic, today=clinic.today())
    with change_draft(draft, revision=draft.revision, by=by) as version:
        for slug in order.programme.items.values_list("instruction", flat=True):
            add_item(version, slug, assessment=assessment, today=clinic.today())
    return version


def issue(draft: PlanVersion, order: StandingOrder) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(
        draft.pk, revision=draft.revision, by=make_staff(), clinic=clinic, today=clinic.today(), standing_order=order
    )


def test_a_draft_of_the_programme_is_issued_under_its_order() -> None:
    switch_on()
    order = make_order()
    assert issue(a_draft_of(order), order).standing_order == order


def test_a_raised_dose_is_refused() -> None:
    switch_on()
    order = make_order()
    draft = a_draft_of(order)
    draft.items.filter(instruction_version__instruction="knee-rolls").update(repetitions=4)
    with pytest.raises(IssueRefused, match=NOT_EXACTLY):
        issue(draft, order)


def test_a_lowered_dose_is_refused_as_well() -> None:
    switch_on()
    order = make_order()
    draft = a_draft_of(order)
    draft.items.filter(instruction_version__instruction="knee-rolls").update(repetitions=2)
    with pytest.raises(IssueRefused, match=NOT_EXACTLY):
        issue(draft, order)


def test_an_item_less_is_refused() -> None:
    switch_on()
    order = make_order()
    draft = a_draft_of(order)
    draft.items.filter(instruction_version__instruction="knee-rolls").delete()
    with pytest.raises(IssueRefused, match=NOT_EXACTLY):
        issue(draft, order)


def test_an_item_more_is_refused() -> None:
    switch_on()
    order = make_order()
    draft = a_draft_of(order)
    clinic = Clinic.load()
    make_instruction_version(slug="bridge")
    add_item(draft, "bridge", assessment=assess_draft(draft, clinic=clinic, today=clinic.today()), today=clinic.today())
    with pytest.raises(IssueRefused, match=NOT_EXACTLY):
        issue(draft, order)


def test_a_note_is_refused() -> None:
    switch_on()
    order = make_order()
    draft = a_draft_of(order)
    set_items(draft, "Twice as often.", {})
    with pytest.raises(IssueRefused, match=NOT_EXACTLY):
        issue(draft, order)


def test_longer_days_are_refused() -> None:
    switch_on()
    order = make_order()
    draft = a_draft_of(order)
    movement = draft.items.filter(instruction_version__instruction="knee-rolls")
    movement.update(until_date=Clinic.load().today() + timedelta(days=20))
    with pytest.raises(IssueRefused, match=NOT_EXACTLY):
        issue(draft, order)


def test_without_an_order_the_front_desk_still_issues_nothing() -> None:
    switch_on()
    order = make_order()
    draft, clinic = a_draft_of(order), Clinic.load()
    with pytest.raises(IssueRefused, match="Only a clinician"):
        issue_plan(draft.pk, revision=draft.revision, by=make_staff(), clinic=clinic, today=clinic.today())


def test_an_order_that_was_ended_meanwhile_is_refused() -> None:
    switch_on()
    order = make_order()
    draft = a_draft_of(order)
    end_order(order, by=make_clinician())
    with pytest.raises(IssueRefused, match="over"):
        issue(draft, order)


def test_a_draft_of_a_programme_that_changed_since_is_refused() -> None:
    switch_on()
    order = make_order()
    put_items(order.programme, ["knee-rolls"])
    draft = a_draft_of(order)
    with pytest.raises(IssueRefused, match="sign again"):
        issue(draft, order)


# --- Countersigning


def test_the_orders_clinician_countersigns() -> None:
    order = make_order()
    version = make_use(order=order)
    countersign(version, by=order.clinician)
    assert not PlanVersion.objects.to_countersign().exists()


def test_another_clinician_does_not_countersign() -> None:
    version = make_use()
    with pytest.raises(PermissionDenied):
        countersign(version, by=make_clinician())


def test_countersigning_twice_leaves_one_signature() -> None:
    order = make_order()
    version = make_use(order=order)
    countersign(version, by=order.clinician)
    countersign(version, by=order.clinician)
    assert Countersignature.objects.count() == 1


def test_a_plan_without_an_order_has_nothing_to_countersign() -> None:
    with pytest.raises(PermissionDenied):
        countersign(make_issued(), by=make_clinician())


def test_a_use_waits_until_it_is_countersigned() -> None:
    version = make_use()
    assert list(PlanVersion.objects.to_countersign()) == [version]
