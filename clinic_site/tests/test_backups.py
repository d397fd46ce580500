"""manage.py backup, check_backup and restore: what is written comes back row by row, or nothing does."""

import resource
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from pytest_django import Settings

from clinic_site.keeping import backing_up, postgresql_copies, sealed_files
from clinic_site.keeping.backing_up import back_up, check, facts_of
from clinic_site.keeping.places import scratch
from clinic_site.keeping.refusals import Damaged, KeepingRefused, WrongKey
from clinic_site.keeping.restoring import restore
from clinic_site.keeping.retention import Rule
from clinic_site.keeping.sealed_files import opened, seal
from clinic_site.tests.elsewhere import committed, empty, rows_of_each_table
from plans.tests.factories import make_issued
from practice import audit
from practice.models import AuditEvent
from practice.sealing import Witness, newest_seal

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
RULE = Rule(days=14, weeks=8, months=12)
KEY = "a key for tests, forty characters or more"
SOMEBODY_WRITES = "somebody writes"


@pytest.fixture
def backups(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A clinic with an issued plan whose rows are committed, and the folder of its backups."""
    settings.VAR_DIR, settings.BACKUP_KEY = tmp_path / "var", KEY
    make_issued()
    with committed(tmp_path):
        yield tmp_path / "backups"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow over `size` bytes: what a full disk says, said by the system."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("**/*") if path.is_file())


def made(folder: Path) -> Path:
    return back_up(folder, key=KEY, rule=RULE)


def with_facts(path: Path, **facts: Any) -> Path:
    """The same content under other facts, made with the right key."""
    with path.open("rb") as source:
        said, content = opened(source, key=KEY)
        other = path.with_name(f"other-{'-'.join(facts)}.backup")
        with other.open("wb") as target:
            seal(content, target, facts=said | facts, key=KEY)
    return other


@pytest.mark.requirement("HIPAA 164.312(c)(1)")
def test_every_row_of_every_table_comes_back(backups: Path, tmp_path: Path) -> None:
    path, here = made(backups), rows_of_each_table()
    with empty(tmp_path):
        restore(path, key=KEY)
        there = rows_of_each_table()
    # The event of the backup itself was written after it.
    assert {name for name, rows in here.items() if there[name] != rows} == {"practice_auditevent"}


def test_the_triggers_come_back_too(backups: Path, tmp_path: Path) -> None:
    path = made(backups)
    with empty(tmp_path):
        restore(path, key=KEY)
        with pytest.raises(Exception, match="kept as it was issued"), connection.cursor() as cursor:
            cursor.execute("UPDATE plans_planversion SET note = 'Another note'")


def test_what_is_written_meanwhile_is_in_the_backup_whole_or_not_at_all(backups: Path, tmp_path: Path) -> None:
    with somebody_writing_pairs():
        path = made(backups)
    with empty(tmp_path):
        restore(path, key=KEY)
        assert AuditEvent.objects.filter(detail=SOMEBODY_WRITES).count() % 2 == 0


@contextmanager
def somebody_writing_pairs() -> Iterator[None]:
    """Two events at a time, each pair in one transaction, as fast as it goes."""
    done = Event()
    writer = Thread(target=write_pairs, args=(dict(connection.settings_dict), done))
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def write_pairs(named: dict[str, Any], done: Event) -> None:
    add = "INSERT INTO practice_auditevent (at, action, object_type, object_id, detail, why, session) VALUES {}"
    one = f"(CURRENT_TIMESTAMP, 'opened', '', '', '{SOMEBODY_WRITES}', '', '')"
    with closing(own_connection(named)) as mine:
        while not done.is_set():
            mine.execute(add.format(one))
            mine.execute(add.format(one))
            mine.commit()
            # Without a pause nobody else would ever get a turn.
            time.sleep(0.002)


def own_connection(named: dict[str, Any]) -> Any:
    if connection.vendor == "sqlite":
        return sqlite3.connect(named["NAME"], timeout=20)
    return psycopg.connect(
        host=named["HOST"], port=named["PORT"], user=named["USER"], password=named["PASSWORD"], dbname=named["NAME"]
    )


@pytest.mark.requirement("HIPAA 164.312(a)(2)(iv)")
def test_nothing_of_a_record_can_be_read_in_the_file(backups: Path) -> None:
    assert not [word for word in (b"Rivera", b"SQLite format", b"PGDMP") if word in made(backups).read_bytes()]


def test_a_backup_can_be_read_by_its_owner_alone(backups: Path) -> None:
    assert made(backups).stat().st_mode & 0o077 == 0


def test_nothing_lies_in_the_clear_afterwards(backups: Path) -> None:
    made(backups)
    assert files_in(Path(django_settings.VAR_DIR)) == []


def test_a_backup_leaves_an_event(backups: Path) -> None:
    path = made(backups)
    assert AuditEvent.objects.get(action="backed_up").detail.startswith(path.name)


def test_a_backup_is_read_back_before_it_has_its_name(backups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*args: Any) -> None:
        raise Damaged("It does not open.")

    monkeypatch.setattr(backing_up, "_prove", damaged)
    with pytest.raises(Damaged):
        made(backups)
    assert files_in(backups) == []


def test_what_a_killed_backup_left_is_removed_by_the_next(backups: Path) -> None:
    backups.mkdir()
    (backups / "steady-20260101T000000.000000Z.backup.part").write_bytes(b"half")
    assert files_in(backups) != [made(backups).name]
    assert len(files_in(backups)) == 1


def test_what_a_killed_backup_left_in_the_clear_is_removed_by_tidy(backups: Path) -> None:
    with scratch() as folder:
        pass
    (folder / "copy.sqlite3").write_bytes(b"every record")
    call_command("tidy", stdout=StringIO())
    assert files_in(folder) == []


def test_tidy_leaves_a_backup_that_is_being_made_alone(backups: Path) -> None:
    with scratch() as folder:
        (folder / "copy.sqlite3").touch()
        call_command("tidy", stdout=StringIO())
        assert files_in(folder) == ["copy.sqlite3"]


def test_an_older_program_makes_no_backup_of_a_newer_database(backups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backing_up, "applied", lambda connection: ["plans.9999_from_the_future"])
    with pytest.raises(KeepingRefused, match="The database is of a newer version"):
        made(backups)
    assert files_in(backups) == []


def test_the_backup_says_that_older_ones_need_another_key(backups: Path, settings: Settings) -> None:
    made(backups).rename(backups / "steady-20260101T000000.000000Z.backup")
    settings.BACKUP_KEY = KEY[::-1]
    said = StringIO()
    call_command("backup", "--to", backups, stdout=said)
    assert "Backups that only it opens: 1 in" in said.getvalue()


def test_two_backups_at_once_are_refused(backups: Path) -> None:
    with scratch() as folder:
        (folder / "what the first one is writing").touch()
        with pytest.raises(KeepingRefused, match="Another backup"):
            made(backups)
        assert files_in(folder) == ["what the first one is writing"]


def test_a_surplus_backup_is_removed(backups: Path) -> None:
    first = made(backups)
    second = made(backups)
    assert files_in(backups) == [second.name] != [first.name]


def test_a_backup_stays_though_the_clock_was_set_back(backups: Path) -> None:
    backups.mkdir()
    (backups / "steady-20990101T000000.000000Z.backup").write_bytes(b"made while the clock was wrong")
    assert back_up(backups, key=KEY, rule=Rule(days=0, weeks=0, months=0)).exists()


def test_without_a_key_there_is_no_backup(backups: Path) -> None:
    with pytest.raises(KeepingRefused, match="BACKUP_KEY must be set"):
        back_up(backups, key="", rule=RULE)
    assert files_in(backups) == []


def test_a_full_disk_leaves_no_half_backup(backups: Path) -> None:
    with room_for(8_000), pytest.raises(KeepingRefused):
        made(backups)
    assert files_in(backups) == []


def test_a_wrong_key_opens_nothing(backups: Path) -> None:
    with pytest.raises(WrongKey):
        check(made(backups), key=KEY[::-1])


def test_a_folder_that_is_a_file_is_told(tmp_path: Path, backups: Path) -> None:
    backups.write_text("not a folder")
    with pytest.raises(KeepingRefused, match="exists"):
        made(backups)


def test_a_missing_program_is_told(backups: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(KeepingRefused, match="install PostgreSQL"):
        next(postgresql_copies.dump(connection))


def refused_restores(path: Path, tmp_path: Path) -> dict[str, tuple[Path, str, str]]:
    cut = tmp_path / "cut.backup"
    cut.write_bytes(path.read_bytes()[:-1])
    changed = tmp_path / "changed.backup"
    changed.write_bytes(path.read_bytes()[:-40] + b"!" + path.read_bytes()[-39:])
    return {
        "a wrong key": (path, KEY[::-1], "not the key"),
        "a file that was cut": (cut, KEY, "damaged or cut off"),
        "a file that was changed": (changed, KEY, "damaged or cut off"),
        "no backup at all": (Path(__file__), KEY, "not a backup"),
        "no file": (tmp_path / "nothing.backup", KEY, "No such file"),
        "a newer version": (with_facts(path, schema=["plans.9999_from_the_future"]), KEY, "newer version"),
        "another database": (with_facts(path, kind="oracle"), KEY, "backup of oracle"),
    }


REFUSED = (
    "a wrong key",
    "a file that was cut",
    "a file that was changed",
    "no backup at all",
    "no file",
    "a newer version",
    "another database",
)


def test_what_is_not_right_restores_nothing(backups: Path, tmp_path: Path) -> None:
    cases = refused_restores(made(backups), tmp_path)
    assert set(cases) == set(REFUSED)
    with empty(tmp_path) as name:
        for path, key, words in cases.values():
            with pytest.raises(KeepingRefused, match=words):
                restore(path, key=key)
            assert connection.vendor == "postgresql" or not Path(name).exists()
        assert connection.introspection.table_names() == []


def test_a_full_disk_restores_nothing(backups: Path, tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        # Its server writes its own files, and takes back a transaction that it cannot finish.
        assert "--single-transaction" in Path(postgresql_copies.__file__).read_text(encoding="utf-8")
        return
    path = made(backups)
    with empty(tmp_path) as name:
        with room_for(40_000), pytest.raises(KeepingRefused):
            restore(path, key=KEY)
        assert not Path(name).exists()


def test_nobody_is_written_over(backups: Path) -> None:
    path = made(backups)
    with pytest.raises(KeepingRefused, match="people in the database already"):
        restore(path, key=KEY)


def test_the_facts_stand_in_plain_sight(backups: Path) -> None:
    facts = facts_of(made(backups))
    assert (facts["kind"], "plans.0001_initial" in facts["schema"]) == (connection.vendor, True)


def test_the_commands_say_in_a_sentence_what_is_wrong(backups: Path, settings: Settings) -> None:
    settings.BACKUP_KEY = ""
    with pytest.raises(CommandError, match=r"No backup was made\. BACKUP_KEY must be set"):
        call_command("backup", "--to", backups)


def test_the_commands_make_check_and_restore(backups: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("backup", "--to", backups)
    path = next(backups.iterdir())
    call_command("check_backup", path)
    with empty(tmp_path):
        call_command("restore", path)
    assert capsys.readouterr().out.count(path.name) == 2


@pytest.mark.requirement("HIPAA 164.312(c)(2)")
def test_a_backup_holds_the_newest_seal_of_the_record(backups: Path) -> None:
    audit.record(audit.Action.SIGNED_IN, actor=None)
    newest = Witness.read(facts_of(made(backups))["newest_seal"])
    assert newest == newest_seal()


def test_a_restored_record_is_checked_against_its_seal(backups: Path, tmp_path: Path) -> None:
    audit.record(audit.Action.SIGNED_IN, actor=None)
    path = with_facts(made(backups), newest_seal=Witness(1, "0" * 64).written())
    with empty(tmp_path), pytest.raises(CommandError, match="does not fit its seals"):
        call_command("restore", path)


def test_the_dump_asks_for_the_same_tls_as_the_program() -> None:
    told = {"HOST": "db", "PORT": "", "USER": "steady", "NAME": "steady", "OPTIONS": {"sslmode": "verify-full"}}
    there = connections.create_connection(DEFAULT_DB_ALIAS)
    there.settings_dict = there.settings_dict | told
    assert postgresql_copies._where(there)[-1] == "--dbname=host=db user=steady dbname=steady sslmode=verify-full"


def test_pieces_are_never_larger_than_a_mebibyte() -> None:
    assert {len(piece) for piece in sealed_files._pieces([b"x" * 3_000_000])} == {1 << 20, 3_000_000 - (2 << 20)}
