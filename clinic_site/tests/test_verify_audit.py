"""manage.py verify_audit: the seals, and what the backups and a drawer kept of them."""

from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from pytest_django import Settings

from clinic_site.keeping.proving import DOES_NOT_FIT, FITS
from clinic_site.keeping.sealed_files import seal as write_backup
from clinic_site.tests.test_backups import KEY
from practice import audit, sealing
from practice.models import AuditEvent
from practice.tests.test_sealing import past_the_triggers, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.BACKUP_FOLDER = str(tmp_path / "backups")
    return tmp_path / "backups"


@pytest.fixture
def cut_off() -> sealing.Witness:
    """The end is gone with its seals: what is left fits. What was kept elsewhere is given back."""
    sealed(("one",), ("two",))
    kept = sealing.newest_seal()
    assert kept
    past_the_triggers("DELETE FROM practice_auditseal WHERE number = 2")
    past_the_triggers("DELETE FROM practice_auditevent WHERE detail = 'two'")
    return kept


def put(folder: Path, *, seal: str) -> None:
    """A backup of which only the beginning matters."""
    folder.mkdir(exist_ok=True)
    with (folder / "steady-20260101T000000.000000Z.backup").open("wb") as target:
        write_backup([], target, facts={"newest_seal": seal}, key=KEY)


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_that_checks_says_that_all_fits() -> None:
    sealed(("one",))
    sealed_before = AuditEvent.objects.count()
    assert said().startswith(f"The record fits its seals: {sealed_before} events.")


def test_the_command_that_checks_fails_on_a_forged_record() -> None:
    sealed(("one",))
    past_the_triggers("UPDATE practice_auditevent SET detail = 'forged'")
    with pytest.raises(CommandError, match="Seal 1 of"):
        said()


def test_the_owner_is_told_that_all_fits() -> None:
    sealed(("one",))
    said()
    assert AuditEvent.objects.get(action="proved").detail == FITS


def test_the_owner_is_told_of_a_forged_record() -> None:
    sealed(("one",))
    past_the_triggers("UPDATE practice_auditevent SET detail = 'forged'")
    with suppress(CommandError):
        said()
    assert AuditEvent.objects.get(action="proved").detail == DOES_NOT_FIT


def refuses_to_write(*_args: object, **_kwargs: object) -> None:
    raise OperationalError("attempt to write a readonly database")


def test_a_record_that_can_only_be_read_is_checked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    sealed(("one",))
    past_the_triggers("UPDATE practice_auditevent SET detail = 'forged'")
    monkeypatch.setattr(audit, "record", refuses_to_write)
    with pytest.raises(CommandError, match=r"Seal 1 of [\s\S]*owner's page was not told"):
        said()


@pytest.fixture
def kept_in(tmp_path: Path) -> Callable[[str], str]:
    def keep(text: str) -> str:
        (tmp_path / "seal").write_text(text)
        return str(tmp_path / "seal")

    return keep


def test_the_command_that_checks_is_told_of_a_seal(kept_in: Callable[[str], str], cut_off: sealing.Witness) -> None:
    with pytest.raises(CommandError, match="cut off"):
        said("--seal", kept_in(cut_off.written()))


@pytest.mark.parametrize("text", ["", "nothing", "[]", "{}", '{"number": "x", "digest": ""}'])
def test_what_is_no_seal_is_refused_by_name(kept_in: Callable[[str], str], text: str) -> None:
    with pytest.raises(CommandError, match="cannot be read as a seal"):
        said("--seal", kept_in(text))


def test_a_seal_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read as a seal"):
        said("--seal", str(tmp_path / "none"))


@pytest.mark.requirement("ASVS 16.4.2", "HIPAA 164.312(c)(2)")
def test_an_end_that_was_cut_off_is_found_by_a_backup_in_the_folder(folder: Path, cut_off: sealing.Witness) -> None:
    put(folder, seal=cut_off.written())
    with pytest.raises(CommandError, match=r"kept in steady-20260101T000000.000000Z.backup, is not in the record"):
        said()


@pytest.mark.requirement("ASVS 16.4.2", "HIPAA 164.312(c)(2)")
def test_a_record_that_was_emptied_is_found_by_a_backup_in_the_folder(folder: Path) -> None:
    sealed(("one",))
    put(folder, seal=sealing.newest_seal().written())
    for table in ("practice_auditseal", "practice_auditevent"):
        past_the_triggers(f"DELETE FROM {table}")
    with pytest.raises(CommandError, match="is not in the record any more"):
        said()


def test_a_backup_whose_seal_stands_bears_witness(folder: Path) -> None:
    sealed(("one",))
    put(folder, seal=sealing.newest_seal().written())
    assert said().endswith("Backups that bear witness: 1.\n")


def test_a_backup_from_before_the_first_seal_is_no_fault(folder: Path) -> None:
    put(folder, seal="")
    assert said().endswith("Backups that bear witness: 0.\n")


def test_a_backup_that_was_damaged_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "steady-20260101T000000.000000Z.backup").write_bytes(b"nothing")
    with pytest.raises(CommandError, match=r"Z\.backup cannot be read as a witness"):
        said()
