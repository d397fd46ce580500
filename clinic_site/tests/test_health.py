"""/healthz."""

from typing import Any, NoReturn

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from clinic_site.health import health

pytestmark = pytest.mark.django_db


def gone(*args: Any) -> NoReturn:
    raise OperationalError("the server closed the connection")


def test_health_is_ok_without_an_account(client: Client) -> None:
    assert client.get(reverse("health")).json() == {"status": "ok"}


def test_health_is_never_cached(client: Client) -> None:
    assert "no-store" in client.get(reverse("health"))["Cache-Control"]


def test_health_is_503_when_the_database_does_not_answer(rf: RequestFactory) -> None:
    with connection.execute_wrapper(gone):
        assert health(rf.get("/healthz")).status_code == 503
