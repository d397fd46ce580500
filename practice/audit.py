"""record(): the only writer of AuditEvent."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest

from practice.addresses import client_address
from practice.models import AuditEvent, User

Action = AuditEvent.Action


def record(
    action: AuditEvent.Action,
    *,
    actor: User | AnonymousUser | None,
    about: models.Model | None = None,
    patient_id: UUID | None = None,
    request: HttpRequest | None = None,
    detail: str = "",
    why: str = "",
) -> AuditEvent:
    """Write one event. `detail` holds what kind of thing it was, never a name, a birth date or a code.

    Where somebody has to say why, `why` holds their words; the field asks them to write no name.
    """
    return AuditEvent.objects.create(
        action=action,
        actor=actor if isinstance(actor, User) else None,
        object_type=about._meta.label_lower if about else "",
        object_id=str(about.pk) if about else "",
        patient_id=patient_id,
        address=client_address(request) if request else None,
        detail=detail[:200],
        why=why[:500],
    )
