"""What the desk sees at a glance: today's work, and one patient on one page. Reads only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from intake.models import CodeSheet, Patient, Screening
from intake.screening import advice_on, answers_to_read
from plans.checking import age_in_days
from plans.models import Plan, PlanVersion, Printing
from practice.models import Clinic
from therapies.regions import Region
from therapies.suitability import Advice
from therapies.suitability.findings import label_of

MOST_ROWS = 50


@dataclass(frozen=True)
class Desk:
    """Today's lists, newest first, at most MOST_ROWS each."""

    registered: QuerySet[Patient]
    screened: QuerySet[Screening]
    screening_drafts: QuerySet[Screening]
    plan_drafts: QuerySet[PlanVersion]
    to_print: QuerySet[PlanVersion]
    stopped: QuerySet[Plan]


def today_at_the_desk(clinic: Clinic) -> Desk:
    start, end = clinic.day_span(clinic.today())
    printed = Printing.objects.filter(version=OuterRef("pk"))
    screenings = Screening.objects.select_related("patient")
    versions = PlanVersion.objects.select_related("plan__patient", "changed_by", "issued_by")
    return Desk(
        registered=Patient.objects.filter(registered_at__gte=start, registered_at__lt=end).order_by("-registered_at")[
            :MOST_ROWS
        ],
        screened=screenings.sent().filter(sent_at__gte=start, sent_at__lt=end).order_by("-sent_at")[:MOST_ROWS],
        screening_drafts=screenings.drafts().order_by("-saved_at")[:MOST_ROWS],
        plan_drafts=versions.drafts().order_by("-changed_at")[:MOST_ROWS],
        to_print=versions.issued()
        .filter(~Exists(printed), current_of__status=Plan.Status.ACTIVE, plan__stopped_by=None)
        .order_by("-issued_at")[:MOST_ROWS],
        stopped=Plan.objects.stopped()
        .select_related("patient", "stopped_by")
        .order_by("-stopped_by__sent_at")[:MOST_ROWS],
    )


@dataclass(frozen=True)
class PatientOverview:
    """One patient's state today."""

    region_words: tuple[str, ...]
    screening: Screening | None
    screening_days: int | None
    screening_is_old: bool
    screening_draft: Screening | None
    advice: Advice | None
    unanswered: tuple[str, ...]
    plan: Plan | None
    draft: PlanVersion | None
    earlier: tuple[PlanVersion, ...]
    answers: tuple[tuple[str, str], ...]
    codes: CodeSheet | None


def overview_of(patient: Patient, clinic: Clinic) -> PatientOverview:
    today = clinic.today()
    screening = Screening.objects.newest_of(patient)
    versions = PlanVersion.objects.filter(plan__patient=patient).select_related("plan", "issued_by", "changed_by")
    plans = Plan.objects.filter(patient=patient, status__in=Plan.OPEN)
    plan = plans.select_related("current__issued_by", "stopped_by").first()
    advice = _advice(screening, patient, today)
    days = age_in_days(screening, clinic, today) if screening else None
    return PatientOverview(
        region_words=region_words(screening),
        screening=screening,
        screening_days=days,
        screening_is_old=days is not None and days > clinic.screening_limit_days,
        screening_draft=Screening.objects.drafts().filter(patient=patient).first(),
        advice=advice,
        unanswered=tuple(label_of(key) for key in advice.unanswered) if advice else (),
        plan=plan,
        draft=versions.drafts().first(),
        earlier=tuple(versions.issued().exclude(current_of__status=Plan.Status.ACTIVE).order_by("-issued_at")),
        answers=answers_to_read(screening) if screening else (),
        codes=CodeSheet.objects.filter(access__patient=patient, revoked_at=None).prefetch_related("codes").first(),
    )


def region_words(screening: Screening | None) -> tuple[str, ...]:
    return tuple(str(Region(value).label) for value in screening.regions) if screening else ()


def _advice(screening: Screening | None, patient: Patient, today: date) -> Advice | None:
    if screening is None:
        return None
    screening.patient = patient
    return advice_on(screening, today)
