"""The builder's page when it matters: two at one draft, issuing, and a draft that is gone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from intake.models import Patient
from intake.tests.factories import make_clinician, make_patient, make_screening, make_staff, sign_in_staff
from plans.assigning import end_plan
from plans.building import delete_draft
from plans.models import Acknowledgement, PlanVersion
from plans.tests.builder_page import Response, address, page, press, text_of
from plans.tests.factories import builder_post, freeze, make_draft, make_issued, make_item, make_ready_draft
from practice.models import AuditEvent, Clinic
from practice.roles import Role
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
BONES = {"osteoporosis": True}
PAGES = ("plan_build", "draft_delete")


@pytest.fixture
def desk(client: Client) -> Client:
    sign_in_staff(client, Role.FRONT_DESK)
    return client


@pytest.fixture
def clinician(client: Client) -> Client:
    sign_in_staff(client, Role.CLINICIAN)
    return client


def is_draft(version: PlanVersion) -> bool:
    return PlanVersion.objects.get(pk=version.pk).is_draft


def leads_to(response: Response) -> str:
    address: str = response.url
    return address


# --- two at one draft ----------------------------------------------------------------------------------


@pytest.fixture
def overtaken(clinician: Client) -> tuple[PlanVersion, dict[str, Any]]:
    """A draft, and the page of one who typed while somebody else saved a note of their own."""
    version = make_ready_draft(items=[{}])
    mine = builder_post(version, note="My words")
    other = Client()
    other.force_login(make_staff(display_name="Kim Oak"), backend="practice.backends.SteadyBackend")
    press(other, version, note="Their words")
    return version, mine


def test_the_second_of_two_is_told_who_was_first(
    clinician: Client, overtaken: tuple[PlanVersion, dict[str, Any]]
) -> None:
    version, mine = overtaken
    assert "Kim Oak changed this draft" in text_of(clinician.post(address(version), mine))


def test_the_second_of_two_changes_nothing(clinician: Client, overtaken: tuple[PlanVersion, dict[str, Any]]) -> None:
    version, mine = overtaken
    clinician.post(address(version), mine)
    assert PlanVersion.objects.get().note == "Their words"


def test_the_second_of_two_loses_no_typing(clinician: Client, overtaken: tuple[PlanVersion, dict[str, Any]]) -> None:
    version, mine = overtaken
    item = version.items.get()
    shown = text_of(clinician.post(address(version), mine | {f"{item.pk}-note": "My item"}))
    assert "My words" in shown
    assert "My item" in shown


def test_the_second_of_two_issues_nothing(clinician: Client, overtaken: tuple[PlanVersion, dict[str, Any]]) -> None:
    version, mine = overtaken
    answer = clinician.post(address(version), mine | {"action": "issue"})
    assert (answer.status_code, is_draft(version)) == (409, True)


def test_pressing_again_makes_the_change(clinician: Client, overtaken: tuple[PlanVersion, dict[str, Any]]) -> None:
    version, mine = overtaken
    clinician.post(address(version), mine)
    clinician.post(address(version), mine | {"revision": 1})
    assert PlanVersion.objects.get().note == "My words"


def test_an_item_that_somebody_else_added_is_shown_beside_what_was_typed(clinician: Client) -> None:
    version = make_ready_draft(items=[{}])
    mine = builder_post(version, note="My words")
    added = make_instruction_version(title="Pelvic tilt")
    press(clinician, version, f"add:{added.instruction_id}")
    shown = text_of(clinician.post(address(version), mine))
    assert 'aria-label="Pelvic tilt"' in shown
    assert "My words" in shown


class AChangeInBetween:
    """Changes the draft in the moment between keeping what was typed and issuing it."""

    def __init__(self, version: PlanVersion) -> None:
        self.version, self.kept = version, False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        done = execute(sql, *rest)
        if "UPDATE" in sql and '"revision" +' in sql:
            self.kept = True
        elif self.kept and sql.startswith("RELEASE SAVEPOINT"):
            self.kept = False
            PlanVersion.objects.filter(pk=self.version.pk).update(revision=9)
        return done


def test_a_change_between_keeping_and_issuing_issues_nothing(clinician: Client) -> None:
    version = make_ready_draft(items=[{}])
    page(clinician, version)  # the very first request makes the clinic's row
    with connection.execute_wrapper(AChangeInBetween(version)):
        answer = press(clinician, version, "issue")
    assert (answer.status_code, is_draft(version)) == (409, True)


# --- issuing -------------------------------------------------------------------------------------------


def test_a_clinician_issues(clinician: Client) -> None:
    version = make_ready_draft()
    press(clinician, version, "issue")
    assert not is_draft(version)


def test_issuing_leads_to_the_issued_version(clinician: Client) -> None:
    version = make_ready_draft()
    assert press(clinician, version, "issue").url == address(version, "plan_version")


def test_issuing_keeps_what_was_typed_last(clinician: Client) -> None:
    press(clinician, make_ready_draft(), "issue", note="Go slowly.")
    assert PlanVersion.objects.issued().get().note == "Go slowly."


def test_a_double_click_issues_once(clinician: Client) -> None:
    version = make_ready_draft()
    data = builder_post(version, "issue")
    for _ in range(2):
        clinician.post(address(version), data)
    assert AuditEvent.objects.filter(action="issued").count() == PlanVersion.objects.count() == 1


def test_a_double_click_leads_to_the_issued_version(clinician: Client) -> None:
    version = make_ready_draft()
    data = builder_post(version, "issue")
    clinician.post(address(version), data)
    assert leads_to(clinician.post(address(version), data)) == address(version, "plan_version")


def test_a_refused_issue_says_why(clinician: Client) -> None:
    version = make_ready_draft(items=())
    told = clinician.post(address(version), builder_post(version, "issue"), follow=True)
    assert "The plan has no items yet." in text_of(told).split("<main")[0]


def test_a_refused_issue_keeps_what_was_typed(clinician: Client) -> None:
    press(clinician, make_ready_draft(items=()), "issue", note="Go slowly.")
    assert PlanVersion.objects.get().note == "Go slowly."


def test_a_clinician_acknowledges_and_issues_with_one_press(clinician: Client) -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    key = page(clinician, version).split('name="acknowledge" value="')[1].split('"')[0]
    press(clinician, version, "issue", acknowledge=key)
    assert not is_draft(version)


def test_an_unacknowledged_caution_issues_nothing(clinician: Client) -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    press(clinician, version, "issue")
    assert is_draft(version)


def test_a_crafted_issue_by_the_front_desk_is_told_no(desk: Client) -> None:
    assert press(desk, make_ready_draft(), "issue").status_code == 403


def test_a_crafted_issue_by_the_front_desk_issues_nothing(desk: Client) -> None:
    version = make_ready_draft()
    press(desk, version, "issue")
    assert is_draft(version)


def test_a_crafted_issue_by_the_front_desk_is_written_down(desk: Client) -> None:
    press(desk, make_ready_draft(), "issue")
    assert AuditEvent.objects.get(action="refused").detail == "issue_plan"


def test_the_front_desk_acknowledges_nothing(client: Client) -> None:
    version = make_ready_draft(findings=BONES, items=[{}])
    sign_in_staff(client, Role.CLINICIAN)
    key = page(client, version).split('name="acknowledge" value="')[1].split('"')[0]
    sign_in_staff(client, Role.FRONT_DESK)
    press(client, version, acknowledge=key)
    assert not Acknowledgement.objects.exists()


def test_a_screening_that_came_meanwhile_decides(clinician: Client) -> None:
    version = make_ready_draft(items=[{}])
    make_screening(patient=version.plan.patient, findings={"recent_spine_surgery_or_fracture": True})
    press(clinician, version, "issue")
    assert is_draft(version)


# --- deleted and issued meanwhile ----------------------------------------------------------------------


def deleted_draft(patient: Patient) -> tuple[PlanVersion, dict[str, Any]]:
    """A draft that was deleted while its page stood open, and what that page sends."""
    version = make_draft(patient=patient)
    make_item(version=version)
    data = builder_post(version)
    delete_draft(PlanVersion.objects.get(pk=version.pk), by=make_staff())
    return version, data


@pytest.mark.parametrize("name", PAGES)
def test_a_deleted_draft_leads_to_its_patient(desk: Client, name: str) -> None:
    patient = make_patient()
    version, _ = deleted_draft(patient)
    assert leads_to(desk.post(address(version, name))) == reverse("patient", args=[patient.pk])


def test_a_deleted_draft_is_said_in_a_sentence(desk: Client) -> None:
    version, _ = deleted_draft(make_patient())
    assert "This draft was deleted meanwhile" in text_of(desk.post(address(version), follow=True))


def test_a_deleted_draft_gives_back_the_typed_note(desk: Client) -> None:
    version, data = deleted_draft(make_patient())
    assert "Go slowly." in text_of(desk.post(address(version), data | {"note": "Go slowly."}))


def test_a_deleted_draft_gives_back_its_items_with_what_was_typed(desk: Client) -> None:
    version, data = deleted_draft(make_patient())
    prefix = next(name for name in data if name.endswith("-title")).removesuffix("title")
    shown = text_of(desk.post(address(version), data | {f"{prefix}repetitions": "17"}))
    assert ("Knee to chest" in shown, "<dd>17</dd>" in shown) == (True, True)


def test_what_was_typed_into_a_deleted_draft_is_never_markup(desk: Client) -> None:
    version, data = deleted_draft(make_patient())
    title = next(name for name in data if name.endswith("-title"))
    assert "<b>x" not in text_of(desk.post(address(version), data | {title: "<b>x", "note": "<b>x"}))


def test_a_deleted_draft_has_its_own_status(desk: Client) -> None:
    version, data = deleted_draft(make_patient())
    assert desk.post(address(version), data).status_code == 410


def test_a_deleted_draft_links_to_its_patient(desk: Client) -> None:
    patient = make_patient()
    version, data = deleted_draft(patient)
    assert reverse("patient", args=[patient.pk]) in text_of(desk.post(address(version), data))


def test_a_draft_that_went_with_its_ended_plan_gives_back_what_was_typed(desk: Client) -> None:
    version = make_draft(plan=make_issued().plan)
    data = builder_post(version, note="Go slowly.")
    end_plan(version.plan, by=make_clinician(), today=Clinic.load().today())
    assert "Go slowly." in text_of(desk.post(address(version), data))


def test_a_draft_is_deleted(desk: Client) -> None:
    version = make_ready_draft()
    desk.post(address(version, "draft_delete"))
    assert not PlanVersion.objects.exists()


def test_an_issued_version_is_no_draft_to_delete(desk: Client) -> None:
    version = make_issued()
    assert leads_to(desk.post(address(version, "draft_delete"))) == address(version, "plan_version")


def test_an_issued_version_has_no_builder(desk: Client) -> None:
    version = make_issued()
    assert leads_to(desk.get(address(version))) == address(version, "plan_version")


def typed_too_late() -> tuple[PlanVersion, dict[str, Any]]:
    """An issued version, and the page of somebody who typed a note and a number while it was issued."""
    version = make_draft()
    item = make_item(version=version)
    data = builder_post(version, note="Too late", **{f"{item.pk}-repetitions": "17"})
    return freeze(version), data


@pytest.mark.parametrize("words", ["Too late", "<dd>17</dd>", "was issued by"])
def test_a_version_that_was_issued_meanwhile_gives_back_what_is_not_in_it(desk: Client, words: str) -> None:
    version, data = typed_too_late()
    assert words in text_of(desk.post(address(version), data))


def test_a_version_that_was_issued_meanwhile_answers_with_a_conflict(desk: Client) -> None:
    version, data = typed_too_late()
    assert desk.post(address(version), data).status_code == 409


def test_a_page_that_changed_nothing_leads_to_the_version_that_was_issued_meanwhile(desk: Client) -> None:
    version = make_draft(note="a\nb")
    make_item(version=version)
    data = builder_post(version, note="a\r\nb")
    assert leads_to(desk.post(address(freeze(version)), data)) == address(version, "plan_version")


def test_typing_into_a_version_that_was_issued_meanwhile_changes_nothing(desk: Client) -> None:
    version = make_issued()
    desk.post(address(version), {"note": "late"})
    assert PlanVersion.objects.get().note == ""
