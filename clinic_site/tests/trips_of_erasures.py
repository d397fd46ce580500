"""Constraints of erased records and of those that are kept longer, each tripped once (test_constraints.py)."""

from collections.abc import Callable
from uuid import uuid4

from django.utils import timezone

from intake.tests.factories import make_patient, make_staff
from plans.models import KeepOrder
from plans.tests.factories_keeping import make_keep_order
from practice.models import Erasure, OpenErasure


def make_erasure(**fields: object) -> Erasure:
    defaults = {"patient_id": uuid4(), "record_number": 9, "basis": "retention", "by": make_staff()}
    return Erasure.objects.create(**(defaults | fields))


def _two_orders_to_keep() -> KeepOrder:
    patient = make_patient()
    make_keep_order(patient=patient)
    return make_keep_order(patient=patient)


TRIPS: dict[str, Callable[[], object]] = {
    "erasures_say_why": lambda: make_erasure(basis="because"),
    "an_open_erasure_cannot_stay": lambda: OpenErasure.objects.create(erasure=make_erasure(), must_be_gone_id=1),
    "one_standing_order_to_keep_per_patient": _two_orders_to_keep,
    "ended_orders_to_keep_say_when_and_by_whom": lambda: make_keep_order(ended_at=timezone.now()),
    "orders_to_keep_say_why": lambda: make_keep_order(why="No words."),
}
