"""manage.py restore: what may have been ended since the backup was made opens nothing any more."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from pytest_django import Settings

from clinic_site.tests.elsewhere import committed, empty, rows_of_each_table
from clinic_site.tests.one_full_record import full_record
from clinic_site.tests.test_backups import KEY, made, with_facts
from practice.inviting import invite
from practice.models import AuditEvent, DeviceSession
from practice.roles import Role
from practice.tests.factories_sign_in import make_passkey

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
# The events of the backup itself and of the restore are newer than the backup.
ENDED = {"practice_auditevent", "practice_devicesession", "practice_invitation"}
OF_PATIENTS = {"intake_codesheet", "intake_emailway", "mfa_authenticator"}


@pytest.fixture
def backup(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """Of a clinic where each thing is there that opens something."""
    settings.VAR_DIR, settings.BACKUP_KEY = tmp_path / "var", KEY
    patient = full_record()
    make_passkey(user=patient.access.get(relation="self").user)
    invite(username="new", display_name="Somebody new", roles=[Role.FRONT_DESK], by=None)
    with committed(tmp_path):
        yield made(tmp_path / "backups")


def restored(backup: Path, *options: str) -> str:
    said = StringIO()
    call_command("restore", backup, *options, stdout=said)
    return said.getvalue()


def changed_tables(before: dict[str, tuple[int, str]]) -> set[str]:
    after = rows_of_each_table()
    return {name for name in before if before[name] != after[name]}


@pytest.mark.requirement("ASVS 7.4.1")
def test_a_restore_ends_each_way_in_and_changes_no_other_table(backup: Path, tmp_path: Path) -> None:
    before = rows_of_each_table()
    with empty(tmp_path):
        restored(backup)
        assert changed_tables(before) == ENDED | OF_PATIENTS


def test_a_restore_can_leave_the_codes_of_patients_as_they_were(backup: Path, tmp_path: Path) -> None:
    before = rows_of_each_table()
    with empty(tmp_path):
        restored(backup, "--keep-codes")
        assert changed_tables(before) == ENDED


def test_a_restore_says_how_much_it_ended(backup: Path, tmp_path: Path) -> None:
    ended = "sessions: 1, invitations: 1, sheets with codes: 1, passkeys of patients: 1, addresses for codes: 1"
    with empty(tmp_path):
        assert ended in restored(backup)
        assert ended in AuditEvent.objects.get(action="restored").detail


def test_a_restore_that_could_end_nothing_is_not_to_be_used(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(rows: QuerySet[DeviceSession]) -> None:
        raise DatabaseError("database or disk is full")

    monkeypatch.setattr(type(DeviceSession.objects.all()), "delete", full)
    with empty(tmp_path), pytest.raises(CommandError, match="not to be used: sessions of then may be open"):
        restored(backup)


def test_a_restored_database_can_be_read_by_its_owner_alone(backup: Path, tmp_path: Path) -> None:
    with empty(tmp_path) as name:
        restored(backup)
        assert connection.vendor == "postgresql" or Path(name).stat().st_mode & 0o077 == 0


def test_a_backup_of_an_older_version_is_brought_up_to_date(backup: Path, tmp_path: Path) -> None:
    older = with_facts(backup, schema=["plans.0001_initial"])
    with empty(tmp_path):
        assert "is of this one now" in restored(older)


def test_what_the_old_database_left_behind_is_not_written_over(backup: Path, tmp_path: Path) -> None:
    with empty(tmp_path) as name:
        if connection.vendor == "postgresql":
            return
        left = Path(f"{name}-wal")
        left.write_bytes(b"what was written last")
        with pytest.raises(CommandError, match="move it away with it"):
            restored(backup)
        assert left.exists()
