"""A wrong setting stops the start with a sentence that names it. Each start is a Python of its own."""

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings

from clinic_site.tests.production import HOST, KEYS, clinic, start

START = [sys.executable, "-c", "import clinic_site.settings as s; print(s.DATABASES['default']['ENGINE'])"]
# Each PRAGMA as a connection of the program finds it, and how each line of the log is written.
BEGUN = """
import django, logging
from django.db import connection
django.setup()
with connection.cursor() as cursor:
    for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "cell_size_check"):
        print(pragma, cursor.execute(f"PRAGMA {pragma}").fetchone()[0], sep="=")
print(connection.transaction_mode)
for handler in logging.getLogger().handlers:
    print(type(handler.formatter).__module__, type(handler.formatter).__qualname__, sep=".")
"""
DEPLOY_CHECK = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def test_a_clinic_starts_with_the_settings_of_the_readme(tmp_path: Path) -> None:
    assert start(START, clinic(tmp_path)).stderr == ""


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    checked = start(DEPLOY_CHECK, clinic(tmp_path))
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a clinic's start has made of its database and of its log."""
    environment = clinic(tmp_path_factory.mktemp("clinic")) | {"DJANGO_SETTINGS_MODULE": "clinic_site.settings"}
    started = start([sys.executable, "-c", BEGUN], environment)
    assert started.returncode == 0, started.stderr
    return started.stdout.splitlines()


def test_a_clinics_database_is_safe_in_a_fall_and_wipes_what_is_erased(begun: list[str]) -> None:
    assert begun[:6] == [
        "journal_mode=wal",
        "synchronous=2",
        "foreign_keys=1",
        "secure_delete=1",
        "cell_size_check=1",
        "IMMEDIATE",
    ]


@pytest.mark.requirement("ASVS 16.2.5")
def test_a_clinics_log_holds_nobodys_words(begun: list[str]) -> None:
    assert begun[6:] == ["clinic_site.log_lines.LogLine"]


def test_sqlite_is_used_unless_told_otherwise(tmp_path: Path) -> None:
    assert start(START, clinic(tmp_path)).stdout.strip() == "django.db.backends.sqlite3"


def test_one_variable_moves_a_clinic_to_postgresql(tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"DATABASE_URL": "postgres://steady:secret@127.0.0.1/steady"}
    assert start(START, environment).stdout.strip() == "django.db.backends.postgresql"


@pytest.mark.parametrize("value", ["", "short", "x" * 31])
@pytest.mark.parametrize("name", ["SECRET_KEY", "CODE_KEY", "MFA_KEY", "AUDIT_KEY"])
def test_a_missing_or_short_key_stops_the_start(name: str, value: str, tmp_path: Path) -> None:
    assert f"{name} must be set to a random text" in start(START, clinic(tmp_path) | {name: value}).stderr


@pytest.mark.parametrize("hosts", ["", "*", f"{HOST},*", ".org", f"{HOST}, .org"])
def test_missing_or_open_hosts_stop_the_start(hosts: str, tmp_path: Path) -> None:
    assert "ALLOWED_HOSTS must name" in start(START, clinic(tmp_path) | {"ALLOWED_HOSTS": hosts}).stderr


@pytest.mark.parametrize("hosts", [HOST, "*", "0.0.0.0"])
def test_the_demo_serves_this_machine_only(hosts: str, tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"DEMO": "true", "ALLOWED_HOSTS": hosts}
    assert "DEBUG and DEMO serve this machine only" in start(START, environment).stderr


def test_a_value_of_the_wrong_type_is_named(tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"SECURE_HSTS_SECONDS": "a year"}
    assert "SECURE_HSTS_SECONDS" in start(START, environment).stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://somewhere/steady"),
        ("LOG_LEVEL", "loud"),
        ("STEADY_VAR", "/proc/steady"),
        ("TRUSTED_PROXIES", "-1"),
        ("BACKUP_DAYS", "0"),
        ("RETENTION_YEARS", "0"),
    ],
)
def test_a_value_that_cannot_be_is_named(name: str, value: str, tmp_path: Path) -> None:
    assert name in start(START, clinic(tmp_path) | {name: value}).stderr.splitlines()[-1]


def test_a_wrong_setting_is_told_in_one_sentence(tmp_path: Path) -> None:
    told = start([sys.executable, "manage.py", "check"], clinic(tmp_path) | {"SECRET_KEY": ""}).stderr
    assert told == "SECRET_KEY must be set to a random text of at least 32 characters (README, Deploying).\n"


@pytest.mark.parametrize(("command", "status"), [("assess", 2), ("backup", 1)])
def test_only_what_tries_the_rules_runs_without_settings(command: str, status: int, tmp_path: Path) -> None:
    asked = [sys.executable, "manage.py", command, "/nothing/here"]
    assert start(asked, {"STEADY_VAR": str(tmp_path)}).returncode == status


def test_debug_alone_serves_this_machine_only(tmp_path: Path) -> None:
    environment = clinic(tmp_path) | {"DEBUG": "true", "ALLOWED_HOSTS": HOST}
    assert "serve this machine only" in start(START, environment).stderr


@pytest.mark.requirement("ASVS 13.4.2")
def test_debug_is_off_unless_told(tmp_path: Path) -> None:
    told = [sys.executable, "-c", "import clinic_site.settings as s; print(s.DEBUG, s.DEMO)"]
    assert start(told, clinic(tmp_path)).stdout.strip() == "False False"


@pytest.mark.requirement("ASVS 13.4.2")
@pytest.mark.parametrize("name", ["DEBUG", "DEMO"])
def test_a_server_for_people_does_not_start_with_debug(name: str, tmp_path: Path) -> None:
    environment = {name: "true", "STEADY_VAR": str(tmp_path)}
    gunicorn = [sys.executable, "-m", "gunicorn", "clinic_site.wsgi", "--check-config", "--no-control-socket"]
    assert "turn both off to serve" in start(gunicorn, environment | {"SERVER_SOFTWARE": "gunicorn"}).stderr


@pytest.mark.parametrize("name", KEYS[1:])
def test_two_keys_that_are_the_same_stop_the_start(name: str, tmp_path: Path) -> None:
    environment = clinic(tmp_path)
    assert "are the same" in start(START, environment | {name: environment["SECRET_KEY"]}).stderr


@pytest.mark.parametrize("name", ["MFA_KEY", "AUDIT_KEY"])
def test_older_keys_may_follow_after_a_comma(name: str, tmp_path: Path) -> None:
    older = clinic(tmp_path)[name]
    assert start(START, clinic(tmp_path) | {name: f"{clinic(tmp_path)[name]}, {older}"}).stderr == ""


@pytest.mark.parametrize("name", ["MFA_KEY", "AUDIT_KEY"])
def test_an_older_key_that_is_short_stops_the_start(name: str, tmp_path: Path) -> None:
    environment = clinic(tmp_path)
    said = start(START, environment | {name: f"{environment[name]},short"}).stderr
    assert f"{name} must be set to a random text" in said


@pytest.mark.parametrize("name", KEYS)
def test_the_key_of_the_demo_stops_the_start(name: str, tmp_path: Path) -> None:
    built_in = getattr(settings, name)
    assert f"{name} must be set to a random text" in start(START, clinic(tmp_path) | {name: built_in}).stderr


def test_every_variable_that_is_read_is_in_the_readme() -> None:
    assert read_from_the_environment() == in_the_readme()


def read_from_the_environment() -> set[str]:
    text = (Path(settings.BASE_DIR) / "clinic_site" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r"""(?:\benv\.\w+|\bsecret)\(\s*"([A-Z_]+)\"""", text))


def in_the_readme() -> set[str]:
    text = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")
    table = text[text.index("| Variable | Meaning |") :].split("\n\n")[0]
    return {name for line in table.splitlines() for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])}


ONE_STEP = [sys.executable, "-c", "import clinic_site.settings as s; print(s.ONE_STEP_SIGN_IN)"]


@pytest.mark.requirement("ASVS 6.3.2")
@pytest.mark.parametrize("extra", [{}, {"DEMO": "true", "DEBUG": "false"}, {"ONE_STEP_SIGN_IN": "true"}])
def test_no_setting_of_a_clinic_turns_the_demos_one_step_on(extra: dict[str, str], tmp_path: Path) -> None:
    assert start(ONE_STEP, clinic(tmp_path) | extra).stdout.strip() == "False"


@pytest.mark.parametrize("extra", [{"DEMO": "true"}, {"DEBUG": "true"}, {"DEMO": "true", "DEBUG": "true"}])
def test_a_clinic_with_the_demo_on_does_not_start(extra: dict[str, str], tmp_path: Path) -> None:
    assert "DEBUG and DEMO serve this machine only" in start(ONE_STEP, clinic(tmp_path) | extra).stderr
