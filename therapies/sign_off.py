"""sign_rule_set(): an owner and a clinician put their names to the rule set. Without both, nothing is issued."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import IntegrityError, transaction

from practice import audit
from practice.models import Clinic, User
from practice.roles import May, Role
from therapies.models import RuleSignOff
from therapies.rule_set import RuleSet, rule_set

Capacity = RuleSignOff.Capacity
ROLES = {Capacity.OWNER: Role.OWNER, Capacity.CLINICIAN: Role.CLINICIAN}


class SignOffError(Exception):
    """It cannot be signed; the message is a sentence for the person who tried."""


def sign_rule_set(capacity: RuleSignOff.Capacity, *, by: User, clinic: Clinic, read_hash: str) -> RuleSignOff:
    """Sign the rule set that was read (`read_hash`), in one's capacity, and log it, in one transaction.

    Raises SignOffError for somebody without that role, or when the rule set changed since it was read. A second
    press answers the signature that is there.
    """
    if not (by.may(May.SIGN_RULES) and ROLES[capacity] in by.roles):
        raise SignOffError(f"You cannot sign {capacity.label}.")
    rules = rule_set(clinic)
    if rules.hash != read_hash:
        raise SignOffError("The rule set changed since you opened the page. Read it again, then sign.")
    return _signature(rules, capacity) or _add(rules, capacity, by)


def _signature(rules: RuleSet, capacity: RuleSignOff.Capacity) -> RuleSignOff | None:
    return RuleSignOff.objects.filter(hash=rules.hash, capacity=capacity).first()


def _add(rules: RuleSet, capacity: RuleSignOff.Capacity, by: User) -> RuleSignOff:
    try:
        with transaction.atomic():
            signed = RuleSignOff.objects.create(hash=rules.hash, parts=rules.hashes, capacity=capacity, by=by)
            detail = f"rule set {rules.hash[:12]} {capacity.label}"
            audit.record(audit.Action.SIGNED, actor=by, about=signed, detail=detail)
    except IntegrityError:
        # Two people of one role pressed at once; one signature is enough.
        return RuleSignOff.objects.get(hash=rules.hash, capacity=capacity)
    return signed


def signatures(rules: RuleSet) -> dict[str, RuleSignOff]:
    """The signatures under this very rule set, by capacity."""
    rows: Iterable[RuleSignOff] = RuleSignOff.objects.filter(hash=rules.hash).select_related("by")
    return {row.capacity: row for row in rows}


def signed_alone(signed: Mapping[str, RuleSignOff]) -> User | None:
    """The one person who signed in both capacities: allowed where a clinic has no two, and said on the page."""
    people = {each.by for each in signed.values()}
    return people.pop() if len(signed) == len(Capacity) and len(people) == 1 else None


def rule_set_is_signed(clinic: Clinic) -> bool:
    """Whether an owner and a clinician signed what holds now. Two queries."""
    signed = RuleSignOff.objects.filter(hash=rule_set(clinic).hash).values_list("capacity", flat=True)
    return set(signed) == set(Capacity.values)


def issuing_waits(clinic: Clinic) -> bool:
    """Whether nothing may be issued until the rule set is signed. The one exemption is the demo's made-up clinic."""
    return not settings.DEMO and not rule_set_is_signed(clinic)
