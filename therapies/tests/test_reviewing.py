"""Which words a patient may read in another language: those that somebody approved, for this very English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from practice.models import AuditEvent
from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies import reviewing
from therapies.interface_parts import CRITICAL, PLAN, SCREENING, TERMS, TITLES, interface_parts
from therapies.models import InstructionText, TextReview, TherapyPage
from therapies.reading.word_lists import word_lists
from therapies.reviewing import Reviewed, ReviewError, language_for, may_show_terms, review_text, reviewed_in
from therapies.tests.factories import make_instruction_text, make_instruction_version, make_therapy_page
from therapies.tests.factories_reviews import (
    APPROVED,
    NEEDS_WORK,
    QUALIFICATION,
    approve_interface,
    make_interface,
    make_review,
    reviewer,
    words_of,
)
from therapies.wordings import (
    INSTRUCTION_WORDS,
    PAGE_WORDS,
    Wording,
    wording_of_instruction,
    wording_of_page,
)

pytestmark = pytest.mark.django_db
# Columns that hold no words of the text itself.
OF_A_PAGE = set("id therapy language number status origin content_hash reviewed_on published_at published_by".split())
OF_AN_INSTRUCTION = {"id", "version", "language"}
SENTENCES = st.lists(st.sampled_from(["Pare.", "Siga.", "No pare."]), min_size=1, max_size=3)


@pytest.fixture(autouse=True)
def outside_the_demo(settings: Settings) -> None:
    settings.DEMO = False


@pytest.fixture
def interface(monkeypatch: pytest.MonkeyPatch) -> dict[str, Wording]:
    parts = make_interface()
    monkeypatch.setattr(reviewing, "interface_parts", lambda language: parts)
    return parts


def english_and_spanish(**words: object) -> tuple[InstructionText, InstructionText]:
    version = make_instruction_version(slug="ice-pack", title="Ice pack")
    own = make_instruction_text(version=version, language="es", title="Compresa fría", **words)
    return version.texts.get(language="en"), own


# --- what hard words mean ----------------------------------------------------------------------------------


def test_what_hard_words_mean_is_a_part_to_review() -> None:
    meant = interface_parts("es")[TERMS].lines
    assert {line.key for line in meant} == {term.name for term in word_lists("es").terms}


def test_what_hard_words_mean_is_not_shown_before_it_is_approved(interface: dict[str, Wording]) -> None:
    assert not may_show_terms("es")


def test_what_hard_words_mean_is_shown_when_it_is_approved(interface: dict[str, Wording]) -> None:
    make_review(of=interface[TERMS])
    assert may_show_terms("es")


def test_what_hard_words_mean_in_english_needs_no_review() -> None:
    assert may_show_terms("en")


# --- the language of all pages ----------------------------------------------------------------------------


def test_everything_is_english_while_nothing_is_reviewed(interface: dict[str, Wording]) -> None:
    assert language_for("es") == "en"


def test_a_language_is_shown_when_its_critical_parts_are_approved(interface: dict[str, Wording]) -> None:
    approve_interface(interface)
    assert language_for("es") == "es"


@pytest.mark.parametrize("missing", CRITICAL)
def test_one_critical_part_that_is_not_approved_keeps_everything_english(
    interface: dict[str, Wording], missing: str
) -> None:
    approve_interface(interface | {missing: interface["interface-pages"]})
    assert language_for("es") == "en"


@pytest.mark.parametrize("missing", CRITICAL)
def test_one_critical_part_that_nobody_has_written_keeps_everything_english(
    interface: dict[str, Wording], missing: str
) -> None:
    approve_interface(interface)
    del interface[missing]
    assert language_for("es") == "en"


def test_a_part_that_needs_work_keeps_everything_english(interface: dict[str, Wording]) -> None:
    approve_interface(interface)
    make_review(of=interface[SCREENING], outcome=NEEDS_WORK)
    assert language_for("es") == "en"


def test_what_was_mended_after_needing_work_is_shown_again(interface: dict[str, Wording]) -> None:
    approve_interface(interface)
    make_review(of=interface[PLAN], outcome=NEEDS_WORK)
    make_review(of=interface[PLAN])
    assert language_for("es") == "es"


def test_an_approval_in_another_language_counts_for_nothing(interface: dict[str, Wording]) -> None:
    approve_interface(make_interface("pt"))
    assert language_for("es") == "en"


def test_a_language_without_words_of_its_own_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "interface_parts", lambda language: {})
    assert language_for("es") == "en"


def test_a_language_that_steady_does_not_have_is_english() -> None:
    assert language_for("tlh") == "en"


def test_the_demo_shows_every_language(settings: Settings) -> None:
    settings.DEMO = True
    assert language_for("es") == "es"


def test_english_asks_the_database_for_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert language_for("en") == "en"


def test_another_language_takes_one_query(
    interface: dict[str, Wording], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        language_for("es")


# --- one text ---------------------------------------------------------------------------------------------


def test_a_text_that_nobody_reviewed_is_shown_in_english() -> None:
    english, own = english_and_spanish()
    assert reviewed_in("es").instruction("ice-pack", own, english) is english


def test_an_approved_text_is_shown() -> None:
    english, own = english_and_spanish()
    make_review(of=words_of(own.version))
    assert reviewed_in("es").instruction("ice-pack", own, english) is own


def test_the_approval_of_one_instruction_is_not_that_of_another_with_the_same_words() -> None:
    english, own = english_and_spanish()
    make_review(of=wording_of_instruction("hot-pack", own, english))
    assert reviewed_in("es").instruction("ice-pack", own, english) is english


@given(before=SENTENCES, after=SENTENCES, column=st.sampled_from(["steps", "stop_if", "not_now_if"]))
def test_after_a_change_of_the_english_the_review_no_longer_counts(
    before: list[str], after: list[str], column: str
) -> None:
    own, english = _text("es", steps=["Pare."]), _text("en", **{column: before})
    approved = Reviewed(frozenset({wording_of_instruction("ice-pack", own, english).hash}))
    setattr(english, column, after)
    assert (approved.instruction("ice-pack", own, english) is own) == (before == after)


@given(first=SENTENCES, second=SENTENCES)
def test_a_sentence_that_moves_to_another_heading_is_another_text(first: list[str], second: list[str]) -> None:
    moved = _text("es", stop_if=[*first, second[0]], not_now_if=second[1:])
    kept = _text("es", stop_if=first, not_now_if=second)
    english = _text("en")
    assert wording_of_instruction("x", moved, english).hash != wording_of_instruction("x", kept, english).hash


def _text(language: str, **words: object) -> InstructionText:
    lists: dict[str, object] = {"steps": [], "stop_if": [], "not_now_if": [], "caution_notes": {}, "pictures": {}}
    return InstructionText(language=language, **(lists | words))


def test_a_page_counts_as_reviewed_for_the_english_that_was_read() -> None:
    english, own = make_therapy_page(), make_therapy_page(language="es", title="Hielo")
    make_review(of=wording_of_page(own, english))
    english.ask_first = ["Do not use it asleep."]
    assert reviewed_in("es").page(own, english) is english


def test_an_approved_page_is_shown() -> None:
    english, own = make_therapy_page(), make_therapy_page(language="es", title="Hielo")
    make_review(of=wording_of_page(own, english))
    assert reviewed_in("es").page(own, english) is own


@pytest.mark.parametrize(
    ("model", "listed", "others"),
    [(InstructionText, INSTRUCTION_WORDS, OF_AN_INSTRUCTION), (TherapyPage, PAGE_WORDS, OF_A_PAGE)],
)
def test_every_column_with_words_is_read_by_the_reviewer(
    model: type[InstructionText | TherapyPage], listed: dict[str, str], others: set[str]
) -> None:
    assert {field.name for field in model._meta.concrete_fields} == set(listed) | others


# --- keeping a review -------------------------------------------------------------------------------------


@pytest.fixture
def wording() -> Wording:
    return make_interface()[SCREENING]


def keep(wording: Wording, *roles: Role, read_hash: str = "") -> TextReview:
    by = make_staff(*roles)
    read = read_hash or wording.hash
    return review_text(wording, APPROVED, by=by, read_hash=read, qualification=QUALIFICATION)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.EDITOR])
def test_clinicians_and_editors_review(wording: Wording, role: Role) -> None:
    assert keep(wording, role).content_hash == wording.hash


def test_the_front_desk_does_not_review(wording: Wording) -> None:
    with pytest.raises(ReviewError):
        keep(wording, Role.FRONT_DESK)


def test_words_that_changed_since_they_were_read_are_not_approved(wording: Wording) -> None:
    with pytest.raises(ReviewError, match="changed since"):
        keep(wording, Role.EDITOR, read_hash="0" * 64)


def test_a_review_is_on_record(wording: Wording) -> None:
    keep(wording, Role.EDITOR)
    assert AuditEvent.objects.get().detail == f"{SCREENING} in es: approved"


def test_each_part_of_the_interface_has_a_title_and_most_are_critical() -> None:
    assert set(CRITICAL) < set(TITLES)


def test_the_newest_review_of_the_same_words_decides(wording: Wording) -> None:
    make_review(of=wording, by=reviewer())
    make_review(of=wording, outcome=NEEDS_WORK)
    assert not reviewed_in("es").may_show(wording)
