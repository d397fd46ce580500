"""What a patient reads: the plan they have now, what of it is for today, and earlier versions. Reads only.

The plan of today is three queries: the version, its items with their words, and what is done today.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import FilteredRelation, Q, QuerySet

from intake.models import Patient
from plans.days import day_words, long_day_words, span_words
from plans.handout import caution_sentences
from plans.models import DoneToday, Plan, PlanItem, PlanVersion
from practice.models import User
from therapies.dose import dose_cells, dose_words
from therapies.models import InstructionText, Language
from therapies.universal import Universal, universal


@dataclass(frozen=True)
class ReadableItem:
    """One item with its words in the patient's language, or in English where there are none."""

    item: PlanItem
    words: InstructionText
    cautions: tuple[str, ...]
    done: bool = False

    @property
    def icon(self) -> str:
        return self.item.instruction_version.instruction.therapy.icon

    @property
    def dose_words(self) -> str:
        return dose_words(self.item.dose)

    @property
    def dose_cells(self) -> tuple[tuple[str, str], ...]:
        return dose_cells(self.item.dose)

    @property
    def days_words(self) -> str:
        return span_words(self.item.from_date, self.item.until_date)

    @property
    def from_words(self) -> str:
        return day_words(self.item.from_date)


@dataclass(frozen=True)
class ReadableVersion:
    """An issued version as its patient reads it."""

    version: PlanVersion
    items: tuple[ReadableItem, ...]

    @property
    def patient(self) -> Patient:
        return self.version.plan.patient

    @property
    def is_current(self) -> bool:
        plan = self.version.plan
        return plan.status == Plan.Status.ACTIVE and plan.current_id == self.version.pk

    @property
    def is_stopped(self) -> bool:
        return self.version.plan.is_stopped

    @property
    def has_ended(self) -> bool:
        return self.version.plan.status == Plan.Status.ENDED

    @property
    def issued_words(self) -> str:
        assert self.version.issued_on
        return long_day_words(self.version.issued_on)

    @property
    def lines(self) -> Universal:
        """When to stop and call, in the patient's language."""
        return universal(self.patient.language)


@dataclass(frozen=True)
class TodayPlan(ReadableVersion):
    """The version a patient has now, seen on one day."""

    day: date

    @property
    def now(self) -> tuple[ReadableItem, ...]:
        return tuple(each for each in self.items if each.item.from_date <= self.day <= each.item.until_date)

    @property
    def later(self) -> tuple[ReadableItem, ...]:
        """What begins on a later day, the next one first."""
        coming = (each for each in self.items if each.item.from_date > self.day)
        return tuple(sorted(coming, key=lambda each: (each.item.from_date, each.item.position)))

    @property
    def done_count(self) -> int:
        return sum(each.done for each in self.now)


def today_plan(user: User, day: date) -> TodayPlan | None:
    """The person's plan on `day`: the one that runs, else the last that ended; None before any was issued.

    A stopped plan comes without its items: nothing of it is to be done (rules.md section 3).
    """
    plans = Plan.objects.of_user(user)
    versions = PlanVersion.objects.issued().filter(current_of__in=plans)
    # "active" sorts before "ended".
    version = _with_its_people(versions).order_by("plan__status", "-plan__started_at").first()
    if version is None:
        return None
    if version.plan.is_stopped:
        return TodayPlan(version=version, items=(), day=day)
    items = _items(version)
    done = set(DoneToday.objects.filter(item__in=items, day=day).values_list("item_id", flat=True))
    return TodayPlan(version=version, items=_readable(version, items, done), day=day)


def read_version(version: PlanVersion) -> ReadableVersion:
    return ReadableVersion(version=version, items=_readable(version, _items(version), set()))


def issued_to(user: User) -> list[ReadableVersion]:
    """Every version that was ever issued to this person, newest first, without its items."""
    versions = PlanVersion.objects.issued().filter(plan__in=Plan.objects.of_user(user))
    return [ReadableVersion(each, ()) for each in _with_its_people(versions).order_by("-issued_at", "-number")]


def items_to_tick(user: User, day: date) -> QuerySet[PlanItem]:
    """The items that are due on `day`, of the plan this person has now; of a stopped one none can be ticked."""
    plans = Plan.objects.of_user(user).active()
    items = PlanItem.objects.select_related("version__plan")
    return items.filter(version__current_of__in=plans, from_date__lte=day, until_date__gte=day)


def _with_its_people(versions: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    return versions.select_related("plan__patient", "plan__stopped_by", "screening", "issued_by")


def _items(version: PlanVersion) -> list[PlanItem]:
    """The items with both the patient's and the English words, in one query."""
    items = version.items.annotate(
        own_words=_words_in(version.plan.patient.language), english_words=_words_in(Language.ENGLISH)
    )
    # django-stubs does not know that a filtered relation can be selected.
    together = ["instruction_version__instruction__therapy", "own_words", "english_words"]
    return list(items.select_related(*together))


def _words_in(language: str) -> FilteredRelation:
    return FilteredRelation("instruction_version__texts", condition=Q(instruction_version__texts__language=language))


def _readable(version: PlanVersion, items: Iterable[PlanItem], done: set[UUID]) -> tuple[ReadableItem, ...]:
    assert version.screening
    # The rules ask the screening for its patient, who is here already.
    version.screening.patient = version.plan.patient
    readable = []
    for item in items:
        words = getattr(item, "own_words", None) or item.english_words  # type: ignore[attr-defined]
        cautions = caution_sentences(version, item, words)
        readable.append(ReadableItem(item, words, cautions, item.pk in done))
    return tuple(readable)
