"""begin(), end() and their like: the only writers of whose a session is."""

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.http import HttpRequest
from django.utils import timezone

from practice import audit
from practice.addresses import client_address
from practice.models import DeviceSession, StaffPin, User
from practice.models_sessions import DeviceSessionQuerySet, digest
from practice.sessions_browser import browser_of
from practice.sessions_limits import limits_of, opens_until

RAN_OUT = "ran_out"


@transaction.atomic
def begin(request: HttpRequest, user: User) -> None:
    """The request's session is this person's from now on, under a new key. (OWASP ASVS 5.0: 7.2.4)"""
    request.session.cycle_key()
    request.session.pop(RAN_OUT, None)
    device = _device(request) if user.works_here else ""
    row = DeviceSession.objects.filter(pk=digest(request.session.session_key or ""))
    if device:
        # What this browser held before for the same person nobody comes back to.
        DeviceSession.objects.of(user).filter(device=device).exclude(pk__in=row).delete()
    row.update(user=user, device=device, pin_errors=0, **_times(user), **_origin(request))


def _times(user: User) -> dict[str, Any]:
    now, limits = timezone.now(), limits_of(works_here=user.works_here)
    ends_at = now + limits.altogether
    locks_itself = user.works_here and StaffPin.objects.filter(user=user).exists()
    until = opens_until(now, ends_at=ends_at, limits=limits, locks_itself=locks_itself)
    return {
        "signed_in_at": now,
        "seen_at": now,
        "ends_at": ends_at,
        "expire_date": until,
        "locks_itself": locks_itself,
    }


def _origin(request: HttpRequest) -> dict[str, Any]:
    browser, system = browser_of(request.META.get("HTTP_USER_AGENT", ""))
    return {"address": client_address(request), "browser": browser, "system": system}


def limit_to(request: HttpRequest, until: datetime) -> None:
    """The request's session is over by then at the latest."""
    rows = DeviceSession.objects.filter(pk=digest(request.session.session_key or ""), user__isnull=False)
    rows.update(ends_at=Least(F("ends_at"), until), expire_date=Least(F("expire_date"), until))


def note_seen(row: DeviceSession, *, works_here: bool, now: datetime) -> None:
    """A sign of life: the idle time begins anew. Written down now and then only."""
    limits = limits_of(works_here=works_here)
    if row.seen_at is None or row.ends_at is None or now - row.seen_at < limits.noted_every:
        return
    until = opens_until(now, ends_at=row.ends_at, limits=limits, locks_itself=row.locks_itself)
    DeviceSession.objects.running(now).filter(pk=row.pk).update(seen_at=now, expire_date=until)


def end(row: DeviceSession, *, by: User, request: HttpRequest | None = None) -> None:
    """This session opens nothing any more."""
    _end(DeviceSession.objects.filter(pk=row.pk), by=by, request=request)


def end_others(request: HttpRequest, user: User) -> int:
    """All of this person's sessions but the one that asks; how many there were."""
    own = digest(request.session.session_key or "")
    return _end(DeviceSession.objects.of(user).exclude(pk=own), by=user, request=request)


def end_all(user: User, *, by: User | None, request: HttpRequest | None = None) -> int:
    """All sessions of a person, as for one who left; how many there were."""
    return _end(DeviceSession.objects.of(user), by=by, request=request)


@transaction.atomic
def _end(rows: DeviceSessionQuerySet, *, by: User | None, request: HttpRequest | None) -> int:
    ended = list(rows.select_for_update().values_list("user_id", flat=True))
    rows.delete()
    for user_id in ended:
        _note_ended(user_id, by=by, request=request)
    return len(ended)


def _note_ended(user_id: UUID | None, *, by: User | None, request: HttpRequest | None) -> None:
    whose = User(pk=user_id) if user_id else None
    audit.record(audit.Action.SESSION_ENDED, actor=by, about=whose, request=request)


def _device(request: Any) -> str:
    """The hash of this browser's id, which stays when people change; a new one when it has none."""
    known = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if len(known) < 32:
        known = request.new_device = secrets.token_urlsafe(32)
    return digest(known)


def device_of(request: HttpRequest) -> str:
    """The hash of this browser's id; empty when it has none."""
    known = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    return digest(known) if known else ""
