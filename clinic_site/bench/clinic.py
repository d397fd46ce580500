"""The clinic that is measured: staff, two patients with plans, and many others to search among.

Their plans are made through the verbs the pages use, as in the demo, but nobody here is a demo user: the
bench runs with DEBUG off, where demo users are refused. The database is a scratch one.
"""

from dataclasses import dataclass
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from clinic_site.demo.building import gather_team
from clinic_site.demo.filling import add_patients
from clinic_site.demo.stories import Reached, Story, says
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
    six, one = _told(SIX_ITEMS, team), _told(ONE_ITEM, team)
    add_patients(patients, seed=SEED)
    _settle()
    version = Plan.objects.of_user(six).active().get().current
    assert version
    return BenchClinic(team, six, one, version)


def signed_in(user: User) -> Client:
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0], raise_request_exception=True)
    client.force_login(user, backend="practice.backends.SteadyBackend")
    return client


def cookie_of(client: Client) -> str:
    """The header's value that signs a request in as the client's person."""
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def _settle() -> None:
    """What PostgreSQL does by itself within minutes of such a load: until then it plans without knowing the tables."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _told(story: Story, team: Team) -> User:
    patient = tell(story, team)
    make_codes(patient, team)
    return PatientAccess.objects.get(patient=patient, relation=PatientAccess.Relation.SELF).user
