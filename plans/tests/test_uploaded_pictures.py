"""An uploaded picture, or a figure of the clinic's own, on a plan: on the patient's phone and on paper."""

from io import BytesIO

import pytest
from django.test import Client
from django.utils.translation import override
from pypdf import PdfReader

from intake.tests.factories import BACKEND, make_access, make_patient, make_staff
from plans.handout import build_sheet
from plans.models import PlanVersion
from plans.tests.factories import make_issued
from plans.tests.test_typesetting import values_of
from plans.typesetting import render_pdf
from practice.models import Clinic
from therapies.reencoding import reencode
from therapies.tests.factories import make_instruction_version
from therapies.tests.factories_pictures import make_image
from therapies.uploads import keep_upload

pytestmark = pytest.mark.django_db
ALT = "A towel in a roll."


def make_plan_with_a_photo(kind: str = "JPEG") -> PlanVersion:
    words = {"en": [ALT]}
    made = reencode(make_image(kind, (2000, 1500)))
    photo = keep_upload(made, title="Towel", words=words, by=make_staff())
    version = make_instruction_version(figures={"main": photo.figure}, text={"pictures": {"main": words["en"]}})
    return make_issued(patient=make_patient(), items=[{"instruction_version": version}])


def pdf_of(version: PlanVersion, *, large: bool = False) -> bytes:
    with override("en"):
        return render_pdf(build_sheet(version, clinic=Clinic.load(), codes=(), start_url=""), large=large)


@pytest.mark.parametrize("large", [False, True])
def test_paper_has_the_photo_with_its_words(large: bool) -> None:
    pdf = pdf_of(make_plan_with_a_photo(), large=large)
    images = [image for page in PdfReader(BytesIO(pdf)).pages for image in page.images]
    assert (values_of(pdf, "/Alt"), len(images)) == ([ALT], 1)


def test_a_sheet_with_a_photo_stays_under_a_hundred_kilobytes() -> None:
    assert len(pdf_of(make_plan_with_a_photo())) < 100_000


def test_the_phone_shows_the_photo_with_its_words(client: Client) -> None:
    version = make_plan_with_a_photo()
    client.force_login(make_access(patient=version.plan.patient).user, backend=BACKEND)
    page = client.get("/me/").content.decode()
    photo = version.items.get().instruction_version.figures["main"]["upload"]
    assert all(part in page for part in (f"/figures/uploads/{photo}/small/", f">{ALT}</desc>"))
