"""A PIN for the shared computer at the front desk: which ones are taken, setting one and taking it back.

It opens its person's own session where that was signed in fully, on that device, within its twelve hours; it signs
nobody in. Somebody who stands at that very computer has five guesses before the session ends, and so one chance in two
thousand with the shortest PIN; each guess stands in the record.
"""

import re

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from practice import audit
from practice.models import DeviceSession, StaffPin, User

SHORTEST, LONGEST = 4, 8
DIGITS = "0123456789" * 2
YEARS = range(1920, 2040)
# The commonest of leaked PINs that are no row, no pair and no year.
COMMON = frozenset({"1122", "1313", "1004", "2580", "0852", "6969", "4200", "5150", "1230", "0070", "123123", "147258"})


def problem_of(pin: str) -> str:
    """What is wrong with a PIN; empty when nothing is."""
    if not re.fullmatch(f"[0-9]{{{SHORTEST},{LONGEST}}}", pin):
        return f"Use {SHORTEST} to {LONGEST} digits, and nothing else."
    if _is_easy(pin):
        return "That one is among the first that somebody would try. Choose one without a pattern, and no year."
    return ""


@transaction.atomic
def set_pin(user: User, pin: str) -> None:
    """From now on this person's sessions lock themselves, and this PIN opens them."""
    StaffPin.objects.update_or_create(user=user, defaults={"encoded": make_password(pin), "set_at": timezone.now()})
    DeviceSession.objects.of(user).exclude(device="").update(locks_itself=True, pin_errors=0)
    audit.record(audit.Action.FACTOR_CHANGED, actor=user, about=user, detail="PIN set")


@transaction.atomic
def remove_pin(user: User, *, by: User | None) -> None:
    """Without a PIN a session ends after an hour without use; those that are locked end now."""
    if not StaffPin.objects.filter(user=user).delete()[0]:
        return
    DeviceSession.objects.of(user).filter(locks_itself=True, expire_date__lte=timezone.now()).delete()
    DeviceSession.objects.of(user).update(locks_itself=False)
    audit.record(audit.Action.FACTOR_CHANGED, actor=by, about=user, detail="PIN removed")


def _is_easy(pin: str) -> bool:
    runs = pin in DIGITS or pin[::-1] in DIGITS
    repeats = any(pin == pin[:length] * (len(pin) // length) for length in (1, 2))
    ends_in_year = len(pin) in (4, 8) and (int(pin[:4]) in YEARS or int(pin[-4:]) in YEARS)
    return runs or repeats or ends_in_year or pin in COMMON
