"""Every address of Django's admin, as the access table has those of our own: what is not listed here fails."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.urls import URLPattern, URLResolver

from clinic_site.tests.access_answers import EVERYBODY
from clinic_site.tests.access_world import World, world
from practice.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["world"]
OWNER = Role.OWNER.value
OBJECT = "<path:object_id>/"
# What the owner gets, reading and sending nothing. Nobody else ever gets a page.
TABLE = {
    "": (200, 200),
    "login/": (302, 405),
    "logout/": (405, 302),
    "password_change/": (302, 302),
    "password_change/done/": (200, 405),
    "jsi18n/": (200, 405),
    "practice/user/": (200, 200),
    "practice/user/add/": (403, 403),
    f"practice/user/{OBJECT}": (302, 302),
    f"practice/user/{OBJECT}change/": (200, 403),
    f"practice/user/{OBJECT}delete/": (403, 403),
    f"practice/user/{OBJECT}history/": (200, 200),
    "practice/clinic/": (200, 200),
    "practice/clinic/add/": (403, 403),
    f"practice/clinic/{OBJECT}": (302, 302),
    # Sent nothing: the form comes back with what is missing.
    f"practice/clinic/{OBJECT}change/": (200, 200),
    f"practice/clinic/{OBJECT}delete/": (403, 403),
    f"practice/clinic/{OBJECT}history/": (200, 200),
    "^(?P<app_label>practice)/$": (200, 200),
    "(?P<url>.*)$": (404, 404),
}
# Of Django's own addresses these two are shut: the first led to any row of any table, and failed for most.
SHUT = ("r/1/1/", "r/nothing/like-it/", "autocomplete/")
# Objects that are not there: Django leads back to the index.
NOT_THERE = [f"practice/{kind}/{missing}/change/" for kind in ("user", "clinic") for missing in ("999999", "no-number")]


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in found:
        if isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)
        else:
            yield from patterns(pattern.url_patterns, before + str(pattern.pattern))


def address(pattern: str, world: World) -> str:
    key = world.people[OWNER].pk if "user" in pattern else 1
    read = {"^(?P<app_label>practice)/$": "practice/", "(?P<url>.*)$": "nothing/like/it/"}.get(pattern, pattern)
    return "/admin/" + read.replace("<path:object_id>", str(key))


def test_every_address_of_the_admin_is_in_the_table() -> None:
    assert sorted(patterns(admin.site.urls[0])) == sorted(TABLE)


@pytest.mark.requirement("ASVS 8.2.1")
@pytest.mark.parametrize("pattern", TABLE)
def test_the_owner_gets_what_the_table_says(pattern: str, world: World) -> None:
    told = [world.ask_for(address(pattern, world), OWNER, method=method)[0] for method in ("GET", "POST")]
    assert tuple(told) == TABLE[pattern]


@pytest.mark.requirement("ASVS 8.2.1", "HIPAA 164.312(a)")
@pytest.mark.parametrize("pattern", TABLE)
def test_nobody_else_gets_a_page_of_the_admin(pattern: str, world: World) -> None:
    others, where = [person for person in EVERYBODY if person != OWNER], address(pattern, world)
    told = {world.ask_for(where, person, method=method)[0] for person in others for method in ("GET", "POST")}
    assert told <= {302, 403, 405}


@pytest.mark.parametrize("shut", SHUT)
def test_what_no_page_of_the_admin_links_to_is_shut(shut: str, world: World) -> None:
    assert world.ask_for(f"/admin/{shut}", OWNER)[0] == 404


@pytest.mark.parametrize("missing", NOT_THERE)
def test_what_is_not_there_leads_back_to_the_index(missing: str, world: World) -> None:
    assert world.ask_for(f"/admin/{missing}", OWNER) == (302, "/admin/")
