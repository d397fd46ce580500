"""Restricted records for tests: keyword-only, plain defaults."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from intake.models import Carer, GlassBroken, Patient, Restriction
from intake.tests.factories import make_clinician, make_patient, make_staff
from practice.models import User

WHY = "A colleague of ours."


def make_restriction(*, patient: Patient | None = None, to: User | None = None, **fields: Any) -> Restriction:
    """A restriction that stands, with one clinician named on it."""
    by = fields.pop("by", None) or make_clinician()
    defaults = {"patient": patient or make_patient(), "by": by, "why": WHY}
    restriction = Restriction.objects.create(**(defaults | fields))
    Carer.objects.create(restriction=restriction, user=to or make_clinician(), by=by)
    return restriction


def make_broken_glass(*, restriction: Restriction | None = None, **fields: Any) -> GlassBroken:
    """Opened just now, for eight hours."""
    now = timezone.now()
    defaults = {"user": fields.pop("user", None) or make_staff(), "at": now, "until": now + timedelta(hours=8)}
    reason = {"why": "Fell in the waiting room."}
    return GlassBroken.objects.create(restriction=restriction or make_restriction(), **(defaults | reason | fields))
