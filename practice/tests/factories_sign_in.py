"""Staff and their ways to sign in, for tests."""

from secrets import token_bytes
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters_now
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from fido2.utils import websafe_encode

from practice.models import User
from practice.roles import Role
from practice.sealed_text import unseal
from practice.tests.soft_passkey import SoftPasskey

PASSWORD = "a long quiet river"


def make_member(*, username: str = "jo", name: str = "Jo Marsh", role: Role = Role.FRONT_DESK) -> User:
    user = User.objects.create_staff(username, PASSWORD, display_name=name)
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user


def make_app(*, user: User) -> Authenticator:
    app: Authenticator = TOTP.activate(user, generate_totp_secret()).instance
    return app


def code_now(app: Authenticator) -> str:
    """What the person's phone shows."""
    return code_of(unseal(app.data["secret"]))


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(counters_now()))))


def make_recovery_codes(*, user: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def make_passkey(*, user: User, passkey: SoftPasskey | None = None, name: str = "My phone") -> Authenticator:
    """The row of a passkey; `passkey` is the thing in the person's hand."""
    handle = websafe_encode(str(user.pk).encode())
    options: dict[str, Any] = {
        "challenge": websafe_encode(token_bytes(32)),
        "rp": {"id": "testserver"},
        "user": {"id": handle},
    }
    credential = (passkey or SoftPasskey()).create({"publicKey": options})
    data = {"name": name, "credential": credential}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def type_password(client: Client, *, username: str = "jo", password: str = PASSWORD, after: str = "") -> Any:
    return client.post(reverse("sign_in"), {"username": username, "password": password, "next": after})


def type_code(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})
