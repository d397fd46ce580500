"""The builder's page: what it shows, and buttons that each keep what was typed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake.tests.factories import make_patient, sign_in_patient, sign_in_staff
from plans.models import PlanItem, PlanVersion
from plans.tests.builder_page import Response, address, page, press, text_of
from plans.tests.factories import builder_post, make_ready_draft
from practice.models import AuditEvent
from practice.roles import Role
from therapies.tests.factories import make_instruction_version, make_programme

pytestmark = pytest.mark.django_db
UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"
PAGES = ("plan_build", "draft_delete")


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


@pytest.fixture
def clinician(client: Client) -> Client:
    sign_in_staff(client, Role.CLINICIAN)
    return client


@pytest.mark.requirement("ASVS 15.3.3")
def test_what_the_page_has_no_field_for_is_not_taken(desk: Client) -> None:
    version = make_ready_draft(items=[{}])
    item, another = version.items.get(), make_instruction_version(slug="another", kind="ice")
    smuggled = {"status": "issued", "issued_at": "2026-01-01", "plan": UNKNOWN_ID, "patient": UNKNOWN_ID}
    press(desk, version, **smuggled, **{f"{item.pk}-instruction_version": str(another.pk)}, note="Kept")
    stored = PlanVersion.objects.get(pk=version.pk)
    assert (stored.note, stored.is_draft, stored.plan_id, stored.items.get().instruction_version_id) == (
        "Kept",
        True,
        version.plan_id,
        item.instruction_version_id,
    )


def leads_to(response: Response) -> str:
    address: str = response.url
    return address


# --- who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.CLINICIAN])
def test_the_desk_opens_a_draft(client: Client, role: Role) -> None:
    sign_in_staff(client, role)
    assert client.get(address(make_ready_draft())).status_code == 200


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
def test_another_role_is_told_no(client: Client, role: Role, name: str) -> None:
    sign_in_staff(client, role)
    assert client.post(address(make_ready_draft(), name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_patient_finds_nothing(client: Client, name: str) -> None:
    version = make_ready_draft()
    sign_in_patient(client, version.plan.patient)
    assert client.post(address(version, name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_to_sign_in(client: Client, name: str) -> None:
    assert leads_to(client.post(address(make_ready_draft(), name))).startswith(reverse("sign_in"))


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_draft_is_not_found(desk: Client, name: str) -> None:
    assert desk.post(reverse(name, args=[UNKNOWN_ID])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_another_method_is_refused(desk: Client, name: str) -> None:
    assert desk.put(address(make_ready_draft(), name)).status_code == 405


def test_deleting_by_a_link_is_refused(desk: Client) -> None:
    assert desk.get(address(make_ready_draft(), "draft_delete")).status_code == 405


def test_opening_a_draft_leaves_an_event(desk: Client) -> None:
    version = make_ready_draft()
    page(desk, version)
    assert AuditEvent.objects.get(action="opened").patient_id == version.plan.patient_id


# --- what the page shows -------------------------------------------------------------------------------


def test_the_page_shows_the_reasons_beside_the_instructions(desk: Client) -> None:
    version = make_ready_draft(findings={"poor_circulation": True}, items=[{}])
    assert "No ice where blood flow is poor" in page(desk, version)


def test_an_instruction_that_fits_can_be_added(desk: Client) -> None:
    version = make_ready_draft(items=())
    make_instruction_version(slug="knee-to-chest")
    assert 'value="add:knee-to-chest"' in page(desk, version)


def test_an_instruction_that_does_not_fit_cannot_be_added(desk: Client) -> None:
    version = make_ready_draft(findings={"poor_circulation": True}, items=())
    make_instruction_version(kind="ice", slug="ice-pack")
    assert 'value="add:ice-pack"' not in page(desk, version)


@pytest.mark.parametrize(("count", "nudged"), [(4, False), (5, True)])
def test_more_than_four_items_are_nudged(desk: Client, count: int, nudged: bool) -> None:
    assert ("is each one needed?" in page(desk, make_ready_draft(items=[{}] * count))) == nudged


def test_a_clinician_can_issue(clinician: Client) -> None:
    assert 'value="issue"' in page(clinician, make_ready_draft())


def test_the_front_desk_has_no_button_to_issue(desk: Client) -> None:
    assert 'value="issue"' not in page(desk, make_ready_draft())


def test_a_name_is_never_markup(desk: Client) -> None:
    version = make_ready_draft(patient=make_patient(given_name="<b>Bo</b>"))
    assert "<b>Bo</b>" not in page(desk, version)


def queries_of(client: Client, version: PlanVersion) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address(version))
    return len(captured)


def test_the_page_takes_as_many_queries_for_three_items_as_for_one(desk: Client) -> None:
    one, three = make_ready_draft(items=[{}]), make_ready_draft(items=[{}, {}, {}])
    page(desk, one)  # the very first request makes the clinic's row
    assert queries_of(desk, three) == queries_of(desk, one)


# --- what its buttons do -------------------------------------------------------------------------------


def test_the_note_is_saved(desk: Client) -> None:
    version = make_ready_draft()
    press(desk, version, note="Go slowly.")
    assert PlanVersion.objects.get().note == "Go slowly."


def test_a_dose_is_saved(desk: Client) -> None:
    version = make_ready_draft(items=[{}])
    item = version.items.get()
    press(desk, version, **{f"{item.pk}-repetitions": "7"})
    assert PlanItem.objects.get().repetitions == 7


def test_an_instruction_is_added(desk: Client) -> None:
    version = make_ready_draft(items=())
    added = make_instruction_version()
    press(desk, version, f"add:{added.instruction_id}")
    assert version.items.get().instruction_version == added


def test_adding_keeps_what_was_typed(desk: Client) -> None:
    version = make_ready_draft(items=())
    press(desk, version, f"add:{make_instruction_version().instruction_id}", note="Go slowly.")
    assert PlanVersion.objects.get().note == "Go slowly."


def test_a_crafted_add_of_what_does_not_fit_is_told(desk: Client) -> None:
    version = make_ready_draft(findings={"poor_circulation": True}, items=())
    slug = make_instruction_version(kind="ice").instruction_id
    told = desk.post(address(version), builder_post(version, f"add:{slug}"), follow=True)
    assert "No ice where blood flow is poor" in text_of(told).split("<main")[0]


def test_a_crafted_add_of_what_does_not_fit_adds_nothing(desk: Client) -> None:
    version = make_ready_draft(findings={"poor_circulation": True}, items=())
    press(desk, version, f"add:{make_instruction_version(kind='ice').instruction_id}")
    assert not version.items.exists()


def test_a_programme_is_applied(desk: Client) -> None:
    version = make_ready_draft(items=())
    programme = make_programme(instructions=(make_instruction_version().instruction,))
    press(desk, version, "programme", programme=programme.pk)
    assert version.items.count() == 1


def test_what_a_programme_leaves_out_is_told(desk: Client) -> None:
    version = make_ready_draft(items=())
    programme = make_programme(instructions=(make_instruction_version(kind="heat", slug="heat-pack").instruction,))
    data = builder_post(version, "programme", programme=programme.pk)
    assert "Left out: Heat pack: " in text_of(desk.post(address(version), data, follow=True))


@pytest.mark.parametrize("programme", ["", "no-such-thing", "\x00", "a" * 10_000])
def test_no_programme_is_asked_for(desk: Client, programme: str) -> None:
    version = make_ready_draft()
    data = builder_post(version, "programme", programme=programme)
    assert "Choose a programme first." in text_of(desk.post(address(version), data, follow=True))


@pytest.mark.parametrize(("action", "expected"), [("remove", "b"), ("down", "ba"), ("up", "ab")])
def test_an_item_is_removed_or_moved(desk: Client, action: str, expected: str) -> None:
    version = make_ready_draft(items=[{"note": "a"}, {"note": "b"}])
    press(desk, version, f"{action}:{version.items.all()[0].pk}")
    assert "".join(item.note for item in version.items.all()) == expected


@pytest.mark.parametrize(
    "action", ["", "remove", "remove:x", "up:", "dance", "add:", "add:\x00", "add:nothing", "\x00", "a" * 10_000]
)
def test_a_crafted_button_only_saves(desk: Client, action: str) -> None:
    version = make_ready_draft(items=[{}])
    assert press(desk, version, action).url == address(version)


# --- bad input -----------------------------------------------------------------------------------------


BAD = {
    "repetitions": [("0", "must be from 1 to 30"), ("31", "must be from 1 to 30"), ("many", "whole number")],
    "times_a_day": [("", "is needed"), ("-1", "must be from 1 to 6"), ("9" * 5_000, "whole number")],
    "until_date": [
        ("1/1/2020", "before the first day"),
        ("1/1/2999", "Check the year"),
        ("2/30/2026", "no such day"),
        ("1/1/27", "four digits"),
        ("", "required"),
    ],
    "from_date": [("soon", "Write the date like")],
    "note": [("a" * 10_000, "at most 300"), ("a\tb", "cannot be seen"), ("well 🙂", "cannot print 🙂")],
}


@pytest.mark.parametrize(
    ("field", "typed", "sentence"), [(field, *case) for field, cases in BAD.items() for case in cases]
)
def test_what_cannot_be_is_answered_with_a_sentence(desk: Client, field: str, typed: str, sentence: str) -> None:
    version = make_ready_draft(items=[{}])
    answer = press(desk, version, **{f"{version.items.get().pk}-{field}": typed})
    assert sentence in text_of(answer)


def test_bad_input_has_its_own_status(desk: Client) -> None:
    version = make_ready_draft(items=[{}])
    assert press(desk, version, **{f"{version.items.get().pk}-repetitions": "0"}).status_code == 422


def test_bad_input_loses_no_typing(desk: Client) -> None:
    version = make_ready_draft(items=[{}])
    item = version.items.get()
    typed = {f"{item.pk}-repetitions": "0", f"{item.pk}-note": "Left first.", "note": "Go slowly."}
    shown = text_of(press(desk, version, **typed))
    assert 'value="0"' in shown
    assert "Left first." in shown
    assert "Go slowly." in shown


def refused(client: Client) -> tuple[str, str]:
    """The page of a refused dose, and the id of the field."""
    version = make_ready_draft(items=[{}])
    pk = version.items.get().pk
    return text_of(press(client, version, **{f"{pk}-repetitions": "0"})), f"id_{pk}-repetitions"


def test_bad_input_is_listed_at_the_top_with_a_link_to_its_field(desk: Client) -> None:
    shown, field = refused(desk)
    summary = shown.split('class="error-summary"')[1].split("</div>")[0]
    assert f'<a href="#{field}">Knee to chest: Repetitions</a>' in summary


def test_the_field_that_the_summary_links_to_is_on_the_page(desk: Client) -> None:
    shown, field = refused(desk)
    assert shown.count(f'id="{field}"') == 1


def test_bad_input_is_said_in_the_title(desk: Client) -> None:
    assert "<title>Error: " in refused(desk)[0]


def test_a_draft_without_errors_has_no_summary(desk: Client) -> None:
    assert "error-summary" not in page(desk, make_ready_draft())


def test_bad_input_changes_nothing(desk: Client) -> None:
    version = make_ready_draft(items=[{}])
    press(desk, version, note="Go slowly.", **{f"{version.items.get().pk}-repetitions": "0"})
    assert PlanVersion.objects.get().note == ""


@pytest.mark.parametrize(
    ("note", "sentence"),
    [("a" * 10_000, "at most 1000"), ("a\x07", "cannot be seen"), ("🙂", "cannot print"), ("a\x00", "Null characters")],
)
def test_a_bad_note_to_the_patient_is_answered(desk: Client, note: str, sentence: str) -> None:
    assert sentence in text_of(press(desk, make_ready_draft(), note=note))


def test_a_note_of_several_lines_is_saved(desk: Client) -> None:
    press(desk, make_ready_draft(), note="Go slowly.\r\nBreathe out.")
    assert PlanVersion.objects.get().note == "Go slowly.\nBreathe out."


@pytest.mark.parametrize("revision", ["", "x", "-1", "99", "9" * 10_000, "٠"])
def test_a_page_without_its_revision_is_stale(desk: Client, revision: str) -> None:
    assert press(desk, make_ready_draft(), revision=revision).status_code == 409
