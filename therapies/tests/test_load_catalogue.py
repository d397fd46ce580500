"""`load_catalogue`: safe to run again, all or nothing, and never over what the clinic changed."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from practice.models import AuditEvent
from therapies.models import Instruction, InstructionVersion, Programme, Source, Therapy, TherapyPage
from therapies.tests.factories import make_instruction, make_programme, make_source, make_therapy
from therapies.tests.sample_catalogue import change, write_catalogue

pytestmark = pytest.mark.django_db
ICE, WORDS, PAGE_WORDS = "instructions/ice.toml", "instructions/ice.en.toml", "therapies/ice.en.toml"
OFFERED = "the clinic changed this; the newer shipped text is offered as a draft"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_catalogue(tmp_path)


def load(folder: Path) -> list[str]:
    """Run the command; the lines it printed."""
    out = StringIO()
    call_command("load_catalogue", "--from", str(folder), stdout=out)
    return out.getvalue().splitlines()


def clinic_changes(version: InstructionVersion) -> InstructionVersion:
    """A version of the clinic's own in the place of `version`."""
    InstructionVersion.objects.filter(pk=version.pk).supersede()
    own = InstructionVersion.objects.get(pk=version.pk)
    own.pk, own.number, own.origin, own.status = None, version.number + 1, "clinic", "published"
    own.content_hash, own._state.adding = "f" * 64, True
    own.save()
    return own


def test_everything_is_published_the_first_time(folder: Path) -> None:
    assert load(folder) == [
        "source clinic-article: added",
        "therapy ice: added",
        "page ice (en): version 1 published",
        "therapy massage: added",
        "page massage (en): version 1 published",
        "ice-pack: version 1 published",
        "programme first-48-hours: added",
    ]


def test_the_dose_arrives_as_numbers(folder: Path) -> None:
    load(folder)
    assert InstructionVersion.objects.get().minutes == 10


def test_the_words_arrive(folder: Path) -> None:
    load(folder)
    assert InstructionVersion.objects.get().texts.get().steps == [
        "Wrap the pack.",
        "Lay it on.",
        "Take it off.",
    ]


def test_a_second_run_changes_nothing(folder: Path) -> None:
    load(folder)
    assert load(folder) == ["nothing changed"]


def test_a_second_run_writes_no_row(folder: Path) -> None:
    load(folder)
    before = AuditEvent.objects.count(), InstructionVersion.objects.count(), TherapyPage.objects.count()
    load(folder)
    assert (
        AuditEvent.objects.count(),
        InstructionVersion.objects.count(),
        TherapyPage.objects.count(),
    ) == before


def test_new_words_become_the_next_version(folder: Path) -> None:
    load(folder)
    change(folder, WORDS, "Lay it on.", "Lay it on your back.")
    assert load(folder) == ["ice-pack: version 2 published"]


def test_the_version_before_stays_as_it_was(folder: Path) -> None:
    load(folder)
    change(folder, WORDS, "Lay it on.", "Lay it on your back.")
    load(folder)
    assert InstructionVersion.objects.get(status="superseded").texts.get().steps[1] == "Lay it on."


def test_a_change_that_is_taken_back_is_published_again(folder: Path) -> None:
    load(folder)
    change(folder, ICE, "\nminutes = 10\n", "\nminutes = 12\n")
    load(folder)
    change(folder, ICE, "\nminutes = 12\n", "\nminutes = 10\n")
    assert load(folder) == ["ice-pack: version 3 published"]


def test_a_language_that_was_added_makes_a_version(folder: Path) -> None:
    load(folder)
    (folder / "instructions/ice.es.toml").write_text((folder / WORDS).read_text())
    load(folder)
    assert InstructionVersion.objects.get(status="published").texts.count() == 2


def test_a_new_page_text_becomes_the_next_version(folder: Path) -> None:
    load(folder)
    change(folder, PAGE_WORDS, "It is cheap.", "It costs little.")
    assert load(folder) == ["page ice (en): version 2 published"]


def test_a_source_is_corrected_in_place(folder: Path) -> None:
    load(folder)
    change(folder, "sources.toml", "Back spasms", "Back spasms, again")
    assert load(folder) == ["source clinic-article: changed"]


def test_what_the_clinic_changed_is_kept(folder: Path) -> None:
    load(folder)
    own = clinic_changes(InstructionVersion.objects.get())
    change(folder, WORDS, "Lay it on.", "Lay it on your back.")
    load(folder)
    assert InstructionVersion.objects.get(status="published") == own


def test_newer_shipped_text_is_offered_as_a_draft(folder: Path) -> None:
    load(folder)
    clinic_changes(InstructionVersion.objects.get())
    change(folder, WORDS, "Lay it on.", "Lay it on your back.")
    assert load(folder) == [f"ice-pack: {OFFERED}"]


def test_the_same_text_is_not_offered_twice(folder: Path) -> None:
    load(folder)
    clinic_changes(InstructionVersion.objects.get())
    change(folder, WORDS, "Lay it on.", "Lay it on your back.")
    load(folder)
    assert load(folder) == ["nothing changed"]


def test_a_draft_that_is_offered_is_brought_up_to_date(folder: Path) -> None:
    load(folder)
    clinic_changes(InstructionVersion.objects.get())
    for old, new in (("Lay it on.", "Lay it there."), ("Lay it there.", "Lay it here.")):
        change(folder, WORDS, old, new)
        load(folder)
    assert InstructionVersion.objects.get(status="draft").texts.get().steps[1] == "Lay it here."


def test_a_page_text_that_asks_less_first_waits_for_a_clinician(folder: Path) -> None:
    load(folder)
    change(folder, PAGE_WORDS, "Do not use it on numb skin.", "Take care on numb skin.")
    waits = "it loosens a caution, so a clinician decides; the newer shipped text is offered as a draft"
    assert load(folder) == [f"page ice (en): {waits}"]


def test_what_the_clinic_changed_and_shipping_did_not_stays_quiet(folder: Path) -> None:
    load(folder)
    clinic_changes(InstructionVersion.objects.get())
    assert load(folder) == ["nothing changed"]


def test_a_page_that_the_clinic_changed_is_kept(folder: Path) -> None:
    load(folder)
    TherapyPage.objects.filter(therapy="ice").supersede()
    own = TherapyPage.objects.get(therapy="ice")
    own.pk, own.number, own.origin, own.status, own._state.adding = None, 2, "clinic", "published", True
    own.save()
    change(folder, PAGE_WORDS, "It is cheap.", "It costs little.")
    assert load(folder) == [f"page ice (en): {OFFERED}"]


def test_a_programme_follows_its_file(folder: Path) -> None:
    load(folder)
    change(folder, "programmes.en.toml", "Small moves.", "Tiny moves.")
    load(folder)
    assert Programme.objects.get().summary == "Tiny moves."


def test_a_programme_that_the_clinic_changed_is_kept(folder: Path) -> None:
    load(folder)
    Programme.objects.update(title="Our own start")
    change(folder, "programmes.en.toml", "Small moves.", "Tiny moves.")
    load(folder)
    assert Programme.objects.get(pk="first-48-hours").title == "Our own start"


def test_a_newer_programme_is_offered_beside_the_clinics(folder: Path) -> None:
    load(folder)
    Programme.objects.update(title="Our own start")
    change(folder, "programmes.en.toml", "Small moves.", "Tiny moves.")
    load(folder)
    assert Programme.objects.get(pk="first-48-hours-shipped").status == "draft"


def test_the_same_programme_is_not_offered_twice(folder: Path) -> None:
    load(folder)
    Programme.objects.update(title="Our own start")
    change(folder, "programmes.en.toml", "Small moves.", "Tiny moves.")
    load(folder)
    assert load(folder) == ["nothing changed"]


def test_a_programme_of_the_clinics_own_is_left_alone(folder: Path) -> None:
    make_programme(slug="our-own", instructions=(make_instruction(),))
    load(folder)
    assert Programme.objects.filter(pk="our-own", status="published").exists()


def test_an_instruction_of_the_clinics_own_is_left_alone(folder: Path) -> None:
    make_instruction(slug="our-own")
    load(folder)
    assert Instruction.objects.filter(pk="our-own").exists()


def test_a_fault_is_told_with_its_file_and_field(folder: Path) -> None:
    change(folder, ICE, "minutes = 10", "minutes = 40")
    with pytest.raises(
        CommandError, match=r"instructions/ice\.toml: \[ice-pack\] dose\.minutes: must be from 1 to 20\."
    ):
        load(folder)


def test_a_fault_changes_nothing(folder: Path) -> None:
    change(folder, "programmes.toml", '"ice-pack"', '"hot-pack"')
    with pytest.raises(CommandError):
        load(folder)
    assert not Source.objects.exists()


def test_an_instruction_never_moves_to_another_therapy(folder: Path) -> None:
    make_instruction(slug="ice-pack", kind="heat")
    with pytest.raises(CommandError, match="ice-pack: belongs to heat and cannot move to ice; give it a new name"):
        load(folder)


def test_what_is_found_out_half_way_changes_nothing(folder: Path) -> None:
    make_instruction(slug="ice-pack", kind="heat")
    with pytest.raises(CommandError):
        load(folder)
    assert not Therapy.objects.filter(pk="massage").exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        load(tmp_path / "nowhere")


def test_each_publication_is_logged(folder: Path) -> None:
    load(folder)
    assert AuditEvent.objects.filter(action="published", actor=None).count() == 3


def test_the_shipped_catalogue_loads_into_an_empty_database() -> None:
    call_command("load_catalogue", stdout=StringIO())
    assert InstructionVersion.objects.published().count() == Instruction.objects.count() > 25


def test_the_shipped_catalogue_loads_beside_a_clinics_rows() -> None:
    make_source(key="our-own")
    make_therapy(kind="ice")
    call_command("load_catalogue", stdout=StringIO())
    assert Source.objects.filter(pk="our-own").exists()
