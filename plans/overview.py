"""What the desk sees at a glance: today's work, and one patient on one page. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from intake.codes import own_sheet
from intake.models import CodeSheet, Patient, RedFlag, Screening
from intake.screening import answers_to_read
from plans.footing import Footing, age_in_days, footing_of
from plans.held import BlockedItem, HeldItem, blocked_in, held_at_home, with_titles
from plans.models import ItemHold, Plan, PlanVersion, Printing
from plans.models_decisions import ItemHoldQuerySet
from practice.models import Clinic
from therapies.choices import choices_of
from therapies.regions import Region
from therapies.suitability import Advice
from therapies.suitability.findings import label_of

MOST_ROWS = 50
RowT = TypeVar("RowT")
ModelT = TypeVar("ModelT", bound=Model)


@dataclass(frozen=True)
class PatientFlags:
    """One patient's open red flags, the most urgent first."""

    patient: Patient
    flags: tuple[RedFlag, ...]

    @property
    def first(self) -> RedFlag:
        return self.flags[0]


@dataclass(frozen=True)
class Beginning(Generic[RowT]):
    """The first rows of a list, and how many `more` there are: no row of it is left out unsaid."""

    rows: Sequence[RowT]
    more: int


@dataclass(frozen=True)
class DeskLists:
    """What stands on Today, whole: the page shows the beginning of each, desk_state.py tells when one changes."""

    red_flags: QuerySet[RedFlag]
    registered: QuerySet[Patient]
    screened: QuerySet[Screening]
    screening_drafts: QuerySet[Screening]
    plan_drafts: QuerySet[PlanVersion]
    to_print: QuerySet[PlanVersion]
    stopped: QuerySet[Plan]
    held: ItemHoldQuerySet
    blocked: QuerySet[Plan]
    to_countersign: QuerySet[PlanVersion]


@dataclass(frozen=True)
class Desk:
    """Today's lists, newest first. What may harm is counted to its end; every open red flag is shown."""

    red_flags: tuple[PatientFlags, ...]
    registered: QuerySet[Patient]
    screened: QuerySet[Screening]
    screening_drafts: QuerySet[Screening]
    plan_drafts: QuerySet[PlanVersion]
    to_print: QuerySet[PlanVersion]
    stopped: Beginning[Plan]
    held: Beginning[HeldItem]
    blocked: Beginning[Plan]


def lists_of_today(clinic: Clinic) -> DeskLists:
    start, end = clinic.day_span(clinic.today())
    printed = Printing.objects.filter(version=OuterRef("pk"))
    versions = PlanVersion.objects.all()
    return DeskLists(
        red_flags=RedFlag.objects.open().most_urgent_first(),
        registered=Patient.objects.filter(registered_at__gte=start, registered_at__lt=end).order_by("-registered_at"),
        screened=Screening.objects.sent().filter(sent_at__gte=start, sent_at__lt=end).order_by("-sent_at"),
        screening_drafts=Screening.objects.drafts().order_by("-saved_at"),
        plan_drafts=versions.drafts().order_by("-changed_at"),
        to_print=versions.issued()
        .filter(~Exists(printed), current_of__status=Plan.Status.ACTIVE, plan__stopped_by=None)
        .order_by("-issued_at"),
        stopped=Plan.objects.stopped().order_by("-stopped_by__saved_at"),
        held=held_at_home(ItemHold.objects.all()),
        blocked=Plan.objects.with_blocked_items(clinic.today()).order_by("-current__issued_at"),
        to_countersign=versions.to_countersign(),
    )


def today_at_the_desk(clinic: Clinic, *, whole: bool = False) -> Desk:
    """The beginning of each list; with `whole`, all that is stopped, on hold or blocked."""
    lists, most = lists_of_today(clinic), None if whole else MOST_ROWS
    with_people = ("plan__patient", "changed_by", "issued_by")
    held = _beginning(lists.held, most)
    return Desk(
        red_flags=_by_patient(lists.red_flags),
        registered=lists.registered[:MOST_ROWS],
        screened=lists.screened.select_related("patient")[:MOST_ROWS],
        screening_drafts=lists.screening_drafts.select_related("patient")[:MOST_ROWS],
        plan_drafts=lists.plan_drafts.select_related(*with_people)[:MOST_ROWS],
        to_print=lists.to_print.select_related(*with_people)[:MOST_ROWS],
        stopped=_beginning(lists.stopped.select_related("patient", "stopped_by"), most),
        held=Beginning(with_titles(held.rows), held.more),
        blocked=_beginning(lists.blocked.select_related("patient", "current"), most),
    )


def _beginning(found: QuerySet[ModelT], most: int | None) -> Beginning[ModelT]:
    """The first `most` rows; the rest is only counted, and only when there is a rest."""
    rows = list(found[:most])
    more = found.count() - len(rows) if len(rows) == most else 0
    return Beginning(rows, more)


def _by_patient(found: QuerySet[RedFlag]) -> tuple[PatientFlags, ...]:
    """Each patient with an open red flag; of everybody's, the most urgent first."""
    by_patient: dict[Patient, list[RedFlag]] = {}
    for flag in found.select_related("patient", "screening"):
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
    blocked: tuple[BlockedItem, ...]


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
        codes=own_sheet(patient),
        footing=footing,
        open_flags=tuple(flags.open()),
        closed_flags=tuple(flags.exclude(closing=None).select_related("closing__by")),
        held=with_titles(list(held_at_home(ItemHold.objects.filter(screening__patient=patient)))),
        blocked=blocked_in(plan),
    )


def region_words(screening: Screening | None) -> tuple[str, ...]:
    return tuple(str(Region(value).label) for value in screening.regions) if screening else ()
