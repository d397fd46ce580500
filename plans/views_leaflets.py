"""What is printed when there is no plan to print: the urgent card, and the sheet for neither ice nor heat."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intake.loading import open_patient
from intake.models import Patient
from plans.answering import answering_patient
from plans.cards import Card, card_of_patient
from plans.footing import footing_of
from plans.leading import see_other
from plans.leaflets import card_pdf, neither_applies, neither_pdf
from plans.printing import pdf_response
from plans.speaking import speak
from practice import audit
from practice.access import StaffRequest, patient_only, staff_may
from practice.roles import May
from therapies.choices import choices_of
from therapies.reviewing import language_for

CARD, NEITHER = "urgent card", "neither ice nor heat"
NO_CARD = "No red flag of this patient is open, so there is no urgent card to print."
NOT_NEITHER = (
    "This sheet is for people for whom neither ice nor heat fits, by answers that are new, and nothing is urgent or"
    " open."
)
FILE_NAME = "what-to-do-now.pdf"


@patient_only
@never_cache
@require_safe
def card_print(request: StaffRequest) -> HttpResponse:
    """The patient's own urgent card on paper."""
    patient = answering_patient(request.user)
    if patient is None:
        raise Http404
    speak(request, patient)
    card = card_of_patient(patient)
    return _printed(request, patient, card) if card else see_other("me")


@staff_may(May.PRINT)
@never_cache
@require_safe
def desk_card_print(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """The card to hand over at the desk, in the patient's language."""
    patient = open_patient(request, patient_id)
    with override(language_for(patient.language)):
        card = card_of_patient(patient)
        if card:
            return _printed(request, patient, card)
    messages.info(request, NO_CARD)
    return redirect("patient", patient.pk)


@staff_may(May.PRINT)
@never_cache
@require_safe
def neither_print(request: StaffRequest, patient_id: UUID) -> HttpResponse:
    """What helps without ice and without heat, by the newest answers."""
    patient = open_patient(request, patient_id)
    today = request.clinic.today()
    footing = footing_of(patient, today, choices_of(request.clinic))
    if footing is None or not neither_applies(footing, request.clinic, today):
        messages.info(request, NOT_NEITHER)
        return redirect("patient", patient.pk)
    pdf = neither_pdf(footing, patient, clinic=request.clinic)
    _note(request, patient, NEITHER)
    return pdf_response(pdf, FILE_NAME)


def _printed(request: StaffRequest, patient: Patient, card: Card) -> HttpResponse:
    pdf = card_pdf(card, patient, clinic=request.clinic)
    _note(request, patient, CARD)
    return pdf_response(pdf, FILE_NAME)


def _note(request: StaffRequest, patient: Patient, what: str) -> None:
    audit.record(
        audit.Action.PRINTED, actor=request.user, about=patient, patient_id=patient.pk, request=request, detail=what
    )
