"""retire() and bring_back(): an instruction is given to nobody new, or is again. A plan that runs keeps it.

To bring one back loosens: it may have been retired because it hurt somebody. So a clinician does.
The reason is a row of its own; the database moves no version without it.
"""

from datetime import datetime

from django.db import transaction

from practice import audit
from practice.models import User
from practice.roles import May
from therapies.models import Instruction, InstructionVersion, InstructionVersionQuerySet, RetirementDecision

What = RetirementDecision.What
LONGEST_REASON = RetirementDecision._meta.get_field("reason").max_length or 500


class RetiringError(Exception):
    """It was not done; the message is a sentence for staff."""


@transaction.atomic
def retire(instruction: Instruction, *, by: User, at: datetime, reason: str) -> None:
    """Take the published version out of use. Raises RetiringError without a reason, or where nothing is published."""
    version = _versions_of(instruction).published().first()
    if version is None:
        raise RetiringError("Nothing of it is published, so there is nothing to retire.")
    _decide(version, What.RETIRED, by=by, at=at, reason=reason)
    InstructionVersion.objects.filter(pk=version.pk).retire()


@transaction.atomic
def bring_back(instruction: Instruction, *, by: User, at: datetime, reason: str) -> None:
    """Publish the retired version again, as it was. Raises RetiringError where `by` is no clinician, too."""
    if not by.may(May.BRING_BACK):
        raise RetiringError("A clinician brings it back and says why.")
    version = _versions_of(instruction).retired().first()
    if version is None:
        raise RetiringError("It is not retired.")
    _decide(version, What.BROUGHT_BACK, by=by, at=at, reason=reason)
    InstructionVersion.objects.filter(pk=version.pk).bring_back()


def _versions_of(instruction: Instruction) -> InstructionVersionQuerySet:
    """Its versions, with nobody else deciding about them meanwhile."""
    Instruction.objects.select_for_update().get(pk=instruction.pk)
    return InstructionVersion.objects.filter(instruction=instruction)


def _decide(version: InstructionVersion, what: RetirementDecision.What, *, by: User, at: datetime, reason: str) -> None:
    if not reason.strip():
        raise RetiringError("Say why, in your own words.")
    why, detail = reason.strip()[:LONGEST_REASON], f"{what.label} {version.instruction_id}"
    RetirementDecision.objects.create(version=version, what=what, reason=why, by=by, at=at)
    audit.record(audit.Action.CHANGED, actor=by, about=version, detail=detail, why=why)
