"""What the desk sees at a glance: today's work, and one patient on one page. Reads only."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from intake.models import CodeSheet, Patient, RedFlag, Screening
from intake.screening import answers_to_read
from plans.footing import Footing, age_in_days, footing_of
from plans.held import HeldItem, held_items
from plans.models import ItemHold, Plan, PlanVersion, Printing
from practice.models import Clinic
from therapies.choices import choices_of
from therapies.regions import Region
from therapies.suitability import Advice
from therapies.suitability.findings import label_of

MOST_ROWS = 50


@dataclass(frozen=True)
class PatientFlags:
    """One patient's open red flags, the most urgent first."""

    patient: Patient
    flags: tuple[RedFlag, ...]

    @property
    def first(self) -> RedFlag:
        return self.flags[0]


@dataclass(frozen=True)
class Desk:
    """Today's lists, newest first, at most MOST_ROWS each; but every open red flag."""

    red_flags: tuple[PatientFlags, ...]
    registered: QuerySet[Patient]
    screened: QuerySet[Screening]
    screening_drafts: QuerySet[Screening]
    plan_drafts: QuerySet[PlanVersion]
    to_print: QuerySet[PlanVersion]
    stopped: QuerySet[Plan]
    held: tuple[HeldItem, ...]
    blocked: QuerySet[Plan]


def today_at_the_desk(clinic: Clinic) -> Desk:
    start, end = clinic.day_span(clinic.today())
    printed = Printing.objects.filter(version=OuterRef("pk"))
    screenings = Screening.objects.select_related("patient")
    versions = PlanVersion.objects.select_related("plan__patient", "changed_by", "issued_by")
    return Desk(
        red_flags=_open_red_flags(),
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
        .order_by("-stopped_by__saved_at")[:MOST_ROWS],
        held=held_items(ItemHold.objects.all(), most=MOST_ROWS),
        blocked=Plan.objects.with_blocked_items(clinic.today())
        .select_related("patient", "current")
        .order_by("-current__issued_at")[:MOST_ROWS],
    )


def _open_red_flags() -> tuple[PatientFlags, ...]:
    """Each patient with an open red flag; of everybody's, the most urgent first."""
    by_patient: dict[Patient, list[RedFlag]] = {}
    for flag in RedFlag.objects.open().most_urgent_first().select_related("patient", "screening"):
        by_patient.setdefault(flag.patient, []).append(flag)
    return tuple(PatientFlags(patient, tuple(flags)) for patient, flags in by_patient.items())


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
    footing: Footing | None
    open_flags: tuple[RedFlag, ...]
    closed_flags: tuple[RedFlag, ...]
    held: tuple[HeldItem, ...]


def overview_of(patient: Patient, clinic: Clinic) -> PatientOverview:
    today = clinic.today()
    footing = footing_of(patient, today, choices_of(clinic))
    screening, advice = (footing.screening, footing.advice) if footing else (None, None)
    flags = RedFlag.objects.filter(patient=patient).most_urgent_first().select_related("screening", "raised_by")
    versions = PlanVersion.objects.filter(plan__patient=patient).select_related("plan", "issued_by", "changed_by")
    plans = Plan.objects.filter(patient=patient, status__in=Plan.OPEN)
    plan = plans.select_related("current__issued_by", "current__standing_order__clinician", "stopped_by").first()
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
        footing=footing,
        open_flags=tuple(flags.open()),
        closed_flags=tuple(flags.exclude(closing=None).select_related("closing__by")),
        held=held_items(ItemHold.objects.filter(screening__patient=patient), most=MOST_ROWS),
    )


def region_words(screening: Screening | None) -> tuple[str, ...]:
    return tuple(str(Region(value).label) for value in screening.regions) if screening else ()
