"""print_booklet(): the sheets of several patients in one file, each on a leaf of its own."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from intake.models import Patient
from plans.handout import build_sheet
from plans.models import Plan, PlanVersion, Printing
from plans.printing import NotPrinted, refuse_unprintable
from plans.sheet import Paper
from plans.typesetting import TypesettingError, render_booklet
from practice import audit
from practice.models import Clinic, User
from therapies.reviewing import language_for

MOST = 50
OFFERED_DAYS = 60
NOBODY = "Choose at least one patient."
TOO_MANY = f"At most {MOST} patients at a time."
NOT_FOUND = "One of the chosen patients was not found. Choose again."
NO_PLAN = "has no plan that runs"
TITLE = "Home plans"


class BookletRefused(NotPrinted):
    """Nothing was printed; `reasons` names each patient that stands in the way, with the reason."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = tuple(reasons)


def offered_to_print(user: User) -> list[Plan]:
    """The plans that run and had a version issued lately, the newest first: what a desk prints in one go."""
    since = timezone.now() - timedelta(days=OFFERED_DAYS)
    plans = Plan.objects.of_user(user).running().filter(current__issued_at__gte=since)
    printed = plans.annotate(printed_at=Max("current__printings__at"))
    return list(printed.select_related("patient", "current").order_by("-current__issued_at"))


def print_booklet(patients: Iterable[UUID], *, by: User, clinic: Clinic, paper: Paper) -> bytes:
    """The sheet of each of these patients, in their language and print, with a row and an event for each.

    Raises BookletRefused when one of them cannot be printed: then none is, and nothing is noted.
    """
    versions = _versions(dict.fromkeys(patients), by)
    pdf = _set(versions, clinic, paper)
    with transaction.atomic():
        for version in versions:
            Printing.objects.create(version=version, by=by)
            audit.record(
                audit.Action.PRINTED, actor=by, about=version, patient_id=version.plan.patient_id, detail="booklet"
            )
    return pdf


def _versions(chosen: Iterable[UUID], by: User) -> list[PlanVersion]:
    """The current version of each, in the order of their names."""
    wanted = list(chosen)
    patients = Patient.objects.open_to(by).in_bulk(wanted)
    for problem in _of_the_choice(wanted, found=len(patients)):
        raise BookletRefused([problem])
    current = PlanVersion.objects.filter(current_of__in=Plan.objects.active(), plan__patient__in=patients)
    together = ("plan__patient", "plan__current", "issued_by", "screening__patient", "standing_order__clinician")
    by_patient = {version.plan.patient_id: version for version in current.select_related(*together)}
    ordered = sorted(patients.values(), key=lambda patient: patient.listed_name)
    if reasons := list(_reasons(ordered, by_patient)):
        raise BookletRefused(reasons)
    return [by_patient[patient.pk] for patient in ordered]


def _of_the_choice(wanted: Sequence[UUID], *, found: int) -> Iterator[str]:
    if not wanted:
        yield NOBODY
    if len(wanted) > MOST:
        yield TOO_MANY
    if found < len(wanted):
        yield NOT_FOUND


def _reasons(patients: Iterable[Patient], versions: dict[UUID, PlanVersion]) -> Iterator[str]:
    for patient in patients:
        if patient.pk not in versions:
            yield f"{patient.listed_name} {NO_PLAN}."
            continue
        try:
            refuse_unprintable(versions[patient.pk])
        except NotPrinted as why:
            yield f"{patient.listed_name}: {why}"


def _set(versions: Iterable[PlanVersion], clinic: Clinic, paper: Paper) -> bytes:
    sheets = []
    for version in versions:
        patient = version.plan.patient
        with override(language_for(patient.language)):
            sheet = build_sheet(version, clinic=clinic, codes=(), start_url="")
        sheets.append((sheet, patient.text_size == Patient.TextSize.LARGE))
    try:
        return render_booklet(sheets, title=TITLE, paper=paper)
    except TypesettingError as why:
        raise BookletRefused([str(why)]) from why
