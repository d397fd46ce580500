"""The first page, signing in and out, and the pages for what went wrong."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults

from practice.models import AuditEvent, Clinic, User
from practice.roles import Role
from practice.tests.factories import make_clinic
from practice.views import first_page

pytestmark = pytest.mark.django_db
PASSWORD = "a long quiet river"


def make_staff(*, role: Role = Role.FRONT_DESK) -> User:
    user = User.objects.create_staff("jo", PASSWORD, display_name="Jo Marsh")
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    return user


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def sign_in(client: Client, *, password: str = PASSWORD, after: str = "") -> Any:
    return client.post(reverse("sign_in"), {"username": "jo", "password": password, "next": after})


def said(answer: Any) -> str:
    """The sentence beside the sign-in form."""
    return answer.content.decode().split("alert-danger")[1].split("</div>")[0]


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


def page(client: Client, name: str = "home") -> str:
    return client.get(reverse(name)).content.decode()


def test_the_first_page_needs_no_account(client: Client) -> None:
    assert client.get(reverse("home")).status_code == 200


def test_the_first_page_says_what_to_do_in_an_emergency_before_anything_else(client: Client) -> None:
    text = page(client)
    assert text.index("call 911 now") < text.index("See the therapies")


def test_the_first_page_leads_to_the_plan_and_to_learn(client: Client) -> None:
    text = page(client)
    assert all(f'href="{reverse(name)}"' in text for name in ("start", "learn"))


def test_the_first_page_shows_the_clinics_own_name_escaped(client: Client) -> None:
    Clinic.objects.update_or_create(id=1, defaults={"name": "Back & <b>Neck</b>"})
    assert "Back &amp; &lt;b&gt;Neck&lt;/b&gt;" in page(client)


def test_the_clinics_phone_can_be_pressed(client: Client) -> None:
    make_clinic(phone="(303) 555-0142")
    assert 'href="tel:3035550142"' in page(client)


def test_the_first_page_refuses_a_post(client: Client) -> None:
    assert client.post(reverse("home")).status_code == 405


def test_the_right_password_signs_in(client: Client) -> None:
    user = make_staff()
    sign_in(client)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signing_in_is_written_down(client: Client) -> None:
    make_staff()
    sign_in(client)
    assert actions() == ["signed_in"]


def test_the_front_desk_begins_at_today(client: Client) -> None:
    make_staff()
    assert sign_in(client)["Location"] == reverse("today")


def test_an_editor_begins_at_the_library(client: Client) -> None:
    make_staff(role=Role.EDITOR)
    assert sign_in(client)["Location"] == reverse("library")


def test_a_patient_begins_at_the_plan() -> None:
    assert first_page(User.objects.create_patient_user()) == reverse("me")


def test_signing_in_goes_on_to_the_page_that_was_asked_for(client: Client) -> None:
    make_staff()
    assert sign_in(client, after=reverse("learn"))["Location"] == reverse("learn")


def test_signing_in_never_leads_to_another_site(client: Client) -> None:
    make_staff()
    assert sign_in(client, after="https://evil.example/")["Location"] == reverse("today")


def test_a_wrong_password_gets_a_clear_sentence(client: Client) -> None:
    make_staff()
    assert "do not go together" in said(sign_in(client, password="wrong"))


def test_a_wrong_password_keeps_the_name_that_was_typed(client: Client) -> None:
    make_staff()
    assert 'value="jo"' in sign_in(client, password="wrong").content.decode()


def test_an_unknown_name_is_told_the_same_as_a_wrong_password(client: Client) -> None:
    unknown = said(sign_in(client))
    make_staff()
    assert said(sign_in(client, password="no")) == unknown


def test_a_failed_sign_in_is_written_down_without_the_name(client: Client) -> None:
    sign_in(client)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, "jo" in event.detail) == ("sign_in_failed", None, False)


def test_whoever_is_signed_in_does_not_sign_in_again(client: Client) -> None:
    client.force_login(make_staff())
    assert client.get(reverse("sign_in"))["Location"] == reverse("today")


def test_signing_out_ends_the_session(client: Client) -> None:
    client.force_login(make_staff())
    client.post(reverse("sign_out"))
    assert "_auth_user_id" not in client.session


def test_signing_out_is_written_down(client: Client) -> None:
    client.force_login(make_staff())
    client.post(reverse("sign_out"))
    assert actions() == ["signed_out"]


def test_signing_out_with_nobody_signed_in_writes_nothing(client: Client) -> None:
    client.post(reverse("sign_out"))
    assert actions() == []


def test_a_patient_who_signs_out_comes_back_to_the_first_page(client: Client) -> None:
    client.force_login(User.objects.create_patient_user())
    assert client.post(reverse("sign_out"))["Location"] == reverse("home")


def test_following_a_link_never_signs_out(client: Client) -> None:
    assert client.get(reverse("sign_out")).status_code == 405


def test_the_front_desk_sees_the_ways_to_its_pages(client: Client) -> None:
    client.force_login(make_staff())
    text = page(client)
    assert all(f'href="{reverse(name)}"' in text for name in ("today", "patients", "library"))


def test_an_editor_is_not_shown_the_way_to_the_patients(client: Client) -> None:
    client.force_login(make_staff(role=Role.EDITOR))
    assert f'href="{reverse("patients")}"' not in page(client)


def test_a_patient_is_not_shown_the_way_to_the_desk(client: Client) -> None:
    client.force_login(User.objects.create_patient_user())
    assert "/desk/" not in page(client)


def test_only_the_owner_is_shown_the_way_to_the_admin(client: Client) -> None:
    client.force_login(make_staff())
    assert reverse("admin:index") not in page(client)


def test_the_page_that_is_shown_is_marked_in_the_navigation(client: Client) -> None:
    assert f'href="{reverse("learn")}" aria-current="page"' in page(client, "learn")


def test_an_unknown_address_gets_our_own_page(client: Client) -> None:
    client.raise_request_exception = False
    client.force_login(make_staff())
    answer = client.get("/nowhere/")
    assert (answer.status_code, "could not find that page" in answer.content.decode()) == (404, True)


def test_a_refusal_says_what_the_role_does_not_allow(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    answer = defaults.permission_denied(request, PermissionDenied("Your role does not allow you to print."))
    assert "Your role does not allow you to print." in answer.content.decode()


def test_the_page_for_our_own_faults_stands_alone(rf: RequestFactory) -> None:
    assert "The fault is ours" in defaults.server_error(rf.get("/")).content.decode()


def test_a_form_without_its_token_gets_a_plain_page() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("sign_in"), {"username": "jo"})
    assert (answer.status_code, "too old" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize("name", ["home", "sign_in", "learn"])
def test_no_page_holds_inline_styles_or_scripts(client: Client, name: str) -> None:
    text = page(client, name)
    assert not any(part in text for part in (" style=", "<style", "onclick=", "<script>"))
