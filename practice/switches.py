"""ask(), sign() and end(): the only ways a switch changes. An owner asks, a clinician signs, either ends it.

What each switch changes is said here, for the one page that both read before they decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import IntegrityError, transaction
from django.utils import timezone

from practice import audit
from practice.models import Switch, SwitchDecision, User
from practice.roles import May


class SwitchError(Exception):
    """It cannot be done; the message is a sentence for the person who tried."""


@dataclass(frozen=True)
class Explained:
    """One switch in plain words: what holds while it is off, what changes, and what that may mean."""

    title: str
    off: str
    on: tuple[str, ...]
    mind: tuple[str, ...]


DEVICE = (
    "Steady ships as a desk where a clinician decides each plan. With this switch on, the software decides a step by "
    "itself. In some countries that can make it a regulated medical device, and your clinic the one who runs it. Ask "
    "someone who knows the law where you work before you turn it on."
)
EXPLAINED: Mapping[Switch, Explained] = MappingProxyType(
    {
        Switch.HEAT_UNDER_14_DAYS: Explained(
            "Heat in the first two weeks",
            "Heat is not suitable in the first two weeks (H-B1), but for a flare of an old pain (H-B2). The "
            "clinic's own article uses ice first.",
            (
                "In the first two weeks heat becomes “caution” when there is surely no new injury and no sign of "
                "inflammation. A clinician must still acknowledge it for each plan.",
                "Every rule that forbids heat (H-N1 to H-N13, B06 to B10) stays as it is.",
            ),
            (
                "Guidelines and the clinic's article differ here: disagreement D1 of the rule set. The American "
                "College of Physicians (2017) and a Cochrane review (2006) support heat for new back pain.",
            ),
        ),
        Switch.STANDING_ORDERS: Explained(
            "Standing orders",
            "Only a clinician issues a plan.",
            (
                "A clinician may sign a standing order for one program, until a day they name.",
                "The front desk may then issue that program when the level is “none”, nothing is unknown and every "
                "item is “suitable”.",
                "The plan names the clinician of the order. The clinician countersigns each use; uses that nobody "
                "countersigned within one clinic day are listed until somebody does.",
            ),
            (DEVICE,),
        ),
        Switch.PATIENT_OPENED_PHASES: Explained(
            "Phases that patients open",
            "A later phase of a plan opens only when a clinician asks the questions again.",
            (
                "A clinician may approve a later item in advance. The patient answers the questions again on the "
                "phone.",
                "The item opens only when the level is “none” and the item is “suitable”. Otherwise the page says to "
                "call.",
                "Each opening is kept for good, with the answers it stands on.",
            ),
            (DEVICE,),
        ),
    }
)


def ask(switch: Switch, *, by: User) -> SwitchDecision:
    """An owner asks for a switch; it stays off until a clinician signs. Raises SwitchError."""
    _refuse_unless(by, May.ASK_FOR_SWITCH, "Only an owner asks for a switch.")
    try:
        with transaction.atomic():
            decision = SwitchDecision.objects.create(switch=switch, asked_by=by)
            _record(audit.Action.CHANGED, decision, by, "asked for")
    except IntegrityError as error:
        raise SwitchError("It is asked for already.") from error
    return decision


def sign(decision: SwitchDecision, *, by: User) -> None:
    """A clinician signs, and the switch is on. Raises SwitchError."""
    _refuse_unless(by, May.SIGN_SWITCH, "Only a clinician signs for a switch.")
    waiting = SwitchDecision.objects.not_ended().filter(pk=decision.pk, signed_at=None)
    with transaction.atomic():
        if not waiting.update(signed_by=by, signed_at=timezone.now()):
            raise SwitchError("Nothing waits for a signature here any more.")
        _record(audit.Action.SIGNED, decision, by, "turned on")


def end(decision: SwitchDecision, *, by: User) -> None:
    """An owner or a clinician turns the switch off, or takes back what was asked for. Raises SwitchError."""
    _refuse_unless(by, May.END_SWITCH, "Only an owner or a clinician turns a switch off.")
    with transaction.atomic():
        if not SwitchDecision.objects.not_ended().filter(pk=decision.pk).update(ended_by=by, ended_at=timezone.now()):
            raise SwitchError("It is off already.")
        _record(audit.Action.CHANGED, decision, by, "turned off")


def _refuse_unless(by: User, deed: May, sentence: str) -> None:
    if not by.may(deed):
        raise SwitchError(sentence)


def _record(action: audit.Action, decision: SwitchDecision, by: User, what: str) -> None:
    audit.record(action, actor=by, about=decision, detail=f"{decision.switch}: {what}")
