"""lock() and unlock(): a shared computer changes hands without anybody sharing an account.

A locked session waits in its row. The browser's cookie no longer opens it: unlocking gives it a new key. So several
people's sessions may wait on one device, each for its own person's PIN.
"""

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from practice import audit
from practice.models import DeviceSession, User
from practice.models_sessions import digest
from practice.sessions_deeds import device_of
from practice.sessions_store import SessionStore

MOST_WRONG = 5


class WrongPin(Exception):
    """`left` more tries before the session ends; none when it has ended."""

    def __init__(self, left: int) -> None:
        super().__init__("That is not the PIN.")
        self.left = left


class NothingToUnlock(Exception):
    """The session has ended, or was unlocked meanwhile."""


@transaction.atomic
def lock(request: HttpRequest, user: User, *, left_page: str) -> bool:
    """Take the session from the browser until its person's PIN gives it back; False for somebody without a PIN."""
    now = timezone.now()
    rows = DeviceSession.objects.running(now).filter(pk=digest(request.session.session_key or ""), locks_itself=True)
    if not rows.update(expire_date=now, seen_at=now, left_page=left_page[:300]):
        return False
    audit.record(audit.Action.LOCKED, actor=user, about=user, request=request, detail="locked")
    request.session, request.user = SessionStore(), AnonymousUser()
    return True


def unlock(request: HttpRequest, row: DeviceSession, pin: str) -> str:
    """Give the session to this browser; the page that it was locked on. Raises WrongPin and NothingToUnlock.

    A try is counted before it is looked at: of many at the same moment five are looked at.
    """
    user = row.user
    tries = DeviceSession.objects.locked_on(device_of(request), timezone.now()).filter(pk=row.pk)
    if user is None or not tries.filter(pin_errors__lt=MOST_WRONG).update(pin_errors=F("pin_errors") + 1):
        raise NothingToUnlock
    if not check_password(pin, user.pin.encoded):
        raise WrongPin(_note_wrong(request, row, user))
    return _give_back(request, row, user)


@transaction.atomic
def _give_back(request: HttpRequest, row: DeviceSession, user: User) -> str:
    page = row.left_page if _was_last(row) else ""
    # The right try is given back; wrong ones stay. Else somebody who tries four times after each time that a colleague
    # unlocks would find the PIN in some weeks.
    DeviceSession.objects.filter(pk=row.pk, pin_errors__gt=0).update(pin_errors=F("pin_errors") - 1)
    store = SessionStore.reopened(row)
    if store is None:
        raise NothingToUnlock
    request.session, request.user = store, user
    audit.record(audit.Action.LOCKED, actor=user, about=user, request=request, detail="unlocked")
    return page


@transaction.atomic
def _note_wrong(request: HttpRequest, row: DeviceSession, user: User) -> int:
    audit.record(audit.Action.SIGN_IN_FAILED, actor=user, request=request, detail="PIN")
    errors = DeviceSession.objects.filter(pk=row.pk).values_list("pin_errors", flat=True).first()
    # None: of several at the same moment another one has ended it.
    left = MOST_WRONG - errors if errors is not None else 0
    if left <= 0 and DeviceSession.objects.filter(pk=row.pk).delete()[0]:
        audit.record(audit.Action.LOCKED_OUT, actor=user, about=user, request=request, detail="PIN")
        audit.record(audit.Action.SESSION_ENDED, actor=None, about=user, request=request, detail="five wrong PINs")
    return max(left, 0)


def _was_last(row: DeviceSession) -> bool:
    """Whether nobody else's session was locked here since: then its person goes on where they were."""
    locked = DeviceSession.objects.locked_on(row.device, timezone.now())
    return not locked.exclude(pk=row.pk).filter(expire_date__gt=row.expire_date).exists()
