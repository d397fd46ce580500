"""end_ways_in(): what was ended since a backup was made is alive again in it, so a restore ends all of that kind.

Nobody knows any more which sessions, invitations or codes those were. The people, their roles, their access to records,
and the passwords and second factors of the staff are as they were then: only the clinic can look through them.
"""

from dataclasses import asdict, dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from intake.models import CodeSheet, EmailWay
from practice import audit
from practice.models import DeviceSession, Invitation, User


@dataclass(frozen=True)
class Ended:
    """How many of each opened something, and do no longer."""

    sessions: int
    invitations: int
    sheets_with_codes: int
    passkeys_of_patients: int
    addresses_for_codes: int

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')}: {number}" for name, number in asdict(self).items())


def end_ways_in(*, made_at: str, keeps_codes: bool) -> Ended:
    """End all sessions and invitations and, unless they are kept, all that patients and helpers sign in with.

    The accounts and what they may open stay: the desk gives new codes.
    """
    with transaction.atomic():
        ended = Ended(
            sessions=_removed(DeviceSession.objects.all()),
            invitations=_removed(Invitation.objects.all()),
            sheets_with_codes=0 if keeps_codes else _revoked(),
            passkeys_of_patients=0 if keeps_codes else _removed(_passkeys_of_patients()),
            addresses_for_codes=0 if keeps_codes else _removed(EmailWay.objects.all()),
        )
        audit.record(audit.Action.RESTORED, actor=None, detail=f"made at {made_at}. Ended: {ended}")
    return ended


def _revoked() -> int:
    return CodeSheet.objects.filter(revoked_at=None).update(revoked_at=timezone.now())


def _passkeys_of_patients() -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user__kind=User.Kind.PATIENT, type=Authenticator.Type.WEBAUTHN)


def _removed(rows: QuerySet[Any]) -> int:
    return rows.delete()[0]
