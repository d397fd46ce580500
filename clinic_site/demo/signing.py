"""The demo's owner and clinician sign the rule set, as a clinic would before its first plan."""

from practice.models import Clinic, User
from therapies.rule_set import rule_set
from therapies.sign_off import Capacity, sign_rule_set


def sign_the_rules(*, owner: User, clinician: User, clinic: Clinic) -> None:
    """Both signatures under what holds now; one that is there already stays. The catalogue must be loaded."""
    read = rule_set(clinic).hash
    sign_rule_set(Capacity.OWNER, by=owner, clinic=clinic, read_hash=read)
    sign_rule_set(Capacity.CLINICIAN, by=clinician, clinic=clinic, read_hash=read)
