"""print_handout(): the PDF, with its row and its event in the same transaction."""

from django.db import transaction
from django.http import HttpResponse

from intake.models import Patient
from plans.handout import handout_pdf, slip_pdf
from plans.models import PlanItem, PlanVersion, Printing
from plans.sheet import Paper
from practice import audit
from practice.models import Clinic, User

STOPPED = "This plan is stopped by newer answers and is not printed. A clinician issues a new version first."

NOT_CURRENT = "Only the version that the patient has now is printed, and this one is replaced or has ended."
BLOCKED = (
    "A part of this plan is blocked by a correction for safety, so it is not printed. A clinician issues a new version"
    " first."
)


class NotPrinted(Exception):
    """A sheet is asked for that nobody may follow; the message says why."""


class PlanStopped(NotPrinted):
    """A sheet of a stopped plan is asked for; nothing of it may be followed (rules.md section 3)."""

    def __init__(self) -> None:
        super().__init__(STOPPED)


class NotCurrent(NotPrinted):
    """A sheet of a replaced version or of an ended plan is asked for: newer answers hold nothing on it."""

    def __init__(self) -> None:
        super().__init__(NOT_CURRENT)


class PartBlocked(NotPrinted):
    """An instruction of the plan was corrected for safety since it was issued."""

    def __init__(self) -> None:
        super().__init__(BLOCKED)


def refuse_unprintable(version: PlanVersion) -> None:
    """Raises PlanStopped when the version is of a stopped plan, NotCurrent when the patient has another or none,
    PartBlocked when a safety notice blocks an item."""
    if version.plan.is_stopped:
        raise PlanStopped
    if not version.plan.runs(version):
        raise NotCurrent
    if PlanItem.objects.filter(version=version).blocked().exists():
        raise PartBlocked


def is_printable(version: PlanVersion) -> bool:
    try:
        refuse_unprintable(version)
    except NotPrinted:
        return False
    return True


def print_handout(
    version: PlanVersion, *, by: User, clinic: Clinic, paper: Paper, large: bool, codes: tuple[str, ...], start_url: str
) -> bytes:
    """Set the sheet of an issued version for staff, and note that it was printed. Raises NotPrinted."""
    refuse_unprintable(version)
    pdf = handout_pdf(version, clinic=clinic, paper=paper, large=large, codes=codes, start_url=start_url)
    with transaction.atomic():
        Printing.objects.create(version=version, by=by)
        audit.record(audit.Action.PRINTED, actor=by, about=version, patient_id=version.plan.patient_id)
    return pdf


def print_slip(
    patient: Patient, *, by: User, clinic: Clinic, paper: Paper, codes: tuple[str, ...], start_url: str
) -> bytes:
    """Set a slip with codes that have just been made."""
    large = patient.text_size == Patient.TextSize.LARGE
    pdf = slip_pdf(patient, clinic=clinic, paper=paper, large=large, codes=codes, start_url=start_url)
    audit.record(audit.Action.PRINTED, actor=by, about=patient, patient_id=patient.pk, detail="code slip")
    return pdf


def pdf_response(pdf: bytes, filename: str) -> HttpResponse:
    """Shown in the browser, never kept by it. The name says nothing of the person."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Cache-Control"] = "no-store"
    return response
