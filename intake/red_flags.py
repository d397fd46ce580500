"""close_red_flag(): only a clinician ends a red flag, and says what was done. Better answers never do."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from intake.models import RedFlag, RedFlagClosing
from practice import audit
from practice.models import User
from practice.roles import May

CLOSED_A_FLAG = "closed red flag"


class NothingDone(ValueError):
    """A red flag is closed with words about what was done; there were none."""


def close_red_flag(flag: RedFlag, *, by: User, done: str) -> RedFlagClosing:
    """Close an open red flag; one that is closed already stays as it was closed, and its closing is answered.

    Raises PermissionDenied for anybody but a clinician, NothingDone without words.
    """
    if not by.may(May.DECIDE):
        raise PermissionDenied("Only a clinician closes a red flag.")
    if not done.strip():
        raise NothingDone("Say what was done about it.")
    try:
        with transaction.atomic():
            closing = RedFlagClosing.objects.create(flag=flag, by=by, done=done.strip())
            detail = f"{CLOSED_A_FLAG} {flag.rule}"
            audit.record(
                audit.Action.CHANGED,
                actor=by,
                about=flag,
                patient_id=flag.patient_id,
                detail=detail,
                why=closing.done,
            )
    except IntegrityError:
        # Somebody closed it a moment ago.
        closing = RedFlagClosing.objects.get(flag=flag)
    return closing
