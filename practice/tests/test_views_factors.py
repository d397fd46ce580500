"""Where staff see and change how they sign in."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from practice.models import AuditEvent, DeviceSession, User
from practice.tests.factories_sessions import make_session, sign_in
from practice.tests.factories_sign_in import (
    PASSWORD,
    code_now,
    code_of,
    make_app,
    make_member,
    make_passkey,
    make_recovery_codes,
    type_code,
    type_password,
)
from practice.tests.soft_passkey import SoftPasskey

pytestmark = pytest.mark.django_db
LONG = "quiet rivers run deep"


@pytest.fixture(autouse=True)
def _not_the_demo(settings: Settings) -> None:
    settings.ONE_STEP_SIGN_IN = False


@pytest.fixture
def newcomer(client: Client) -> Client:
    """Signed in with the password, and without a second factor yet."""
    make_member()
    type_password(client)
    return client


@pytest.fixture
def member(client: Client) -> Client:
    """Signed in fully, by an app."""
    app = make_app(user=make_member())
    make_recovery_codes(user=app.user)
    type_password(client)
    type_code(client, code_now(app))
    return client


def add_app(client: Client) -> Any:
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    return client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})


def add_passkey(client: Client, passkey: SoftPasskey) -> Any:
    options = client.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]
    sent = {"name": "My phone", "credential": json.dumps(passkey.create(options))}
    return client.post(reverse("mfa_add_webauthn"), sent)


def changes() -> list[str]:
    return list(AuditEvent.objects.filter(action="factor_changed").values_list("detail", flat=True))


def test_after_an_app_is_set_up_the_desk_opens(newcomer: Client) -> None:
    add_app(newcomer)
    assert newcomer.get(reverse("today")).status_code == 200


def test_after_a_passkey_is_set_up_the_desk_opens(newcomer: Client) -> None:
    add_passkey(newcomer, SoftPasskey())
    assert newcomer.get(reverse("today")).status_code == 200


def test_a_passkey_that_did_not_ask_for_its_holder_is_not_taken(newcomer: Client) -> None:
    add_passkey(newcomer, SoftPasskey(knows_its_holder=False))
    assert not Authenticator.objects.exists()


def test_a_wrong_first_code_sets_nothing_up(newcomer: Client) -> None:
    newcomer.get(reverse("mfa_activate_totp"))
    newcomer.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert not Authenticator.objects.exists()


def test_a_wrong_first_code_keeps_the_secret_that_the_app_has(newcomer: Client) -> None:
    before = newcomer.get(reverse("mfa_activate_totp")).context["form"].secret
    after = newcomer.post(reverse("mfa_activate_totp"), {"code": "000000"}).context["form"].secret
    assert before == after


def test_recovery_codes_are_shown_once(newcomer: Client) -> None:
    add_app(newcomer)
    shown = [newcomer.get(reverse("mfa_view_recovery_codes")).context["unused_codes"] for _ in range(2)]
    assert [len(set(codes)) for codes in shown] == [10, 1]


def test_the_first_code_of_the_app_does_not_sign_in_once_more(newcomer: Client) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        secret = newcomer.get(reverse("mfa_activate_totp")).context["form"].secret
        newcomer.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
        newcomer.post(reverse("sign_out"))
        type_password(newcomer)
        assert type_code(newcomer, code_of(secret)).status_code == 200


@pytest.mark.requirement("ASVS 6.3.3")
def test_a_session_without_a_factor_cannot_add_one_after_it_was_set_up_elsewhere(newcomer: Client) -> None:
    """Who has stolen the password alone, and waits, gets no factor of their own in."""
    make_app(user=User.objects.get())
    assert newcomer.get(reverse("mfa_add_webauthn"))["Location"] == reverse("sign_in")


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
@pytest.mark.requirement("ASVS 7.5.1")
def test_after_15_minutes_a_change_asks_for_the_password_again(newcomer: Client, name: str) -> None:
    add_app(newcomer)
    Authenticator.objects.filter(type="totp").delete()
    make_passkey(user=User.objects.get())
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert newcomer.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))


def test_the_password_again_leads_back_to_what_was_asked_for(member: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        asked = member.get(reverse("mfa_generate_recovery_codes"))["Location"]
        again = member.post(asked, {"password": PASSWORD, "next": reverse("mfa_generate_recovery_codes")})
        assert again["Location"] == reverse("mfa_generate_recovery_codes")


def test_the_passkey_stands_for_the_password_again(member: Client) -> None:
    passkey = SoftPasskey()
    make_passkey(user=User.objects.get(), passkey=passkey)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        address = reverse("mfa_reauthenticate_webauthn")
        options = member.get(address).context["js_data"]["request_options"]
        member.post(address, {"credential": json.dumps(passkey.get(options))})
        assert member.get(reverse("mfa_generate_recovery_codes")).status_code == 200


def test_a_wrong_passkey_is_told_so_on_the_same_page(member: Client) -> None:
    make_passkey(user=User.objects.get())
    address = reverse("mfa_reauthenticate_webauthn")
    options = member.get(address).context["js_data"]["request_options"]
    answer = member.post(address, {"credential": json.dumps(SoftPasskey().get(options))}, follow=True)
    assert "That did not work" in answer.content.decode()


def test_the_password_is_changed_by_who_knows_it(member: Client) -> None:
    sent = {"oldpassword": PASSWORD, "password1": LONG, "password2": LONG}
    member.post(reverse("account_change_password"), sent)
    assert User.objects.get().check_password(LONG)


def told_of_the_new_password(member: Client, new: str) -> str:
    sent = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    told = member.post(reverse("account_change_password"), sent).context["form"].errors["password1"]
    assert User.objects.get().check_password(PASSWORD)
    return str(told)


@pytest.mark.requirement("ASVS 6.2.1")
def test_a_new_password_of_eleven_characters_is_refused(member: Client) -> None:
    assert "12 characters" in told_of_the_new_password(member, "quietwaters")


@pytest.mark.requirement("ASVS 6.2.4")
@pytest.mark.parametrize("common", ["1qaz2wsx3edc", "password2026!"])
def test_a_common_new_password_is_refused(member: Client, common: str) -> None:
    assert "common" in told_of_the_new_password(member, common)


def test_who_does_not_know_the_password_does_not_change_it(member: Client) -> None:
    sent = {"oldpassword": "a guess at it", "password1": LONG, "password2": LONG}
    member.post(reverse("account_change_password"), sent)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.requirement("ASVS 6.3.1")
def test_an_open_session_is_no_place_to_guess_the_password(member: Client) -> None:
    sent = {"password1": LONG, "password2": LONG}
    for number in range(10):
        member.post(reverse("account_change_password"), sent | {"oldpassword": f"guess {number}"})
    member.post(reverse("account_change_password"), sent | {"oldpassword": PASSWORD})
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.requirement("ASVS 7.4.3")
def test_a_new_password_ends_the_other_sessions(member: Client) -> None:
    other = Client()
    other.force_login(User.objects.get())
    member.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": LONG, "password2": LONG})
    assert "_auth_user_id" not in other.session


@pytest.mark.requirement("ASVS 7.4.3")
def test_a_new_factor_ends_the_other_sessions(member: Client) -> None:
    other = Client()
    other.force_login(User.objects.get())
    add_passkey(member, SoftPasskey())
    assert "_auth_user_id" not in other.session


def test_the_session_that_changed_something_goes_on(member: Client) -> None:
    add_passkey(member, SoftPasskey())
    assert member.get(reverse("today")).status_code == 200


def test_the_last_second_step_stays(member: Client) -> None:
    member.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").exists()


def test_the_last_passkey_stays(newcomer: Client) -> None:
    add_passkey(newcomer, SoftPasskey())
    newcomer.post(reverse("mfa_remove_webauthn", args=[Authenticator.objects.get(type="webauthn").pk]))
    assert Authenticator.objects.filter(type="webauthn").exists()


def test_one_of_two_second_steps_may_go(member: Client) -> None:
    add_passkey(member, SoftPasskey())
    member.post(reverse("mfa_deactivate_totp"))
    assert list(Authenticator.objects.order_by("type").values_list("type", flat=True)) == ["recovery_codes", "webauthn"]


def test_a_passkey_is_renamed(member: Client) -> None:
    add_passkey(member, SoftPasskey())
    key = Authenticator.objects.get(type="webauthn")
    member.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Work laptop"})
    assert str(Authenticator.objects.get(pk=key.pk)) == "Work laptop"


def test_another_name_of_a_passkey_ends_no_other_session(member: Client) -> None:
    add_passkey(member, SoftPasskey())
    key, elsewhere = Authenticator.objects.get(type="webauthn"), make_session(user=User.objects.get())
    member.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Work laptop"})
    assert DeviceSession.objects.filter(pk=elsewhere.pk).exists()


def test_somebody_elses_passkey_is_not_found(member: Client) -> None:
    key = make_passkey(user=make_member(username="li"))
    assert member.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404


def test_each_change_stands_in_the_record(newcomer: Client) -> None:
    add_app(newcomer)
    add_passkey(newcomer, SoftPasskey())
    newcomer.post(reverse("mfa_generate_recovery_codes"))
    newcomer.post(reverse("mfa_deactivate_totp"))
    newcomer.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": LONG, "password2": LONG})
    assert changes() == [
        "authenticator app added",
        "passkey added",
        "recovery codes made anew",
        "authenticator app removed",
        "password",
    ]


def test_a_change_that_was_refused_stands_in_no_record(member: Client) -> None:
    member.post(reverse("mfa_deactivate_totp"))
    assert changes() == []


def test_new_recovery_codes_end_the_old_ones(member: Client) -> None:
    old = make_recovery_codes(user=User.objects.get())
    member.post(reverse("mfa_generate_recovery_codes"))
    assert not set(old) & set(make_recovery_codes(user=User.objects.get()))


def test_the_page_says_how_many_recovery_codes_are_left(member: Client) -> None:
    assert "10 of 10 are left" in member.get(reverse("mfa_index")).content.decode()


def test_who_has_no_password_is_told_so_instead_of_a_page_to_change_it(client: Client) -> None:
    user = make_member()
    make_passkey(user=user)
    user.set_unusable_password()
    user.save()
    sign_in(user, client=client)
    with override_settings(ONE_STEP_SIGN_IN=True):
        assert (
            "has no password to change" in client.get(reverse("account_change_password"), follow=True).content.decode()
        )
