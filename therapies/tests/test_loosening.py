"""Tightening is an editor's; loosening is a clinician's, with a reason that is kept."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from practice.models import AuditEvent, User
from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.loosening import loosened
from therapies.models import CautionLoosening, InstructionVersion, Origin
from therapies.publishing import PublishingError, publish_version, seen_of
from therapies.tests.factories import make_instruction_text, make_instruction_version

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
AVOID = {"condition": "osteoporosis", "action": "avoid"}
ADAPT = {"condition": "osteoporosis", "action": "adapt"}
FALLS = {"condition": "falls_risk", "action": "adapt"}
REFLUX = {"condition": "reflux", "action": "adapt"}
REASON = "Checked with the bone clinic."


def somebody(role: Role) -> User:
    return make_staff(role, username=f"user-{uuid4()}")


def draft_after(before: dict[str, Any], after: dict[str, Any]) -> InstructionVersion:
    """A draft with the columns `after`, where a version with those of `before` is published."""
    published = make_instruction_version(**before)
    return make_instruction_version(instruction=published.instruction, published=False, **after)


def sentences(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    draft = draft_after(before, after)
    return loosened(draft, InstructionVersion.objects.get(status="published"))


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({"cautions": [AVOID]}, {}, "The caution about thin bones (osteoporosis) (“avoid”) would be gone."),
        ({"cautions": [ADAPT]}, {}, "The caution about thin bones (osteoporosis) (“adapt”) would be gone."),
        (
            {"cautions": [AVOID]},
            {"cautions": [ADAPT]},
            "The caution about thin bones (osteoporosis) would be “adapt” instead of “avoid”.",
        ),
        (
            {"dose_most": {"repetitions": 5}},
            {"dose_most": {"repetitions": 6}},
            "Repetitions could grow to 6 instead of 5.",
        ),
        ({"dose_most": {"repetitions": 5}}, {}, "Repetitions could grow to 30 instead of 5."),
        (
            {"kind": "ice", "dose_most": {"minutes": 15}},
            {"dose_most": {"minutes": 20}},
            "Minutes could grow to 20 instead of 15.",
        ),
        ({}, {"first_48h": True}, "It would be in the set for the first 48 hours."),
        (
            {"kind": "ice", "least_gap_minutes": 180},
            {"least_gap_minutes": 120},
            "Least gap (minutes) would be 120 instead of 180.",
        ),
        ({"least_gap_minutes": 60}, {}, "Least gap (minutes) would be gone; it was 60."),
        ({}, {"minutes": 10}, "Minutes could grow to 60; there was no such number."),
    ],
)
def test_it_is_looser(before: dict[str, Any], after: dict[str, Any], sentence: str) -> None:
    assert sentences(before, after) == (sentence,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"cautions": [ADAPT]}, {"cautions": [AVOID]}),
        ({"cautions": [ADAPT]}, {"cautions": [ADAPT, FALLS]}),
        ({"cautions": [AVOID, FALLS]}, {"cautions": [FALLS, AVOID]}),
        ({"dose_most": {"repetitions": 6}}, {"dose_most": {"repetitions": 5}}),
        ({}, {"dose_most": {"repetitions": 5}}),
        ({}, {"least_gap_minutes": 300}),
        ({"first_48h": True}, {}),
        ({}, {"hold_seconds": 4}),
        ({"hold_seconds": 5}, {"hold_seconds": None}),
        ({}, {"least_gap_minutes": 60}),
        ({"dose_most": {"sets": 2}}, {"dose_most": {"sets": 2}, "sets": 2}),
    ],
)
def test_it_is_no_looser(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert sentences(before, after) == ()


def test_a_first_version_loosens_nothing() -> None:
    assert loosened(make_instruction_version(cautions=[]), None) == ()


def noted(cautions: list[dict[str, str]], note: str) -> dict[str, Any]:
    """Columns and words of a version whose cautions all say this sentence."""
    return {"cautions": cautions, "text": {"caution_notes": {each["condition"]: note for each in cautions}}}


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            {"text": {"stop_if": ["Your leg tingles.", "You feel dizzy."]}},
            {"text": {"stop_if": ["Your leg tingles."]}},
            "“Stop if” would no longer say: “You feel dizzy.”",
        ),
        (
            {"text": {"stop_if": ["You feel dizzy."]}},
            {"text": {"stop_if": ["You feel very dizzy."]}},
            "“Stop if” would no longer say: “You feel dizzy.”",
        ),
        (
            {"text": {"not_now_if": ["Your skin is numb."]}},
            {"text": {"not_now_if": []}},
            "“Not now if” would no longer say: “Your skin is numb.”",
        ),
        (
            noted([ADAPT], "Go half way."),
            noted([ADAPT], "Take care."),
            "About thin bones (osteoporosis) it would say “Take care.” instead of “Go half way.”",
        ),
        (
            noted([ADAPT], "Go half way."),
            noted([ADAPT], ""),
            "About thin bones (osteoporosis) it would no longer say: “Go half way.”",
        ),
        (
            noted([AVOID], "Leave this out."),
            noted([AVOID], "Go easy."),
            "About thin bones (osteoporosis) it would say “Go easy.” instead of “Leave this out.”",
        ),
        # Whether somebody has it is not asked: everybody reads the sentence, so its words still matter.
        (
            noted([REFLUX], "Not after you eat."),
            noted([REFLUX | {"action": "avoid"}], "Go easy."),
            "About acid reflux it would say “Go easy.” instead of “Not after you eat.”",
        ),
    ],
)
def test_a_safety_sentence_that_is_gone_or_worded_anew_is_looser(
    before: dict[str, Any], after: dict[str, Any], sentence: str
) -> None:
    assert sentences(before, after) == (sentence,)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"text": {"stop_if": ["Your leg tingles."]}}, {"text": {"stop_if": ["You feel dizzy.", "Your leg tingles."]}}),
        ({"text": {"not_now_if": []}}, {"text": {"not_now_if": ["Your skin is numb."]}}),
        (noted([ADAPT], ""), noted([ADAPT], "Go half way.")),
        # The answers keep it from these people now: nobody reads the sentence any more.
        (noted([ADAPT], "Go half way."), noted([AVOID], "Leave this out.")),
        ({"text": {"steps": ["Lie down."]}}, {"text": {"steps": ["Lie on your back."]}}),
    ],
)
def test_a_safety_sentence_more_is_no_looser(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert sentences(before, after) == ()


def test_a_caution_that_is_gone_is_named_once() -> None:
    assert len(sentences(noted([ADAPT], "Go half way."), {})) == 1


def test_a_language_that_is_gone_is_looser() -> None:
    draft = draft_after({}, {})
    published = InstructionVersion.objects.get(status="published")
    make_instruction_text(version=published, language="es")
    assert loosened(draft, published) == ("The words in Spanish would be gone, and what they warn of.",)


def test_each_language_is_looked_at_by_itself() -> None:
    draft = draft_after({}, {})
    published = InstructionVersion.objects.get(status="published")
    make_instruction_text(version=published, language="es", stop_if=["Si le duele."])
    make_instruction_text(version=draft, language="es", stop_if=[])
    assert loosened(draft, published) == ("“Stop if” would no longer say: “Si le duele.”",)


def with_spanish(after: dict[str, Any], **spanish: Any) -> tuple[str, ...]:
    """What a clinic's draft loosens that says in Spanish, too, what is published in English."""
    draft = draft_after(after, {"origin": "clinic"} | after)
    make_instruction_text(version=draft, language="es", **spanish)
    return loosened(draft, InstructionVersion.objects.get(status="published"))


@pytest.mark.parametrize(
    ("after", "spanish"),
    [
        ({"cautions": [AVOID], "text": {"stop_if": []}}, {"stop_if": []}),
        ({"text": {"stop_if": ["It hurts."]}}, {"stop_if": ["Si le duele."]}),
        ({"text": {"stop_if": ["It hurts."]}}, {"stop_if": []}),
    ],
    ids=["a caution", "a line", "a line that is left out"],
)
def test_the_first_warnings_in_a_language_are_read_by_a_clinician(
    after: dict[str, Any], spanish: dict[str, Any]
) -> None:
    assert with_spanish(after, **spanish) == ("The words in Spanish are new: do they warn of the same?",)


def test_new_words_where_nothing_is_warned_of_are_an_editors() -> None:
    assert with_spanish({"text": {"stop_if": []}}, stop_if=[]) == ()


def test_shipped_words_in_a_new_language_are_published_by_loading() -> None:
    assert with_spanish({"origin": "shipped", "cautions": [AVOID]}) == ()


# --- publishing ---------------------------------------------------------------------------------------------


@pytest.fixture
def looser() -> InstructionVersion:
    return draft_after({"cautions": [AVOID]}, {"cautions": [ADAPT]})


@pytest.fixture
def tighter() -> InstructionVersion:
    return draft_after({"cautions": [ADAPT]}, {"cautions": [AVOID]})


def is_published(version: InstructionVersion) -> bool:
    return InstructionVersion.objects.get(pk=version.pk).status == "published"


def test_an_editor_publishes_what_is_tighter(tighter: InstructionVersion) -> None:
    publish_version(tighter, by=somebody(Role.EDITOR), at=NOON)
    assert is_published(tighter)


def test_an_editor_does_not_publish_what_is_looser(looser: InstructionVersion) -> None:
    with pytest.raises(PublishingError, match="a clinician publishes it"):
        publish_version(looser, by=somebody(Role.EDITOR), at=NOON, reason=REASON)


def test_an_editor_does_not_publish_a_stop_line_worded_anew() -> None:
    draft = draft_after({"text": {"stop_if": ["You feel dizzy."]}}, {"text": {"stop_if": ["It hurts."]}})
    with pytest.raises(PublishingError, match="a clinician publishes it"):
        publish_version(draft, by=somebody(Role.EDITOR), at=NOON)


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.OWNER, Role.FRONT_DESK])
def test_what_is_tighter_is_an_editors_alone(role: Role, tighter: InstructionVersion) -> None:
    with pytest.raises(PublishingError, match="an editor publishes it"):
        publish_version(tighter, by=somebody(role), at=NOON, reason=REASON)


def test_a_command_does_not_publish_what_is_looser(looser: InstructionVersion) -> None:
    with pytest.raises(PublishingError, match="a clinician publishes it"):
        publish_version(looser, by=None, at=NOON, reason=REASON)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_clinician_says_why(reason: str, looser: InstructionVersion) -> None:
    with pytest.raises(PublishingError, match="Say why"):
        publish_version(looser, by=somebody(Role.CLINICIAN), at=NOON, reason=reason)


def test_a_clinician_publishes_what_is_looser_with_a_reason(looser: InstructionVersion) -> None:
    publish_version(looser, by=somebody(Role.CLINICIAN), at=NOON, reason=REASON)
    assert is_published(looser)


def test_the_reason_is_kept_with_what_was_loosened(looser: InstructionVersion) -> None:
    clinician = somebody(Role.CLINICIAN)
    publish_version(looser, by=clinician, at=NOON, reason=REASON)
    kept = CautionLoosening.objects.get(version=looser)
    assert (kept.by, kept.reason, len(kept.what)) == (clinician, REASON, 1)


def test_loosening_is_recorded(looser: InstructionVersion) -> None:
    publish_version(looser, by=somebody(Role.CLINICIAN), at=NOON, reason=REASON)
    details = AuditEvent.objects.values_list("detail", flat=True)
    assert f"loosened a caution of {looser.instruction_id}" in details


def test_what_is_tighter_needs_no_reason_and_keeps_none(tighter: InstructionVersion) -> None:
    publish_version(tighter, by=somebody(Role.EDITOR), at=NOON)
    assert not CautionLoosening.objects.exists()


@pytest.mark.parametrize("kind", ["ice", "heat"])
def test_a_clinics_own_steps_for_ice_and_heat_are_a_clinicians(kind: str) -> None:
    draft = draft_after(
        {"kind": kind}, {"origin": Origin.CLINIC, "text": {"steps": ["Lie down.", "Draw one knee in."]}}
    )
    with pytest.raises(PublishingError, match="a clinician publishes it"):
        publish_version(draft, by=somebody(Role.EDITOR), at=NOON)


def test_a_step_more_for_ice_is_named() -> None:
    before = {"kind": "ice", "text": {"steps": ["Wrap it."]}}
    after = {"origin": Origin.CLINIC, "text": {"steps": ["Wrap it.", "Unwrap it."]}}
    assert sentences(before, after) == ("“Steps” would say anew: “Unwrap it.”",)


def test_other_pictures_of_ice_are_named() -> None:
    after = {"origin": Origin.CLINIC, "figures": {"main": {}}}
    assert sentences({"kind": "ice"}, after) == ("The pictures would be others: do they show the cloth between?",)


def test_a_clinics_own_new_instruction_is_a_clinicians() -> None:
    draft = make_instruction_version(published=False, origin=Origin.CLINIC)
    with pytest.raises(PublishingError, match="a clinician publishes it"):
        publish_version(draft, by=somebody(Role.EDITOR), at=NOON)


def test_a_movements_steps_are_an_editors() -> None:
    assert not sentences({}, {"origin": Origin.CLINIC, "text": {"steps": ["Lie down.", "Lift one foot."]}})


# --- the library --------------------------------------------------------------------------------------------


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(somebody(role), backend="practice.backends.SteadyBackend")
    return client


def press(role: Role, draft: InstructionVersion, name: str = "library_loosen", **typed: str) -> str:
    address = reverse(name, args=[draft.instruction_id, draft.pk])
    seen = seen_of(draft, InstructionVersion.objects.filter(status="published").first())
    return str(signed_in(role).post(address, {"seen": seen} | typed, follow=True).content.decode())


def opened(role: Role, draft: InstructionVersion) -> str:
    address = reverse("library_instruction", args=[draft.instruction_id])
    return str(signed_in(role).get(address).content.decode())


def test_the_list_says_that_a_clinician_is_needed(looser: InstructionVersion) -> None:
    assert "needs a clinician" in signed_in(Role.EDITOR).get(reverse("library")).content.decode()


def test_the_list_says_so_of_nothing_else(tighter: InstructionVersion) -> None:
    assert "needs a clinician" not in signed_in(Role.EDITOR).get(reverse("library")).content.decode()


def test_the_page_says_what_would_be_looser(looser: InstructionVersion) -> None:
    assert "would be “adapt” instead of “avoid”" in opened(Role.FRONT_DESK, looser)


def test_the_page_shows_the_line_that_would_be_gone() -> None:
    draft = draft_after({"text": {"stop_if": ["You feel dizzy."]}}, {"text": {"stop_if": []}})
    assert "“Stop if” would no longer say: “You feel dizzy.”" in opened(Role.CLINICIAN, draft)


def test_an_editor_is_not_offered_to_publish_it(looser: InstructionVersion) -> None:
    assert "A clinician reads it and publishes it with a reason." in opened(Role.EDITOR, looser)


def test_a_clinician_is_asked_why(looser: InstructionVersion) -> None:
    assert 'name="reason"' in opened(Role.CLINICIAN, looser)


def test_a_clinician_publishes_it_by_the_page(looser: InstructionVersion) -> None:
    press(Role.CLINICIAN, looser, reason=REASON)
    assert is_published(looser)


def test_the_page_shows_the_reason_afterwards(looser: InstructionVersion) -> None:
    press(Role.CLINICIAN, looser, reason=REASON)
    assert REASON in opened(Role.FRONT_DESK, looser)


def test_without_a_reason_it_says_so(looser: InstructionVersion) -> None:
    assert "Say why, in your own words." in press(Role.CLINICIAN, looser, reason=" ")


def test_an_editors_crafted_request_publishes_nothing_looser(looser: InstructionVersion) -> None:
    press(Role.EDITOR, looser, "library_publish", reason=REASON)
    assert not is_published(looser)


def test_a_clinician_does_not_publish_what_loosens_nothing(tighter: InstructionVersion) -> None:
    assert "an editor publishes it" in press(Role.CLINICIAN, tighter, reason=REASON)
