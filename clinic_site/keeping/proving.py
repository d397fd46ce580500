"""Proving the record of events, by its seals and by those that the backups hold; and how that last ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from clinic_site.keeping.witnesses import kept_in
from practice import audit
from practice.models import AuditEvent
from practice.sealing import Checked, Witness, check

FITS, DOES_NOT_FIT = "it fits its seals", "it does not fit its seals"


@dataclass(frozen=True)
class Proof:
    """What was found: a sentence for each fault, none when all fits. `untold` says why the owner's page knows nothing
    of it; empty where it does."""

    found: Checked
    faults: tuple[str, ...]
    backups: int
    untold: str


def prove(more: Mapping[str, Witness]) -> Proof:
    """Check the whole record, with `more` witnesses by where they are kept. Leaves an event, for the owner's page."""
    kept = kept_in(Path(settings.BACKUP_FOLDER))
    found = check(witnesses={**kept.seals, **more})
    faults = (*found.faults, *kept.unreadable)
    return Proof(found, faults, len(kept.seals), _tell(DOES_NOT_FIT if faults else FITS))


def _tell(how_it_ended: str) -> str:
    """A record on a full disk, or one that may only be read, is checked all the same."""
    try:
        audit.record(audit.Action.PROVED, actor=None, detail=how_it_ended)
    except DatabaseError as error:
        return f"The owner's page was not told, as nothing could be written: {error}"
    return ""


def newest_proof() -> AuditEvent | None:
    """Of the record that is there: what was proved before a backup was restored was another one."""
    events = AuditEvent.objects.order_by("-id")
    restored = events.filter(action=AuditEvent.Action.RESTORED).first()
    newest = events.filter(action=AuditEvent.Action.PROVED).first()
    return None if newest and restored and restored.pk > newest.pk else newest


def last_misfit(since: datetime) -> AuditEvent | None:
    """When it last did not fit: a later proof may have known of fewer witnesses."""
    proofs = AuditEvent.objects.filter(action=AuditEvent.Action.PROVED, detail=DOES_NOT_FIT, at__gte=since)
    return proofs.order_by("-id").first()
