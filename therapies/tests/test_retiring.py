"""Retiring an instruction and bringing it back, with a reason; the database agrees."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse

from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.catalogue_files import read_catalogue
from therapies.loading import load
from therapies.models import InstructionVersion, RetirementDecision, Status
from therapies.publishing import PublishingError, publish_version
from therapies.retiring import RetiringError, bring_back, retire
from therapies.tests.factories import PUBLISHED_AT, make_instruction_version
from therapies.tests.sample_catalogue import change, write_catalogue
from therapies.tests.test_library import staff_client

pytestmark = pytest.mark.django_db


def make_retired() -> InstructionVersion:
    version = make_instruction_version(slug="ice-pack", kind="ice")
    retire(version.instruction, by=make_staff(Role.EDITOR), at=PUBLISHED_AT, reason="It slips.")
    version.refresh_from_db()
    return version


def test_what_is_retired_is_handed_out_no_more() -> None:
    make_retired()
    assert not InstructionVersion.objects.handed_out().exists()


def test_who_retired_it_and_why_is_kept() -> None:
    make_retired()
    assert RetirementDecision.objects.get().reason == "It slips."


def test_it_comes_back_as_it_was() -> None:
    version = make_retired()
    bring_back(version.instruction, by=make_staff(Role.CLINICIAN, username="bea"), at=PUBLISHED_AT, reason="A strap.")
    assert InstructionVersion.objects.published().get() == version


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_retired_without_a_reason(reason: str) -> None:
    version = make_instruction_version()
    with pytest.raises(RetiringError, match="Say why"):
        retire(version.instruction, by=make_staff(Role.EDITOR), at=PUBLISHED_AT, reason=reason)


def test_what_is_not_published_is_not_retired() -> None:
    version = make_instruction_version(published=False)
    with pytest.raises(RetiringError, match="nothing to retire"):
        retire(version.instruction, by=make_staff(Role.EDITOR), at=PUBLISHED_AT, reason="Old.")


def test_what_is_not_retired_is_not_brought_back() -> None:
    version = make_instruction_version()
    with pytest.raises(RetiringError, match="not retired"):
        bring_back(version.instruction, by=make_staff(Role.CLINICIAN), at=PUBLISHED_AT, reason="Why not.")


def test_an_editor_brings_nothing_back() -> None:
    version = make_retired()
    with pytest.raises(RetiringError, match="A clinician"):
        bring_back(version.instruction, by=make_staff(Role.EDITOR, username="bea"), at=PUBLISHED_AT, reason="A strap.")


def test_no_draft_is_published_past_a_retirement() -> None:
    draft = make_instruction_version(instruction=make_retired().instruction, published=False)
    with pytest.raises(PublishingError, match="Bring it back first"):
        publish_version(draft, by=None, at=PUBLISHED_AT)


def test_newer_shipped_text_of_a_retired_instruction_waits(tmp_path: Path) -> None:
    folder = write_catalogue(tmp_path)
    load(read_catalogue(folder), at=PUBLISHED_AT)
    version = InstructionVersion.objects.published().get(instruction="ice-pack")
    retire(version.instruction, by=make_staff(Role.EDITOR), at=PUBLISHED_AT, reason="It slips.")
    change(folder, "instructions/ice.en.toml", "Lay it on.", "Lay it on your back.")
    load(read_catalogue(folder), at=PUBLISHED_AT)
    assert not InstructionVersion.objects.published().filter(instruction="ice-pack").exists()


@pytest.mark.parametrize(("status", "to"), [("published", "retired"), ("superseded", "published")])
def test_the_database_moves_no_version_without_a_decision(status: str, to: str) -> None:
    version = make_instruction_version(status=Status(status))
    rows = InstructionVersion.objects.filter(pk=version.pk)
    with pytest.raises(IntegrityError, match="say why"), transaction.atomic():
        QuerySet.update(rows, status=to)


def test_the_database_brings_nothing_back_without_a_decision() -> None:
    make_retired()
    with pytest.raises(IntegrityError, match="say why"), transaction.atomic():
        InstructionVersion.objects.all().bring_back()


def test_a_clinician_retires_from_the_page() -> None:
    version = make_instruction_version()
    address = reverse("library_retire", args=[version.instruction_id])
    staff_client(Role.CLINICIAN).post(address, {"reason": "It slips."})
    version.refresh_from_db()
    assert version.status == Status.RETIRED


def test_a_clinician_brings_it_back_from_the_page() -> None:
    version = make_retired()
    staff_client(Role.CLINICIAN).post(
        reverse("library_bring_back", args=[version.instruction_id]), {"reason": "A strap."}
    )
    assert InstructionVersion.objects.published().get() == version


@pytest.mark.parametrize(("role", "is_shown"), [(Role.CLINICIAN, True), (Role.EDITOR, False)])
def test_only_a_clinician_sees_the_way_back(role: Role, is_shown: bool) -> None:
    address = reverse("library_instruction", args=[make_retired().instruction_id])
    back = reverse("library_bring_back", args=["ice-pack"])
    assert (f'action="{back}"' in staff_client(role).get(address).content.decode()) == is_shown


def test_the_page_says_why_nothing_was_retired() -> None:
    version = make_instruction_version()
    address = reverse("library_retire", args=[version.instruction_id])
    assert "Say why, in your own words." in staff_client(Role.EDITOR).post(address, follow=True).content.decode()


def test_the_page_of_a_retired_instruction_shows_who_retired_it() -> None:
    version = make_retired()
    page = staff_client(Role.FRONT_DESK).get(reverse("library_instruction", args=[version.instruction_id]))
    assert "It slips." in page.content.decode()
