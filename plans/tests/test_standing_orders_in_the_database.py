"""What issue_plan() refuses under a standing order, the database refuses as well, as far as it can tell."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.tests.factories import make_clinician, make_staff
from plans.models import Countersignature, PlanVersion, StandingOrder
from plans.tests.factories import advice_of, make_issued, make_item, make_ready_draft
from plans.tests.factories_decisions import issue_past_everything, make_acknowledgement
from plans.tests.factories_orders import make_order, make_use, switch_on
from practice.models import SwitchDecision, User
from practice.roles import Role
from therapies.models import InstructionVersion

pytestmark = pytest.mark.django_db
WHY = "Dr. Ruiz left in May. I read the record."


def a_judged_draft(order: StandingOrder, *, verdict: str = "suitable") -> PlanVersion:
    """A draft with all of the order's programme, each item with a verdict."""
    version = make_ready_draft(items=())
    wanted = order.programme.items.values("instruction")
    for shown in InstructionVersion.objects.filter(instruction__in=wanted):
        make_item(version=version, instruction_version=shown, verdict=verdict)
    return version


def issue(version: PlanVersion, order: StandingOrder, **fields: object) -> int:
    with transaction.atomic():
        return issue_past_everything(version, standing_order=order, **fields)


def test_a_clear_use_is_let_through() -> None:
    switch_on()
    order = make_order()
    assert issue(a_judged_draft(order), order) == 1


def test_the_front_desk_uses_an_order() -> None:
    switch_on()
    order = make_order()
    assert issue(a_judged_draft(order), order, issued_by=make_staff()) == 1


def test_who_does_not_work_at_the_desk_uses_none() -> None:
    switch_on()
    order = make_order()
    with pytest.raises(IntegrityError, match="The desk issues"):
        issue(a_judged_draft(order), order, issued_by=make_staff(roles=(Role.OWNER,)))


def test_an_order_that_was_ended_lets_nothing_through() -> None:
    switch_on()
    order = make_order(ended_at=timezone.now(), ended_by=make_clinician())
    with pytest.raises(IntegrityError, match="order is over"):
        issue(a_judged_draft(order), order)


def test_an_order_whose_last_day_is_over_lets_nothing_through() -> None:
    switch_on()
    order = make_order(days=-1)
    with pytest.raises(IntegrityError, match="order is over"):
        issue(a_judged_draft(order), order)


def test_an_order_that_is_signed_later_lets_nothing_through() -> None:
    switch_on()
    order = make_order(signed_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(IntegrityError, match="order is over"):
        issue(a_judged_draft(order), order)


def test_a_switch_that_is_off_lets_nothing_through() -> None:
    order = make_order()
    with pytest.raises(IntegrityError, match="switched off"):
        issue(a_judged_draft(order), order)


def test_a_switch_that_was_turned_off_lets_nothing_through() -> None:
    switch_on()
    SwitchDecision.objects.update(ended_at=timezone.now(), ended_by=make_clinician())
    order = make_order()
    with pytest.raises(IntegrityError, match="switched off"):
        issue(a_judged_draft(order), order)


def test_an_item_of_caution_is_not_let_through() -> None:
    switch_on()
    order = make_order()
    version = a_judged_draft(order, verdict="caution")
    for kind in advice_of(version):
        make_acknowledgement(version=version, modality=kind, rule="I-C1")
    with pytest.raises(IntegrityError, match="every item is suitable"):
        issue(version, order)


def test_a_gated_item_is_not_let_through() -> None:
    switch_on()
    order = make_order()
    version = a_judged_draft(order)
    version.items.update(gated=True)
    with pytest.raises(IntegrityError, match="every item is suitable"):
        issue(version, order)


def test_an_item_more_is_not_let_through() -> None:
    switch_on()
    order = make_order()
    version = a_judged_draft(order)
    make_item(version=version, verdict="suitable")
    with pytest.raises(IntegrityError, match="nothing else"):
        issue(version, order)


def test_an_item_less_is_not_let_through() -> None:
    switch_on()
    order = make_order()
    version = a_judged_draft(order)
    version.items.filter(position=1).delete()
    with pytest.raises(IntegrityError, match="nothing else"):
        issue(version, order)


def a_signature_of_another_clinician() -> object:
    return Countersignature.objects.create(version=make_use(), by=make_clinician())


def a_signature_under_no_order() -> object:
    version = make_issued()
    return Countersignature.objects.create(version=version, by=version.issued_by)


@pytest.mark.parametrize("attempt", [a_signature_of_another_clinician, a_signature_under_no_order])
def test_only_the_orders_clinician_countersigns(attempt: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="clinician of the standing order"), transaction.atomic():
        attempt()


def a_use_whose_clinician_left() -> PlanVersion:
    order = make_order()
    version = make_use(order=order)
    User.objects.filter(pk=order.clinician_id).update(is_active=False)
    return version


def a_signature_by_the_front_desk() -> object:
    return Countersignature.objects.create(version=a_use_whose_clinician_left(), by=make_staff(), reason=WHY)


def a_signature_by_a_clinician_who_left_too() -> object:
    left = make_clinician(is_active=False)
    return Countersignature.objects.create(version=a_use_whose_clinician_left(), by=left, reason=WHY)


def a_signature_without_a_reason() -> object:
    return Countersignature.objects.create(version=a_use_whose_clinician_left(), by=make_clinician())


def a_signature_while_the_clinician_is_here() -> object:
    return Countersignature.objects.create(version=make_use(), by=make_clinician(), reason=WHY)


@pytest.mark.parametrize(
    "attempt",
    [
        a_signature_by_the_front_desk,
        a_signature_by_a_clinician_who_left_too,
        a_signature_without_a_reason,
        a_signature_while_the_clinician_is_here,
    ],
)
def test_only_a_clinician_with_a_reason_signs_for_one_who_left(attempt: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="clinician of the standing order"), transaction.atomic():
        attempt()


def test_a_clinician_with_a_reason_signs_for_one_who_left() -> None:
    signature = Countersignature.objects.create(version=a_use_whose_clinician_left(), by=make_clinician(), reason=WHY)
    assert Countersignature.objects.get() == signature


def test_a_clinician_with_a_reason_signs_for_one_who_is_no_clinician_any_more() -> None:
    order = make_order()
    version = make_use(order=order)
    order.clinician.groups.clear()
    signature = Countersignature.objects.create(version=version, by=make_clinician(), reason=WHY)
    assert Countersignature.objects.get() == signature


def test_an_order_is_not_made_longer() -> None:
    order = make_order()
    with pytest.raises(IntegrityError, match="kept as it was signed"), transaction.atomic():
        StandingOrder.objects.filter(pk=order.pk).update(until=order.until + timedelta(days=1))


def test_an_order_is_not_made_to_stand_for_another_content() -> None:
    order = make_order()
    with pytest.raises(IntegrityError, match="kept as it was signed"), transaction.atomic():
        StandingOrder.objects.filter(pk=order.pk).update(content="0" * 64)


def test_an_order_may_be_ended() -> None:
    order = make_order()
    ended = {"ended_at": timezone.now(), "ended_by": order.clinician}
    assert StandingOrder.objects.filter(pk=order.pk).update(**ended) == 1


def test_an_ended_order_does_not_run_again() -> None:
    order = make_order(ended_at=timezone.now(), ended_by=make_clinician())
    with pytest.raises(IntegrityError, match="kept as it was signed"), transaction.atomic():
        StandingOrder.objects.filter(pk=order.pk).update(ended_at=None, ended_by=None)
