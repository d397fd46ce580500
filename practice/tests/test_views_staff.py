"""The owner's page of the staff, and taking up an invitation."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from practice.inviting import invite
from practice.models import AuditEvent, User
from practice.roles import Role
from practice.staff_guesses import INVITATIONS
from practice.tests.factories import make_clinic
from practice.tests.factories_sign_in import make_member

pytestmark = pytest.mark.django_db
LONG = "quiet rivers run deep"


@pytest.fixture
def owner(client: Client) -> User:
    user = make_member(username="ana", name="Ana Ruiz", role=Role.OWNER)
    client.force_login(user)
    return user


def send_invitation(client: Client, **sent: Any) -> Any:
    fields = {"username": "li", "display_name": "Li Chen", "roles": ["clinician"]} | sent
    return client.post(reverse("staff_invite"), fields)


def take_up(client: Client, code: str, *, password: str = LONG, again: str = LONG) -> Any:
    return client.post(reverse("invitation"), {"code": code, "password": password, "again": again})


def new_code() -> str:
    return invite(username="li", display_name="Li Chen", roles=[Role.CLINICIAN], by=None)[1]


def text(answer: Any) -> str:
    words: str = answer.content.decode()
    return words


def test_the_code_of_a_new_invitation_is_shown(client: Client, owner: User) -> None:
    code = send_invitation(client).context["code"]
    assert take_up(Client(), code).status_code == 302


@pytest.mark.requirement("ASVS 14.2.1")
def test_the_link_holds_the_code_where_no_server_sees_it(client: Client, owner: User) -> None:
    answer = send_invitation(client)
    assert answer.context["link"] == f"http://testserver{reverse('invitation')}#{answer.context['code']}"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"username": "ana"}, "already"),
        ({"username": "ANA"}, "small letters"),
        ({"username": ""}, "required"),
        ({"username": "li chen"}, "small letters"),
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["king"]}, "king"),
        ({"display_name": ""}, "required"),
    ],
)
def test_a_poor_invitation_is_refused_with_a_sentence(
    client: Client, owner: User, sent: dict[str, Any], sentence: str
) -> None:
    assert sentence in text(send_invitation(client, **sent))


def test_what_was_typed_stays_when_an_invitation_is_refused(client: Client, owner: User) -> None:
    assert 'value="Li Chen"' in text(send_invitation(client, username="ana"))


def test_the_name_on_the_pages_is_changed(client: Client, owner: User) -> None:
    member = make_member()
    client.post(reverse("staff_member", args=[member.pk]), {"display_name": "Jo March", "roles": ["editor"]})
    assert User.objects.get(pk=member.pk).display_name == "Jo March"


def test_an_owner_who_takes_the_role_from_themselves_is_told_beside_the_field(client: Client, owner: User) -> None:
    answer = client.post(reverse("staff_member", args=[owner.pk]), {"display_name": "Ana", "roles": ["editor"]})
    assert "from yourself" in answer.context["form"].errors["roles"][0]


def test_an_owner_does_not_shut_themselves_out_by_a_new_invitation(client: Client, owner: User) -> None:
    client.post(reverse("staff_renew", args=[owner.pk]))
    assert User.objects.get(pk=owner.pk).has_usable_password()


def test_who_is_made_inactive_is_out_at_the_next_press(client: Client, owner: User) -> None:
    member, theirs = make_member(), Client()
    theirs.force_login(member)
    client.post(reverse("staff_leave", args=[member.pk]))
    assert theirs.get(reverse("today")).status_code == 302


@pytest.mark.requirement("ASVS 7.4.5")
def test_an_owner_ends_the_sessions_of_one_person(client: Client, owner: User) -> None:
    member, theirs, others = make_member(), Client(), Client()
    theirs.force_login(member)
    others.force_login(make_member(username="li"))
    client.post(reverse("staff_sign_out", args=[member.pk]))
    assert (theirs.get(reverse("today")).status_code, others.get(reverse("today")).status_code) == (302, 200)


def test_the_page_is_made_in_as_many_queries_for_one_as_for_three(client: Client, owner: User) -> None:
    make_clinic()

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("staff"))
        return len(seen)

    one = queries()
    make_member(username="li")
    make_member(username="jo")
    assert queries() == one


@pytest.mark.requirement("ASVS 7.6.2")
def test_opening_the_page_of_an_invitation_takes_it_up_for_nobody(client: Client) -> None:
    code = new_code()
    client.get(reverse("invitation"), {"code": code, "password": LONG, "again": LONG})
    assert ("_auth_user_id" in client.session, take_up(Client(), code).status_code) == (False, 302)


def test_after_the_password_comes_the_second_step(settings: Settings) -> None:
    settings.ONE_STEP_SIGN_IN = False
    client = Client()
    take_up(client, new_code())
    assert client.get(reverse("today"))["Location"] == reverse("second_factor_set_up")


@pytest.mark.requirement("ASVS 6.2.1")
def test_a_password_of_eleven_characters_is_refused(client: Client) -> None:
    answer = take_up(client, new_code(), password="quietwaters"[:11], again="quietwaters"[:11])
    assert "12 characters" in answer.context["form"].errors["password"][0]


@pytest.mark.requirement("ASVS 6.2.4")
@pytest.mark.parametrize("common", ["1qaz2wsx3edc", "password2026!", "qwertyqwerty", "123456789012", "Dragon!!!!!!!"])
def test_a_common_password_is_refused(client: Client, common: str) -> None:
    assert "common" in take_up(client, new_code(), password=common, again=common).context["form"].errors["password"][0]


def test_two_passwords_that_differ_are_refused(client: Client) -> None:
    answer = take_up(client, new_code(), again="another quiet river")
    assert "differ" in answer.context["form"].errors["again"][0]


def test_a_code_stays_good_when_the_password_was_refused(client: Client) -> None:
    code = new_code()
    take_up(client, code, password="short", again="short")
    assert take_up(client, code).status_code == 302


def test_a_wrong_code_is_refused_with_a_sentence(client: Client) -> None:
    assert "This code opens nothing" in text(take_up(client, "BCDF"))


@pytest.mark.requirement("ASVS 6.3.1")
def test_codes_cannot_be_tried_without_end(client: Client) -> None:
    code = new_code()
    for _ in range(INVITATIONS.most):
        take_up(client, "BCDF")
    assert "Too many tries." in text(take_up(client, code))


def test_taking_up_an_invitation_stands_in_the_record(client: Client) -> None:
    take_up(client, new_code())
    assert list(AuditEvent.objects.order_by("id").values_list("action", "detail"))[1:] == [
        ("factor_changed", "password chosen by invitation"),
        ("signed_in", "password"),
    ]
