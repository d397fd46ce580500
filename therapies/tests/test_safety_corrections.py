"""A shipped correction marked `safety` blocks what it corrects, once, and is offered or published as any other."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from practice.models import AuditEvent
from therapies.models import InstructionVersion, SafetyNotice
from therapies.publishing import PublishingError, publish_version
from therapies.tests.factories import make_instruction_version
from therapies.tests.sample_catalogue import change, write_catalogue
from therapies.tests.test_load_catalogue import clinic_changes, load
from therapies.tests.test_loosening import NOON

pytestmark = pytest.mark.django_db
ICE, WORDS = "instructions/ice.toml", "instructions/ice.en.toml"
WHY = "A pack without cloth burned skin."
BLOCKED = f"is blocked for safety: {WHY}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue that was loaded once."""
    write_catalogue(tmp_path)
    load(tmp_path)
    return tmp_path


def correct(folder: Path) -> None:
    """Ship new words that are marked as a correction for safety."""
    change(folder, ICE, 'level = "gentle"', f'level = "gentle"\nsafety = "{WHY}"')
    change(folder, WORDS, "Wrap the pack.", "Wrap the pack in a damp cloth.")


def reword(folder: Path, old: str, new: str) -> list[str]:
    change(folder, WORDS, old, new)
    return load(folder)


def blocked() -> list[int]:
    return sorted(SafetyNotice.objects.values_list("version__number", flat=True))


def test_the_version_that_it_corrects_is_blocked_and_the_correction_published(folder: Path) -> None:
    correct(folder)
    assert load(folder) == [f"ice-pack: version 1 {BLOCKED}", "ice-pack: version 2 published"]


def test_the_correction_itself_is_not_blocked(folder: Path) -> None:
    correct(folder)
    load(folder)
    assert InstructionVersion.objects.handed_out().get().number == 2


def test_every_version_before_it_is_blocked_for_plans_that_still_use_it(folder: Path) -> None:
    reword(folder, "Lay it on.", "Lay it there.")
    correct(folder)
    load(folder)
    assert blocked() == [1, 2]


def test_loading_again_changes_nothing(folder: Path) -> None:
    correct(folder)
    load(folder)
    assert load(folder) == ["nothing changed"]


def test_the_mark_may_stay_when_the_words_change_later(folder: Path) -> None:
    correct(folder)
    load(folder)
    reword(folder, "Lay it on.", "Lay it there.")
    assert blocked() == [1]


def test_a_clinic_that_skipped_a_release_is_told_as_well(folder: Path) -> None:
    correct(folder)
    change(folder, WORDS, "Lay it on.", "Lay it there.")
    load(folder)
    assert blocked() == [1]


def test_a_second_correction_blocks_the_first(folder: Path) -> None:
    correct(folder)
    load(folder)
    change(folder, ICE, WHY, "The pack was too cold.")
    reword(folder, "Take it off.", "Take it off after ten minutes.")
    assert blocked() == [1, 1, 2]


def test_what_the_clinic_changed_is_blocked_and_the_correction_waits(folder: Path) -> None:
    own = clinic_changes(InstructionVersion.objects.get())
    correct(folder)
    load(folder)
    assert (blocked(), InstructionVersion.objects.get(status="draft").safety) == ([1, own.number], WHY)


def test_nothing_of_it_is_handed_out_while_the_correction_waits(folder: Path) -> None:
    clinic_changes(InstructionVersion.objects.get())
    correct(folder)
    load(folder)
    assert not InstructionVersion.objects.handed_out().exists()


def test_a_new_clinic_has_nothing_to_block(tmp_path: Path) -> None:
    write_catalogue(tmp_path)
    correct(tmp_path)
    load(tmp_path)
    assert blocked() == []


def test_the_mark_alone_is_no_new_content(folder: Path) -> None:
    change(folder, ICE, 'level = "gentle"', f'level = "gentle"\nsafety = "{WHY}"')
    assert load(folder) == ["nothing changed"]


def test_blocking_is_recorded(folder: Path) -> None:
    correct(folder)
    load(folder)
    assert AuditEvent.objects.filter(detail="blocked for safety").count() == 1


def test_a_blocked_draft_is_not_published() -> None:
    draft = make_instruction_version(published=False)
    SafetyNotice.objects.create(version=draft, text=WHY)
    with pytest.raises(PublishingError, match="blocked for safety: A pack without cloth"):
        publish_version(draft, by=None, at=NOON)


def test_a_mark_without_a_sentence_is_refused(folder: Path) -> None:
    change(folder, ICE, 'level = "gentle"', 'level = "gentle"\nsafety = true')
    with pytest.raises(CommandError, match="safety: must be a text"):
        load(folder)


# --- what loosens waits for a clinician ---------------------------------------------------------------------


def test_a_shipped_change_that_loosens_a_caution_waits_for_a_clinician(folder: Path) -> None:
    change(folder, ICE, "[ice-pack.dose_most]\nminutes = 15", "[ice-pack.dose_most]\nminutes = 20")
    assert load(folder) == [
        "ice-pack: it loosens a caution, so a clinician decides; the newer shipped text is offered as a draft"
    ]


def test_what_is_published_stays_meanwhile(folder: Path) -> None:
    change(folder, ICE, "[ice-pack.dose_most]\nminutes = 15", "[ice-pack.dose_most]\nminutes = 20")
    load(folder)
    assert InstructionVersion.objects.published().get().dose_most == {"minutes": 15}


def test_a_shipped_change_that_tightens_is_published(folder: Path) -> None:
    change(folder, ICE, "[ice-pack.dose_most]\nminutes = 15", "[ice-pack.dose_most]\nminutes = 12")
    assert load(folder) == ["ice-pack: version 2 published"]


# --- alternatives -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["no-such-thing", "ice-pack"])
def test_an_alternative_is_another_instruction(other: str, folder: Path) -> None:
    change(folder, ICE, 'level = "gentle"', f'level = "gentle"\nalternatives = ["{other}"]')
    with pytest.raises(CommandError, match=rf'\[ice-pack\] alternatives: "{other}" is not another instruction'):
        load(folder)


def test_the_shipped_catalogue_marks_only_what_it_corrects() -> None:
    call_command("load_catalogue", stdout=StringIO())
    assert not SafetyNotice.objects.exists()
