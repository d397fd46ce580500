"""The screening's form for one draft on one day: what the plan at home and the open red flags add to it."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from intake.forms_screening import ScreeningForm, groups_of
from intake.models import RedFlag, Screening
from intake.screening import earlier_of
from plans.models import PlanVersion
from practice.models import User
from practice.roles import May


def days_on_plan(patient_id: UUID, today: date) -> int | None:
    """How long the plan at home has run; None without one."""
    versions = PlanVersion.objects.issued().filter(plan__patient=patient_id, plan__status="active")
    first = versions.order_by("number").values_list("issued_on", flat=True).first()
    return (today - first).days if first else None


def needs_reason(draft: Screening, by: User) -> bool:
    """rules.md 9: after an examination a clinician may ask anew past an open red flag, with the reason.

    What this draft raised itself is no earlier finding.
    """
    earlier = RedFlag.objects.open().filter(patient=draft.patient_id).exclude(screening=draft.pk)
    return by.may(May.DECIDE) and earlier.exists()


def staff_form(
    draft: Screening, *, by: User, today: date, data: Mapping[str, Any] | None = None, typed: Mapping[str, Any]
) -> ScreeningForm:
    """The whole screening on one page: `data` is what it sent, `typed` what is shown and decides what is asked."""
    earlier = earlier_of(draft.based_on)
    return ScreeningForm(
        data,
        initial=dict(typed),
        born=draft.patient.birth_date,
        patient=draft.patient,
        today=today,
        groups=groups_of(typed, earlier),
        plan_days=days_on_plan(draft.patient_id, today),
        earlier=earlier,
        asks_why=by.may(May.DECIDE) and Screening.objects.sent().filter(patient=draft.patient_id).exists(),
        why_required=needs_reason(draft, by),
    )
