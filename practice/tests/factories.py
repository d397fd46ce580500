"""Decisions of the clinic for tests: keyword-only, plain defaults."""

from django.utils import timezone

from practice.models import Switch, SwitchDecision, User


def make_decision(
    *, switch: Switch = Switch.STANDING_ORDERS, by: User, signed: bool = False, ended: bool = False
) -> SwitchDecision:
    """A switch that was asked for; `signed` turns it on, `ended` off again. One person does it all."""
    now = timezone.now()
    steps = {"signed_by": by, "signed_at": now} if signed else {}
    if ended:
        steps |= {"ended_by": by, "ended_at": now}
    return SwitchDecision.objects.create(switch=switch, asked_by=by, **steps)
