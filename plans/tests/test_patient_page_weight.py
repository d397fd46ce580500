"""How light the plan page is: its queries, its bytes and its requests (budgets of the performance table)."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from intake.models import Patient
from intake.tests.factories import make_patient, sign_in_patient
from plans.models import DoneToday, Plan
from plans.tests.factories import make_issued
from practice.models import Clinic
from therapies.models import InstructionVersion

pytestmark = pytest.mark.django_db

MOST_QUERIES = 6
MOST_BYTES = 30_000
MOST_REQUESTS = 6
SIX_FOR_ANYBODY = (
    "belly-breathing",
    "cat-camel",
    "hamstring-stretch-with-towel",
    "knee-rolls",
    "pelvic-tilt",
    "single-knee-to-chest",
)
# Beside the budget: the audit's one insert, and what opens and closes a transaction.
AUDIT_INSERT = ('INSERT INTO "practice_auditevent"', 'INSERT OR IGNORE INTO "practice_auditevent"')
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT")


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient()
    sign_in_patient(client, someone)
    Clinic.load()
    return someone


def statements(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("me")).status_code == 200
    return [query["sql"] for query in queries]


def counted(client: Client) -> list[str]:
    return [sql for sql in statements(client) if not sql.startswith((*AUDIT_INSERT, *TRANSACTION))]


@pytest.mark.parametrize("items", [1, 6])
def test_the_plan_page_takes_at_most_six_queries(client: Client, patient: Patient, items: int) -> None:
    make_issued(patient=patient, items=[{}] * items)
    assert len(counted(client)) <= MOST_QUERIES


def test_the_plan_page_takes_as_many_queries_for_one_item_as_for_six(client: Client, patient: Patient) -> None:
    make_issued(patient=patient, items=[{}])
    of_one = len(counted(client))
    version = make_issued(patient=patient, items=[{}] * 6)
    for item in version.items.all():
        DoneToday.objects.create(item=item, day=Clinic.load().today(), by=version.changed_by)
    assert len(counted(client)) == of_one


def test_the_audit_insert_is_the_only_one_beside_the_budget(client: Client, patient: Patient) -> None:
    make_issued(patient=patient)
    assert sum(sql.startswith(AUDIT_INSERT) for sql in statements(client)) == 1


def test_a_second_look_on_the_same_day_writes_nothing(
    client: Client, patient: Patient, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_issued(patient=patient)
    with django_capture_on_commit_callbacks(execute=True):
        client.get(reverse("me"))
    assert [sql for sql in statements(client) if not sql.startswith("SELECT")] == []


def test_a_stopped_plan_takes_at_most_six_queries(client: Client, patient: Patient) -> None:
    version = make_issued(patient=patient)
    Plan.objects.filter(pk=version.plan_id).update(stopped_by=version.screening, stopped_level="review")
    assert len(counted(client)) <= MOST_QUERIES


def test_an_ended_plan_stays_within_the_budget_too(client: Client, patient: Patient) -> None:
    assert len(counted(client)) <= MOST_QUERIES


def shipped_items() -> list[dict[str, object]]:
    """Six items of the shipped catalogue, with a note each: real words are what a phone loads."""
    call_command("load_catalogue", verbosity=0)
    versions = InstructionVersion.objects.published().filter(instruction__in=SIX_FOR_ANYBODY)
    assert len(versions) == len(SIX_FOR_ANYBODY)
    return [{"instruction_version": version, "note": "Start slowly on the first day."} for version in versions]


def files_of(page: str, settings: LazySettings) -> list[bytes]:
    """The page itself and every file it refers to (a picture as data travels inside the page)."""
    named = re.findall(r'<(?:link rel="stylesheet"|script|img)[^>]*? (?:href|src)="([^"]+)"', page)
    named += re.findall(r'<link rel="icon" href="([^"]+)"', page)
    paths = [address.removeprefix(settings.STATIC_URL) for address in named if not address.startswith("data:")]
    return [page.encode(), *(Path(str(finders.find(path))).read_bytes() for path in dict.fromkeys(paths))]


@pytest.fixture
def first_load(client: Client, patient: Patient, settings: LazySettings) -> list[bytes]:
    make_issued(patient=patient, items=shipped_items())
    return files_of(client.get(reverse("me")).content.decode(), settings)


def test_the_first_load_with_six_items_is_at_most_30_kb(first_load: list[bytes]) -> None:
    assert sum(len(gzip.compress(body)) for body in first_load) <= MOST_BYTES


def test_the_first_load_is_at_most_six_requests(first_load: list[bytes]) -> None:
    assert 1 < len(first_load) <= MOST_REQUESTS
