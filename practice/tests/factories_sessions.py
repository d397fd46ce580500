"""Sessions and PINs for tests: keyword-only, plain defaults."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practice.models import AuditEvent, DeviceSession, StaffPin, User
from practice.models_sessions import digest
from practice.sessions_store import SessionStore

BACKEND = "practice.backends.SteadyBackend"
# The id of the shared computer at the front desk.
DESK = "the-computer-at-the-front-desk-0123456789"
PIN = "740913"


def make_session(*, user: User, **fields: Any) -> DeviceSession:
    """A row of somebody who signed in just now; nobody's browser has its key."""
    now = timezone.now()
    times = {"signed_in_at": now, "seen_at": now, "ends_at": now + timedelta(hours=12)}
    opens = {"expire_date": now + timedelta(hours=1), "session_key": digest(str(DeviceSession.objects.count()))}
    return DeviceSession.objects.create(
        **(opens | times | {"user": user, "session_data": SessionStore().encode({})} | fields)
    )


def make_pin(*, user: User, pin: str = PIN) -> StaffPin:
    return StaffPin.objects.create(user=user, encoded=make_password(pin))


def sign_in(user: User, *, client: Client | None = None, device: str = DESK) -> Client:
    """This browser, signed in as the user, on this device."""
    client = client or Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = device
    client.cookies.pop(settings.SESSION_COOKIE_NAME, None)
    client.force_login(user, backend=BACKEND)
    row_of(client).update(device=digest(device))
    return client


def key_of(client: Client) -> str:
    """The session's key that the browser holds; empty when it holds none."""
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def row_of(client: Client) -> Any:
    """The row of the browser's session, as a query."""
    return DeviceSession.objects.filter(pk=digest(key_of(client)))


def seen(client: Client) -> datetime:
    at: datetime = row_of(client).get().seen_at
    return at


def opens(client: Client) -> bool:
    """Whether the browser's session opens a page of the desk."""
    return client.get(reverse("library")).status_code == 200


def endings() -> list[tuple[User | None, str]]:
    """Who ended each session that was ended, and why."""
    found = AuditEvent.objects.filter(action=AuditEvent.Action.SESSION_ENDED).select_related("actor")
    return [(event.actor, event.detail) for event in found]
