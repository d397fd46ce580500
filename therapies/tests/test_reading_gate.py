"""What reads above the gate needs the owner; how a text read is kept as it is published."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from practice.models import User
from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.models import InstructionVersion, ReadingGrade, ReadingLeave, Status
from therapies.publishing import PublishingError, publish_page, publish_version
from therapies.reading_gate import LeaveError, give_leave
from therapies.tests.factories import make_instruction_text, make_instruction_version, make_therapy_page
from therapies.text_lines import INSTRUCTION_PARTS, PAGE_PARTS, lines_of, words_hash
from therapies.wordings import INSTRUCTION_WORDS, PAGE_WORDS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
HARD = "Individualized consultation necessitates comprehensive professional evaluation beforehand."


def hard_draft() -> InstructionVersion:
    hard = {"why": HARD, "feel": HARD, "steps": [HARD, HARD], "stop_if": [HARD]}
    return make_instruction_version(published=False, text=hard)


def owner() -> User:
    return make_staff(Role.OWNER, username="owner")


def leave(draft: InstructionVersion, by: User, *, reason: str = "Our own terms.") -> ReadingLeave:
    text = draft.texts.get(language="en")
    return give_leave(text, reason=reason, read_hash=words_hash(text), by=by, at=NOON)


def grade_of(draft: InstructionVersion) -> ReadingGrade:
    return ReadingGrade.objects.get(text__version=draft, text__language="en")


def test_what_reads_above_the_gate_is_refused() -> None:
    with pytest.raises(PublishingError, match=r"English: Flesch-Kincaid grade \d\d.*it must be 6 or less.*The owner"):
        publish_version(hard_draft(), by=make_staff(Role.EDITOR), at=NOON)


def test_loading_publishes_nothing_above_the_gate() -> None:
    with pytest.raises(PublishingError, match="The owner can give leave"):
        publish_version(hard_draft(), by=None, at=NOON)


def test_with_the_owners_leave_an_editor_publishes_it() -> None:
    draft = make_instruction_version(published=False, title="How you sit", text={"why": HARD, "feel": HARD})
    leave(draft, owner())
    publish_version(draft, by=make_staff(Role.EDITOR), at=NOON)
    assert InstructionVersion.objects.get(pk=draft.pk).status == Status.PUBLISHED


def test_the_leave_is_kept_with_the_grade() -> None:
    draft = hard_draft()
    given = leave(draft, owner())
    publish_version(draft, by=None, at=NOON)
    assert grade_of(draft).leave == given


def test_a_leave_does_not_cover_other_words() -> None:
    draft = hard_draft()
    leave(draft, owner())
    text = draft.texts.get()
    text.feel = HARD + " " + HARD
    text.save()
    with pytest.raises(PublishingError, match="The owner can give leave"):
        publish_version(draft, by=None, at=NOON)


def test_the_spanish_words_have_a_gate_of_their_own() -> None:
    draft = make_instruction_version(published=False)
    hard = "La administración indiscriminada de procedimientos terapéuticos requiere precauciones individualizadas."
    make_instruction_text(
        version=draft, language="es", title="Rodilla", why=hard, feel=hard, steps=[hard], stop_if=[hard]
    )
    with pytest.raises(PublishingError, match=r"Spanish: Fernandez-Huerta .*it must be 70 or more"):
        publish_version(draft, by=None, at=NOON)


def test_the_grade_is_kept_as_it_is_published() -> None:
    draft = make_instruction_version(published=False)
    publish_version(draft, by=None, at=NOON)
    grade = grade_of(draft)
    assert (grade.measure, grade.gate, grade.leave, grade.value < 3) == ("flesch-kincaid", Decimal("6.0"), None, True)


def test_the_grade_of_a_page_is_kept_too() -> None:
    page = make_therapy_page(published=False, what_it_is="Acupuncture uses thin needles.")
    publish_page(page, by=None, at=NOON)
    assert ReadingGrade.objects.get(page=page).left_out == ["acupuncture"]


def test_words_in_brackets_after_a_link_are_read_like_all_others() -> None:
    page = make_therapy_page(published=False, what_it_is=f"Ask us first [here]({HARD})")
    assert any(HARD in line for line in lines_of(page))


UNSEEN = (
    '[x]: /y "The cat sat."',
    "![The cat sat.](/y)",
    '[so](/y "The cat sat.")',
)


@pytest.mark.parametrize("padding", UNSEEN, ids=["a definition", "a picture", "a link's title"])
def test_words_that_the_page_does_not_show_are_not_counted(padding: str) -> None:
    page = make_therapy_page(published=False, what_it_is=f"{HARD}\n\n{padding}")
    assert not any("cat sat" in line for line in lines_of(page))


def test_a_line_that_goes_on_in_the_next_is_one_sentence() -> None:
    page = make_therapy_page(published=False, what_it_is="A cold\npack.", who_does_it="You\ndo.")
    assert {"A cold pack.", "You do."} <= set(lines_of(page))


def test_each_point_of_a_list_is_a_line() -> None:
    page = make_therapy_page(published=False, what_it_is="For you:\n\n- cold\n- **heat**")
    assert {"For you:", "cold", "heat"} <= set(lines_of(page))


def test_a_page_above_the_gate_is_refused() -> None:
    page = make_therapy_page(published=False, what_it_is=HARD, may_help=HARD, known=HARD, not_known=HARD)
    with pytest.raises(PublishingError, match="The owner can give leave"):
        publish_page(page, by=None, at=NOON)


def test_a_refusal_publishes_nothing() -> None:
    draft = hard_draft()
    with pytest.raises(PublishingError):
        publish_version(draft, by=None, at=NOON)
    assert InstructionVersion.objects.get(pk=draft.pk).status == Status.DRAFT


def test_a_language_that_nobody_can_measure_needs_the_owner() -> None:
    draft = make_instruction_version(published=False)
    text = make_instruction_text(version=draft, language="fr")
    with pytest.raises(PublishingError, match="fr: not measured: no measure is known for this language"):
        publish_version(draft, by=None, at=NOON)
    give_leave(text, reason="Read by a teacher.", read_hash=words_hash(text), by=owner(), at=NOON)
    publish_version(draft, by=None, at=NOON)
    assert ReadingGrade.objects.get(text=text).value is None


@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNER])
def test_only_the_owner_gives_leave(role: Role) -> None:
    with pytest.raises(LeaveError, match="the owner decides"):
        leave(hard_draft(), make_staff(role))


def test_a_leave_needs_a_reason() -> None:
    with pytest.raises(LeaveError, match="in your own words"):
        leave(hard_draft(), owner(), reason="  ")


def test_no_leave_is_given_for_what_reads_well() -> None:
    with pytest.raises(LeaveError, match="no leave is needed"):
        leave(make_instruction_version(published=False), owner())


def test_no_leave_is_given_for_what_is_published() -> None:
    with pytest.raises(LeaveError, match="no draft any more"):
        leave(make_instruction_version(text={"why": HARD, "steps": [HARD]}), owner())


def test_no_leave_is_given_for_words_that_were_not_read() -> None:
    text = hard_draft().texts.get()
    with pytest.raises(LeaveError, match="Read them again"):
        give_leave(text, reason="Fine.", read_hash="0" * 64, by=owner(), at=NOON)


def test_an_editor_is_held_up_by_a_check_that_fails() -> None:
    draft = make_instruction_version(published=False, text={"steps": ["Lie on your back."]})
    with pytest.raises(PublishingError, match="item 22 of the PEMAT-P does not hold"):
        publish_version(draft, by=make_staff(Role.EDITOR), at=NOON)


def test_every_column_that_is_read_is_measured() -> None:
    assert (set(INSTRUCTION_PARTS), set(PAGE_PARTS)) == (set(INSTRUCTION_WORDS) - {"pictures"}, set(PAGE_WORDS))
