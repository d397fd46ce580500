"""A shipped correction marked `safety` blocks the versions before it: they are handed out and done no more."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import OuterRef, Subquery

from practice import audit
from therapies.models import InstructionVersion, SafetyNotice


def block(versions: Iterable[InstructionVersion], text: str, *, at: datetime) -> list[str]:
    """Put a notice on each version that has not got this one yet; answers one line for each. Part of loading."""
    lines = []
    for version in versions:
        _, is_new = SafetyNotice.objects.get_or_create(version=version, text=text, defaults={"at": at})
        if is_new:
            audit.record(audit.Action.CHANGED, actor=None, about=version, detail="blocked for safety")
            lines.append(f"{version.instruction_id}: version {version.number} is blocked for safety: {text}")
    return lines


def notice_of(version: str) -> Subquery:
    """To annotate rows with the newest notice of the version at `version` (a path to its id): its text, or None."""
    newest = SafetyNotice.objects.filter(version=OuterRef(version)).order_by("-at", "-id")
    return Subquery(newest.values("text")[:1])
