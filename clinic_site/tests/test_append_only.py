"""Rows that are kept as they were written: every way around that is tried, in SQL and in Python."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction

from intake.models import GlassSeen, Screening
from intake.tests.factories import make_closing, make_complaint, make_patient, make_red_flag, make_screening, make_staff
from intake.tests.factories_restrictions import make_broken_glass, make_restriction
from plans.models import Acknowledgement, Override, PlanItem, PlanVersion, Printing
from plans.tests.factories import freeze, make_draft, make_issued, make_item
from plans.tests.factories_decisions import make_clearance, make_override, make_resumption
from plans.tests.factories_keeping import make_keep_order
from plans.tests.factories_orders import make_countersignature, make_order
from plans.tests.factories_phases import make_hold, make_opening, make_release
from practice import audit
from practice.append_only import AppendOnlyError
from practice.models import AuditEvent, AuditSeal, Clinic, Erasure, SwitchDecision
from practice.sealing import seal
from practice.tests.factories import make_decision
from therapies.models import (
    CautionLoosening,
    InstructionText,
    InstructionVersion,
    PageLoosening,
    RetirementDecision,
    RuleSignOff,
    SafetyNotice,
    TextReview,
)
from therapies.tests.factories import make_instruction_version, make_therapy_page
from therapies.tests.factories_pictures import make_clinic_figure, make_uploaded_picture
from therapies.tests.factories_reviews import make_interface, make_review
from therapies.tests.factories_words import make_grade, make_leave, make_tick

pytestmark = pytest.mark.django_db
# A trigger answers with an integrity error; our own classes answer before that.
REFUSED = (AppendOnlyError, IntegrityError)


def an_event() -> AuditEvent:
    return audit.record(audit.Action.SIGNED_IN, actor=make_staff())


def a_decision_about_a_switch() -> SwitchDecision:
    return make_decision(by=make_staff(), signed=True)


def a_published_version() -> InstructionVersion:
    return make_instruction_version()


def a_signature() -> RuleSignOff:
    return RuleSignOff.objects.create(hash="0" * 64, parts={}, capacity="owner", by=make_staff())


def a_safety_notice() -> SafetyNotice:
    return SafetyNotice.objects.create(version=make_instruction_version(), text="It burned somebody.")


def a_loosening() -> CautionLoosening:
    version = make_instruction_version()
    return CautionLoosening.objects.create(version=version, what=["Less."], reason="Seen.", by=make_staff())


def a_loosening_of_a_page() -> PageLoosening:
    return PageLoosening.objects.create(page=make_therapy_page(), what=["Less."], reason="Seen.", by=make_staff())


def a_retirement() -> RetirementDecision:
    version = make_instruction_version()
    return RetirementDecision.objects.create(version=version, what="retired", reason="Hurts.", by=make_staff())


def a_review_of_a_text() -> TextReview:
    return make_review(of=make_interface()["interface-plan"], by=make_staff())


def a_leave_to_publish() -> models.Model:
    return make_leave(by=make_staff())


def a_reading_grade() -> models.Model:
    return make_grade()


def a_tick() -> models.Model:
    return make_tick(by=make_staff())


def a_published_page() -> models.Model:
    return make_therapy_page()


def words_of_a_published_version() -> InstructionText:
    return make_instruction_version().texts.get()


def a_sent_screening() -> Screening:
    return make_screening(patient=make_patient())


def an_issued_version() -> PlanVersion:
    return make_issued()


def an_item_of_an_issued_version() -> PlanItem:
    return make_issued().items.get()


def an_acknowledgement_of_an_issued_version() -> Acknowledgement:
    version = make_draft()
    make_item(version=version)
    screening = make_screening(patient=version.plan.patient)
    read = Acknowledgement.objects.create(
        version=version, screening=screening, modality="ice", rule="I-C1", text="Read.", by=version.changed_by
    )
    freeze(version)
    return read


def a_printing() -> Printing:
    return Printing.objects.create(version=make_issued(), by=make_staff())


def an_override_of_an_issued_version() -> Override:
    version = make_draft()
    make_item(version=version)
    kept = make_override(version=version)
    freeze(version)
    return kept


def a_figure_of_the_clinic() -> models.Model:
    return make_clinic_figure()


def an_uploaded_picture() -> models.Model:
    return make_uploaded_picture()


def a_seal() -> AuditSeal:
    an_event()
    seal()
    return AuditSeal.objects.get()


def seen_by_an_owner() -> models.Model:
    return GlassSeen.objects.create(opening=make_broken_glass(), by=make_staff())


@dataclass(frozen=True)
class Kept:
    """How to make a kept row, and a column that somebody could want to change in it."""

    make: Callable[[], models.Model]
    column: str
    value: Any


def an_erasure() -> models.Model:
    return Erasure.objects.create(patient_id=uuid4(), record_number=9, basis="retention", by=make_staff())


KEPT: dict[str, Kept] = {
    "practice_erasure": Kept(an_erasure, "basis", "never_treated"),
    "practice_auditevent": Kept(an_event, "detail", "nothing happened"),
    "practice_auditseal": Kept(a_seal, "count", 2),
    "practice_historicaluser": Kept(lambda: make_staff().history.get(), "display_name", "Somebody else"),
    "practice_historicalclinic": Kept(lambda: Clinic.load().history.get(), "name", "Another clinic"),
    "intake_historicalpatient": Kept(lambda: make_patient().history.get(), "given_name", "Somebody else"),
    "intake_historicalcomplaint": Kept(
        lambda: make_complaint(patient=make_patient()).history.get(), "brought_on_by", "Something else"
    ),
    "practice_switchdecision": Kept(a_decision_about_a_switch, "signed_at", "2020-01-01 00:00:00+00:00"),
    "therapies_instructionversion": Kept(a_published_version, "level", "strengthening"),
    "therapies_instructiontext": Kept(words_of_a_published_version, "title", "Another title"),
    "therapies_rulesignoff": Kept(a_signature, "capacity", "clinician"),
    "therapies_safetynotice": Kept(a_safety_notice, "text", "Nothing happened."),
    "therapies_cautionloosening": Kept(a_loosening, "reason", "Another reason."),
    "therapies_pageloosening": Kept(a_loosening_of_a_page, "reason", "Another reason."),
    "therapies_retirementdecision": Kept(a_retirement, "reason", "Another reason."),
    "therapies_textreview": Kept(a_review_of_a_text, "outcome", "needs_work"),
    "therapies_readingleave": Kept(a_leave_to_publish, "reason", "Another reason."),
    "therapies_readinggrade": Kept(a_reading_grade, "value", "1.0"),
    "therapies_pemattick": Kept(a_tick, "answer", "no"),
    "therapies_clinicfigure": Kept(a_figure_of_the_clinic, "title", "Another title"),
    "therapies_uploadedpicture": Kept(an_uploaded_picture, "title", "Another title"),
    "therapies_therapypage": Kept(a_published_page, "title", "Another title"),
    "intake_screening": Kept(a_sent_screening, "onset_date", "2020-01-01"),
    "intake_restriction": Kept(make_restriction, "why", "Another reason."),
    "intake_carer": Kept(lambda: make_restriction().carers.get(), "at", "2020-01-01 00:00:00+00:00"),
    "intake_glassbroken": Kept(make_broken_glass, "why", "Another reason."),
    "intake_glassseen": Kept(seen_by_an_owner, "at", "2020-01-01 00:00:00+00:00"),
    "plans_planversion": Kept(an_issued_version, "note", "Another note"),
    "plans_planitem": Kept(an_item_of_an_issued_version, "note", "Another note"),
    "plans_acknowledgement": Kept(an_acknowledgement_of_an_issued_version, "rule", "I-C2"),
    "plans_override": Kept(an_override_of_an_issued_version, "reason", "Another reason"),
    "plans_reviewclearance": Kept(make_clearance, "reason", "Another reason"),
    "plans_planresumption": Kept(make_resumption, "reason", "Another reason"),
    "plans_itemhold": Kept(make_hold, "patient_text", "Go on."),
    "plans_holdrelease": Kept(make_release, "reason", "Another reason"),
    "plans_phaseopening": Kept(make_opening, "at", "2020-01-01 00:00:00+00:00"),
    "intake_redflag": Kept(make_red_flag, "level", "review"),
    "intake_redflagclosing": Kept(make_closing, "done", "Nothing"),
    "plans_standingorder": Kept(make_order, "until", "2020-01-01"),
    "plans_countersignature": Kept(make_countersignature, "at", "2020-01-01 00:00:00+00:00"),
    "plans_keeporder": Kept(make_keep_order, "why", "Another reason."),
    "plans_printing": Kept(a_printing, "at", "2020-01-01 00:00:00+00:00"),
}
# SQLite has no TRUNCATE.
REMOVED = ("update", "delete", *(["truncate"] if connection.vendor == "postgresql" else []))
# Nothing is added to an issued version either.
CLOSED = ("plans_planitem", "plans_acknowledgement", "plans_override")


def run(statement: str, row: models.Model, *values: Any) -> None:
    """The statement, with `values` and then the row's key."""
    key = row._meta.pk.get_db_prep_value(row.pk, connection)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*values, key])


def triggers() -> set[str]:
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(query[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def test_each_trigger_of_the_database_is_tried_here_and_none_is_lost() -> None:
    tried = {f"{table}_refuses_{operation}" for table in KEPT for operation in REMOVED}
    assert {name for name in triggers() if "_refuses_" in name} == tried | {
        f"{table}_refuses_insert" for table in CLOSED
    }


@pytest.mark.requirement("ASVS 16.4.2")
@pytest.mark.parametrize("table", KEPT)
def test_sql_cannot_change_a_kept_row(table: str) -> None:
    kept = KEPT[table]
    row = kept.make()
    with pytest.raises(IntegrityError, match=r"kept|never edited"):
        run(f"UPDATE {table} SET {kept.column} = %s WHERE {row._meta.pk.column} = %s", row, kept.value)


@pytest.mark.requirement("ASVS 16.4.2")
@pytest.mark.parametrize("table", KEPT)
def test_sql_cannot_remove_a_kept_row(table: str) -> None:
    row = KEPT[table].make()
    with pytest.raises(IntegrityError, match=r"kept|never edited"):
        run(f"DELETE FROM {table} WHERE {row._meta.pk.column} = %s", row)


@pytest.mark.requirement("ASVS 16.4.2")
def test_the_record_of_events_cannot_be_emptied() -> None:
    an_event()
    connection.check_constraints()
    emptied = {"sqlite": "DELETE FROM practice_auditevent", "postgresql": "TRUNCATE practice_auditevent CASCADE"}
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(emptied[connection.vendor])


def test_nothing_is_added_to_an_issued_version() -> None:
    version = make_issued()
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        make_item(version=version)


def test_nothing_is_moved_into_an_issued_version() -> None:
    item = make_item(version=make_draft())
    issued = make_issued()
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        PlanItem.objects.filter(pk=item.pk).update(version=issued)


def test_no_words_are_moved_into_a_published_version() -> None:
    words = make_instruction_version(published=False).texts.get()
    published = make_instruction_version()
    published_row = published._meta.pk.get_db_prep_value(published.pk, connection)
    with pytest.raises(IntegrityError, match="kept"):
        run(
            "UPDATE therapies_instructiontext SET version_id = %s, language = 'es' WHERE id = %s",
            words,
            published_row,
        )


def test_no_acknowledgement_is_added_to_an_issued_version() -> None:
    read = an_acknowledgement_of_an_issued_version()
    read.pk, read.rule, read._state.adding = None, "I-C2", True
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        read.save()


def test_a_published_version_does_not_become_a_draft_again() -> None:
    row = make_instruction_version()
    with pytest.raises(IntegrityError, match="kept"):
        run("UPDATE therapies_instructionversion SET status = %s WHERE id = %s", row, "draft")


def test_a_published_version_may_be_superseded() -> None:
    make_instruction_version()
    assert InstructionVersion.objects.all().supersede() == 1


def test_a_draft_may_be_changed() -> None:
    assert PlanVersion.objects.filter(pk=make_draft().pk).update(note="Hello") == 1


def by_save(row: models.Model, kept: Kept) -> None:
    setattr(row, kept.column, kept.value)
    row.save()


def by_delete(row: models.Model, kept: Kept) -> None:
    row.delete()


def by_update(row: models.Model, kept: Kept) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{kept.column: kept.value})


def by_bulk_update(row: models.Model, kept: Kept) -> None:
    setattr(row, kept.column, kept.value)
    type(row)._default_manager.bulk_update([row], [kept.column])


def by_bulk_delete(row: models.Model, kept: Kept) -> None:
    type(row)._default_manager.filter(pk=row.pk).delete()


@pytest.mark.parametrize("way", [by_save, by_delete, by_update, by_bulk_update, by_bulk_delete])
@pytest.mark.parametrize("table", KEPT)
def test_python_cannot_change_or_remove_a_kept_row(table: str, way: Callable[[models.Model, Kept], None]) -> None:
    kept = KEPT[table]
    row = kept.make()
    with pytest.raises(REFUSED), transaction.atomic():
        way(row, kept)
