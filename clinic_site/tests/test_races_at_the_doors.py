"""Two at the same moment at one door: one comes in, and no limit is stepped over.

Each race is forced: whoever has looked whether the way is open waits for the others before going through. Where a lock
makes the others wait instead, nobody comes, and the one inside goes on after a moment.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal import auth as recovery_codes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import check_password
from django.test import RequestFactory
from django.utils import timezone
from time_machine import travel

from clinic_site.tests.at_once import RACING, Meeting, elsewhere
from intake import codes
from intake.models import SignInCode
from intake.tests.factories import make_codes, make_patient
from practice import forms, inviting, locking_screen
from practice.guessing import Limit, take
from practice.inviting import StaffError, change, invite, make_inactive
from practice.locking_screen import unlock
from practice.models import DeviceSession, User
from practice.models_sessions import digest
from practice.roles import Role
from practice.sessions_store import SessionStore
from practice.tests.factories_sessions import DESK, PIN, make_pin, make_session
from practice.tests.factories_sign_in import code_now, make_app, make_member, make_recovery_codes

pytestmark = RACING
__all__ = ["elsewhere"]
AtOnce = Callable[..., list[Any]]
GUESSERS = 8


def kinds(answers: list[Any]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def met_before(meeting: Meeting, deed: Callable[..., Any], *given: Any) -> Any:
    meeting.wait()
    return deed(*given)


@pytest.mark.requirement("ASVS 6.3.1")
def test_of_thirty_guesses_at_once_no_more_are_looked_at_than_the_limit_says(elsewhere: AtOnce) -> None:
    meeting, limit = Meeting(30), Limit("a door", "account", most=5, within=timedelta(hours=1))
    *answers, _ = elsewhere(*[lambda: met_before(meeting, take, (limit, "jo"))] * 30, then=lambda: None)
    assert kinds(answers) == ["NoneType"] * 5 + ["TooManyGuesses"] * 25


@pytest.fixture
def locked() -> DeviceSession:
    """A session that waits at the front desk for its person's PIN."""
    user = make_member()
    make_pin(user=user)
    return make_session(user=user, device=digest(DESK), locks_itself=True, expire_date=timezone.now())


def try_pin(row: DeviceSession, pin: str) -> str:
    request = RequestFactory().post("/")
    request.COOKIES["steady_device"] = DESK
    request.session = SessionStore()
    return unlock(request, DeviceSession.objects.select_related("user").get(pk=row.pk), pin)


def test_of_many_wrong_pins_at_once_five_are_looked_at(
    elsewhere: AtOnce, locked: DeviceSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Meeting(GUESSERS)
    monkeypatch.setattr(locking_screen, "check_password", meeting.after(check_password))
    *answers, _ = elsewhere(*[lambda: try_pin(locked, "000000")] * GUESSERS, then=lambda: None)
    assert (meeting.came, kinds(answers)) == (5, ["NothingToUnlock"] * 3 + ["WrongPin"] * 5)


def test_after_five_wrong_pins_at_once_the_session_has_ended(
    elsewhere: AtOnce, locked: DeviceSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking_screen, "check_password", Meeting(GUESSERS).after(check_password))
    *_, left = elsewhere(*[lambda: try_pin(locked, "000000")] * GUESSERS, then=DeviceSession.objects.count)
    assert left == 0


def test_a_right_pin_opens_one_of_two_browsers(
    elsewhere: AtOnce, locked: DeviceSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking_screen, "check_password", Meeting(2).after(check_password))
    *answers, _ = elsewhere(*[lambda: try_pin(locked, PIN)] * 2, then=lambda: None)
    assert kinds(answers) == ["NothingToUnlock", "str"]


@pytest.fixture
def owners() -> tuple[User, User]:
    return make_member(username="jo", role=Role.OWNER), make_member(username="li", role=Role.OWNER)


def owners_left() -> int:
    return User.objects.filter(groups__name=Role.OWNER.value, is_active=True).count()


def test_two_owners_who_make_each_other_inactive_leave_one(
    elsewhere: AtOnce, owners: tuple[User, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    jo, li = owners
    monkeypatch.setattr(inviting, "_keep_an_owner", Meeting(2).after(inviting._keep_an_owner))
    *_, left = elsewhere(lambda: make_inactive(jo, by=li), lambda: make_inactive(li, by=jo), then=owners_left)
    assert left == 1


def test_two_owners_who_take_the_role_from_each_other_leave_one(
    elsewhere: AtOnce, owners: tuple[User, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    jo, li = owners
    monkeypatch.setattr(inviting, "_keep_an_owner", Meeting(2).after(inviting._keep_an_owner))
    less = {"display_name": "Somebody", "roles": [Role.EDITOR]}
    deeds = [lambda: change(jo, by=li, **less), lambda: change(li, by=jo, **less)]
    *answers, left = elsewhere(*deeds, then=owners_left)
    assert (left, [type(each) for each in answers if each]) == (1, [StaffError])


@pytest.mark.requirement("ASVS 6.5.1")
def test_a_recovery_code_signs_in_one_of_two(elsewhere: AtOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    user = make_member()
    code = make_recovery_codes(user=user)[0]
    compare = Meeting(2).after(recovery_codes.compare_user_code)
    monkeypatch.setattr(recovery_codes, "compare_user_code", compare)
    *answers, _ = elsewhere(*[lambda: forms.factor_of_code(user, code)] * 2, then=lambda: None)
    assert kinds(answers) == ["Authenticator", "NoneType"]


@pytest.mark.requirement("ASVS 6.5.1")
def test_a_code_of_the_app_signs_in_one_of_two(elsewhere: AtOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    user, meeting, use_up = make_member(), Meeting(2), forms.use_up
    app = make_app(user=user)
    # Each is another worker: what allauth notes in one's memory the other does not know.
    monkeypatch.setattr(TOTP, "_mark_code_used", lambda self, code: True)
    monkeypatch.setattr(forms, "use_up", partial(met_before, meeting, use_up))
    # A code is right for half a minute: at its beginning.
    with travel(timezone.now().replace(second=1)):
        code = code_now(app)
        *answers, _ = elsewhere(*[lambda: forms.factor_of_code(user, code)] * 2, then=lambda: None)
    assert kinds(answers) == ["Authenticator", "NoneType"]


@pytest.mark.requirement("ASVS 6.5.1")
def test_a_code_from_the_sheet_opens_for_one_of_two(elsewhere: AtOnce) -> None:
    meeting, code = Meeting(2), make_codes(patient=make_patient()).codes[0]

    def come_in() -> object:
        return codes.use_up(meeting.after(codes.recognize)(code))

    *answers, used = elsewhere(come_in, come_in, then=SignInCode.objects.exclude(used_at=None).count)
    assert (kinds(answers), used) == (["CodeRefused", "PatientAccess"], 1)


@pytest.mark.requirement("ASVS 6.4.1")
def test_an_invitation_is_taken_up_by_one_of_two(elsewhere: AtOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = invite(username="li", display_name="Li", roles=[Role.EDITOR], by=None)
    monkeypatch.setattr(inviting, "whose", Meeting(2).after(inviting.whose))
    *answers, _ = elsewhere(
        lambda: inviting.accept(code, password="quiet rivers run deep"),
        lambda: inviting.accept(code, password="a tall green mountain"),
        then=lambda: None,
    )
    assert kinds(answers) == ["NotOpen", "User"]
