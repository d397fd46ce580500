"""The way into a restricted record, and who may restrict one. The owner's pages show record numbers, no names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.forms_restrictions import GlassForm, LiftForm, MoreCarersForm, RecordNumberForm, RestrictForm
from intake.loading import known_patient, note_knock, open_restriction
from intake.models import Patient, Restriction
from intake.restricting import (
    AlreadyRestricted,
    NotRestricted,
    break_glass,
    find_opening,
    is_closed_to,
    lift,
    name_more,
    note_seen,
    openings_to_show,
    restrict,
    restriction_of,
    standing_restrictions,
)
from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in

# The reason goes by a name of its own where it travels with another form's fields.
GLASS = "glass"
WHY = f"{GLASS}-why"
RESTRICTED_BEFORE = "This record was restricted before."
LIFTED_BEFORE = "The restriction was lifted meanwhile."


@staff_may(May.SEE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def glass(request: StaffRequest, patient_id: UUID, patient_page: str) -> HttpResponse:
    """What stands before a restricted record: say why, and it opens for a shift."""
    patient = known_patient(request.user, patient_id)
    onward = _onward(request, reverse(patient_page, args=[patient.pk]))
    if not is_closed_to(request.user, patient):
        return redirect(onward)
    form = GlassForm(request.POST or None, patient=patient)
    if request.method == "POST" and form.is_valid():
        _open(request, patient, form)
        return redirect(onward)
    context = {"patient": patient, "form": form}
    return render(request, "intake/glass.html", context, status=422 if form.errors else 200)


def says_why(request: HttpRequest) -> bool:
    return WHY in request.POST


def held_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into a form of a record that has closed since, to be sent once more."""
    own = ("csrfmiddlewaretoken", WHY)
    return [(name, str(value)) for name, values in request.POST.lists() for value in values if name not in own]


@freshly_signed_in(when=says_why)
def glass_before_a_form(request: StaffRequest, patient: Patient) -> HttpResponseBase:
    """The glass as the answer to a form whose record closed while it was filled in: a shift ended, or somebody
    restricted it. It holds everything that was sent; with a reason the form does what it was meant to do."""
    form = GlassForm(request.POST if says_why(request) else None, prefix=GLASS, patient=patient)
    match = request.resolver_match
    if match and form.is_valid():
        _open(request, patient, form)
        meant: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return meant
    note_knock(request, patient)
    context = {"patient": patient, "form": form, "held": held_fields(request)}
    return render(request, "intake/glass.html", context, status=422 if form.errors else 403)


def _open(request: StaffRequest, patient: Patient, form: GlassForm) -> None:
    opening = break_glass(patient, by=request.user, why=form.cleaned_data["why"])
    if opening:
        until = date_format(timezone.localtime(opening.until), "g:i A")
        messages.warning(request, f"This record is open to you until {until}. The owner is told.")


@staff_may(May.RESTRICT)
@require_http_methods(["GET", "HEAD", "POST"])
@freshly_signed_in()
def patient_restrict(request: StaffRequest, patient_id: UUID, patient_page: str) -> HttpResponse:
    """Restrict a record: who treats the person, and why."""
    patient = known_patient(request.user, patient_id)
    if standing := restriction_of(patient):
        return redirect("restriction", standing.pk)
    form = RestrictForm(request.POST or None, patient=patient, initial={"carers": [request.user.pk]})
    if request.method == "POST" and form.is_valid():
        try:
            made = restrict(patient, to=form.cleaned_data["carers"], by=request.user, why=form.cleaned_data["why"])
        except AlreadyRestricted:
            messages.info(request, RESTRICTED_BEFORE)
            return redirect(request.path)
        messages.success(request, f"Record {patient.record_number} is restricted.")
        return redirect("restriction", made.pk)
    context = {"patient": patient, "form": form, "patient_page": patient_page}
    return render(request, "intake/patient_restrict.html", context, status=422 if form.errors else 200)


@staff_may(May.RESTRICT)
@require_safe
def restriction(request: StaffRequest, restriction_id: UUID, patient_page: str) -> HttpResponse:
    """Who may open the record; name more, or lift it."""
    return _restriction_page(request, open_restriction(request, restriction_id), patient_page)


@staff_may(May.RESTRICT)
@require_POST
@freshly_signed_in()
def restriction_name(request: StaffRequest, restriction_id: UUID, patient_page: str) -> HttpResponse:
    standing = open_restriction(request, restriction_id)
    form = MoreCarersForm(request.POST, named=standing.carers.values("user"))
    if not form.is_valid():
        return _restriction_page(request, standing, patient_page, more=form)
    try:
        name_more(standing, to=form.cleaned_data["carers"], by=request.user)
        messages.success(request, "Named. They open the record as well now.")
    except NotRestricted:
        messages.info(request, LIFTED_BEFORE)
    return redirect("restriction", standing.pk)


@staff_may(May.RESTRICT)
@require_POST
@freshly_signed_in()
def restriction_lift(request: StaffRequest, restriction_id: UUID, patient_page: str) -> HttpResponse:
    standing = open_restriction(request, restriction_id)
    form = LiftForm(request.POST, patient=standing.patient)
    if not form.is_valid():
        return _restriction_page(request, standing, patient_page, lifting=form)
    try:
        lift(standing, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, f"Record {standing.patient.record_number} is open to the whole desk again.")
    except NotRestricted:
        messages.info(request, LIFTED_BEFORE)
    if request.user.may(May.SEE_PATIENTS):
        return redirect(patient_page, standing.patient_id)
    return redirect("restricted_records")


@staff_may(May.RUN_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def restricted_records(request: StaffRequest) -> HttpResponse:
    """What the owner is told: which restricted records somebody else opened, and which are restricted."""
    form = RecordNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = Patient.objects.visible_to(request.user).filter(record_number=int(form.cleaned_data["record_number"]))
        if patient := asked.first():
            return redirect("patient_restrict", patient.pk)
        form.add_error("record_number", "No record has this number.")
    context = {
        "form": form,
        "openings": openings_to_show(request.user),
        "restrictions": standing_restrictions(),
    }
    return render(request, "intake/restricted_records.html", context, status=422 if form.errors else 200)


@staff_may(May.RUN_CLINIC)
@require_POST
def opening_seen(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    note_seen(find_opening(opening_id), by=request.user)
    return redirect("restricted_records")


def _restriction_page(
    request: StaffRequest,
    standing: Restriction,
    patient_page: str,
    *,
    more: MoreCarersForm | None = None,
    lifting: LiftForm | None = None,
) -> HttpResponse:
    wrong = more or lifting
    context = {
        "restriction": standing,
        "carers": standing.carers.select_related("user"),
        "more": more or MoreCarersForm(named=standing.carers.values("user")),
        "lifting": lifting or LiftForm(patient=standing.patient),
        "form": wrong,
        "patient_page": patient_page,
        "sees_patients": request.user.may(May.SEE_PATIENTS),
    }
    return render(request, "intake/restriction.html", context, status=422 if wrong else 200)


def _onward(request: StaffRequest, otherwise: str) -> str:
    """The page that was asked for; no address of another site, whatever stands in this one."""
    to = request.GET.get("to", "")
    is_ours = to.startswith(reverse("today")) and url_has_allowed_host_and_scheme(to, allowed_hosts=None)
    return to if is_ours else otherwise
