"""Every address of the site, asked by the desk's tablet: it opens its visit's pages and nothing else."""

from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from pytest_django import Settings

from clinic_site.tests.access_table import TABLE
from clinic_site.tests.access_world import FORM, World, world
from clinic_site.tests.test_access_table import ADMIN_PAGES
from intake.models import Patient, TabletVisit
from intake.tablet import open_visit
from intake.tests.factories import make_staff
from plans.tablet_session import Door

pytestmark = pytest.mark.django_db
__all__ = ["world"]

OF_THE_VISIT = {
    "answer",
    "answer_page",
    "answer_keep",
    "answer_check",
    "answer_card",
    "language",
    "tablet_state",
    "tablet_finish",
}
# A card that cannot be read says nothing.
WITH_THE_CARD = {"answer_card", "language", "tablet_state"}
EVERY_PAGE = [*sorted(TABLE), "admin:index", *ADMIN_PAGES]
METHODS = ("GET", "POST", "HEAD", "DELETE")


@pytest.fixture
def tablet(world: World) -> Client:
    """A tablet that answers for the world's patient."""
    client = Client()
    opened = open_visit(Patient.objects.get(pk=world.objects["patient"]), by=make_staff(username="opens"))
    client.post(reverse("start"), {"code": opened.code})
    return client


def address(world: World, name: str) -> str:
    row = TABLE.get(name)
    objects = row.objects.items() if row else ()
    return reverse(name, kwargs={key: world.objects[value] for key, value in objects})


def asked(tablet: Client, world: World, name: str, method: str) -> tuple[int, str]:
    """The status and where it leads; what it did is undone."""
    sent = TABLE[name].sent if name in TABLE else {}
    body = urlencode({key: world.objects[value] for key, value in sent.items()})
    with transaction.atomic():
        answer = tablet.generic(method, address(world, name), body, content_type=FORM)
        transaction.set_rollback(True)
    return answer.status_code, answer.headers.get("Location", "")


def door(world: World, name: str) -> Door | None:
    found: Door | None = getattr(resolve(address(world, name)).func, "tablet_door", None)
    return found


def test_only_the_pages_of_the_visit_have_a_door(world: World) -> None:
    assert {name for name in EVERY_PAGE if door(world, name)} == OF_THE_VISIT


@pytest.mark.parametrize("method", METHODS)
def test_every_other_address_leads_to_the_visit(tablet: Client, world: World, method: str) -> None:
    others = [name for name in EVERY_PAGE if name not in OF_THE_VISIT and (name, method) != ("sign_out", "POST")]
    told = {name: asked(tablet, world, name, method) for name in others}
    assert told == dict.fromkeys(others, (303, reverse("answer")))


@pytest.mark.parametrize("method", METHODS)
def test_with_the_card_every_address_leads_to_it(tablet: Client, world: World, method: str) -> None:
    TabletVisit.objects.update(holds_card=True)
    others = [name for name in EVERY_PAGE if name not in WITH_THE_CARD]
    told = {name: asked(tablet, world, name, method) for name in others}
    assert told == dict.fromkeys(others, (303, reverse("answer_card")))


@pytest.mark.parametrize("method", METHODS)
def test_after_the_visit_each_first_request_leads_to_its_end(
    tablet: Client, world: World, settings: Settings, method: str
) -> None:
    TabletVisit.objects.update(ended_at="2026-11-21T10:00:00Z")
    session, told = tablet.cookies[settings.SESSION_COOKIE_NAME].value, {}
    for name in EVERY_PAGE:
        # The first request takes the session away; the next page here is a tablet that has not asked yet.
        tablet.cookies[settings.SESSION_COOKIE_NAME] = session
        told[name] = asked(tablet, world, name, method)
    assert told == dict.fromkeys(EVERY_PAGE, (303, reverse("tablet_done")))
