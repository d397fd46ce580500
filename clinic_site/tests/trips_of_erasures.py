"""Constraints of erased records, each tripped once (test_constraints.py)."""

from collections.abc import Callable
from uuid import uuid4

from intake.tests.factories import make_staff
from practice.models import Erasure, OpenErasure


def make_erasure(**fields: object) -> Erasure:
    defaults = {"patient_id": uuid4(), "record_number": 9, "basis": "retention", "by": make_staff()}
    return Erasure.objects.create(**(defaults | fields))


TRIPS: dict[str, Callable[[], object]] = {
    "erasures_say_why": lambda: make_erasure(basis="because"),
    "an_open_erasure_cannot_stay": lambda: OpenErasure.objects.create(erasure=make_erasure(), must_be_gone_id=1),
}
