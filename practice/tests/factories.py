"""Decisions of the clinic for tests: keyword-only, plain defaults."""

from django.utils import timezone

from practice.models import Clinic, Switch, SwitchDecision, User


def make_clinic(
    *, phone: str = "(312) 555-0142", hours: str = "8 am to 5 pm", after_hours: str = "Call (312) 555-0177."
) -> Clinic:
    """The clinic as its owner filled it in."""
    reach = {"phone": phone, "hours": hours, "after_hours": after_hours}
    Clinic.objects.update_or_create(id=1, defaults=reach)
    return Clinic.load()


def make_decision(
    *, switch: Switch = Switch.STANDING_ORDERS, by: User, signed: bool = False, ended: bool = False
) -> SwitchDecision:
    """A switch that was asked for; `signed` turns it on, `ended` off again. One person does it all."""
    now = timezone.now()
    steps = {"signed_by": by, "signed_at": now} if signed else {}
    if ended:
        steps |= {"ended_by": by, "ended_at": now}
    return SwitchDecision.objects.create(switch=switch, asked_by=by, **steps)
