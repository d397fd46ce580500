"""Two factors before any page of the staff: every address there is, with each way of being half signed in."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from clinic_site.tests.access_table import TABLE
from clinic_site.tests.access_world import World, world
from clinic_site.tests.test_admin_addresses import TABLE as ADMIN
from clinic_site.tests.test_admin_addresses import address
from practice.roles import Role

pytestmark = pytest.mark.django_db
__all__ = ["world"]
METHODS = ("GET", "POST")
# Written out, not taken from the code that is tested: a page more that stands open has to be meant here too.
SET_UP = {"second_factor_set_up", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
ALWAYS = {"sign_out", "health"}
WALLED = sorted(set(TABLE) - SET_UP - ALWAYS)
# In the world of the access tests one of the staff has a passkey, and each session was begun by a password alone.
WITHOUT_A_FACTOR, WITH_A_FACTOR = Role.OWNER.value, Role.CLINICIAN.value


@pytest.fixture(autouse=True)
def _not_the_demo(settings: Settings) -> None:
    settings.ONE_STEP_SIGN_IN = False


@pytest.mark.requirement("ASVS 6.3.3", "HIPAA 164.312(d)")
@pytest.mark.parametrize("name", WALLED)
def test_without_a_second_factor_every_page_leads_to_its_set_up(name: str, world: World) -> None:
    answers = {world.ask(name, WITHOUT_A_FACTOR, method=method) for method in METHODS}
    assert answers == {(302, reverse("second_factor_set_up"))}


@pytest.mark.requirement("ASVS 6.3.3")
@pytest.mark.parametrize("name", sorted(set(TABLE) - ALWAYS))
def test_a_session_that_never_saw_the_second_factor_has_to_begin_anew(name: str, world: World) -> None:
    assert {world.ask(name, WITH_A_FACTOR, method=method) for method in METHODS} == {(302, reverse("sign_in"))}


@pytest.mark.requirement("ASVS 6.3.3")
@pytest.mark.parametrize("pattern", [*ADMIN, "no/such/address/"])
def test_the_admin_stands_behind_the_same_wall(pattern: str, world: World) -> None:
    assert world.ask_for(address(pattern, world), WITHOUT_A_FACTOR) == (302, reverse("second_factor_set_up"))


def test_the_way_out_is_open_without_a_second_factor(world: World) -> None:
    assert world.ask("sign_out", WITHOUT_A_FACTOR) == (302, reverse("home"))


@pytest.mark.parametrize("name", sorted(SET_UP))
def test_the_pages_that_set_a_factor_up_are_open_without_one(name: str, world: World) -> None:
    assert world.ask(name, WITHOUT_A_FACTOR)[0] == 200


def test_a_patient_has_one_factor(world: World) -> None:
    assert world.ask("me", "patient")[0] == 200
