"""Every address of Django's admin, as the access table has those of our own: what is not listed here fails."""

from collections.abc import Iterator
from functools import reduce

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from clinic_site.tests.access_answers import EVERYBODY
from clinic_site.tests.access_world import World, world
from practice.models import Clinic, User
from practice.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["world"]
OWNER = Role.OWNER.value
USER, CLINIC = "practice_user", "practice_clinic"
# What the owner gets. Nobody else gets a page.
TABLE = {
    "": 200,
    "login/": 302,
    "password_change/": 302,
    "password_change/done/": 200,
    "jsi18n/": 200,
    "practice/": 200,
    "practice/user/": 200,
    "practice/user/add/": 403,
    "practice/user/{user}/": 302,
    "practice/user/{user}/change/": 200,
    "practice/user/{user}/delete/": 403,
    "practice/user/{user}/history/": 200,
    "practice/user/{user}/password/": 403,
    "practice/clinic/": 200,
    "practice/clinic/add/": 403,
    "practice/clinic/{clinic}/": 302,
    "practice/clinic/{clinic}/change/": 200,
    "practice/clinic/{clinic}/delete/": 403,
    "practice/clinic/{clinic}/history/": 200,
    "r/1/1/": 404,
    "autocomplete/": 404,
    "nothing/like/it/": 404,
}


def test_x(world: World) -> None:
    def walk(ps, pre=""):
        for p in ps:
            if isinstance(p, URLPattern):
                yield pre + str(p.pattern), p.name
            else:
                yield from walk(p.url_patterns, pre + str(p.pattern))
    for a, n in walk(admin.site.urls[0]):
        print(a, n)
    for a in TABLE:
        path = "/admin/" + a.format(user=User.objects.filter(kind="staff").first().pk, clinic=Clinic.load().pk)
        print(a, {(w, m): world.ask_for(path, w, method=m)[0] for w in (OWNER, Role.CLINICIAN.value, "nobody", "patient-own") if w in EVERYBODY for m in ("GET", "POST")} )
    print(EVERYBODY)
    assert 0
