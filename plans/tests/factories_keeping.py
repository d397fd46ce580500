"""Orders to keep a record longer, for tests."""

from typing import Any

from intake.models import Patient
from intake.tests.factories import make_patient, make_staff
from plans.models import KeepOrder
from practice.roles import Role


def make_keep_order(*, patient: Patient | None = None, **fields: Any) -> KeepOrder:
    fields = {"why": "A dispute about the bill runs."} | fields
    by = fields.pop("by", None) or make_staff(roles=(Role.OWNER,))
    return KeepOrder.objects.create(patient=patient or make_patient(), by=by, **fields)
