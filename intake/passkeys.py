"""Passkeys of patients and proxies: an own way in that a person may add on a phone or a computer.

The key stays on the device and answers only to its holder's finger, face or PIN, and only for our own address. The
rows and the checking are django-allauth's, as for the staff; but no passkey of the staff opens a plan, and no
patient's opens the desk. (OWASP ASVS 5.0: 6.3.8)
"""

import json
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from fido2.webauthn import PublicKeyCredentialUserEntity, ResidentKeyRequirement, UserVerificationRequirement

from intake.models import Patient, PatientAccess
from intake.proxies import accesses_of
from practice import audit
from practice.backends import SteadyBackend
from practice.models import User
from practice.sessions_browser import browser_of

MOST = 5


class PasskeyRefused(Exception):
    """One sentence for every cause."""

    message = gettext_lazy("That passkey did not open a plan. Use a code from your sheet.")


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).order_by("created_at")


def passkeys_about(patient: Patient) -> QuerySet[Authenticator]:
    """Those of the patient and of everybody who may or might open the patient's plan."""
    people = User.objects.filter(access__patient=patient, kind=User.Kind.PATIENT)
    found = Authenticator.objects.filter(user__in=people, type=Authenticator.Type.WEBAUTHN)
    return found.select_related("user").order_by("created_at")


def options_to_add(user: User, called: str) -> dict[str, Any]:
    """What the browser needs to make a passkey; what it must answer is kept in the session."""
    person = PublicKeyCredentialUserEntity(id=user_pk_to_url_str(user).encode(), name=called, display_name=called)
    options, state = auth.get_server().register_begin(
        user=person,
        credentials=auth.get_credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
        extensions=auth.EXTENSIONS,
    )
    auth.set_state(state)
    return dict(options)


def add(user: User, answered: str, *, request: HttpRequest) -> Authenticator:
    """Keep the passkey that the browser made. Raises PasskeyRefused."""
    if passkeys_of(user).count() >= MOST:
        raise PasskeyRefused
    credential = _read(answered)
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except (ValidationError, ValueError, KeyError, TypeError) as wrong:
        raise PasskeyRefused from wrong
    browser, system = browser_of(request.META.get("HTTP_USER_AGENT", ""))
    with transaction.atomic():
        passkey: Authenticator = auth.WebAuthn.add(user, system or browser, credential).instance
        audit.record(audit.Action.FACTOR_CHANGED, actor=user, about=user, request=request, detail="passkey added")
    return passkey


def remove(passkey: Authenticator, *, by: User, request: HttpRequest | None = None) -> None:
    """The passkey opens nothing any more."""
    with transaction.atomic():
        user = passkey.user
        passkey.delete()
        audit.record(audit.Action.FACTOR_CHANGED, actor=by, about=user, request=request, detail="passkey removed")


def options_to_sign_in() -> dict[str, Any]:
    """What the browser needs to ask for any passkey of ours; it names nobody."""
    return auth.begin_authentication()


def way_in_of(answered: str) -> PatientAccess:
    """The first plan that the holder of this passkey may open now. Raises PasskeyRefused."""
    credential = _read(answered)
    try:
        user = auth.extract_user_from_response(credential)
        if not _may_come_in(user):
            raise PasskeyRefused
        auth.parse_authentication_response(credential)
        passkey = auth.complete_authentication(user, credential)
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise PasskeyRefused from wrong
    access = accesses_of(user).select_related("user", "patient").order_by("given_at").first()
    if access is None:
        raise PasskeyRefused
    passkey.record_usage()
    return access


def _may_come_in(user: Any) -> bool:
    return isinstance(user, User) and not user.works_here and SteadyBackend().user_can_authenticate(user)


def _read(answered: str) -> dict[str, Any]:
    try:
        read = json.loads(answered)
    except ValueError as wrong:
        raise PasskeyRefused from wrong
    if not isinstance(read, dict):
        raise PasskeyRefused
    return read
