"""Everything that is kept about one person, to read and as data. What opens a door (codes, keys) is left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from intake.chart import every_answer
from intake.models import Patient, Screening
from plans.handout import texts_for
from plans.models import PlanItem, PlanVersion
from plans.whole_record import EVENTS, INDEX, WholeRecord, whole_record
from practice.models import User
from therapies.dose_in_words import dose_words
from therapies.models import Language

# Columns that hold a key or its digest, and those that only the program itself reads.
NEVER_SHOWN = frozenset(
    {"password", "digest", "address_digest", "session_key", "session_data", "device", "locator", "data", "typed"}
    | {"page", "search_key", "groups", "user_permissions", "session", "once"}
)
# What staff call a table; any other goes by its own name.
TITLES = {
    "intake.patient": "Details",
    "intake.patientaccess": "Who may open the plan",
    "intake.historicalpatient": "Details, as they were before",
    "intake.historicalcomplaint": "Complaints, as they were before",
    "intake.redflagclosing": "Red flags that were closed",
    "intake.carer": "Named on a restriction",
    "intake.glassbroken": "Openings of the restricted record",
    "intake.glassseen": "Openings that an owner has seen",
    "intake.signincode": "Sign-in codes, without the codes",
    "intake.emailway": "Ways in by e-mail",
    "plans.donetoday": "What was ticked",
    "plans.itemhold": "Items put on hold",
    "practice.auditevent": "Who did and looked at what",
    "practice.devicesession": "Devices",
    "practice.user": "Accounts",
}
# Said in words beside them.
IN_WORDS = frozenset({"findings", "implied", "carried", "advice"})
# A number that tells a reader nothing.
FOR_PROGRAMS = frozenset({"history_id"})
LABELS = {
    "email": "E-mail",
    "onset_is_minimum": "That long ago at least",
    "history_date": "Changed at",
    "history_type": "Change",
    "history_user": "Changed by",
}
Value = Any


@dataclass(frozen=True)
class Section:
    """The rows of one table: each its columns by name, `titles` for the eye."""

    name: str
    title: str
    rows: tuple[dict[str, Value], ...]

    # Labels whose value is a list of sentences.
    listed = ("Answers", "Verdicts")

    @property
    def lines(self) -> list[list[tuple[str, Value]]]:
        """Each row as label and value, without what is empty or says something to a program alone."""
        return [[_to_read(name, value) for name, value in row.items() if _is_to_read(name, value)] for row in self.rows]


@dataclass(frozen=True)
class Export:
    patient: Patient
    made_at: datetime
    sections: tuple[Section, ...]

    def as_data(self) -> dict[str, Any]:
        return {
            "record_number": self.patient.record_number,
            "made_at": self.made_at,
            "tables": {section.name: list(section.rows) for section in self.sections},
        }


def export_of(patient: Patient) -> Export:
    # Whoever helps is a person of their own: their name and relation are told, not their e-mail or devices.
    record = whole_record(patient, with_helpers=False)
    words = _words(record)
    shown = (model for model in record.rows if model not in INDEX)
    sections = [_section(record.of(model), words) for model in shown]
    return Export(patient, timezone.now(), (*sections, _accounts(record), _events(record)))


def _accounts(record: WholeRecord) -> Section:
    return _section(User.objects.filter(pk__in=record.users), {})


def _events(record: WholeRecord) -> Section:
    """Who did and looked at what; from where is told of the patient's own deeds alone."""
    events = EVENTS.objects.filter(patient_id=record.patient.pk).order_by("at")
    of_others = events.exclude(actor__in=record.users).values_list("pk", flat=True)
    return _section(events, {key: {"address": None} for key in of_others})


def _section(rows: models.QuerySet[Any], words: Mapping[Any, dict[str, Value]]) -> Section:
    model = rows.model
    columns = [column for column in model._meta.concrete_fields if column.name not in NEVER_SHOWN]
    people = [column.name for column in columns if column.related_model is User]
    found = rows.select_related(*people) if people else rows
    return Section(
        name=model._meta.label_lower,
        title=TITLES.get(model._meta.label_lower) or capfirst(str(model._meta.verbose_name_plural)),
        rows=tuple(_row(row, columns) | words.get(row.pk, {}) for row in found),
    )


def _row(row: models.Model, columns: Iterable[Any]) -> dict[str, Value]:
    return {column.name: _value(row, column) for column in columns}


def _value(row: models.Model, column: Any) -> Value:
    if column.related_model is User:
        return str(getattr(row, column.name) or "")
    if column.choices and not isinstance(column, models.ForeignKey):
        return str(getattr(row, f"get_{column.name}_display")())
    return getattr(row, column.attname)


def _words(record: WholeRecord) -> dict[Any, dict[str, Value]]:
    """What the codes in some tables mean: the questions with their answers, and what an item of a plan is."""
    found = (*_answers(record.of(Screening)), *_verdicts(record.of(PlanVersion)), *_items(record.of(PlanItem)))
    return dict(found)


def _answers(screenings: models.QuerySet[Screening]) -> Iterable[tuple[Any, dict[str, Value]]]:
    for screening in screenings.filter(status=Screening.Status.SENT).select_related("based_on"):
        groups = every_answer(screening)
        yield screening.pk, {"answers": [f"{each.question}: {each.answer}" for one in groups for each in one.answers]}


def _items(items: models.QuerySet[PlanItem]) -> Iterable[tuple[Any, dict[str, Value]]]:
    found = list(items.select_related("instruction_version__instruction__therapy"))
    titles = texts_for(found, Language.ENGLISH)
    for item in found:
        yield item.pk, {"what": titles[item.instruction_version_id].title, "how_much": dose_words(item.dose)}


def _verdicts(versions: models.QuerySet[PlanVersion]) -> Iterable[tuple[Any, dict[str, Value]]]:
    for version in versions.filter(advice__isnull=False):
        rulings = ((name, one) for name, one in (version.advice or {}).items() if isinstance(one, dict))
        yield version.pk, {"verdicts": [_ruling(name, one) for name, one in rulings]}


def _ruling(name: str, one: Mapping[str, Any]) -> str:
    reasons = " ".join(reason["text"] for reason in one["reasons"])
    return f"{capfirst(name)}: {one['verdict'].replace('_', ' ')}. {reasons}".strip()


def _is_to_read(name: str, value: Value) -> bool:
    return name not in IN_WORDS | FOR_PROGRAMS and not isinstance(value, UUID) and value not in ("", None, [], {})


def _to_read(name: str, value: Value) -> tuple[str, Value]:
    label = LABELS.get(name) or capfirst(name.replace("_", " "))
    if isinstance(value, bool):
        return label, "yes" if value else "no"
    if isinstance(value, list) and label not in Section.listed:
        return label, ", ".join(str(each).replace("_", " ") for each in value)
    return label, value
