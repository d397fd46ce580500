"""The computer at the front desk, as the tests of PINs use it."""

from typing import Any

from django.test import Client
from django.urls import reverse

from practice.models import DeviceSession, User
from practice.tests.factories_sessions import PIN, make_pin, sign_in
from practice.tests.factories_sign_in import make_member

OTHER_PIN = "582036"


def make_with_pin(username: str = "jo", name: str = "Jo Marsh", pin: str = PIN) -> User:
    user = make_member(username=username, name=name)
    make_pin(user=user, pin=pin)
    return user


def lock(client: Client, *, page: str = "") -> Any:
    return client.post(reverse("screen_lock"), headers={"referer": f"http://testserver{page}"} if page else {})


def unlock(client: Client, user: User, pin: str = PIN) -> Any:
    row = DeviceSession.objects.of(user).filter(locks_itself=True).first()
    return client.post(reverse("locked"), {"whose": row.public_id if row else "", "pin": pin})


def sign_in_locked(user: User) -> Client:
    """The front desk's browser after the person pressed "Lock"."""
    client = sign_in(user)
    lock(client)
    return client
