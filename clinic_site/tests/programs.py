"""Programs of the system that a test runs. Where one is not found its tests are skipped by name, as the journeys are;
REQUIRE_BROWSER=1, which CI sets, makes that a failure."""

import os
import shutil

import pytest

FOLDERS = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"


def program(name: str) -> str:
    """Its path, or the bare name where it is missing."""
    return shutil.which(name, path=FOLDERS) or name


def needs(name: str, *, package: str) -> pytest.MarkDecorator:
    missing = shutil.which(name, path=FOLDERS) is None and not os.environ.get("REQUIRE_BROWSER")
    return pytest.mark.skipif(missing, reason=f"{name} was not found: install Debian's {package}.")
