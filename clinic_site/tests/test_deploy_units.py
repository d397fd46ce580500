"""The systemd units of `deploy/`: what each may do to the machine, and that its command runs with a clinic's settings.

A unit's command is run as it is written, by this Python, on a scratch database.
"""

import subprocess
import sys
from configparser import ConfigParser
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from clinic_site.tests.at_once import RACING
from clinic_site.tests.production import HOST, clinic, serving, start
from clinic_site.tests.programs import needs, program

DEPLOY = Path(settings.BASE_DIR) / "deploy"
SERVICES = sorted(path.stem for path in DEPLOY.glob("*.service"))
TIMERS = sorted(path.stem for path in DEPLOY.glob("*.timer"))
# Each takes something away that none of Steady's processes needs.
HARDENING = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "ProtectKernelTunables": "true",
    "ProtectKernelModules": "true",
    "ProtectControlGroups": "true",
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "RestrictNamespaces": "true",
    "RestrictSUIDSGID": "true",
    "LockPersonality": "true",
    "MemoryDenyWriteExecute": "true",
    "CapabilityBoundingSet": "",
    "SystemCallFilter": "@system-service",
    "UMask": "0077",
    "User": "steady",
}

pytestmark = pytest.mark.xdist_group("units")


def unit(name: str) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=True, delimiters=["="])
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def command(name: str, key: str = "ExecStart") -> str:
    """What the unit starts, by this Python."""
    written = unit(f"{name}.service")["Service"][key]
    return written.replace("/opt/steady/app/.venv/bin", str(Path(sys.executable).parent))


@pytest.fixture
def environment(db: None, tmp_path: Path) -> dict[str, str]:
    """The settings of a clinic that has migrated and has no data yet: on the database that the tests use.

    On PostgreSQL the command writes there itself, which is RACING's to clear away.
    """
    if connection.vendor == "sqlite":
        (tmp_path / "steady.sqlite3").write_bytes(connection.connection.serialize())
        return clinic(tmp_path)
    part = connection.settings_dict
    server = f"{part['USER']}:{part['PASSWORD']}@{part['HOST']}:{part['PORT']}"
    return clinic(tmp_path) | {"DATABASE_URL": f"postgres://{server}/{part['NAME']}"}


@pytest.mark.parametrize("name", SERVICES)
@pytest.mark.parametrize(("key", "value"), HARDENING.items())
def test_a_unit_may_do_no_more_than_it_needs(name: str, key: str, value: str) -> None:
    assert unit(f"{name}.service")["Service"][key] == value


@pytest.mark.parametrize("name", SERVICES)
def test_the_settings_come_from_the_file_of_the_readme(name: str) -> None:
    assert unit(f"{name}.service")["Service"]["EnvironmentFile"] == "/etc/steady.env"


@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_starts_a_unit_that_there_is(name: str) -> None:
    assert name in SERVICES


@RACING
@pytest.mark.parametrize("name", TIMERS)
def test_a_units_command_runs(name: str, environment: dict[str, str]) -> None:
    done = start(command(name).split(), environment)
    assert (done.returncode, done.stderr) == (0, "")


@RACING
def test_the_record_is_proven_after_each_backup(environment: dict[str, str]) -> None:
    done = start(command("steady-backup", "ExecStartPost").split(), environment)
    assert done.stdout.startswith("The record fits its seals: 0 events.")


@RACING
def test_the_units_gunicorn_serves(environment: dict[str, str]) -> None:
    with serving(command("steady"), environment) as port:
        asking = HTTPConnection("127.0.0.1", port, timeout=10)
        asking.request("GET", "/healthz", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        assert asking.getresponse().status == 200


@needs("systemd-analyze", package="systemd")
def test_systemd_reads_each_unit_without_a_complaint(tmp_path: Path) -> None:
    for path in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        text = path.read_text(encoding="utf-8").replace("/opt/steady/app/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / path.name).write_text(text.replace("=steady\n", "=root\n"), encoding="utf-8")
    said = subprocess.run(
        [program("systemd-analyze"), "verify", *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True
    )
    assert (said.returncode, said.stderr) == (0, "")


@needs("caddy", package="caddy")
def test_caddy_reads_its_example(tmp_path: Path) -> None:
    done = subprocess.run(
        [program("caddy"), "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
        env={"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "Valid configuration" in done.stdout + done.stderr) == (0, True)
