"""record(), refused() and read_once(): the only writers of AuditEvent. (OWASP ASVS 5.0: 16.2.1, 16.3.2, 16.4.1)"""

from datetime import date
from functools import partial
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import models, transaction
from django.http import HttpRequest

from practice.models import AuditEvent, User
from practice.one_line import one_line
from practice.where import Where, session_of, where_now

Action = AuditEvent.Action
A_DAY = 24 * 60 * 60


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

    Where somebody has to say why, `why` holds their words; the field asks them to write no name. From where is that
    of the request that is being answered, whoever calls; a `request` need not be given.
    """
    event = _event(action, actor, about, patient_id, request=request, detail=detail, why=why)
    event.save()
    return event


def refused(
    *,
    actor: User | AnonymousUser | None,
    about: models.Model | None = None,
    patient_id: UUID | None = None,
    object_id: str = "",
    detail: str = "",
    why: str = "",
) -> None:
    """Somebody was told no. While a request is answered the event waits until the answer is made: what was refused is
    often in the middle of a transaction that is then rolled back, and the event must last."""
    event = _event(Action.REFUSED, actor, about, patient_id, detail=detail, why=why)
    event.object_id = event.object_id or object_id
    if where := where_now():
        where.refusals.append(event)
    else:
        event.save()


def write_refusals(where: Where) -> None:
    """At the end of a request, outside of every transaction of it."""
    for event in where.refusals:
        event.save()
    where.refusals.clear()


def read_once(
    *, actor: User, about: models.Model, patient_id: UUID, day: date, request: HttpRequest, page: str
) -> None:
    """Somebody reads their own record, or that of whom they care for: one event per session, record and day.

    The unique column decides, however many pages are opened at the same moment; the cache only spares asking it.
    """
    session = session_of(request)
    once = f"{session}|{patient_id.hex}|{day:%Y%m%d}" if session else None
    if once and cache.get(f"read|{once}"):
        return
    event = _event(Action.OPENED, actor, about, patient_id, request=request, detail=page)
    event.once = once
    AuditEvent.objects.bulk_create([event], ignore_conflicts=True)
    if once:
        transaction.on_commit(partial(cache.set, f"read|{once}", True, A_DAY))


def _event(
    action: AuditEvent.Action,
    actor: User | AnonymousUser | None,
    about: models.Model | None,
    patient_id: UUID | None,
    *,
    request: HttpRequest | None = None,
    detail: str,
    why: str = "",
) -> AuditEvent:
    where = Where(request) if request else where_now()
    return AuditEvent(
        action=action,
        actor=actor if isinstance(actor, User) else None,
        object_type=about._meta.label_lower if about else "",
        object_id=str(about.pk) if about else "",
        patient_id=patient_id,
        address=where.address if where else None,
        session=where.session if where else "",
        detail=one_line(detail)[:200],
        why=one_line(why)[:500],
    )
