"""Building a draft: one draft for all, each change counted, what does not fit left out with its reason."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from intake.models import Patient
from intake.tests.factories import make_clinician, make_patient, make_screening, make_staff
from plans.building import (
    CannotAdd,
    DraftGone,
    StaleDraft,
    acknowledge,
    add_item,
    apply_programme,
    change_draft,
    delete_draft,
    move_item,
    remove_item,
    set_items,
    start_plan,
)
from plans.checking import Assessment, assess_draft
from plans.models import Acknowledgement, Plan, PlanItem, PlanVersion
from plans.tests.factories import end, freeze, make_draft, make_issued, make_item, make_ready_draft
from practice.models import AuditEvent, Clinic
from therapies.models import InstructionVersion
from therapies.tests.factories import make_instruction_version, make_programme

pytestmark = pytest.mark.django_db
BONES = {"osteoporosis": True}
NOT_FOR_BONES = [{"condition": "osteoporosis", "action": "avoid"}]


def today() -> date:
    return Clinic.load().today()


def assess(version: PlanVersion) -> Assessment:
    return assess_draft(version, clinic=Clinic.load(), today=today())


def add(version: PlanVersion, slug: str) -> PlanItem:
    return add_item(version, slug, assessment=assess(version), today=today())


def order(version: PlanVersion) -> list[str]:
    return [item.note for item in version.items.all()]


@pytest.fixture
def patient() -> Patient:
    """A patient with a plain screening of today, ten days after the onset."""
    someone = make_patient()
    make_screening(patient=someone)
    return someone


@pytest.fixture
def draft(patient: Patient) -> PlanVersion:
    return make_draft(patient=patient)


# --- starting ------------------------------------------------------------------------------------------


def test_a_first_draft_has_number_one(patient: Patient) -> None:
    assert start_plan(patient, by=make_staff()).number == 1


def test_starting_twice_opens_the_same_draft(patient: Patient) -> None:
    assert start_plan(patient, by=make_staff()) == start_plan(patient, by=make_staff())


def test_starting_twice_makes_one_plan(patient: Patient) -> None:
    for _ in range(2):
        start_plan(patient, by=make_staff())
    assert Plan.objects.count() == 1


def test_a_new_version_has_the_next_number(patient: Patient) -> None:
    make_issued(patient=patient)
    assert start_plan(patient, by=make_staff()).number == 2


def test_a_new_version_is_of_the_same_plan(patient: Patient) -> None:
    issued = make_issued(patient=patient)
    assert start_plan(patient, by=make_staff()).plan == issued.plan


def test_a_new_version_begins_with_the_items_of_the_current_one(patient: Patient) -> None:
    make_issued(patient=patient, items=[{"note": "a", "repetitions": 7}, {"note": "b"}])
    copied = start_plan(patient, by=make_staff())
    assert [(item.note, item.repetitions) for item in copied.items.all()] == [("a", 7), ("b", 3)]


def test_a_new_version_begins_with_the_note_of_the_current_one(patient: Patient) -> None:
    make_issued(patient=patient, note="Go slowly.")
    assert start_plan(patient, by=make_staff()).note == "Go slowly."


def test_a_new_version_leaves_the_current_one_as_it_is(patient: Patient) -> None:
    issued = make_issued(patient=patient)
    start_plan(patient, by=make_staff())
    assert issued.items.count() == 1


def test_a_new_version_takes_the_newest_words(patient: Patient) -> None:
    issued = make_issued(patient=patient)
    old = issued.items.get().instruction_version
    InstructionVersion.objects.all().supersede()
    newer = make_instruction_version(instruction=old.instruction)
    assert start_plan(patient, by=make_staff()).items.get().instruction_version == newer


def test_a_retired_instruction_stays_in_a_new_version_as_a_problem(patient: Patient) -> None:
    make_issued(patient=patient)
    InstructionVersion.objects.all().supersede()
    copied = start_plan(patient, by=make_staff())
    assert [problem.rule for problem in assess(copied).problems] == ["published"]


def test_a_new_version_carries_no_acknowledgement_over() -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    now = assess(version)
    acknowledge(version, {each.key for each in now.to_acknowledge}, assessment=now, by=version.changed_by)
    freeze(version, findings=BONES)
    assert not start_plan(version.plan.patient, by=make_staff()).acknowledgements.exists()


def test_after_an_ended_plan_a_new_one_begins_empty(patient: Patient) -> None:
    ended = end(make_issued(patient=patient))
    begun = start_plan(patient, by=make_staff())
    assert (begun.plan == ended, begun.items.count()) == (False, 0)


# --- changing ------------------------------------------------------------------------------------------


def test_a_change_counts_the_revision_up(draft: PlanVersion) -> None:
    with change_draft(draft, revision=0, by=make_staff()):
        pass
    assert PlanVersion.objects.get().revision == 1


def test_a_change_says_who_made_it(draft: PlanVersion) -> None:
    with change_draft(draft, revision=0, by=make_staff(display_name="Kim Oak")):
        pass
    assert PlanVersion.objects.get().changed_by.display_name == "Kim Oak"


def test_an_old_revision_is_stale(draft: PlanVersion) -> None:
    with change_draft(draft, revision=0, by=make_staff()):
        pass
    with pytest.raises(StaleDraft), change_draft(draft, revision=0, by=make_staff()):
        pass


def test_a_stale_draft_names_who_changed_it(draft: PlanVersion) -> None:
    with change_draft(draft, revision=0, by=make_staff(display_name="Kim Oak")):
        pass
    with pytest.raises(StaleDraft) as stale, change_draft(draft, revision=0, by=make_staff()):
        pass
    assert stale.value.by.display_name == "Kim Oak"


@pytest.mark.parametrize("revision", [-1, 1, 99])
def test_another_revision_changes_nothing(draft: PlanVersion, revision: int) -> None:
    with pytest.raises(StaleDraft), change_draft(draft, revision=revision, by=make_staff()) as locked:
        set_items(locked, "changed", {})
    assert PlanVersion.objects.get().note == ""


def test_a_change_that_fails_counts_nothing_up(draft: PlanVersion) -> None:
    with pytest.raises(CannotAdd), change_draft(draft, revision=0, by=make_staff()) as locked:
        add(locked, "no-such-thing")
    assert PlanVersion.objects.get().revision == 0


def test_an_issued_version_is_no_draft_to_change() -> None:
    issued = make_issued()
    with pytest.raises(DraftGone), change_draft(issued, revision=0, by=make_staff()):
        pass


def test_a_deleted_draft_is_gone(draft: PlanVersion) -> None:
    delete_draft(draft, by=make_staff())
    with pytest.raises(DraftGone), change_draft(PlanVersion(pk=uuid4()), revision=0, by=make_staff()):
        pass


def test_the_note_is_stored(draft: PlanVersion) -> None:
    set_items(draft, "Go slowly.", {})
    assert PlanVersion.objects.get().note == "Go slowly."


def test_dose_dates_and_note_of_an_item_are_stored(draft: PlanVersion) -> None:
    item = make_item(version=draft)
    changes = {"repetitions": 9, "until_date": item.from_date, "note": "Left side first."}
    set_items(draft, "", {item.pk: changes})
    item.refresh_from_db()
    assert {name: getattr(item, name) for name in changes} == changes


def test_an_item_that_is_gone_is_passed_over(draft: PlanVersion) -> None:
    set_items(draft, "", {uuid4(): {"note": "lost"}})
    assert not PlanItem.objects.exists()


# --- adding --------------------------------------------------------------------------------------------


def test_an_instruction_is_added_at_the_end(draft: PlanVersion) -> None:
    make_item(version=draft)
    version = make_instruction_version()
    assert add(draft, version.instruction_id).position == 2


def test_an_added_item_has_the_instructions_dose(draft: PlanVersion) -> None:
    version = make_instruction_version(hold_seconds=20, repetitions=4)
    assert add(draft, version.instruction_id).dose == version.dose


def test_an_added_item_is_for_two_weeks_from_today(draft: PlanVersion) -> None:
    item = add(draft, make_instruction_version().instruction_id)
    assert (item.from_date, item.until_date) == (today(), today() + timedelta(days=13))


@pytest.mark.parametrize(("onset_days", "left"), [(10, 3), (13, 0), (14, 7), (15, 6), (21, 0)])
def test_added_ice_ends_with_the_band_that_today_is_in(draft: PlanVersion, onset_days: int, left: int) -> None:
    make_screening(patient=draft.plan.patient, onset_days=onset_days)
    item = add(draft, make_instruction_version(kind="ice").instruction_id)
    assert item.until_date == today() + timedelta(days=left)


@pytest.mark.parametrize("slug", ["no-such-thing", "", "a" * 10_000])
def test_an_unknown_instruction_is_refused(draft: PlanVersion, slug: str) -> None:
    with pytest.raises(CannotAdd, match="not published"):
        add(draft, slug)


def test_an_unpublished_instruction_is_refused(draft: PlanVersion) -> None:
    with pytest.raises(CannotAdd, match="not published"):
        add(draft, make_instruction_version(published=False).instruction_id)


def test_an_instruction_is_added_once(draft: PlanVersion) -> None:
    slug = make_instruction_version().instruction_id
    add(draft, slug)
    with pytest.raises(CannotAdd, match="in the plan already"):
        add(draft, slug)


def test_an_instruction_that_is_there_in_an_older_version_is_not_added(draft: PlanVersion) -> None:
    old = make_item(version=draft).instruction_version
    InstructionVersion.objects.all().supersede()
    make_instruction_version(instruction=old.instruction)
    with pytest.raises(CannotAdd, match="in the plan already"):
        add(draft, old.instruction_id)


def test_nothing_is_added_before_the_screening() -> None:
    with pytest.raises(CannotAdd, match="Ask the screening first"):
        add(make_draft(), make_instruction_version().instruction_id)


def test_what_is_not_suitable_is_refused_with_the_reason(draft: PlanVersion) -> None:
    make_screening(patient=draft.plan.patient, findings={"poor_circulation": True})
    with pytest.raises(CannotAdd, match="blood flow is poor"):
        add(draft, make_instruction_version(kind="ice").instruction_id)


def test_in_the_first_two_days_another_movement_is_refused(draft: PlanVersion) -> None:
    make_screening(patient=draft.plan.patient, onset_days=1)
    with pytest.raises(CannotAdd, match="first-48-hours set"):
        add(draft, make_instruction_version().instruction_id)


def test_in_the_first_two_days_their_own_movements_are_added(draft: PlanVersion) -> None:
    make_screening(patient=draft.plan.patient, onset_days=1)
    assert add(draft, make_instruction_version(first_48h=True).instruction_id).position == 1


def test_a_movement_with_a_caution_of_its_own_is_refused(draft: PlanVersion) -> None:
    make_screening(patient=draft.plan.patient, findings=BONES)
    with pytest.raises(CannotAdd, match="not for people with"):
        add(draft, make_instruction_version(cautions=NOT_FOR_BONES).instruction_id)


# --- programmes ----------------------------------------------------------------------------------------


def test_a_programme_adds_its_instructions_in_order(draft: PlanVersion) -> None:
    versions = [make_instruction_version() for _ in range(3)]
    programme = make_programme(instructions=tuple(version.instruction for version in versions))
    apply_programme(draft, programme, assessment=assess(draft), today=today())
    assert [item.instruction_version for item in draft.items.all()] == versions


def test_a_programme_leaves_out_what_does_not_fit_and_says_why(draft: PlanVersion) -> None:
    fits, heat = make_instruction_version(), make_instruction_version(kind="heat", slug="heat-pack")
    programme = make_programme(instructions=(heat.instruction, fits.instruction))
    added, [left_out] = apply_programme(draft, programme, assessment=assess(draft), today=today())
    assert [item.instruction_version for item in added] == [fits]
    assert left_out.startswith("Heat pack: ")


def test_a_programme_applied_twice_adds_nothing_twice(draft: PlanVersion) -> None:
    programme = make_programme(instructions=(make_instruction_version().instruction,))
    for _ in range(2):
        apply_programme(draft, programme, assessment=assess(draft), today=today())
    assert draft.items.count() == 1


# --- removing and moving -------------------------------------------------------------------------------


def test_an_item_is_removed(draft: PlanVersion) -> None:
    remove_item(draft, make_item(version=draft).pk)
    assert not draft.items.exists()


def test_removing_what_is_gone_changes_nothing(draft: PlanVersion) -> None:
    make_item(version=draft)
    remove_item(draft, uuid4())
    assert draft.items.count() == 1


def test_an_item_of_another_draft_is_not_removed(draft: PlanVersion) -> None:
    other = make_item(version=make_draft(patient=make_patient()))
    remove_item(draft, other.pk)
    assert PlanItem.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize(
    ("index", "by", "expected"),
    [(1, -1, "bac"), (1, 1, "acb"), (0, -1, "abc"), (2, 1, "abc"), (0, 1, "bac"), (2, -1, "acb")],
)
def test_an_item_moves_one_place_and_stays_at_either_end(
    draft: PlanVersion, index: int, by: int, expected: str
) -> None:
    items = [make_item(version=draft, note=letter) for letter in "abc"]
    move_item(draft, items[index].pk, by=by)
    assert "".join(order(draft)) == expected


def test_moving_what_is_gone_changes_nothing(draft: PlanVersion) -> None:
    make_item(version=draft, note="a")
    move_item(draft, uuid4(), by=1)
    assert order(draft) == ["a"]


# --- acknowledging and deleting ------------------------------------------------------------------------


def test_only_the_named_reasons_are_acknowledged() -> None:
    version = make_ready_draft(findings=BONES, onset_days=1, items=[{}])
    now = assess(version)
    acknowledge(version, {now.to_acknowledge[0].key}, assessment=now, by=make_clinician())
    assert [row.rule for row in Acknowledgement.objects.all()] == [now.to_acknowledge[0].reason.rule]


def test_a_reason_that_does_not_apply_cannot_be_acknowledged(draft: PlanVersion) -> None:
    acknowledge(draft, {"stretching:S-C2:00000000"}, assessment=assess(draft), by=make_clinician())
    assert not Acknowledgement.objects.exists()


def test_an_acknowledgement_keeps_the_words_and_who_read_them() -> None:
    version, clinician = make_ready_draft(findings=BONES, items=[{}]), make_clinician()
    now = assess(version)
    acknowledge(version, {each.key for each in now.to_acknowledge}, assessment=now, by=clinician)
    kept = Acknowledgement.objects.get()
    assert (kept.by, kept.text) == (clinician, now.to_acknowledge[0].reason.text)


def test_deleting_the_only_draft_removes_the_plan(draft: PlanVersion) -> None:
    delete_draft(draft, by=make_staff())
    assert not Plan.objects.exists()


def test_deleting_a_later_draft_keeps_the_plan() -> None:
    issued = make_issued()
    delete_draft(make_draft(plan=issued.plan), by=make_staff())
    assert Plan.objects.get().current == issued


def test_deleting_leaves_an_event(draft: PlanVersion) -> None:
    delete_draft(draft, by=make_staff())
    assert AuditEvent.objects.get(action="changed").object_id == str(draft.pk)


def test_an_issued_version_cannot_be_deleted_as_a_draft() -> None:
    with pytest.raises(DraftGone):
        delete_draft(make_issued(), by=make_staff())
