"""invite(), renew(), accept() and their like: how somebody comes to work here, and how that ends.

An owner never sets a password for anybody. They hand over an invitation: a code of 24 characters that works once, for
7 days. Whoever takes it up chooses a password and then sets up a second factor. Who has lost either gets a new
invitation, which ends whatever they had before. (OWASP ASVS 5.0: 6.3.2, 6.4.1, 6.4.3)
"""

import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from practice import audit
from practice.history import changed_by
from practice.models import Invitation, User
from practice.pins import remove_pin
from practice.roles import Role
from practice.sessions_deeds import end_all

WORKS_FOR = timedelta(days=7)
# No vowels, so that no words come about; nothing that looks like something else. 24 of 27 signs: 114 bits.
SIGNS = "BCDFGHJKLMNPQRSTVWXZ2345679"
GROUPS, GROUP = 6, 4
TAKEN = "Somebody has this user name already. Choose another one."


class StaffError(Exception):
    """The change is refused; the message says why."""


class NotOpen(Exception):
    """There is no such invitation: it was mistyped, taken up, replaced, or is too old."""


@transaction.atomic
def invite(*, username: str, display_name: str, roles: Iterable[Role], by: User | None) -> tuple[User, str]:
    """A new member of staff, and the code to hand over; `by` is None at the command line. Raises StaffError."""
    user = User(kind=User.Kind.STAFF, username=username, display_name=display_name)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            changed_by(user, by).save()
    except IntegrityError as taken:
        raise StaffError(TAKEN) from taken
    _set_groups(user, roles)
    audit.record(audit.Action.INVITED, actor=by, about=user, detail=f"roles: {_in_words(roles)}")
    return user, _new_code(user)


@transaction.atomic
def renew(user: User, *, by: User | None) -> str:
    """A new invitation for somebody who lost a password or a phone, or comes back: what they had opens nothing more.

    Raises StaffError for oneself.
    """
    if user == by:
        raise StaffError("This is your own account. Change your password under “Your sign-in”.")
    user.set_unusable_password()
    user.is_active = True
    changed_by(user, by).save(update_fields=["password", "is_active"])
    Authenticator.objects.filter(user=user).delete()
    remove_pin(user, by=by)
    end_all(user, by=by)
    audit.record(audit.Action.INVITED, actor=by, about=user, detail="anew: the old ways to sign in are gone")
    return _new_code(user)


def whose(code: str) -> User:
    """Whom an open invitation is for. Raises NotOpen."""
    now = timezone.now()
    found = Invitation.objects.open(now).filter(digest=_digest(code)).select_related("user").first()
    if found is None:
        raise NotOpen
    return found.user


@transaction.atomic
def accept(code: str, *, password: str) -> User:
    """The person behind the code has this password from now on; the code works no more. Raises NotOpen."""
    user = whose(code)
    if not Invitation.objects.filter(user=user, digest=_digest(code)).delete()[0]:
        raise NotOpen
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(audit.Action.FACTOR_CHANGED, actor=user, about=user, detail="password chosen by invitation")
    return user


@transaction.atomic
def change(user: User, *, display_name: str, roles: Iterable[Role], by: User) -> None:
    """Another name on the pages, other roles. Raises StaffError: no owner stops being one by their own hand."""
    if user == by and Role.OWNER not in roles:
        raise StaffError("You cannot take the role of owner from yourself. Another owner can.")
    _keep_an_owner(user, stays=Role.OWNER in roles)
    before, after = _in_words(user.groups.values_list("name", flat=True)), _in_words(roles)
    user.display_name = display_name
    changed_by(user, by).save(update_fields=["display_name"])
    _set_groups(user, roles)
    audit.record(audit.Action.CHANGED, actor=by, about=user, detail=f"roles: from {before} to {after}")


@transaction.atomic
def make_inactive(user: User, *, by: User) -> None:
    """Somebody who left: nothing opens for them from this moment. Raises StaffError for the last owner and oneself."""
    if user == by:
        raise StaffError("You cannot make yourself inactive. Another owner can.")
    _keep_an_owner(user, stays=False)
    user.is_active = False
    changed_by(user, by).save(update_fields=["is_active"])
    Invitation.objects.filter(user=user).delete()
    end_all(user, by=by)
    audit.record(audit.Action.CHANGED, actor=by, about=user, detail="made inactive")


def everybody() -> QuerySet[User]:
    """The staff for the owner's list: who is active first, each with how many second factors and what is open."""
    factors = Count("authenticator", filter=~Q(authenticator__type=Authenticator.Type.RECOVERY_CODES))
    waiting = F("invitation__ends_at")
    staff = User.objects.filter(kind=User.Kind.STAFF).prefetch_related("groups")
    return staff.annotate(factors=factors, invited_until=waiting).order_by("-is_active", "display_name", "username")


def _keep_an_owner(user: User, *, stays: bool) -> None:
    # Locked first and counted afterwards, so that two owners who make each other inactive, or take the role from each
    # other, at the same moment do not both succeed: a role is a row of another table, which the lock does not hold.
    owners = User.objects.filter(groups__name=Role.OWNER.value, is_active=True).order_by("pk")
    held = [owner.pk for owner in owners.select_for_update(of=("self",))]
    if not stays and set(owners.filter(pk__in=held).values_list("pk", flat=True)) == {user.pk}:
        raise StaffError("This is the only owner. Make somebody else an owner first.")


def _set_groups(user: User, roles: Iterable[Role]) -> None:
    names = [role.value for role in roles]
    Group.objects.bulk_create([Group(name=name) for name in names], ignore_conflicts=True)
    user.groups.set(Group.objects.filter(name__in=names))


def _in_words(roles: Iterable[str]) -> str:
    return ", ".join(sorted(roles)) or "none"


def _new_code(user: User) -> str:
    plain = "".join(secrets.choice(SIGNS) for _ in range(GROUPS * GROUP))
    made = {"digest": _digest(plain), "ends_at": timezone.now() + WORKS_FOR}
    Invitation.objects.update_or_create(user=user, defaults=made)
    return "-".join(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))


def _digest(code: str) -> str:
    plain = re.sub(r"[^A-Z0-9]", "", code.upper())
    return hmac.new(settings.CODE_KEY.encode(), f"invitation|{plain}".encode(), sha256).hexdigest()
