"""Invitations: the code, who may have it taken up, and what an owner may not do."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from practice.inviting import (
    SIGNS,
    WORKS_FOR,
    NotOpen,
    StaffError,
    accept,
    change,
    everybody,
    invite,
    make_inactive,
    renew,
    whose,
)
from practice.models import AuditEvent, DeviceSession, Invitation, User
from practice.roles import Role
from practice.tests.factories_sign_in import make_app, make_member, make_recovery_codes

pytestmark = pytest.mark.django_db
LONG = "quiet rivers run deep"


def make_owner(username: str = "ana") -> User:
    return make_member(username=username, name="Ana Ruiz", role=Role.OWNER)


def invited(*, by: User | None = None) -> tuple[User, str]:
    return invite(username="li", display_name="Li Chen", roles=[Role.CLINICIAN], by=by)


def test_who_was_invited_has_the_roles_and_no_password() -> None:
    user, _ = invited()
    assert (user.roles, user.has_usable_password()) == ({Role.CLINICIAN}, False)


@pytest.mark.requirement("ASVS 6.4.1", "ASVS 6.5.3")
def test_a_code_is_24_signs_of_chance() -> None:
    codes = [renew(make_member(username=f"jo{number}"), by=None) for number in range(20)]
    assert len(set(codes)) == 20
    assert all(re.fullmatch(rf"([{SIGNS}]{{4}}-){{5}}[{SIGNS}]{{4}}", code) for code in codes)


@pytest.mark.requirement("ASVS 6.4.1")
def test_a_code_works_once() -> None:
    _, code = invited()
    accept(code, password=LONG)
    with pytest.raises(NotOpen):
        accept(code, password=LONG)


@pytest.mark.requirement("ASVS 6.4.1")
def test_a_code_works_for_seven_days() -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        _, code = invited()
        clock.shift(WORKS_FOR - timedelta(seconds=1))
        whose(code)
        clock.shift(1)
        with pytest.raises(NotOpen):
            whose(code)


def test_a_newer_code_ends_the_one_before() -> None:
    user, before = invited()
    code = renew(user, by=None)
    assert whose(code) == user
    with pytest.raises(NotOpen):
        whose(before)


@pytest.mark.parametrize("change_it", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"])
def test_a_code_is_read_however_it_is_typed(change_it: object) -> None:
    user, code = invited()
    assert whose(change_it(code)) == user


@pytest.mark.parametrize("code", ["", "-", "x" * 500, "BCDF-BCDF-BCDF-BCDF-BCDF-BCDF", "\x00"])
def test_what_is_no_code_opens_nothing(code: str) -> None:
    invited()
    with pytest.raises(NotOpen):
        whose(code)


def test_the_code_is_not_in_the_database() -> None:
    _, code = invited()
    held = Invitation.objects.get().digest.upper()
    assert code.replace("-", "") not in held


def test_who_takes_it_up_has_the_password_they_chose() -> None:
    _, code = invited()
    assert accept(code, password=LONG).check_password(LONG)


@pytest.mark.requirement("ASVS 6.4.3")
def test_who_is_invited_anew_keeps_neither_password_nor_second_factor() -> None:
    user = make_member()
    make_app(user=user)
    make_recovery_codes(user=user)
    renew(user, by=make_owner())
    user.refresh_from_db()
    assert (user.has_usable_password(), Authenticator.objects.count()) == (False, 0)


def test_who_is_invited_anew_is_signed_out_everywhere(client: Client) -> None:
    user = make_member()
    client.force_login(user)
    renew(user, by=make_owner())
    assert not DeviceSession.objects.of(user).exists()


def test_nobody_invites_themselves_anew() -> None:
    owner = make_owner()
    with pytest.raises(StaffError, match="your own account"):
        renew(owner, by=owner)


def test_the_event_of_a_change_says_from_which_roles_to_which() -> None:
    user = make_member(role=Role.FRONT_DESK)
    change(user, display_name="Jo", roles=[Role.EDITOR, Role.CLINICIAN], by=make_owner())
    assert AuditEvent.objects.get(action="changed").detail == "roles: from front desk to clinician, editor"


def test_who_comes_back_is_active_again() -> None:
    owner, user = make_owner(), make_member()
    make_inactive(user, by=owner)
    renew(user, by=owner)
    assert User.objects.get(pk=user.pk).is_active


@pytest.mark.requirement("ASVS 7.4.2")
def test_who_is_made_inactive_is_signed_out_everywhere(client: Client) -> None:
    owner, user = make_owner(), make_member()
    client.force_login(user)
    make_inactive(user, by=owner)
    assert not DeviceSession.objects.of(user).exists()


def test_who_is_made_inactive_cannot_take_up_an_invitation() -> None:
    user, code = invited()
    make_inactive(user, by=make_owner())
    with pytest.raises(NotOpen):
        accept(code, password=LONG)


def test_nobody_makes_themselves_inactive() -> None:
    make_owner("other")
    owner = make_owner()
    with pytest.raises(StaffError, match="yourself"):
        make_inactive(owner, by=owner)


def test_the_last_owner_stays_active() -> None:
    owner = make_owner()
    with pytest.raises(StaffError, match="only owner"):
        make_inactive(owner, by=make_member())


def test_an_inactive_owner_does_not_count_as_one_that_is_left() -> None:
    owner = make_owner()
    User.objects.filter(pk=make_owner("gone").pk).update(is_active=False)
    with pytest.raises(StaffError, match="only owner"):
        make_inactive(owner, by=make_member())


def test_one_of_two_owners_may_go() -> None:
    owner, other = make_owner(), make_owner("other")
    make_inactive(other, by=owner)
    assert not User.objects.get(pk=other.pk).is_active


def test_nobody_takes_the_role_of_owner_from_themselves() -> None:
    make_owner("other")
    owner = make_owner()
    with pytest.raises(StaffError, match="from yourself"):
        change(owner, display_name="Ana", roles=[Role.EDITOR], by=owner)


def test_roles_and_name_are_changed() -> None:
    user = make_member()
    change(user, display_name="Jo March", roles=[Role.EDITOR], by=make_owner())
    found = User.objects.get(pk=user.pk)
    assert (found.display_name, found.roles) == ("Jo March", {Role.EDITOR})


def test_a_taken_user_name_is_refused_also_when_the_form_did_not_see_it() -> None:
    make_member(username="li")
    with pytest.raises(StaffError, match="already"):
        invited()


def test_each_step_stands_in_the_record() -> None:
    owner = make_owner()
    user, code = invited(by=owner)
    accept(code, password=LONG)
    change(user, display_name="Li", roles=[Role.EDITOR], by=owner)
    make_inactive(user, by=owner)
    renew(user, by=owner)
    written = AuditEvent.objects.order_by("id").values_list("action", flat=True)
    assert list(written) == ["invited", "factor_changed", "changed", "changed", "invited"]


def test_the_list_says_how_each_stands() -> None:
    make_app(user=make_member())
    make_recovery_codes(user=User.objects.get())
    invited()
    User.objects.create_patient_user()
    stands = {each.username: (each.factors, each.invited_until is not None) for each in everybody()}
    assert stands == {"jo": (1, False), "li": (0, True)}
