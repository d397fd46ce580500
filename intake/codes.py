"""Sign-in codes: mint, redeem, revoke.

A sheet carries three codes, numbered 1 to 3; each works once. The database keeps HMAC-SHA-256 of a code under
CODE_KEY, so a copy of the database opens no plan. A code is 3 characters that find the sheet again in a talk on
the phone, then 8 consonants: no vowel, so no word; no sign that is read as another.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from intake.models import CodeSheet, Patient, PatientAccess, SignInCode
from practice import audit
from practice.models import User

CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
LOCATOR = "BCDFGHJKLMNPQRSTVWXZ23456789"
CODES_ON_A_SHEET = 3
DAYS_WITHOUT_PLAN = 14
DAYS_AFTER_PLAN = 14


class CodeRefused(Exception):
    """The code opens nothing. One sentence for every cause, so that a guess learns nothing."""

    message = gettext_lazy("That code did not open a plan. Each code works once; try the next or call us.")


@dataclass(frozen=True)
class MintedSheet:
    """The only moment at which the codes can be read: `codes` are grouped for the eye, number 1 first."""

    sheet: CodeSheet
    codes: tuple[str, ...]


def mint(patient: Patient, *, by: User, valid_until: date) -> MintedSheet:
    """Make a new sheet of codes for the patient. Unused codes of an earlier sheet stop working."""
    with transaction.atomic():
        # Two people making codes at once wait for each other; the second sheet replaces the first.
        Patient.objects.select_for_update().get(pk=patient.pk)
        access = own_access(patient)
        revoke(access)
        sheet = CodeSheet.objects.create(access=access, made_by=by, valid_until=valid_until)
        codes = tuple(_new_code() for _ in range(CODES_ON_A_SHEET))
        SignInCode.objects.bulk_create(
            SignInCode(sheet=sheet, number=number, digest=digest(code)) for number, code in enumerate(codes, start=1)
        )
        audit.record(audit.Action.CODES_MADE, actor=by, about=sheet, patient_id=patient.pk)
    return MintedSheet(sheet, codes)


def redeem(typed: str) -> User:
    """The person whose code this is; the code is used up. Raises CodeRefused."""
    with transaction.atomic():
        code = (
            SignInCode.objects.select_related("sheet__access__user")
            .filter(digest=digest(typed), used_at=None, sheet__revoked_at=None)
            .first()
        )
        if code is None or not _still_good(code.sheet):
            raise CodeRefused
        # The condition on used_at decides between two devices that send the same code at once.
        if not SignInCode.objects.filter(pk=code.pk, used_at=None).update(used_at=timezone.now()):
            raise CodeRefused
        return code.sheet.access.user


def is_of(user: User, typed: str) -> bool:
    """Whether the code was made for this very person, used or not: a signed-in phone that scans its sheet again."""
    return SignInCode.objects.filter(digest=digest(typed), sheet__access__user=user).exists()


def revoke(access: PatientAccess) -> None:
    """The codes of the access's living sheet stop working; signed-in devices stay signed in."""
    CodeSheet.objects.filter(access=access, revoked_at=None).update(revoked_at=timezone.now())


def keep_valid(patient: Patient, *, until: date) -> None:
    """Codes that are out there now work until this day: 14 days after the plan's end, whenever that moves."""
    CodeSheet.objects.filter(access__patient=patient, revoked_at=None).update(valid_until=until)


def belong_to(patient: Patient, codes: tuple[str, ...]) -> bool:
    """Whether these are exactly the codes of the patient's living sheet (to print them on a sheet just made)."""
    digests = {digest(code) for code in codes}
    living = SignInCode.objects.filter(
        sheet__access__patient=patient, sheet__revoked_at=None, digest__in=digests
    ).count()
    return len(codes) == CODES_ON_A_SHEET == living


def valid_without_plan(today: date) -> date:
    return today + timedelta(days=DAYS_WITHOUT_PLAN)


def valid_after_plan(end: date) -> date:
    return end + timedelta(days=DAYS_AFTER_PLAN)


def digest(code: str) -> str:
    """HMAC-SHA-256 of the code, however it was typed: case, blanks and dashes do not count."""
    letters = "".join(character for character in code.upper() if character.isalnum())
    return hmac.new(settings.CODE_KEY.encode(), letters.encode(), sha256).hexdigest()


def own_access(patient: Patient) -> PatientAccess:
    """The patient's own way in; made the first time that somebody needs it."""
    access = patient.access.filter(relation=PatientAccess.Relation.SELF).first()
    if access is None:
        user = User.objects.create_patient_user()
        access = PatientAccess.objects.create(patient=patient, user=user)
    return access


def _still_good(sheet: CodeSheet) -> bool:
    today = timezone.localdate()
    if today > sheet.valid_until or not sheet.access.user.is_active:
        return False
    return sheet.access.until is None or today <= sheet.access.until


def _new_code() -> str:
    locator = "".join(secrets.choice(LOCATOR) for _ in range(3))
    letters = "".join(secrets.choice(CONSONANTS) for _ in range(8))
    return f"{locator}-{letters[:4]}-{letters[4:]}"
