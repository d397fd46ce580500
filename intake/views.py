"""Finding and registering patients. Where a found patient leads is given by the address table (`patient_page`)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from intake.finding import MOST_RESULTS, find_patients, kind_of_search
from intake.forms import PatientForm
from intake.loading import open_patient
from intake.models import Patient
from intake.registering import earliest_onset, keep_details, register_patient
from intake.restricting import closed_records
from practice import audit
from practice.access import StaffRequest, staff_may
from practice.roles import May


@staff_may(May.SEE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def patients(request: StaffRequest, patient_page: str) -> HttpResponse:
    """The search. What is searched for travels in the body, so it stands in no address, history or log."""
    text = request.POST.get("text", "")[:200]
    found = find_patients(Patient.objects.visible_to(request.user), text)
    if text.strip():
        _note_search(request, kind_of_search(text), len(found))
    context = {
        "text": text,
        "found": found,
        "searched": bool(text.strip()),
        "most": MOST_RESULTS,
        "patient_page": patient_page,
        "closed": closed_records(request.user),
    }
    template = "intake/results.html" if request.htmx else "intake/patients.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@staff_may(May.REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_new(request: StaffRequest, patient_page: str) -> HttpResponse:
    """Register somebody; when somebody alike exists, say so once and ask."""
    form = PatientForm(request.POST or None, today=request.clinic.today())
    alike: list[Patient] = []
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        alike = list(
            Patient.objects.visible_to(request.user).alike(
                given_name=cleaned["given_name"],
                family_name=cleaned["family_name"],
                birth_date=cleaned["birth_date"],
            )[:MOST_RESULTS]
        )
        if alike:
            _note_search(request, "registering", len(alike))
        if not alike or "somebody_else" in request.POST:
            patient = register_patient(form.save(commit=False), by=request.user)
            messages.success(request, f"Registered under record number {patient.record_number}.")
            return redirect(patient_page, patient.pk)
    context = {"form": form, "alike": alike, "patient_page": patient_page, "closed": closed_records(request.user)}
    return render(request, "intake/patient_new.html", context)


@staff_may(May.REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_edit(request: StaffRequest, patient_id: UUID, patient_page: str) -> HttpResponse:
    patient = open_patient(request, patient_id)
    form = PatientForm(
        request.POST or None,
        instance=patient,
        today=request.clinic.today(),
        submit="Save",
        earliest_onset=earliest_onset(patient),
    )
    if request.method == "POST" and form.is_valid():
        keep_details(form.save(commit=False), by=request.user)
        messages.success(request, "The details are saved.")
        return redirect(patient_page, patient.pk)
    return render(request, "intake/patient_edit.html", {"form": form, "patient": patient, "patient_page": patient_page})


def _note_search(request: StaffRequest, kind: str, found: int) -> None:
    audit.record(audit.Action.SEARCHED, actor=request.user, detail=f"{kind}: {found} found")
