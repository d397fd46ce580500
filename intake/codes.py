"""Sign-in codes: mint, recognize, use up, revoke.

A sheet carries three codes, numbered 1 to 3; each works once. The database keeps HMAC-SHA-256 of a code under
CODE_KEY, so a copy of the database opens no plan. A code is 3 characters that find the sheet again in a talk on
the phone (kept as they are), then 8 consonants: no vowel, so no word; no sign that is read as another. How often
somebody may guess stands in code_guesses.py.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from intake.models import CodeSheet, Patient, PatientAccess, SignInCode
from practice import audit
from practice.models import User

CONSONANTS = "BCDFGHJKLMNPQRSTVWXZ"
LOCATOR = "BCDFGHJKLMNPQRSTVWXZ23456789"
LOCATOR_LENGTH = 3
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
    return _mint(patient, None, by, valid_until)


def mint_for_proxy(access: PatientAccess, *, by: User, valid_until: date) -> MintedSheet:
    """The same for somebody who helps the patient; the patient's own codes are left alone."""
    return _mint(access.patient, access, by, valid_until)


def recognize(typed: str) -> SignInCode:
    """The code that this is, when it would open a plan now; it is not used up. Raises CodeRefused.

    A wrong, a used and an unknown one take the same way: one look, and no condition in it that a clock could see.
    """
    asked = digest(typed)
    code = _codes_with_people().filter(digest=asked).first()
    known = hmac.compare_digest(code.digest if code else "", asked)
    if code is None or not known or code.used_at is not None or not _still_good(code.sheet):
        raise CodeRefused
    return code


def recognize_again(code_id: int) -> SignInCode:
    """The code that was typed a moment ago, if it still opens a plan. Raises CodeRefused."""
    code = _codes_with_people().filter(pk=code_id).first()
    if code is None or code.used_at is not None or not _still_good(code.sheet):
        raise CodeRefused
    return code


def use_up(code: SignInCode) -> PatientAccess:
    """The way in that the code was made for; it opens nothing from now on. Raises CodeRefused."""
    # The condition on used_at decides between two devices that send the same code at once.
    unused = SignInCode.objects.filter(pk=code.pk, used_at=None, sheet__revoked_at=None)
    if not unused.update(used_at=timezone.now()):
        raise CodeRefused
    return code.sheet.access


def access_of(user: User, typed: str) -> PatientAccess | None:
    """This very person's access that the code was made for, used or not: a signed-in phone scans its sheet again."""
    code = _codes_with_people().filter(digest=digest(typed), sheet__access__user=user).first()
    return code.sheet.access if code and code.sheet.access.is_open_on(timezone.localdate()) else None


def revoke(access: PatientAccess) -> None:
    """The codes of the access's living sheet stop working; signed-in devices stay signed in."""
    CodeSheet.objects.filter(access=access, revoked_at=None).update(revoked_at=timezone.now())


def keep_valid(patient: Patient, *, until: date) -> None:
    """Codes that are out there now work until this day: 14 days after the plan's end, whenever that moves."""
    CodeSheet.objects.filter(access__patient=patient, revoked_at=None).update(valid_until=until)


def living_sheet(patient: Patient, codes: tuple[str, ...]) -> CodeSheet | None:
    """The living sheet that has exactly these codes (to print them when they have just been made)."""
    digests = {digest(code) for code in codes}
    sheets = CodeSheet.objects.filter(access__patient=patient, revoked_at=None, codes__digest__in=digests)
    sheet = sheets.annotate(found=Count("codes")).filter(found=CODES_ON_A_SHEET).first()
    return sheet if len(codes) == CODES_ON_A_SHEET else None


def own_sheet(patient: Patient) -> CodeSheet | None:
    """The patient's living sheet with its codes; a proxy's is another one."""
    own = CodeSheet.objects.filter(access__patient=patient, access__relation=PatientAccess.Relation.SELF)
    return own.filter(revoked_at=None).prefetch_related("codes").first()


def belong_to(patient: Patient, codes: tuple[str, ...]) -> bool:
    """Whether these are exactly the codes of a living sheet of the patient or of a proxy."""
    return living_sheet(patient, codes) is not None


def valid_without_plan(today: date) -> date:
    return today + timedelta(days=DAYS_WITHOUT_PLAN)


def valid_after_plan(end: date) -> date:
    return end + timedelta(days=DAYS_AFTER_PLAN)


def digest(code: str) -> str:
    """HMAC-SHA-256 of the code, however it was typed: case, blanks and dashes do not count."""
    return hmac.new(settings.CODE_KEY.encode(), letters_of(code).encode(), sha256).hexdigest()


def letters_of(code: str) -> str:
    return "".join(character for character in code.upper() if character.isalnum())


def locator_of(code: str) -> str:
    """What finds the code again; it opens nothing by itself."""
    return letters_of(code)[:LOCATOR_LENGTH]


def own_access(patient: Patient) -> PatientAccess:
    """The patient's own way in; made the first time that somebody needs it."""
    access = patient.access.filter(relation=PatientAccess.Relation.SELF).first()
    if access is None:
        user = User.objects.create_patient_user()
        access = PatientAccess.objects.create(patient=patient, user=user)
    return access


def _mint(patient: Patient, access: PatientAccess | None, by: User, valid_until: date) -> MintedSheet:
    with transaction.atomic():
        # Two people making codes at once wait for each other; the second sheet replaces the first.
        Patient.objects.select_for_update().get(pk=patient.pk)
        access = access or own_access(patient)
        revoke(access)
        sheet = CodeSheet.objects.create(access=access, made_by=by, valid_until=valid_until)
        codes = tuple(_new_code() for _ in range(CODES_ON_A_SHEET))
        SignInCode.objects.bulk_create(_kept(sheet, number, code) for number, code in enumerate(codes, start=1))
        audit.record(audit.Action.CODES_MADE, actor=by, about=sheet, patient_id=patient.pk)
    return MintedSheet(sheet, codes)


def _kept(sheet: CodeSheet, number: int, code: str) -> SignInCode:
    return SignInCode(sheet=sheet, number=number, locator=locator_of(code), digest=digest(code))


def _codes_with_people() -> QuerySet[SignInCode]:
    return SignInCode.objects.select_related("sheet__access__user", "sheet__access__patient")


def _still_good(sheet: CodeSheet) -> bool:
    today = timezone.localdate()
    if sheet.revoked_at is not None or today > sheet.valid_until or not sheet.access.user.is_active:
        return False
    return sheet.access.is_open_on(today)


def _new_code() -> str:
    locator = "".join(secrets.choice(LOCATOR) for _ in range(LOCATOR_LENGTH))
    letters = "".join(secrets.choice(CONSONANTS) for _ in range(8))
    return f"{locator}-{letters[:4]}-{letters[4:]}"
