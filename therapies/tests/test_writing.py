"""Writing in the library: drafts are begun, changed and discarded; what is wrong stands at its field."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from practice.models import AuditEvent, User
from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.content import facts_of, hash_of_version, token_of, words_of
from therapies.library import text_in
from therapies.models import Instruction, InstructionVersion, Origin, Status, TherapyPage
from therapies.publishing import PublishingError, publish_version
from therapies.tests.factories import PUBLISHED_AT, make_instruction_version, make_therapy, make_therapy_page
from therapies.tests.sample_figures import make_figure
from therapies.tests.test_library import staff_client
from therapies.writing import (
    Overtaken,
    WritingError,
    discard_draft,
    drop_words,
    save_facts,
    save_words,
    start_draft,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return make_staff(Role.EDITOR)


@pytest.fixture
def editor() -> Client:
    return staff_client(Role.EDITOR)


def make_own_draft(**fields: Any) -> InstructionVersion:
    return make_instruction_version(published=False, origin=Origin.CLINIC, **fields)


# --- the verbs --------------------------------------------------------------------------------------------


def test_a_draft_begins_as_what_it_was_made_from(ana: User) -> None:
    version = make_instruction_version(cautions=[{"condition": "hernia", "action": "avoid"}], figures={"main": {}})
    draft = start_draft(version, by=ana)
    assert hash_of_version(draft) == hash_of_version(version)


def test_a_draft_is_the_clinics_own(ana: User) -> None:
    draft = start_draft(make_instruction_version(number=3), by=ana)
    assert (draft.status, draft.origin, draft.number) == (Status.DRAFT, Origin.CLINIC, 4)


def test_a_second_beginning_opens_the_same_draft(ana: User) -> None:
    version = make_instruction_version()
    assert start_draft(version, by=ana) == start_draft(version, by=ana)


def test_the_words_are_saved_in_the_draft_alone(ana: User) -> None:
    version = make_instruction_version(title="Ice pack")
    draft = start_draft(version, by=ana)
    words = words_of(text_in(draft))
    save_words(draft, "en", replace(words, title="Cold pack"), by=ana, seen=token_of(words))
    assert [each.texts.get().title for each in (version, draft)] == ["Ice pack", "Cold pack"]


def test_saving_keeps_the_hash_of_the_content_right(ana: User) -> None:
    draft = make_own_draft()
    words = words_of(text_in(draft))
    save_words(draft, "en", replace(words, why="Because."), by=ana, seen=token_of(words))
    draft = InstructionVersion.objects.get(pk=draft.pk)
    assert draft.content_hash == hash_of_version(draft)


def test_what_somebody_else_saved_is_not_written_over_unread(ana: User) -> None:
    draft = make_own_draft()
    seen = words_of(text_in(draft))
    save_words(draft, "en", replace(seen, why="First."), by=ana, seen=token_of(seen))
    with pytest.raises(Overtaken) as overtaken:
        save_words(draft, "en", replace(seen, why="Second."), by=ana, seen=token_of(seen))
    assert overtaken.value.now.why == "First."


def test_two_who_write_in_different_parts_do_not_meet(ana: User) -> None:
    draft = make_own_draft(level="gentle")
    words, facts = words_of(text_in(draft)), facts_of(draft)
    save_words(draft, "en", replace(words, why="First."), by=ana, seen=token_of(words))
    save_facts(draft, replace(facts, level="moderate"), by=ana, seen=token_of(facts))
    assert InstructionVersion.objects.get().level == "moderate"


def test_nothing_is_written_into_what_was_published_meanwhile(ana: User) -> None:
    draft = start_draft(make_instruction_version(), by=ana)
    words = words_of(text_in(draft))
    publish_version(draft, by=ana, at=PUBLISHED_AT)
    with pytest.raises(WritingError, match="published or discarded meanwhile"):
        save_words(draft, "en", replace(words, why="Late."), by=ana, seen=token_of(words))


def test_a_draft_that_was_shipped_is_not_written_in(ana: User) -> None:
    offered = make_instruction_version(published=False)
    with pytest.raises(WritingError):
        save_words(offered, "en", words_of(text_in(offered)), by=ana, seen="")


def test_the_english_words_stay(ana: User) -> None:
    with pytest.raises(WritingError, match="English words stay"):
        drop_words(make_own_draft(), "en", by=ana)


def test_discarding_leaves_the_published_version(ana: User) -> None:
    version = make_instruction_version()
    discard_draft(start_draft(version, by=ana), by=ana)
    assert InstructionVersion.objects.get() == version


def test_an_instruction_that_was_never_published_goes_with_its_draft(ana: User) -> None:
    discard_draft(make_own_draft(), by=ana)
    assert not Instruction.objects.exists()


def test_who_wrote_is_kept(ana: User) -> None:
    start_draft(make_instruction_version(), by=ana)
    assert AuditEvent.objects.get(action="changed").actor == ana


# --- the page of the words --------------------------------------------------------------------------------


def words_address(draft: InstructionVersion, language: str = "en") -> str:
    return reverse("library_draft_words", args=[draft.instruction_id, language])


def typed(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What the page's form holds, with `changes`, as a browser sends it."""
    form = client.get(address).context["form"]
    held = {name: form[name].value() for name in form.fields} | changes
    return {name: value for name, value in held.items() if value not in (None, False)}


def test_a_new_instruction_begins_as_a_draft(editor: Client) -> None:
    sent = {"title": "Wall slide", "therapy": make_therapy(kind="stretching").pk, "level": "gentle"}
    editor.post(reverse("library_new"), sent)
    assert InstructionVersion.objects.being_written().get().instruction_id == "wall-slide"


@pytest.mark.parametrize("title", ["Ice pack", "New", "中"])
def test_a_name_that_cannot_be_an_address_is_refused(editor: Client, title: str) -> None:
    make_instruction_version(slug="ice-pack", kind="ice")
    sent = {"title": title, "therapy": make_therapy(kind="stretching").pk, "level": "gentle"}
    assert "title" in editor.post(reverse("library_new"), sent).context["form"].errors


def test_the_form_saves_what_was_typed(editor: Client) -> None:
    draft = make_own_draft(cautions=[{"condition": "hernia", "action": "avoid"}])
    address = words_address(draft)
    sent = typed(editor, address, steps="Lie down.\r\n\r\nBreathe.", note_hernia="Not with a hernia.")
    editor.post(address, sent)
    text = draft.texts.get()
    assert (text.steps, text.caution_notes) == (["Lie down.", "Breathe."], {"hernia": "Not with a hernia."})


def test_each_panel_of_a_picture_has_its_words(editor: Client) -> None:
    address = words_address(draft := make_own_draft(figures={"main": make_figure()}))
    panels = [name for name in editor.get(address).context["form"].fields if name.startswith("picture_main_")]
    editor.post(address, typed(editor, address) | dict.fromkeys(panels, "A person lies down."))
    assert draft.texts.get().pictures == {"main": ["A person lies down."] * len(panels)}


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "required"),
        ("title", "x" * 81, "at most 80 characters"),
        ("why", "It <b>helps.", "“&lt;b&gt;” is never closed"),
        ("steps", "Lie down.\nLift **one** leg.", "Line 2: “**” is markup"),
        ("feel", "Warm 中.", "no 中"),
        ("stop_if", "x" * 251, "250 is the most"),
    ],
)
def test_what_is_wrong_with_the_words_is_said(editor: Client, field: str, value: str, says: str) -> None:
    address = words_address(make_own_draft())
    assert says in editor.post(address, typed(editor, address, **{field: value})).content.decode()


def test_nothing_that_was_typed_is_lost_with_a_mistake(editor: Client) -> None:
    address = words_address(make_own_draft())
    page = editor.post(address, typed(editor, address, title="", why="My own reason."))
    assert "My own reason." in page.content.decode()


def overtake(editor: Client, draft: InstructionVersion) -> Any:
    """The page of one who saves after somebody else did."""
    address = words_address(draft)
    mine, theirs = typed(editor, address, why="Mine."), typed(editor, address, why="Theirs.")
    editor.post(address, theirs)
    return editor.post(address, mine)


def test_who_is_overtaken_sees_both(editor: Client) -> None:
    page = overtake(editor, make_own_draft()).content.decode()
    assert ("Theirs." in page, 'value="Mine."' in page) == (True, True)


def test_who_was_overtaken_and_read_it_saves_with_the_next_press(editor: Client) -> None:
    draft = make_own_draft()
    page = overtake(editor, draft)
    form = page.context["form"]
    editor.post(words_address(draft), {name: form[name].value() or "" for name in form.fields})
    assert draft.texts.get().why == "Mine."


def test_words_in_another_language_begin_empty(editor: Client) -> None:
    draft = make_own_draft()
    address = words_address(draft, "es")
    editor.post(address, typed(editor, address, title="Hielo", why="Alivia.", steps="Acuéstese.", feel="Frío."))
    assert draft.texts.get(language="es").title == "Hielo"


def test_a_language_that_there_is_not_has_no_page(editor: Client) -> None:
    assert editor.get(words_address(make_own_draft(), "xx")).status_code == 404


# --- the page of the data ---------------------------------------------------------------------------------


def facts_address(draft: InstructionVersion) -> str:
    return reverse("library_draft_facts", args=[draft.instruction_id])


def test_the_data_is_saved_as_it_was_shown(editor: Client) -> None:
    cautions = [{"condition": "hernia", "action": "avoid"}, {"condition": "own_thing", "action": "adapt"}]
    draft = make_own_draft(cautions=cautions, dose_most={"repetitions": 8}, equipment=["mat", "foam_roller"])
    before = facts_of(draft)
    editor.post(facts_address(draft), typed(editor, facts_address(draft)))
    assert facts_of(InstructionVersion.objects.get()) == before


@pytest.mark.parametrize(
    ("field", "value", "at", "says"),
    [
        ("repetitions", "31", "repetitions", "from 1 to 30"),
        ("times_a_day", "", "times_a_day", "is needed"),
        ("hold_seconds", "ten", "hold_seconds", "whole number"),
        ("most_repetitions", "2", "most_repetitions", "below the dose"),
        ("most_sets", "2", "most_sets", "not in the dose"),
        ("sources", [], "sources", "at least one source"),
        ("condition_0", "hernia", "action_0", "Choose what it does"),
        ("action_0", "avoid", "condition_0", "Choose the condition"),
        ("other_equipment", "a ball!", "other_equipment", "letters and digits"),
    ],
)
def test_what_is_wrong_with_the_data_stands_at_its_field(
    editor: Client, field: str, value: object, at: str, says: str
) -> None:
    address = facts_address(make_own_draft())
    errors = editor.post(address, typed(editor, address, **{field: value})).context["form"].errors
    assert says in " ".join(errors[at])


def test_all_that_was_chosen_stays_when_somebody_else_was_faster(editor: Client) -> None:
    address = facts_address(make_own_draft())
    mine = typed(editor, address, regions=["neck", "chest", "leg"])
    editor.post(address, typed(editor, address, level="strengthening"))
    form = editor.post(address, mine).context["form"]
    assert form["regions"].value() == ["neck", "chest", "leg"]


def test_a_condition_stands_there_once(editor: Client) -> None:
    address = facts_address(make_own_draft())
    twice = {"condition_0": "hernia", "action_0": "avoid", "condition_1": "hernia", "action_1": "adapt"}
    assert "condition_1" in editor.post(address, typed(editor, address, **twice)).context["form"].errors


# --- pages ------------------------------------------------------------------------------------------------


def begin_page(editor: Client, language: str = "en") -> str:
    make_therapy_page(kind="ice", title="Ice")
    editor.post(reverse("library_page_draft_start", args=["ice", language]))
    return reverse("library_page_draft", args=["ice", language])


def test_a_page_draft_begins_with_what_is_published(editor: Client) -> None:
    assert editor.get(begin_page(editor)).context["form"]["title"].value() == "Ice"


def test_a_page_in_a_new_language_begins_empty(editor: Client) -> None:
    assert editor.get(begin_page(editor, "es")).context["form"]["title"].value() == ""


def test_a_page_draft_is_saved_beside_the_published_page(editor: Client) -> None:
    address = begin_page(editor)
    editor.post(address, typed(editor, address, title="Cold"))
    assert list(TherapyPage.objects.order_by("number").values_list("title", flat=True)) == ["Ice", "Cold"]


def test_an_unclosed_tag_in_a_page_is_named(editor: Client) -> None:
    address = begin_page(editor)
    page = editor.post(address, typed(editor, address, known="It <em>helps."))
    assert "“&lt;em&gt;” is never closed" in page.content.decode()


def test_a_page_draft_that_was_overtaken_shows_what_differs(editor: Client) -> None:
    address = begin_page(editor)
    mine, theirs = typed(editor, address, title="Mine"), typed(editor, address, title="Theirs")
    editor.post(address, theirs)
    assert editor.post(address, mine).context["overtaken"] == [{"label": "Title", "now": ["Theirs"]}]


def test_a_page_draft_is_discarded(editor: Client) -> None:
    begin_page(editor)
    editor.post(reverse("library_page_draft_discard", args=["ice", "en"]))
    assert TherapyPage.objects.get().status == Status.PUBLISHED


def test_a_tag_is_not_published_whichever_way_it_came_in(ana: User) -> None:
    draft = make_own_draft(text={"steps": ["Lie down.", "Lift <b>one leg."]})
    with pytest.raises(PublishingError, match="“<b>” is never closed"):
        publish_version(draft, by=ana, at=PUBLISHED_AT)
