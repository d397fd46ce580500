"""What stands under "Ask first" on an education page is taken back by a clinician alone, with a reason that is kept."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from practice.models import AuditEvent
from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.loosening import loosened_page
from therapies.models import Origin, PageLoosening, TherapyPage
from therapies.publishing import PublishingError, publish_page, what_a_page_loosens
from therapies.tests.factories import make_therapy_page
from therapies.tests.test_library import staff_client

NOON = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
REASON = "Our heart clinic agrees."
NUMB, HEART = "Do not use it on numb skin.", "Ask first with a weak heart."
LINES = st.lists(st.sampled_from([NUMB, HEART, "Ask first when pregnant."]))


def asking(lines: list[str], origin: Origin = Origin.CLINIC) -> TherapyPage:
    return TherapyPage(ask_first=lines, origin=origin)


def make_draft(ask_first: list[str], *, before: list[str] | None, origin: Origin = Origin.CLINIC) -> TherapyPage:
    """A draft of a page that says this under "Ask first", where one that says `before` is published."""
    if before is not None:
        make_therapy_page(ask_first=before)
    return make_therapy_page(published=False, origin=origin, ask_first=ask_first)


def is_published(page: TherapyPage) -> bool:
    return TherapyPage.objects.get(pk=page.pk).status == "published"


# --- the rule ---------------------------------------------------------------------------------------------


@given(before=LINES, after=LINES)
def test_a_page_is_looser_exactly_when_a_line_is_gone(before: list[str], after: list[str]) -> None:
    assert bool(loosened_page(asking(after), asking(before))) == (not set(before) <= set(after))


def test_a_line_worded_anew_is_named() -> None:
    said = loosened_page(asking(["Nobody. Heat is safe for all."]), asking([NUMB]))
    assert said == (f"“Ask first, or do not use” would no longer say: “{NUMB}”",)


@pytest.mark.parametrize(("origin", "is_looser"), [(Origin.CLINIC, True), (Origin.SHIPPED, False)])
def test_a_first_page_is_read_by_a_clinician_unless_it_was_shipped(origin: Origin, is_looser: bool) -> None:
    assert bool(loosened_page(asking([NUMB], origin), None)) == is_looser


# --- publishing -------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("before", [[NUMB, HEART], None], ids=["a line is gone", "a new page"])
def test_an_editor_does_not_publish_it(before: list[str] | None) -> None:
    draft = make_draft([NUMB], before=before)
    with pytest.raises(PublishingError, match="a clinician publishes it"):
        publish_page(draft, by=make_staff(Role.EDITOR), at=NOON, reason=REASON)


@pytest.mark.django_db
def test_an_editor_publishes_a_line_more() -> None:
    draft = make_draft([HEART, NUMB], before=[NUMB])
    publish_page(draft, by=make_staff(Role.EDITOR), at=NOON)
    assert (is_published(draft), PageLoosening.objects.exists()) == (True, False)


@pytest.mark.django_db
def test_a_clinician_does_not_publish_a_line_more() -> None:
    draft = make_draft([HEART, NUMB], before=[NUMB])
    with pytest.raises(PublishingError, match="an editor publishes it"):
        publish_page(draft, by=make_staff(Role.CLINICIAN), at=NOON, reason=REASON)


@pytest.mark.django_db
def test_newer_shipped_text_that_drops_a_line_needs_a_clinician_too() -> None:
    draft = make_draft([NUMB], before=[NUMB, HEART], origin=Origin.SHIPPED)
    with pytest.raises(PublishingError, match="a clinician publishes it"):
        publish_page(draft, by=None, at=NOON)


@pytest.mark.django_db
def test_a_page_is_read_against_the_one_in_its_own_language() -> None:
    make_therapy_page(ask_first=[NUMB, HEART])
    make_therapy_page(language="es", ask_first=["No lo use."])
    draft = make_therapy_page(language="es", published=False, origin=Origin.CLINIC, ask_first=["Pregunte."])
    assert what_a_page_loosens(draft) == ("“Ask first, or do not use” would no longer say: “No lo use.”",)


@pytest.mark.django_db
def test_a_clinician_says_why() -> None:
    draft = make_draft([NUMB], before=[NUMB, HEART])
    with pytest.raises(PublishingError, match="Say why"):
        publish_page(draft, by=make_staff(Role.CLINICIAN), at=NOON, reason="  ")


@pytest.mark.django_db
def test_who_loosened_a_page_and_why_is_kept() -> None:
    clinician = make_staff(Role.CLINICIAN)
    publish_page(make_draft([NUMB], before=[NUMB, HEART]), by=clinician, at=NOON, reason=REASON)
    kept = PageLoosening.objects.get()
    assert (kept.by, kept.reason, len(kept.what), kept.page.status) == (clinician, REASON, 1, "published")


@pytest.mark.django_db
def test_loosening_a_page_is_recorded() -> None:
    draft = make_draft([NUMB], before=[NUMB, HEART])
    publish_page(draft, by=make_staff(Role.CLINICIAN), at=NOON, reason=REASON)
    assert AuditEvent.objects.filter(detail="loosened a caution of page ice").exists()


# --- the library ------------------------------------------------------------------------------------------


def press(role: Role, draft: TherapyPage, name: str = "library_page_loosen", **typed: str) -> str:
    sent = {"seen": draft.content_hash, "reason": REASON} | typed
    answer = staff_client(role).post(reverse(name, args=[draft.therapy_id, draft.pk]), sent, follow=True)
    return str(answer.content.decode())


def opened(role: Role, draft: TherapyPage) -> str:
    return str(staff_client(role).get(reverse("library_page", args=[draft.therapy_id])).content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(("now", "is_said"), [([NUMB], True), ([NUMB, HEART], False)])
def test_the_list_says_when_a_page_needs_a_clinician(now: list[str], is_said: bool) -> None:
    make_draft(now, before=[NUMB, HEART])
    page = staff_client(Role.EDITOR).get(reverse("library")).content.decode()
    assert ("needs a clinician" in page) == is_said


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "is_shown"), [(Role.CLINICIAN, True), (Role.EDITOR, False)])
def test_only_a_clinician_is_asked_why(role: Role, is_shown: bool) -> None:
    assert ('name="reason"' in opened(role, make_draft([NUMB], before=[NUMB, HEART]))) == is_shown


@pytest.mark.django_db
def test_an_editor_reads_what_would_be_gone_and_has_no_button() -> None:
    page = opened(Role.EDITOR, make_draft([NUMB], before=[NUMB, HEART]))
    assert (f"would no longer say: “{HEART}”" in page, "Publish this draft" in page) == (True, False)


@pytest.mark.django_db
def test_an_editor_is_still_offered_to_publish_a_line_more() -> None:
    assert "Publish this draft" in opened(Role.EDITOR, make_draft([NUMB, HEART], before=[NUMB]))


@pytest.mark.django_db
def test_a_clinician_publishes_it_by_the_page_which_shows_the_reason() -> None:
    assert REASON in press(Role.CLINICIAN, make_draft([NUMB], before=[NUMB, HEART]))


@pytest.mark.django_db
def test_an_editors_crafted_request_publishes_nothing_looser() -> None:
    draft = make_draft([NUMB], before=[NUMB, HEART])
    press(Role.EDITOR, draft, "library_page_publish")
    assert not is_published(draft)


@pytest.mark.django_db
def test_a_clinician_does_not_publish_a_page_that_loosens_nothing() -> None:
    assert "an editor publishes it" in press(Role.CLINICIAN, make_draft([NUMB, HEART], before=[NUMB]))


@pytest.mark.django_db
def test_a_page_that_changed_meanwhile_is_not_loosened() -> None:
    draft = make_draft([NUMB], before=[NUMB, HEART])
    press(Role.CLINICIAN, draft, seen="1" * 64)
    assert not is_published(draft)
