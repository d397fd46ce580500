"""Each backup holds the newest seal of the record of events, so that cutting off its end shows."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from clinic_site.keeping import witnesses
from clinic_site.keeping.backing_up import facts_of
from clinic_site.tests.test_backups import backups, made
from practice import audit, sealing
from practice.tests.test_sealing import past_the_triggers

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
__all__ = ["backups"]


@pytest.mark.requirement("ASVS 16.4.2", "HIPAA 164.312(c)(2)")
def test_a_record_that_was_cut_off_after_a_backup_is_found_by_that_backup(backups: Path) -> None:
    audit.record(audit.Action.ISSUED, actor=None)
    kept = sealing.Witness.read(facts_of(made(backups))["newest_seal"])
    for table in ("practice_auditseal", "practice_auditevent"):
        past_the_triggers(f"DELETE FROM {table}")
    assert [sealing.check().fits, sealing.check(witnesses={"a drawer": kept}).fits] == [True, False]


def test_a_backup_that_its_rule_removes_meanwhile_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {timezone.now(): tmp_path / "steady-20260101T000000.000000Z.backup"}
    monkeypatch.setattr(witnesses, "backups_in", lambda _folder: listed)
    assert witnesses.kept_in(tmp_path) == witnesses.Kept()


def test_the_check_of_a_backup_tells_its_seal(backups: Path) -> None:
    audit.record(audit.Action.ISSUED, actor=None)
    said, path = StringIO(), made(backups)
    call_command("check_backup", path, stdout=said)
    assert said.getvalue().endswith(f"{facts_of(path)['newest_seal']}\n")
    assert "digest" in said.getvalue()
