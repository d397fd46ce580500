"""The seals: whatever is done to the record without the key shows, and the sentence says where."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from practice import audit, sealing
from practice.models import AuditEvent, AuditSeal, User

pytestmark = pytest.mark.django_db
TABLES = ("practice_auditevent", "practice_auditseal")
DETAILS = st.lists(st.text(max_size=20), min_size=1, max_size=6)
TRIED = hypothesis_settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(*details: str) -> list[AuditEvent]:
    return [audit.record(audit.Action.CHANGED, actor=None, detail=detail) for detail in details]


def sealed(*batches: tuple[str, ...]) -> None:
    for batch in batches:
        write(*batch)
        sealing.seal()


def past_the_triggers(statement: str, *values: object) -> None:
    """What somebody does who owns the database: the triggers are gone."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for operation in ("update", "delete"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{operation}{on}")
        cursor.execute(statement, values)


def faults() -> tuple[str, ...]:
    return sealing.check().faults


@pytest.mark.requirement("ASVS 16.4.2", "HIPAA 164.312(c)(2)")
@TRIED
@given(DETAILS, DETAILS)
def test_a_record_as_it_was_written_fits_its_seals(first: list[str], second: list[str]) -> None:
    with transaction.atomic():
        sealed(tuple(first), tuple(second))
        assert faults() == ()
        transaction.set_rollback(True)


@pytest.mark.requirement("ASVS 16.4.2", "HIPAA 164.312(c)(1)")
@TRIED
@given(DETAILS, st.data())
@pytest.mark.parametrize("column", [name for name in sealing.COLUMNS[sealing.FORM] if name not in ("id", "actor_id")])
def test_an_edit_of_any_column_is_found(column: str, details: list[str], data: st.DataObject) -> None:
    other = {"at": "2020-01-01 00:00:00+00:00", "patient_id": "0" * 32, "address": "192.0.2.99"}.get(column, "forged")
    with transaction.atomic():
        sealed(tuple(details))
        chosen = data.draw(st.sampled_from(list(AuditEvent.objects.all())))
        past_the_triggers(f"UPDATE practice_auditevent SET {column} = %s WHERE id = %s", other, chosen.pk)
        assert faults()
        transaction.set_rollback(True)


def test_another_name_under_a_deed_is_found() -> None:
    actor = User.objects.create(username="ana")
    sealed(("one",))
    key = User._meta.pk.get_db_prep_value(actor.pk, connection)
    past_the_triggers("UPDATE practice_auditevent SET actor_id = %s", key)
    assert faults()


@TRIED
@given(DETAILS, DETAILS, st.data())
def test_a_removed_event_is_found(first: list[str], second: list[str], data: st.DataObject) -> None:
    with transaction.atomic():
        sealed(tuple(first), tuple(second))
        chosen = data.draw(st.sampled_from(list(AuditEvent.objects.all())))
        past_the_triggers("DELETE FROM practice_auditevent WHERE id = %s", chosen.pk)
        assert faults()
        transaction.set_rollback(True)


def test_an_event_that_was_put_between_is_found() -> None:
    events = write("one", "two", "three")
    past_the_triggers("DELETE FROM practice_auditevent WHERE id = %s", events[1].pk)
    sealing.seal()
    AuditEvent.objects.bulk_create([AuditEvent(id=events[1].pk, action="opened")])
    assert "2 events were sealed, 3 are there" in faults()[0]


def test_an_event_that_was_put_before_all_is_found() -> None:
    sealed(("one",))
    AuditEvent.objects.bulk_create([AuditEvent(id=-1, action="opened")])
    assert faults()


def test_two_events_that_changed_places_are_found() -> None:
    one, two = write("one", "two")
    sealing.seal()
    past_the_triggers("UPDATE practice_auditevent SET id = -5 WHERE id = %s", one.pk)
    past_the_triggers("UPDATE practice_auditevent SET id = %s WHERE id = %s", one.pk, two.pk)
    past_the_triggers("UPDATE practice_auditevent SET id = %s WHERE id = -5", two.pk)
    assert faults()


def test_a_tail_rebuilt_without_the_key_is_found(settings: Settings) -> None:
    sealed(("one",), ("two",))
    right = settings.AUDIT_KEY
    past_the_triggers("DELETE FROM practice_auditseal WHERE number = 2")
    past_the_triggers("UPDATE practice_auditevent SET detail = 'forged' WHERE detail = 'two'")
    settings.AUDIT_KEY = "another key, as the right one is not in the database"
    sealing.seal()
    settings.AUDIT_KEY = right
    assert [fault[:6] for fault in faults()] == ["Seal 2"]


def test_only_the_batch_that_was_forged_is_blamed() -> None:
    sealed(("one",), ("two",), ("three",))
    past_the_triggers("UPDATE practice_auditevent SET detail = 'forged' WHERE detail = 'two'")
    assert [fault[:6] for fault in faults()] == ["Seal 2"]


@pytest.fixture
def cut_off() -> sealing.Witness:
    """The end is gone with its seals: what is left fits. What was kept elsewhere is given back."""
    sealed(("one",), ("two",))
    kept = sealing.newest_seal()
    past_the_triggers("DELETE FROM practice_auditseal WHERE number = 2")
    past_the_triggers("DELETE FROM practice_auditevent WHERE detail = 'two'")
    return kept


def test_a_tail_cut_off_with_its_seals_is_found_by_the_seal_kept_elsewhere(cut_off: sealing.Witness) -> None:
    assert "cut off" in sealing.check(witnesses={"a drawer": cut_off}).faults[0]


def test_a_tail_cut_off_and_sealed_anew_with_the_key_is_found_by_the_seal_kept_elsewhere(
    cut_off: sealing.Witness,
) -> None:
    sealed(("forged",))
    assert [faults(), len(sealing.check(witnesses={"a drawer": cut_off}).faults)] == [(), 1]


def test_a_seal_that_was_kept_elsewhere_stands_while_the_record_grows() -> None:
    sealed(("one",))
    kept = sealing.newest_seal()
    assert kept
    sealed(("two",))
    assert sealing.check(witnesses={"a drawer": kept}).fits


def test_a_removed_seal_is_found() -> None:
    sealed(("one",), ("two",))
    past_the_triggers("DELETE FROM practice_auditseal WHERE number = 1")
    assert "Seal 1 is missing." in faults()


@pytest.mark.parametrize("change", ["first_event = 0", "count = 1", "sealed_at = '2020-01-01 00:00:00+00:00'"])
def test_an_edited_seal_is_found(change: str) -> None:
    sealed(("one", "two"))
    past_the_triggers(f"UPDATE practice_auditseal SET {change}")
    assert faults()


def test_a_seal_of_a_newer_program_is_named() -> None:
    sealed(("one",))
    past_the_triggers("UPDATE practice_auditseal SET form = 99")
    assert "newer program" in faults()[0]


def test_gaps_between_the_numbers_of_events_are_no_fault() -> None:
    events = write("one", "rolled back", "three")
    past_the_triggers("DELETE FROM practice_auditevent WHERE id = %s", events[1].pk)
    sealing.seal()
    assert faults() == ()


def test_nothing_new_makes_no_seal() -> None:
    sealed(("one",))
    sealing.seal()
    assert AuditSeal.objects.count() == 1


def test_a_long_record_is_sealed_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    sealed(("one", "two", "three", "four", "five"))
    assert list(AuditSeal.objects.values_list("count", flat=True)) == [2, 2, 1]


def test_what_is_not_sealed_yet_is_counted() -> None:
    sealed(("one",))
    write("two", "three")
    assert sealing.check().unsealed == 2


# --- the commands --------------------------------------------------------------------------------------


def run(command: str, *arguments: str) -> str:
    said = StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


def test_the_command_that_seals_writes_the_newest_seal_out() -> None:
    write("one")
    said = run("seal_audit").split("Newest seal: ")[1]
    assert json.loads(said)["digest"] == AuditSeal.objects.get().digest


def test_what_the_command_says_is_a_seal_to_keep() -> None:
    write("one")
    assert sealing.Witness.read(run("seal_audit")) == sealing.newest_seal()
