"""Loading through access: the only way a view gets hold of a patient. A stranger's record is not found (404).

A record that is restricted to others of the staff raises RecordClosed, which leads to the page where the glass is
broken (closed_records.py).
"""

from uuid import UUID

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from intake.models import Patient, Restriction
from intake.restricting import refuse_closed
from practice import audit
from practice.access import StaffRequest
from practice.models import User
from practice.roles import May


def open_patient(request: StaffRequest, patient_id: UUID) -> Patient:
    """The patient, with one audit event for the opening."""
    patient = known_patient(request.user, patient_id)
    refuse_closed(request.user, patient)
    note_opening(request, patient)
    return patient


def find_patient(user: User, patient_id: UUID) -> Patient:
    """The patient, for what shows nothing of the record: it leaves no trace."""
    patient = known_patient(user, patient_id)
    refuse_closed(user, patient, is_a_look=False)
    return patient


def known_patient(user: User, patient_id: UUID) -> Patient:
    """The patient by name, also where the record is closed: for the way into it, and nothing else."""
    return get_object_or_404(Patient.objects.visible_to(user), pk=patient_id)


def open_restriction(request: StaffRequest, restriction_id: UUID) -> Restriction:
    """A restriction that stands. Whoever could name themselves on it and then open the record has to be let in first;
    an owner who sees no patients does not."""
    standing = Restriction.objects.standing().select_related("patient", "by")
    restriction = get_object_or_404(standing, pk=restriction_id)
    if request.user.may(May.SEE_PATIENTS):
        refuse_closed(request.user, restriction.patient)
    leave_trace(request, restriction, restriction.patient_id)
    return restriction


def note_opening(request: StaffRequest, patient: Patient) -> None:
    """The trace of an opened record."""
    leave_trace(request, patient, patient.pk)


def leave_trace(request: StaffRequest, about: Model, patient_id: UUID) -> None:
    """Staff leave one for each page; a patient or a proxy, who reads the same thing often, one a day and session."""
    page = page_of(request)
    if request.user.works_here:
        audit.record(audit.Action.OPENED, actor=request.user, about=about, patient_id=patient_id, detail=page)
        return
    day = request.clinic.today()
    audit.read_once(actor=request.user, about=about, patient_id=patient_id, day=day, request=request, page=page)


def note_knock(request: StaffRequest, patient: Patient) -> None:
    """The trace of a closed record that somebody wanted to open."""
    audit.refused(actor=request.user, about=patient, patient_id=patient.pk, detail=page_of(request))


def note_list(request: StaffRequest) -> None:
    """The trace of a page that names several patients beside each other."""
    audit.record(audit.Action.OPENED, actor=request.user, detail=page_of(request))


def page_of(request: HttpRequest) -> str:
    """The name of the page, which holds no id: "patient", "plan_build"."""
    return request.resolver_match.view_name if request.resolver_match else ""
