"""Where django-allauth asks the house: who may sign in, how often somebody may guess, and how secrets are kept."""

from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from practice import audit
from practice.backends import SteadyBackend
from practice.first_page import first_page
from practice.known_devices import remember
from practice.models import User
from practice.sealed_text import seal, unseal
from practice.second_factor import note_first_step, signed_in_lately, ways_in_words
from practice.staff_guesses import guessing, password_guesses

WRONG = (
    "That user name and password do not go together. Check both, and whether Caps Lock is on. "
    "If it still fails, ask the person who runs the clinic's accounts."
)
PASSKEY_REFUSED = "That passkey does not open anything here. Sign in with your user name and password."


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "incorrect_password": "That is not your password. Check whether Caps Lock is on.",
        "enter_current_password": "That is not your password. Check whether Caps Lock is on.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        # Staff come in by an owner's invitation (inviting.py), and patients by a printed code.
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person whose name and password these are. Raises ValidationError when there were too many guesses."""
        guesses = password_guesses(request, credentials["username"])
        with guessing(request, *guesses, door="password") as guess:
            user = authenticate(request, **credentials)
            if user is not None:
                guess.was_right()
                assert isinstance(user, User)
                return user
        # The name that was typed is not kept: people type their password into the wrong field.
        audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=request, detail="password")
        return None

    def pre_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse | None:
        """Who may not sign in is told what a wrong passkey is told: the password's page has looked already."""
        if user.works_here and SteadyBackend().user_can_authenticate(user):
            note_first_step(request, user)
            return None
        return refuse_passkey(request)

    def login(self, request: HttpRequest, user: Any) -> None:
        with transaction.atomic():
            super().login(request, user)
            audit.record(audit.Action.SIGNED_IN, actor=user, request=request, detail=ways_in_words(request))

    def post_login(self, request: HttpRequest, user: Any, **hooks: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **hooks)
        remember(request, response, user.username)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        assert isinstance(request.user, User)
        return first_page(request.user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def is_safe_url(self, url: str) -> bool:
        # Back to the way in would send somebody who is signed in round for ever.
        return super().is_safe_url(url) and urlsplit(url).path != reverse("sign_in")

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        # Who has just signed in need not do it again.
        return not signed_in_lately(context.request)

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        """The password or a passkey; a code of the app lies on the same phone that is left on the counter."""
        if not user.is_authenticated:
            return []
        methods = [
            {"id": "reauthenticate", "description": "Use your password", "url": reverse("account_reauthenticate")}
        ]
        if Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).exists():
            again = reverse("mfa_reauthenticate_webauthn")
            methods.append({"id": "mfa_reauthenticate:webauthn", "description": "Use your passkey", "url": again})
        return methods


def refuse_passkey(request: HttpRequest) -> HttpResponse:
    audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=request, detail="passkey")
    messages.error(request, PASSKEY_REFUSED)
    return redirect("sign_in")


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right, or was used before. Codes change every 30 seconds: "
        "wait for the next one and type that.",
        "cannot_delete_authenticator": "This is your only second step. Add another one first, then remove this one.",
    }

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        # On white, with its quiet edge: an app has to read it from a dark page too.
        drawn = BytesIO()
        segno.make(url, micro=False).save(drawn, kind="svg", xmldecl=False, scale=4, border=4, light="white")
        return drawn.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last second step stays: without one its holder would be shut out of every page."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return super().get_public_key_credential_user_entity(user) | {"display_name": str(user)}
