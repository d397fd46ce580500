"""Moving a clinic to another database: all of it, the same, or nothing.

The tests' own database stands for one end (SQLite here, PostgreSQL where the suite runs on it), a SQLite file for the
other; rows go there and back, so that both directions are played on each.
"""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from shutil import copy2

import pytest
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, IntegrityError, connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import DjangoDbBlocker

from clinic_site.moving import move
from clinic_site.moving.move import move_to
from clinic_site.moving.places import FILLED, database_at
from clinic_site.moving.refusals import MoveRefused
from clinic_site.moving.rows import Tally, every_model, tally
from clinic_site.moving.triggers_aside import triggers_aside
from clinic_site.tests.access_world import build_world
from intake.models import Patient
from intake.tests.factories import make_patient
from plans.models import PlanVersion
from plans.tests.factories import make_issued
from practice import audit
from practice.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A SQLite file with every table and no rows. Its triggers are missed by nobody: they rest while rows move."""
    made = tmp_path_factory.mktemp("tables") / "tables.sqlite3"
    with django_db_blocker.unblock(), database_at(f"sqlite:///{made}") as alias:
        with connections[alias].schema_editor() as editor:
            for model in every_model():
                if not model._meta.auto_created:
                    editor.create_model(model)
        MigrationRecorder(connections[alias]).ensure_schema()
    return made


@pytest.fixture
def url(tables: Path, tmp_path: Path) -> str:
    return f"sqlite:///{copy2(tables, tmp_path / 'elsewhere.sqlite3')}"


@pytest.fixture
def elsewhere(url: str) -> Iterator[str]:
    """The file's alias, once it has been through the migrations of the tests' own database."""
    with database_at(url) as alias:
        record_migrations(alias)
        yield alias


def record_migrations(alias: str) -> None:
    been = MigrationRecorder(connection).applied_migrations()
    rows = [MigrationRecorder.Migration(app=app, name=name) for app, name in been]
    MigrationRecorder.Migration.objects.using(alias).bulk_create(rows)


def tallies(alias: str) -> dict[str, Tally]:
    return {model._meta.db_table: tally(model, alias) for model in every_model()}


def forget_everything() -> None:
    """As `migrate` leaves a database: what is kept as it was written can be removed in no other way."""
    with triggers_aside(DEFAULT_DB_ALIAS), connection.cursor() as cursor:
        for model in every_model():
            if model not in FILLED:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def there_and_back(elsewhere: str) -> None:
    move_to(elsewhere)
    forget_everything()
    move_to(DEFAULT_DB_ALIAS, here=elsewhere)


def test_every_row_of_every_table_is_the_same_after_two_moves(elsewhere: str) -> None:
    build_world()
    before = tallies(DEFAULT_DB_ALIAS)
    there_and_back(elsewhere)
    assert tallies(DEFAULT_DB_ALIAS) == before


def test_what_is_kept_as_it_was_issued_is_kept_there_too(elsewhere: str) -> None:
    make_issued()
    there_and_back(elsewhere)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {PlanVersion._meta.db_table}")


def test_the_next_event_gets_a_number_of_its_own(elsewhere: str) -> None:
    last = audit.record(audit.Action.SIGNED_OUT, actor=None)
    there_and_back(elsewhere)
    assert audit.record(audit.Action.SIGNED_OUT, actor=None).pk > last.pk


def test_a_database_that_holds_somebody_is_refused(elsewhere: str) -> None:
    make_patient()
    move_to(elsewhere)
    with pytest.raises(MoveRefused, match="not empty"):
        move_to(elsewhere)


def test_a_database_of_another_version_is_refused(elsewhere: str) -> None:
    MigrationRecorder(connections[elsewhere]).record_applied("plans", "9999_of_a_newer_version")
    with pytest.raises(MoveRefused, match="same migrations"):
        move_to(elsewhere)


def test_nothing_is_written_when_a_table_is_not_the_same(elsewhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_patient()
    copy = move.copy
    monkeypatch.setattr(move, "copy", lambda model, **ends: None if model is AuditEvent else copy(model, **ends))
    audit.record(audit.Action.SIGNED_OUT, actor=None)
    with pytest.raises(MoveRefused, match="is not the same"):
        move_to(elsewhere)
    assert not Patient.objects.using(elsewhere).exists()


def test_a_changed_letter_changes_the_tally(elsewhere: str) -> None:
    patient = make_patient(given_name="Sam")
    before = tally(Patient, DEFAULT_DB_ALIAS)
    Patient.objects.filter(pk=patient.pk).update(given_name="Sem")
    assert tally(Patient, DEFAULT_DB_ALIAS) != before


@pytest.mark.parametrize("to", ["", "nonsense", "mysql-of-some-kind://here/there", "postgres://127.0.0.1:1/steady"])
def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(to: str) -> None:
    with pytest.raises(CommandError, match="Nothing was moved"):
        call_command("move_database", to=to, stdout=StringIO())


def test_a_database_that_was_not_migrated_is_told_in_a_sentence(url: str) -> None:
    with pytest.raises(CommandError, match="run `migrate` on both"):
        call_command("move_database", to=url, stdout=StringIO())


def test_the_password_of_the_new_database_need_not_stand_on_the_command_line(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEW_DATABASE_URL", url)
    with database_at(url) as alias:
        record_migrations(alias)
    said = StringIO()
    call_command("move_database", stdout=said)
    assert "Every table is the same in both." in said.getvalue()


def test_a_move_to_nowhere_is_told() -> None:
    with pytest.raises(CommandError, match="Where to"):
        call_command("move_database")


@pytest.mark.requirement("ASVS 16.2.1")
def test_a_move_stands_in_the_record_of_both_databases(url: str) -> None:
    with database_at(url) as alias:
        record_migrations(alias)
    call_command("move_database", to=url, stdout=StringIO())
    with database_at(url) as alias:
        found = [AuditEvent.objects.using(each).get(action="exported").detail for each in (DEFAULT_DB_ALIAS, alias)]
    assert found == ["every row of the clinic, into another database"] * 2


def test_a_move_that_was_refused_stands_in_no_record(url: str) -> None:
    with pytest.raises(CommandError, match="run `migrate` on both"):
        call_command("move_database", to=url, stdout=StringIO())
    assert not AuditEvent.objects.filter(action="exported").exists()


def test_the_command_shows_each_table_with_its_count(url: str) -> None:
    make_patient()
    with database_at(url) as alias:
        record_migrations(alias)
    said = StringIO()
    call_command("move_database", to=url, stdout=said)
    assert f"{Patient._meta.db_table}: 1 rows" in said.getvalue()
