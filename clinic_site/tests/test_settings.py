"""A wrong setting stops the start with a sentence that names it. Each start is a Python of its own."""

import sys
from pathlib import Path

import pytest

from clinic_site.tests.production import HOST, clinic, start

START = [sys.executable, "-c", "import clinic_site.settings as s; print(s.DATABASES['default']['ENGINE'])"]
DEPLOY_CHECK = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def test_a_clinic_starts_with_the_settings_of_the_readme(tmp_path: Path) -> None:
    assert start(START, clinic(tmp_path)).stderr == ""


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    checked = start(DEPLOY_CHECK, clinic(tmp_path))
    assert (checked.returncode, checked.stderr) == (0, "")


def test_sqlite_is_used_unless_told_otherwise(tmp_path: Path) -> None:
    assert start(START, clinic(tmp_path)).stdout.strip() == "django.db.backends.sqlite3"


def test_one_variable_moves_a_clinic_to_postgresql(tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"DATABASE_URL": "postgres://steady:secret@127.0.0.1/steady"}
    assert start(START, environment).stdout.strip() == "django.db.backends.postgresql"


@pytest.mark.parametrize("value", ["", "short", "x" * 31])
@pytest.mark.parametrize("name", ["SECRET_KEY", "CODE_KEY", "MFA_KEY", "AUDIT_KEY"])
def test_a_missing_or_short_key_stops_the_start(name: str, value: str, tmp_path: Path) -> None:
    assert f"{name} must be set to a random text" in start(START, clinic(tmp_path) | {name: value}).stderr


@pytest.mark.parametrize("hosts", ["", "*", f"{HOST},*"])
def test_missing_or_open_hosts_stop_the_start(hosts: str, tmp_path: Path) -> None:
    assert "ALLOWED_HOSTS must name" in start(START, clinic(tmp_path) | {"ALLOWED_HOSTS": hosts}).stderr


@pytest.mark.parametrize("hosts", [HOST, "*", "0.0.0.0"])
def test_the_demo_serves_this_machine_only(hosts: str, tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"DEMO": "true", "ALLOWED_HOSTS": hosts}
    assert "DEBUG and DEMO serve this machine only" in start(START, environment).stderr


def test_a_value_of_the_wrong_type_is_named(tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"SECURE_HSTS_SECONDS": "a year"}
    assert "SECURE_HSTS_SECONDS" in start(START, environment).stderr


def test_debug_alone_serves_this_machine_only(tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"DEBUG": "true", "ALLOWED_HOSTS": HOST}
    assert "serve this machine only" in start(START, environment).stderr
