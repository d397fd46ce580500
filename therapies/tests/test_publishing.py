"""Publishing: what is checked, what is frozen, and that what was published stays as it was."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, models, transaction

from practice.append_only import AppendOnlyError
from practice.models import AuditEvent
from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.models import InstructionText, InstructionVersion, Programme, Status, TherapyPage
from therapies.publishing import PublishingError, adopt_programme, publish_page, publish_version
from therapies.tests.factories import (
    make_instruction,
    make_instruction_text,
    make_instruction_version,
    make_programme,
    make_therapy_page,
)
from therapies.tests.sample_figures import WORDS, make_figure

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def test_a_draft_is_published() -> None:
    draft = make_instruction_version(published=False)
    publish_version(draft, by=None, at=NOON)
    assert InstructionVersion.objects.get(pk=draft.pk).status == Status.PUBLISHED


def test_the_time_is_kept() -> None:
    draft = make_instruction_version(published=False)
    assert publish_version(draft, by=None, at=NOON).published_at == NOON


def test_the_editor_is_kept() -> None:
    editor = make_staff(Role.EDITOR)
    assert publish_version(make_instruction_version(published=False), by=editor, at=NOON).published_by == editor


def test_the_version_before_is_superseded() -> None:
    first = make_instruction_version()
    publish_version(make_instruction_version(instruction=first.instruction, published=False), by=None, at=NOON)
    assert InstructionVersion.objects.get(pk=first.pk).status == Status.SUPERSEDED


def test_other_instructions_stay_published() -> None:
    other = make_instruction_version()
    publish_version(make_instruction_version(published=False), by=None, at=NOON)
    assert InstructionVersion.objects.get(pk=other.pk).status == Status.PUBLISHED


def test_publishing_is_logged() -> None:
    draft = make_instruction_version(published=False)
    publish_version(draft, by=None, at=NOON)
    assert AuditEvent.objects.get(action="published").object_id == str(draft.pk)


def test_a_published_version_is_not_published_again() -> None:
    with pytest.raises(PublishingError, match="Version 1 is published already"):
        publish_version(make_instruction_version(), by=None, at=NOON)


def test_a_superseded_version_does_not_come_back() -> None:
    old = make_instruction_version(status=Status.SUPERSEDED)
    with pytest.raises(PublishingError, match="Version 1 is superseded already"):
        publish_version(old, by=None, at=NOON)


def test_a_dose_out_of_range_is_refused() -> None:
    draft = make_instruction_version(kind="ice", minutes=25, published=False)
    with pytest.raises(PublishingError, match=r"The dose cannot be published: Minutes must be from 1 to 20\."):
        publish_version(draft, by=None, at=NOON)


def test_a_dose_above_its_own_most_is_refused() -> None:
    draft = make_instruction_version(kind="ice", minutes=15, dose_most={"minutes": 10}, published=False)
    with pytest.raises(PublishingError, match="At most 10 here: this instruction goes no higher"):
        publish_version(draft, by=None, at=NOON)


def test_an_instruction_that_no_rule_judges_is_refused() -> None:
    draft = make_instruction_version(kind="rest", published=False)
    with pytest.raises(PublishingError, match="No rule judges rest and easing back, so it has no instructions"):
        publish_version(draft, by=None, at=NOON)


def test_a_refusal_changes_nothing() -> None:
    first = make_instruction_version(kind="ice")
    draft = make_instruction_version(instruction=first.instruction, minutes=25, published=False)
    with pytest.raises(PublishingError):
        publish_version(draft, by=None, at=NOON)
    assert InstructionVersion.objects.get(pk=first.pk).status == Status.PUBLISHED


def test_english_words_are_needed() -> None:
    draft = make_instruction_version(published=False)
    draft.texts.all().delete()
    make_instruction_text(version=draft, language="es")
    with pytest.raises(PublishingError, match="The English words are missing"):
        publish_version(draft, by=None, at=NOON)


def test_steps_are_needed() -> None:
    draft = make_instruction_version(published=False, text={"steps": []})
    with pytest.raises(PublishingError, match="The words in English need a title and steps"):
        publish_version(draft, by=None, at=NOON)


@pytest.mark.parametrize("kind", ["ice", "heat"])
def test_ice_and_heat_need_their_not_now_lines(kind: str) -> None:
    draft = make_instruction_version(kind=kind, published=False, text={"not_now_if": []})
    with pytest.raises(PublishingError, match=f'need "not now if" lines: this is {kind}'):
        publish_version(draft, by=None, at=NOON)


def test_each_language_needs_its_not_now_lines() -> None:
    draft = make_instruction_version(kind="ice", published=False)
    make_instruction_text(version=draft, language="es", not_now_if=[])
    with pytest.raises(PublishingError, match='The words in Spanish need "not now if" lines'):
        publish_version(draft, by=None, at=NOON)


def test_each_caution_needs_its_sentence() -> None:
    cautions = [{"condition": "osteoporosis", "action": "adapt"}]
    draft = make_instruction_version(cautions=cautions, published=False, text={"caution_notes": {}})
    with pytest.raises(PublishingError, match='say nothing about "osteoporosis"'):
        publish_version(draft, by=None, at=NOON)


def test_a_source_is_needed() -> None:
    draft = make_instruction_version(published=False)
    draft.sources.clear()
    with pytest.raises(PublishingError, match="Name at least one source"):
        publish_version(draft, by=None, at=NOON)


# --- pages and programmes -------------------------------------------------------------------------------


def test_a_page_supersedes_the_one_before() -> None:
    first = make_therapy_page()
    publish_page(make_therapy_page(published=False), by=None, at=NOON)
    assert TherapyPage.objects.get(pk=first.pk).status == Status.SUPERSEDED


def test_a_page_in_another_language_stays_published() -> None:
    spanish = make_therapy_page(language="es")
    publish_page(make_therapy_page(published=False), by=None, at=NOON)
    assert TherapyPage.objects.get(pk=spanish.pk).status == Status.PUBLISHED


def test_a_page_without_a_source_is_refused() -> None:
    page = make_therapy_page(published=False)
    page.sources.clear()
    with pytest.raises(PublishingError, match="Name at least one source"):
        publish_page(page, by=None, at=NOON)


def offer_programme() -> tuple[Programme, Programme]:
    """The clinic's programme, and the newer shipped one that waits beside it."""
    kept = make_programme(title="Ours", instructions=(make_instruction(), make_instruction()))
    offered = make_programme(
        slug="first-48-hours-shipped",
        title="Newer",
        status=Status.DRAFT,
        instructions=(make_instruction(slug="ice-pack"),),
    )
    return offered, kept


def test_an_offered_programme_replaces_the_clinics() -> None:
    offered, kept = offer_programme()
    adopt_programme(offered, into=kept, by=None)
    assert list(Programme.objects.get().items.values_list("instruction_id", flat=True)) == ["ice-pack"]


def test_a_programme_that_is_not_offered_is_refused() -> None:
    offered, kept = offer_programme()
    adopt_programme(offered, into=kept, by=None)
    with pytest.raises(PublishingError, match="no longer offered"):
        adopt_programme(offered, into=kept, by=None)


def test_a_programme_is_not_published_by_a_clinician() -> None:
    offered, kept = offer_programme()
    with pytest.raises(PublishingError, match="Only an editor"):
        adopt_programme(offered, into=kept, by=make_staff(Role.CLINICIAN))


# --- what was published stays ---------------------------------------------------------------------------


def test_a_published_version_cannot_be_saved() -> None:
    version = make_instruction_version()
    version.repetitions = 9
    with pytest.raises(AppendOnlyError):
        version.save()


def test_a_published_version_cannot_be_deleted() -> None:
    with pytest.raises(AppendOnlyError):
        make_instruction_version().delete()


def test_published_versions_cannot_be_updated_in_bulk() -> None:
    make_instruction_version()
    with pytest.raises(AppendOnlyError):
        InstructionVersion.objects.update(repetitions=9)


def test_published_versions_cannot_be_deleted_in_bulk() -> None:
    make_instruction_version()
    with pytest.raises(AppendOnlyError):
        InstructionVersion.objects.all().delete()


def test_published_versions_cannot_be_changed_by_bulk_update() -> None:
    version = make_instruction_version()
    version.repetitions = 9
    with pytest.raises(AppendOnlyError):
        InstructionVersion.objects.bulk_update([version], ["repetitions"])


def test_published_words_cannot_be_saved() -> None:
    text = make_instruction_version().texts.get()
    text.title = "Other"
    with pytest.raises(AppendOnlyError):
        text.save()


def test_published_words_cannot_be_deleted() -> None:
    with pytest.raises(AppendOnlyError):
        make_instruction_version().texts.get().delete()


def test_published_words_cannot_be_updated_in_bulk() -> None:
    make_instruction_version()
    with pytest.raises(AppendOnlyError):
        InstructionText.objects.update(title="Other")


def test_a_published_page_cannot_be_saved() -> None:
    page = make_therapy_page()
    page.title = "Other"
    with pytest.raises(AppendOnlyError):
        page.save()


def test_a_draft_may_change() -> None:
    draft = make_instruction_version(published=False)
    draft.repetitions = 9
    draft.save()
    assert InstructionVersion.objects.get().repetitions == 9


def test_the_database_refuses_a_second_published_version() -> None:
    first = make_instruction_version()
    with pytest.raises(IntegrityError, match="instruction"), transaction.atomic():
        make_instruction_version(instruction=first.instruction)


def test_the_database_refuses_a_dose_out_of_range() -> None:
    with pytest.raises(IntegrityError, match="dose_is_in_range"), transaction.atomic():
        make_instruction_version(minutes=61)


# --- figures --------------------------------------------------------------------------------------------


def make_drawn_draft(*, words: list[str] = WORDS) -> InstructionVersion:
    figures = {"main": make_figure()}
    return make_instruction_version(published=False, figures=figures, text={"pictures": {"main": words}})


def test_a_figure_with_its_words_is_published() -> None:
    assert publish_version(make_drawn_draft(), by=None, at=NOON).figures == {"main": make_figure()}


def test_a_figure_without_words_is_refused() -> None:
    with pytest.raises(PublishingError, match=r"The pictures in English: .* words for 1 of them"):
        publish_version(make_drawn_draft(words=WORDS[:1]), by=None, at=NOON)


def test_a_figure_without_words_in_another_language_is_refused() -> None:
    draft = make_drawn_draft()
    make_instruction_text(version=draft, language="es")
    with pytest.raises(PublishingError, match=r"The pictures in Spanish: .* words for 0 of them"):
        publish_version(draft, by=None, at=NOON)


def test_a_figure_that_cannot_be_drawn_is_refused() -> None:
    draft = make_instruction_version(published=False, figures={"main": {"panel": [{"stance": "floating"}]}})
    with pytest.raises(PublishingError, match="cannot be drawn: figure, panel 1: “floating” is none of the stances"):
        publish_version(draft, by=None, at=NOON)


@pytest.mark.parametrize(
    ("model", "column"), [(InstructionVersion, "figures"), (InstructionText, "pictures")], ids=["figures", "words"]
)
def test_the_database_keeps_the_figures_of_a_published_version(model: type[models.Model], column: str) -> None:
    publish_version(make_drawn_draft(), by=None, at=NOON)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        models.QuerySet(model).update(**{column: {}})
