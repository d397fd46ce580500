"""The builder's page as its tests use it: press a button, read what comes back."""

from typing import Any

from django.test import Client
from django.urls import reverse

from plans.models import PlanVersion
from plans.tests.factories import builder_post

# The test client's answer has no public type.
Response = Any


def press(client: Client, version: PlanVersion, action: str = "save", **typed: Any) -> Response:
    return client.post(address(version), builder_post(version, action, **typed))


def address(version: PlanVersion, name: str = "plan_build") -> str:
    return reverse(name, args=[version.pk])


def page(client: Client, version: PlanVersion) -> str:
    return client.get(address(version)).content.decode()


def text_of(response: Response) -> str:
    page: str = response.content.decode()
    return page
