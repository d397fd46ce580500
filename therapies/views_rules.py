"""The rule set on one page, for those who sign it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from practice.access import StaffRequest, staff_may
from practice.models import User
from practice.roles import May
from practice.stepping_up import freshly_signed_in
from therapies.models import RuleSignOff
from therapies.rule_set import RuleSet, rule_set
from therapies.sign_off import ROLES, Capacity, SignOffError, sign_rule_set, signatures, signed_alone

NOT_READ = "Read the rule set, and tick that you have."


@require_safe
@staff_may(May.SIGN_RULES)
def rules(request: StaffRequest) -> HttpResponse:
    """Everything that decides, with who signed it and, for who may, a way to sign."""
    shown = rule_set(request.clinic)
    signed = signatures(shown)
    context = {
        "rules": shown,
        "capacities": [_capacity(each, signed, shown, request.user) for each in Capacity],
        "is_signed": len(signed) == len(Capacity),
        "signed_alone": signed_alone(signed),
    }
    return render(request, "therapies/rules.html", context)


@require_POST
@staff_may(May.SIGN_RULES)
@freshly_signed_in()
def rules_sign(request: StaffRequest) -> HttpResponse:
    capacity = request.POST.get("capacity", "")
    if capacity not in Capacity.values:
        messages.error(request, "Say whether you sign as the owner or as a clinician.")
    elif "read" not in request.POST:
        messages.error(request, NOT_READ)
    else:
        _sign(request, Capacity(capacity))
    return redirect("rules")


def _sign(request: StaffRequest, capacity: RuleSignOff.Capacity) -> None:
    try:
        sign_rule_set(capacity, by=request.user, clinic=request.clinic, read_hash=request.POST.get("hash", ""))
    except SignOffError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Signed {capacity.label}.")


def _capacity(
    capacity: RuleSignOff.Capacity, signed: dict[str, RuleSignOff], shown: RuleSet, user: User
) -> dict[str, object]:
    """How it stands with one of the two signatures; `changed` names what this capacity signed otherwise before."""
    signature = signed.get(capacity.value)
    before = None if signature else RuleSignOff.objects.filter(capacity=capacity).select_related("by").first()
    return {
        "capacity": capacity,
        "signature": signature,
        "before": before,
        "changed": shown.titles_changed_since(before.parts) if before else (),
        "may_sign": signature is None and ROLES[capacity] in user.roles,
    }
