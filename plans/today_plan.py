"""What a patient reads: the plan they have now, what of it is for today, and earlier versions. Reads only.

The plan of today is two queries: the version, and its items with their words and whether they are done.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import DateField, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import override

from intake.models import Patient, Screening
from plans.days import day_words, long_day_words, span_words
from plans.handout import caution_sentences
from plans.item_pictures import ItemPictures
from plans.keeping_notes import medicine_lines
from plans.models import DoneToday, Plan, PlanItem, PlanVersion
from plans.phase_words import Dated, apart_words, lines_for_today
from plans.phases import kept_apart_by, one_at_a_time
from plans.written_once import written
from practice.kept_sql import Given, KeptQuery
from practice.models import User
from therapies.dose_in_words import dose_cells, dose_words
from therapies.languages import ENGLISH
from therapies.models import InstructionText
from therapies.pictures import Picture
from therapies.reading_language import in_reading_language, reading_language
from therapies.reviewing import approved_for, needs_review, reviewed_by
from therapies.universal import Universal, universal

# Lists of an instruction that only the builder and the library ask for.
UNREAD = ("alternatives", "dose_most", "equipment", "positions", "safety")


@dataclass(frozen=True)
class ReadableItem:
    """One item with its words in the reader's language, or in English while those are missing or not approved."""

    item: PlanItem
    words: InstructionText
    cautions: tuple[str, ...]
    done: bool = False
    # Why it is on hold, in plain words; empty when it is not.
    hold: str = ""
    # Whether the page around it is in another language: then all of it is in English, its labels too.
    in_english: bool = False
    # The answers that the plan was issued on: they say where it hurts.
    screening: Screening | None = None
    # Of a movement that is done on either side, the one to show; empty for the one that was drawn.
    side: str = ""

    @property
    def is_closed(self) -> bool:
        """Approved in advance and not opened yet: nothing but its name and its day is shown."""
        return self.item.gated and not self.is_opened

    @property
    def is_opened(self) -> bool:
        return hasattr(self.item, "opening")

    @property
    def is_open(self) -> bool:
        """Whether the patient may do it on its days."""
        return not self.is_closed and not self.hold

    @property
    def named(self) -> str:
        """Its title within a sentence of the page's language."""
        return format_html('<span lang="en">{}</span>', self.words.title) if self.in_english else self.words.title

    @property
    def dated(self) -> Dated:
        return Dated(self.item, self.words.title, closed=self.is_closed, opened=self.is_opened)

    def is_due(self, day: date) -> bool:
        return self.item.from_date <= day <= self.item.until_date

    @property
    def icon(self) -> str:
        return self.item.instruction_version.instruction.therapy.icon

    @cached_property
    def dose_words(self) -> str:
        return dose_words(self.item.dose)

    @property
    def dose_cells(self) -> tuple[tuple[str, str], ...]:
        return dose_cells(self.item.dose)

    @cached_property
    def pictures(self) -> ItemPictures:
        return ItemPictures(self.item, self.words, self.screening, self.side)

    @property
    def small_pictures(self) -> tuple[Picture, ...]:
        """For the plan's page, which has many of them."""
        return self.pictures.small

    @property
    def sides(self) -> str:
        """That it is done on both sides, and which of them the pictures show."""
        return self.pictures.sides

    @property
    def not_now(self) -> str:
        """On whom or when not to do it, as HTML."""
        return written("plans/me_not_now.html", lines=tuple(self.words.not_now_if))

    @property
    def how_to(self) -> str:
        """How to do it and when to stop, as HTML."""
        words = self.words
        lists = {"steps": tuple(words.steps), "stop_if": tuple(words.stop_if)}
        return written("plans/me_how_to.html", **lists, feel=words.feel, easier=words.easier)

    @property
    def moves(self) -> bool:
        return self.pictures.main_moves

    @property
    def days_words(self) -> str:
        return span_words(self.item.from_date, self.item.until_date)

    @property
    def from_words(self) -> str:
        return day_words(self.item.from_date)


@dataclass(frozen=True)
class Apart:
    """An item that stays closed while `other` is on: the one is ice, the other one heat."""

    each: ReadableItem
    other: PlanItem

    @property
    def words(self) -> str:
        return apart_words(self.other)


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
        return self.version.plan.runs(self.version)

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
    def ended_words(self) -> str:
        ended_at = self.version.plan.ended_at
        return long_day_words(timezone.localdate(ended_at)) if ended_at else ""

    @property
    def medicines(self) -> tuple[str, ...]:
        """What to ask a doctor or pharmacist about."""
        return medicine_lines(self.version)

    @property
    def lines(self) -> Universal:
        """When to stop and call, in the language that is spoken."""
        return universal(reading_language())


@dataclass(frozen=True)
class TodayPlan(ReadableVersion):
    """The version a patient has now, seen on one day."""

    day: date
    # The newest day on which the questions were answered again since this version was issued.
    asked_again: date | None = None

    @cached_property
    def now(self) -> tuple[ReadableItem, ...]:
        """What is to be done today."""
        return tuple(each for each in self.items if each.is_due(self.day) and each.is_open)

    def to_do(self, item_id: UUID) -> ReadableItem | None:
        """The item with this id, where it is one to do today."""
        return next((each for each in self.now if self.is_current and each.item.pk == item_id), None)

    @cached_property
    def held(self) -> tuple[ReadableItem, ...]:
        """What newer answers hold and that is not over."""
        return tuple(each for each in self.items if each.hold and each.item.until_date >= self.day)

    @cached_property
    def waiting(self) -> tuple[ReadableItem, ...]:
        """What was approved in advance, whose first day has come, and that answers can open and have not."""
        return tuple(each for each in self._closed_today if not self._kept_apart_by(each, self.day))

    @cached_property
    def apart(self) -> tuple[Apart, ...]:
        """What no answers open today, as ice and heat are kept apart and the other one is on."""
        kept = ((each, self._kept_apart_by(each, self.day)) for each in self._closed_today)
        return tuple(Apart(each, other) for each, other in kept if other)

    @property
    def asked_for_it(self) -> bool:
        """Whether the questions were answered again since all of what waits could open, and it stayed closed."""
        days = [self._first_day(each) for each in self.waiting]
        return bool(days and self.asked_again and self.asked_again >= max(days))

    @property
    def _closed_today(self) -> tuple[ReadableItem, ...]:
        return tuple(each for each in self.items if each.is_due(self.day) and each.is_closed and not each.hold)

    def _kept_apart_by(self, each: ReadableItem, day: date) -> PlanItem | None:
        return kept_apart_by(each.item, (other.item for other in self.items if other.is_open), day)

    def _first_day(self, each: ReadableItem) -> date:
        """Its own, or the day after what kept it closed until then."""
        other = self._kept_apart_by(each, each.item.from_date)
        return other.until_date + timedelta(days=1) if other else each.item.from_date

    @cached_property
    def later(self) -> tuple[ReadableItem, ...]:
        """What begins on a later day, the next one first."""
        coming = (each for each in self.items if each.item.from_date > self.day and not each.hold)
        return tuple(sorted(coming, key=lambda each: (each.item.from_date, each.item.position)))

    @cached_property
    def phase_lines(self) -> tuple[str, ...]:
        """What is on today and until when, and what comes next."""
        lines = lines_for_today((each.dated for each in self.items if not each.hold), self.day)
        return tuple(map(self._told_apart, lines))

    def _told_apart(self, line: str) -> str:
        """A title in English says so within a sentence of another language: it is read out in its own."""
        each = next((each for each in self.items if each.in_english and each.words.title in line), None)
        if each is None:
            return line
        before, _, after = line.partition(each.words.title)
        return format_html("{}{}{}", before, each.named, after)

    @property
    def one_at_a_time(self) -> bool:
        return one_at_a_time([each.item for each in self.now])


def today_plan(user: User, day: date) -> TodayPlan | None:
    """The person's plan on `day`: the one that runs, else the last that ended; None before any was issued.

    A stopped plan comes without its items: nothing of it is to be done (rules.md section 3).
    """
    chosen = user.sees_only
    newest = _newest_version(of_chosen=bool(chosen))
    found = newest.rows(user=user.pk, today=timezone.localdate(), chosen=chosen)
    if not found:
        return None
    version: Any = found[0]
    if version.plan.is_stopped:
        return TodayPlan(version=version, items=(), day=day)
    asked = timezone.localdate(version.asked_again_at) if version.asked_again_at else None
    return TodayPlan(version=version, items=_readable(version, day), day=day, asked_again=asked)


def read_version(version: PlanVersion) -> ReadableVersion:
    return ReadableVersion(version=version, items=_readable(version))


def issued_to(user: User) -> list[ReadableVersion]:
    """Every version that was ever issued to this person, newest first, without its items."""
    versions = PlanVersion.objects.issued().filter(plan__in=Plan.objects.of_user(user))
    return [ReadableVersion(each, ()) for each in _with_its_people(versions).order_by("-issued_at", "-number")]


def items_to_tick(user: User, day: date) -> QuerySet[PlanItem]:
    """The items that are due on `day`, of the plan this person has now; of a stopped one none can be ticked."""
    plans = Plan.objects.of_user(user).active()
    items = PlanItem.objects.opened().not_held().due_on(day).select_related("version__plan")
    return items.filter(version__current_of__in=plans)


@KeptQuery
def _newest_version(*, of_chosen: bool) -> QuerySet[PlanVersion]:
    """The current version of the plan that runs, else of the last that ended, of those that the person may open."""
    user, today = Given("user", UUIDField()), Given("today", DateField())
    chosen = Given("chosen", UUIDField()) if of_chosen else None
    plans = Plan.objects.filter(patient__in=Patient.objects.of_somebody(user, today, only=chosen))
    versions = PlanVersion.objects.issued().filter(current_of__in=plans)
    # "active" sorts before "ended".
    newest_first = _with_its_people(versions).order_by("plan__status", "-plan__started_at")
    return newest_first.annotate(asked_again_at=_asked_again_at())[:1]


def _asked_again_at() -> Subquery:
    newest = Screening.objects.sent().filter(patient=OuterRef("plan__patient"), sent_at__gt=OuterRef("issued_at"))
    return Subquery(newest.order_by("-sent_at").values("sent_at")[:1])


def _with_its_people(versions: QuerySet[PlanVersion]) -> QuerySet[PlanVersion]:
    return versions.select_related(
        "plan__patient", "plan__stopped_by", "screening", "issued_by", "standing_order__clinician"
    )


@KeptQuery
def _items(*, language: str, reviewed: bool, on_a_day: bool) -> QuerySet[PlanItem]:
    """A version's items with the reader's and the English words, what of those is approved, what opened an item, what
    holds it and whether it is done on the day, in one query. `reviewed`: whether approved_for() has to ask."""
    done = DoneToday.objects.filter(item=OuterRef("pk"), day=Given("day", DateField()))
    with override(language):
        items = PlanItem.objects.filter(version=Given("version", UUIDField())).with_hold()
    items = items.annotate(
        own_words=_words_in(language),
        english_words=_words_in(ENGLISH),
        approved_words=approved_for(language, slug="instruction_version__instruction_id"),
        is_done=Exists(done if on_a_day else done.none()),
    )
    # django-stubs does not know that a filtered relation can be selected.
    together = ["instruction_version__instruction__therapy", "opening__screening", "english_words"]
    other = [] if language == ENGLISH else ["own_words"]
    unread = [f"instruction_version__{name}" for name in UNREAD]
    return items.select_related(*together, *other).defer(*unread)


def _words_in(language: str) -> FilteredRelation:
    return FilteredRelation("instruction_version__texts", condition=Q(instruction_version__texts__language=language))


def _readable(version: PlanVersion, day: date | None = None) -> tuple[ReadableItem, ...]:
    assert version.screening
    # The rules ask the screening for its patient, who is here already.
    version.screening.patient = version.plan.patient
    language = reading_language()
    items = _items(language=language, reviewed=needs_review(language), on_a_day=day is not None)
    return tuple(_readable_item(version, item) for item in items.rows(version=version.pk, day=day))


def _readable_item(version: PlanVersion, item: Any) -> ReadableItem:
    """`item` with what _items() found; all of it in English where its words are."""
    item.version = version
    language = reading_language()
    reviewed = reviewed_by(language, item.approved_words)
    slug = item.instruction_version.instruction_id
    words = reviewed.instruction(slug, getattr(item, "own_words", None), item.english_words)
    with override(words.language):
        cautions = caution_sentences(version, item, words)
    hold = in_reading_language(getattr(item, "hold_words", None) or "")
    in_english = words.language != language
    return ReadableItem(item, words, cautions, item.is_done, hold, in_english=in_english, screening=version.screening)
