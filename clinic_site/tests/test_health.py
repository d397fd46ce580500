"""/healthz, and what tells alive from ready."""

from collections import namedtuple
from typing import Any, NoReturn

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, RequestFactory
from django.urls import reverse

from clinic_site import health

pytestmark = pytest.mark.django_db
PAGES = ("health", "health_alive", "health_ready")


def gone(*args: Any) -> NoReturn:
    raise OperationalError("the server closed the connection")


@pytest.mark.parametrize("name", PAGES)
def test_health_is_ok_without_an_account(client: Client, name: str) -> None:
    assert client.get(reverse(name)).json() == {"status": "ok"}


@pytest.mark.parametrize("name", PAGES)
def test_health_is_never_cached(client: Client, name: str) -> None:
    assert "no-store" in client.get(reverse(name))["Cache-Control"]


@pytest.mark.parametrize("view", [health.health, health.ready])
def test_health_is_503_when_the_database_does_not_answer(rf: RequestFactory, view: Any) -> None:
    with connection.execute_wrapper(gone):
        assert view(rf.get("/healthz")).status_code == 503


def test_a_program_without_its_database_is_alive(client: Client) -> None:
    with connection.execute_wrapper(gone):
        assert client.get(reverse("health_alive")).status_code == 200


def test_it_is_not_ready_while_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder(connection).migration_qs.filter(app="sessions").delete()
    answer = client.get(reverse("health_ready"))
    assert (answer.status_code, answer.json()["status"]) == (503, "migrations are missing")


def test_it_is_not_ready_on_a_database_of_a_newer_version(client: Client) -> None:
    MigrationRecorder(connection).record_applied("plans", "9999_from_the_future")
    answer = client.get(reverse("health_ready"))
    assert (answer.status_code, answer.json()["status"]) == (503, "the database is of a newer version")


def test_it_is_not_ready_on_a_full_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage(10**9, 10**9, 1000))
    assert client.get(reverse("health_ready")).json() == {"status": "the disk is almost full"}


def test_what_is_wrong_is_said_without_detail(rf: RequestFactory) -> None:
    with connection.execute_wrapper(gone):
        assert b"server closed" not in health.health(rf.get("/healthz")).content
