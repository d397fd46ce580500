"""The demo's one step: in the demo on this machine, and nowhere else."""

from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from practice.demo_door import HANDED_ON, one_step
from practice.roles import Role
from practice.tests.factories_sign_in import make_member, type_password

HERE, ELSEWHERE = (
    ("127.0.0.1", "127.8.8.8", "::1"),
    ("192.168.1.7", "203.0.113.9", "2001:db8::1", "10.0.0.1", "", "here"),
)


@pytest.mark.parametrize("address", HERE)
def test_in_the_demo_on_this_machine_one_step_is_enough(rf: RequestFactory, address: str) -> None:
    assert one_step(rf.get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize("address", ELSEWHERE)
def test_from_another_machine_the_demo_asks_for_two(rf: RequestFactory, address: str) -> None:
    assert not one_step(rf.get("/", REMOTE_ADDR=address))


@pytest.mark.parametrize("header", HANDED_ON)
def test_through_a_proxy_the_demo_asks_for_two(rf: RequestFactory, header: str) -> None:
    assert not one_step(rf.get("/", REMOTE_ADDR="127.0.0.1", **{header: "127.0.0.1"}))


@pytest.mark.parametrize(
    ("address", "host"), list(product(HERE + ELSEWHERE, ("localhost", "127.0.0.1", "steady.example")))
)
def test_outside_the_demo_nothing_about_a_request_makes_one_step_enough(
    rf: RequestFactory, settings: Settings, address: str, host: str
) -> None:
    settings.ONE_STEP_SIGN_IN = False
    assert not one_step(rf.get("/", REMOTE_ADDR=address, HTTP_HOST=host))


@pytest.mark.django_db
def test_in_the_demo_the_password_alone_opens_the_desk(client: Client) -> None:
    make_member()
    type_password(client)
    assert client.get(reverse("today")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["today", "sign_in", "start", "admin:index"])
def test_each_page_of_the_demo_says_that_it_is_one(page: str, client: Client) -> None:
    call_command("make_roles", stdout=StringIO())
    make_member(role=Role.OWNER)
    type_password(client)
    assert "This is a demo." in client.get(reverse(page), follow=True).content.decode()


@pytest.mark.django_db
def test_the_admin_of_a_clinic_says_nothing_of_a_demo(client: Client, settings: Settings) -> None:
    call_command("make_roles", stdout=StringIO())
    make_member(role=Role.OWNER)
    type_password(client)
    settings.DEMO = False
    assert "This is a demo." not in client.get(reverse("admin:index")).content.decode()
