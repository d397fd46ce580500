"""AUDIT_KEY is changed by putting the new key in front of the old one: one chain goes on under both."""

import pytest
from pytest_django import Settings

from practice import sealing
from practice.models import AuditSeal
from practice.tests.test_sealing import faults, past_the_triggers, sealed, write

pytestmark = pytest.mark.django_db
OLD, NEW = "the old key of the record, long enough", "the new key of the record, long enough"


@pytest.fixture
def changed(settings: Settings) -> Settings:
    """One seal under the old key, one under the new one."""
    settings.AUDIT_KEY = OLD
    sealed(("one",))
    settings.AUDIT_KEY = f"{NEW}, {OLD}"
    sealed(("two",))
    return settings


@pytest.mark.usefixtures("changed")
def test_what_an_older_key_sealed_still_fits() -> None:
    assert faults() == ()


def test_new_seals_are_made_under_the_first_key_and_cover_the_one_before(changed: Settings) -> None:
    changed.AUDIT_KEY = NEW
    assert [fault[:6] for fault in faults()] == ["Seal 1"]


@pytest.mark.usefixtures("changed")
def test_an_event_that_the_older_key_sealed_is_guarded_as_before() -> None:
    past_the_triggers("UPDATE practice_auditevent SET detail = 'forged' WHERE detail = 'one'")
    assert [fault[:6] for fault in faults()] == ["Seal 1"]


def test_the_older_key_makes_no_seal_after_one_of_the_newer_key(changed: Settings) -> None:
    both, changed.AUDIT_KEY = changed.AUDIT_KEY, OLD
    sealed(("forged",))
    changed.AUDIT_KEY = both
    assert [fault[:6] for fault in faults()] == ["Seal 3"]


def test_a_record_made_anew_under_the_older_key_is_found_by_the_seal_kept_elsewhere(changed: Settings) -> None:
    kept, both = sealing.newest_seal(), changed.AUDIT_KEY
    assert kept
    past_the_triggers("DELETE FROM practice_auditseal")
    changed.AUDIT_KEY = OLD
    sealing.seal()
    changed.AUDIT_KEY = both
    assert "cut off or made anew" in sealing.check(witnesses={"a drawer": kept}).faults[0]


def test_who_waited_while_another_sealed_seals_nothing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    write("one")
    others = iter([sealing.seal])

    def another_comes_first(table: str, mode: str) -> None:
        if table == "practice_auditseal":
            next(others, lambda: 0)()

    monkeypatch.setattr(sealing, "_lock", another_comes_first)
    assert (sealing.seal(), AuditSeal.objects.count()) == (0, 1)
