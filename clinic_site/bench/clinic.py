"""The clinic that is measured: staff, two patients with plans, and many others to search among.

Their plans are made through the verbs the pages use, as in the demo, but nobody here is a demo user: the
bench runs with DEBUG off, where demo users are refused. The database is a scratch one.
"""

from dataclasses import dataclass
from http import HTTPStatus
from io import StringIO

from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from clinic_site.demo.building import gather_team
from clinic_site.demo.filling import add_patients
from clinic_site.demo.story import Reached, Story, says
from clinic_site.demo.telling import Team, make_codes, tell
from intake.models import PatientAccess
from plans.models import Plan, PlanVersion
from practice.models import User

ANSWERS = says(regions=["low_back"], onset_ago=30, recurrent="yes", area_tight="yes")
SIX = (
    "heat-pack",
    "hamstring-stretch-with-towel",
    "kneeling-hip-flexor-stretch",
    "walking",
    "bird-dog",
    "standing-side-bend",
)
SIX_ITEMS = Story("six", "Nora", "Sixwell", 40, "", Reached.ISSUED, ANSWERS, items=SIX, note="Go slowly.")
ONE_ITEM = Story("one", "Otis", "Onewell", 40, "", Reached.ISSUED, ANSWERS, items=SIX[:1], note="Go slowly.")
SEED = 1


@dataclass(frozen=True)
class BenchClinic:
    """Who is signed in while measuring."""

    team: Team
    six: User
    one: User
    version: PlanVersion


def prepare(patients: int) -> BenchClinic:
    """Make the tables, the content and the people in an empty database, and the static files."""
    for command in ("migrate", "make_roles", "load_catalogue"):
        call_command(command, stdout=StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    team = gather_team(is_demo=False)
    six, one = patient_user(SIX_ITEMS, team), patient_user(ONE_ITEM, team)
    add_patients(patients, seed=SEED)
    settle()
    version = Plan.objects.of_user(six).active().get().current
    assert version
    return BenchClinic(team, six, one, version)


def signed_in(user: User) -> Client:
    """A patient's phone."""
    client = _browser()
    client.force_login(user, backend="practice.backends.SteadyBackend")
    return client


def signed_in_staff(user: User, password: str) -> Client:
    """A desk's browser, let in by the pages themselves: with the password and a code from an app."""
    client, secret = _browser(), generate_totp_secret()
    TOTP.activate(user, secret)
    client.post(reverse("sign_in"), {"username": user.username, "password": password})
    # A code changes every half minute: the one that was just read may be the last one.
    for _attempt in range(2):
        code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
        if client.post(reverse("mfa_authenticate"), {"code": code}).status_code == HTTPStatus.FOUND:
            return client
    raise RuntimeError(f"{user.username} was not let in.")


def _browser() -> Client:
    return Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], raise_request_exception=True)


def cookies_of(client: Client) -> dict[str, str]:
    """The cookies that sign a request in as the client's person."""
    return {name: morsel.value for name, morsel in client.cookies.items()}


def cookie_of(client: Client) -> str:
    """The same as a header's value."""
    return "; ".join(f"{name}={value}" for name, value in cookies_of(client).items())


def settle() -> None:
    """What PostgreSQL does by itself within minutes of such a load: until then it plans without knowing the tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def patient_user(story: Story, team: Team) -> User:
    """The user of the story's patient, who has codes."""
    patient = tell(story, team)
    make_codes(patient, team)
    return PatientAccess.objects.get(patient=patient, relation=PatientAccess.Relation.SELF).user
