"""Proving the record of events, by its seals and by those that the backups hold; and how that last ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from clinic_site.keeping.witnesses import kept_in
from practice import audit
from practice.models import AuditEvent
from practice.sealing import Checked, Witness, check

FITS, DOES_NOT_FIT = "it fits its seals", "it does not fit its seals"


@dataclass(frozen=True)
class Proof:
    """What was found: a sentence for each fault, none when all fits."""

    found: Checked
    faults: tuple[str, ...]
    backups: int


def prove(more: Mapping[str, Witness]) -> Proof:
    """Check the whole record, with `more` witnesses by where they are kept. Leaves an event, for the owner's page."""
    kept = kept_in(Path(settings.BACKUP_FOLDER))
    found = check(witnesses={**kept.seals, **more})
    faults = (*found.faults, *kept.unreadable)
    audit.record(audit.Action.PROVED, actor=None, detail=DOES_NOT_FIT if faults else FITS)
    return Proof(found, faults, len(kept.seals))


def newest_proof() -> AuditEvent | None:
    return AuditEvent.objects.filter(action=AuditEvent.Action.PROVED).order_by("-id").first()
