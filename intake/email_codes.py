"""Codes by e-mail: an own way in that a person may turn on. Ask, accept, turn on, turn off.

A code has 8 digits, lives 10 minutes, works once, and only in the session that asked for it: the session knows the
row, the row knows the HMAC. Five wrong tries end it; for everybody 40 wrong ones an hour are looked at, a chance of
1 in 285 in a year of guessing day and night, and a person can be asked about five times an hour.

An address that nobody here uses is answered in the same way: the same limits, the same rows, and a mail is sent after
the answer or not at all, so neither words nor time tell who is a patient. The mail holds no name and no word of
health. (OWASP ASVS 5.0: 6.3.8, 6.5.1, 6.5.5, 6.6.2, 6.6.3)
"""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.code_guesses import Guess
from intake.models import EmailCode, EmailWay, PatientAccess
from practice import audit
from practice.addresses import client_network
from practice.guessing import Limit
from practice.mailing import send_later
from practice.models import Clinic, User

DIGITS = 8
LIVES = timedelta(minutes=10)
TRIES = 5
ASK_BY_EMAIL = Limit("e-mail code", "e-mail", most=5, within=timedelta(hours=1))
ASK_BY_ADDRESS = Limit("e-mail code", "address", most=20, within=timedelta(hours=1))
ASK_BY_EVERYBODY = Limit("e-mail code", "everybody", most=100, within=timedelta(hours=1))
TYPE_BY_ADDRESS = Limit("e-mail code typed", "address", most=20, within=timedelta(minutes=15))
TYPE_BY_EVERYBODY = Limit("e-mail code typed", "everybody", most=40, within=timedelta(hours=1))


class EmailCodeRefused(Exception):
    """One sentence for every cause: wrong, used, too late, or never sent."""

    message = gettext_lazy("That code did not work. Check the mail, or ask for a new code.")


def guesses_of_asking(request: HttpRequest, email: str) -> tuple[Guess, ...]:
    return (ASK_BY_EMAIL, digest_of(email)), (ASK_BY_ADDRESS, client_network(request)), (ASK_BY_EVERYBODY, "")


def guesses_of_typing(request: HttpRequest) -> tuple[Guess, ...]:
    return (TYPE_BY_ADDRESS, client_network(request)), (TYPE_BY_EVERYBODY, "")


def ask_code(email: str, *, for_user: User | None = None) -> EmailCode:
    """A code for the session that asks. It is mailed to somebody who signs in by this address, or turns it on."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    code = EmailCode(address_digest=digest_of(email), for_user=for_user, until=timezone.now() + LIVES)
    code.digest = _digest(code.pk, digits)
    with transaction.atomic():
        EmailCode.objects.filter(until__lt=timezone.now() - LIVES).delete()
        code.save()
    is_known = for_user is not None or ways_in_by(code).exists()
    # The same work for an address that nobody has here: its mail goes to no one.
    send_later(subject=_("Your code"), text=_words(digits), to=email if is_known else "")
    return code


def accept_code(code_id: UUID, typed: str, *, for_user: User | None = None) -> EmailCode:
    """The code that was asked for with this id, when its digits were typed; it is used up. Raises EmailCodeRefused."""
    now = timezone.now()
    living = EmailCode.objects.filter(pk=code_id, for_user=for_user, used_at=None, until__gt=now, wrong__lt=TRIES)
    code = living.first()
    right = hmac.compare_digest(code.digest if code else "", _digest(code_id, typed))
    if code is None or not right:
        living.update(wrong=F("wrong") + 1)
        raise EmailCodeRefused
    # The condition decides between two that send the same code at once.
    if not living.update(used_at=now):
        raise EmailCodeRefused
    return code


def accepted_lately(code_id: UUID) -> EmailCode | None:
    """The code that was typed a moment ago, while somebody says whose plan it opens."""
    return EmailCode.objects.filter(pk=code_id, for_user=None, used_at__gt=timezone.now() - LIVES).first()


def ways_in_by(code: EmailCode) -> QuerySet[PatientAccess]:
    """What opens with a code to this address: two people who share one have a way in each."""
    open_now = PatientAccess.objects.open_on(timezone.localdate()).filter(user__is_active=True)
    shared = open_now.filter(user__email_way__digest=code.address_digest)
    return shared.select_related("user", "patient").order_by("given_at")


def turn_on(user: User, email: str, code: EmailCode, *, request: HttpRequest | None = None) -> EmailWay:
    """The person signs in by this address too, now that its code has come back."""
    assert code.for_user_id == user.pk
    with transaction.atomic():
        way, _is_new = EmailWay.objects.update_or_create(
            user=user, defaults={"email": email, "digest": digest_of(email), "turned_on_at": timezone.now()}
        )
        audit.record(audit.Action.FACTOR_CHANGED, actor=user, about=user, request=request, detail="e-mail on")
    return way


def turn_off(user: User, *, by: User, request: HttpRequest | None = None) -> bool:
    """No code is sent to the person's address any more; False when none was."""
    with transaction.atomic():
        gone, _rows = EmailWay.objects.filter(user=user).delete()
        if gone:
            audit.record(audit.Action.FACTOR_CHANGED, actor=by, about=user, request=request, detail="e-mail off")
    return bool(gone)


def digest_of(email: str) -> str:
    """What an address is found by; capitals do not count."""
    return _hmac(f"e-mail|{email.strip().casefold()}")


def _digest(code_id: UUID, typed: str) -> str:
    return _hmac(f"{code_id}|{''.join(sign for sign in typed if sign.isdigit())}")


def _hmac(text: str) -> str:
    return hmac.new(settings.CODE_KEY.encode(), text.encode(), sha256).hexdigest()


def _words(digits: str) -> str:
    name, code = Clinic.load().name, f"{digits[:4]} {digits[4:]}"
    text = _("Your code for %(clinic)s: %(code)s. It works for 10 minutes.") % {"clinic": name, "code": code}
    nobody = _("If you did not ask for it, you do not have to do anything.")
    return f"{text}\n\n{nobody}\n"
