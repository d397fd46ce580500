"""The record of a screening, and of the decision that stands on it, for the patient's chart. Reads only.

What was frozen is shown as it was frozen: answers, levels, red flags, an issued version's verdicts, reasons, limits
and notes.
The verdicts of a screening alone are kept nowhere: they are worked out for the day on which it was sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from intake.chart import AnswerGroup, every_answer
from intake.models import RedFlag, Screening
from intake.screening import advice_on
from plans.days import span_words
from plans.handout import texts_for
from plans.keeping_notes import kept_notes
from plans.models import PlanItem, PlanVersion
from practice.models import Clinic
from therapies.choices import choices_of
from therapies.dose_in_words import dose_words
from therapies.models import Language, RuleSignOff
from therapies.suitability import Advice, Alert, Level, Modality, PairingNote, label_of

WITH_ITS_OPENING = ("instruction_version__instruction__therapy", "opening__by", "opening__screening")
NAMES = {Modality.ICE: "Ice", Modality.HEAT: "Heat", Modality.STRETCHING: "Stretching"}
LEVEL_WORDS = {
    Level.NONE: "none",
    Level.REVIEW: "review: a clinician decides",
    Level.SAME_DAY: "to be seen today",
    Level.EMERGENCY: "emergency",
}


@dataclass(frozen=True)
class Line:
    """One reason, as a page shows it."""

    rule: str
    text: str
    source: str


@dataclass(frozen=True)
class Ruling:
    """One modality's verdict with every reason, the deciding one first, and the limits that go with it."""

    title: str
    verdict: str
    reasons: tuple[Line, ...]
    limits: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScreeningRecord:
    """Who asked and answered what, what it raised and what became of that."""

    screening: Screening
    answers: tuple[AnswerGroup, ...]
    level_words: str
    unanswered: tuple[str, ...]
    flags: tuple[RedFlag, ...]
    rulings: tuple[Ruling, ...]
    notes: tuple[Line, ...]
    # The rules are on that day stricter or milder now than the screening was when it was sent.
    differs: bool


@dataclass(frozen=True)
class ItemRecord:
    item: PlanItem
    title: str
    dose: str
    days: str


@dataclass(frozen=True)
class DecisionRecord:
    """An issued version: the screening it stands on, what clinicians decided about it, and what it gives."""

    version: PlanVersion
    screening: ScreeningRecord
    rulings: tuple[Ruling, ...]
    items: tuple[ItemRecord, ...]
    notes: tuple[Line, ...]
    # The newest signature of each capacity under the rule set, of the time before it was issued.
    signed: tuple[RuleSignOff, ...]


def screening_record(screening: Screening, clinic: Clinic) -> ScreeningRecord:
    """A sent screening. Its patient is loaded with it."""
    assert screening.sent_at
    advice = advice_on(screening, timezone.localdate(screening.sent_at, clinic.zone), choices_of(clinic))
    flags = RedFlag.objects.filter(screening=screening).select_related("raised_by", "closing__by")
    return ScreeningRecord(
        screening=screening,
        answers=every_answer(screening),
        level_words=LEVEL_WORDS[Level(screening.level)],
        unanswered=tuple(label_of(key) for key in advice.unanswered),
        flags=tuple(flags.order_by("raised_at", "rule")),
        rulings=_rulings(advice.as_record()),
        notes=_notes(advice),
        differs=(advice.level.value, len(advice.unanswered)) != (screening.level, screening.unanswered_count),
    )


def decision_record(version: PlanVersion, clinic: Clinic) -> DecisionRecord:
    """An issued version."""
    assert version.screening
    assert version.issued_at
    items = tuple(version.items.select_related(*WITH_ITS_OPENING))
    return DecisionRecord(
        version=version,
        screening=screening_record(version.screening, clinic),
        rulings=_rulings(version.advice or {}),
        items=tuple(_items(items)),
        notes=tuple(Line(note["rule"], note["text"], note["source"]) for note in kept_notes(version)),
        signed=tuple(_signed_before(version.issued_at)),
    )


def _signed_before(moment: datetime) -> Iterable[RuleSignOff]:
    signatures = RuleSignOff.objects.filter(at__lte=moment).select_related("by")
    for capacity in RuleSignOff.Capacity:
        yield from signatures.filter(capacity=capacity)[:1]


def _rulings(frozen: Mapping[str, Any]) -> tuple[Ruling, ...]:
    """From the record of an advice (`Advice.as_record()`), as it is kept with an issued version."""
    return tuple(
        Ruling(
            title=NAMES[modality],
            verdict=one["verdict"],
            reasons=tuple(Line(each["rule"], each["text"], each["source"]) for each in one["reasons"]),
            limits=tuple(one.get("limits", ())),
        )
        for modality in Modality
        if (one := frozen.get(modality.value))
    )


def _notes(advice: Advice) -> tuple[Line, ...]:
    """Ice and heat together, and medicines."""
    said: tuple[PairingNote | Alert, ...] = (*advice.pairing, *advice.alerts)
    return tuple(Line(each.rule, each.text, each.source) for each in said)


def _items(items: tuple[PlanItem, ...]) -> Iterable[ItemRecord]:
    words = texts_for(items, Language.ENGLISH)
    for item in items:
        title = words[item.instruction_version_id].title
        yield ItemRecord(item, title, dose_words(item.dose), span_words(item.from_date, item.until_date))
