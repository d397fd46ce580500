"""The record of events as an owner reads it: narrowed down, a page at a time, or all of it as a file."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from django.apps import apps
from django.db.models import QuerySet

from intake.models import Patient
from practice.models import AuditEvent, Clinic, User

ON_A_PAGE = 50
AT_A_TIME = 2_000
# Written in a few seconds: whoever wants more chooses days.
MOST_IN_A_FILE = 50_000
PATIENTS, NOBODY = "patients", "nobody"
COLUMNS = ("when (UTC)", "who", "what", "record number", "object", "object id", "detail", "why", "address", "session")
# A cell that begins so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Wanted:
    """Which events: of `who` (a user's key, PATIENTS or NOBODY), of one kind, from day to day, about one patient."""

    who: str = ""
    what: str = ""
    first: date | None = None
    last: date | None = None
    number: int | None = None


@dataclass(frozen=True)
class EventRow:
    event: AuditEvent
    who: str
    number: int | None
    thing: str


@dataclass(frozen=True)
class EventPage:
    """The newest events first; `older` is the key that the next page begins before, None on the last one."""

    rows: tuple[EventRow, ...]
    older: int | None


class Writes(Protocol):
    def write(self, line: str, /) -> object: ...


def events_wanted(wanted: Wanted, clinic: Clinic) -> QuerySet[AuditEvent]:
    """The events, newest first. The days are those of the clinic."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.order_by("-id")
    if wanted.who:
        events = events.filter(**_of(wanted.who))
    if wanted.what:
        events = events.filter(action=wanted.what)
    if wanted.first:
        events = events.filter(at__gte=clinic.day_span(wanted.first)[0])
    if wanted.last:
        events = events.filter(at__lt=clinic.day_span(wanted.last)[1])
    if wanted.number is not None:
        about = Patient.objects.filter(record_number=wanted.number).values_list("pk", flat=True).first()
        events = events.filter(patient_id=about) if about else events.none()
    return events


def page_of_events(events: QuerySet[AuditEvent], *, before: int | None = None) -> EventPage:
    """A page by its key and not by its number: it costs the same at the end of a long record as at its beginning."""
    found = list((events.filter(id__lt=before) if before else events)[: ON_A_PAGE + 1])
    shown = found[:ON_A_PAGE]
    return EventPage(tuple(_rows(shown)), shown[-1].pk if len(found) > ON_A_PAGE else None)


def lines_of_file(events: QuerySet[AuditEvent]) -> Iterator[str]:
    """The newest MOST_IN_A_FILE as the lines of a CSV file, read a part at a time."""
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for batch in _batches(events):
        for row in _rows(batch):
            yield writer.writerow([_cell(value) for value in _values(row)])


def _of(who: str) -> dict[str, Any]:
    if who == PATIENTS:
        return {"actor__kind": User.Kind.PATIENT}
    return {"actor": None if who == NOBODY else UUID(who)}


def _batches(events: QuerySet[AuditEvent]) -> Iterator[list[AuditEvent]]:
    batch, left = list(events[:AT_A_TIME]), MOST_IN_A_FILE
    while batch and left > 0:
        yield batch[:left]
        left -= len(batch)
        batch = list(events.filter(id__lt=batch[-1].pk)[:AT_A_TIME])


def _rows(events: Sequence[AuditEvent]) -> Iterator[EventRow]:
    patients = Patient.objects.filter(pk__in={event.patient_id for event in events})
    numbers: dict[UUID | None, int] = dict(patients.values_list("pk", "record_number"))
    people = User.objects.filter(pk__in={event.actor_id for event in events})
    names: dict[UUID | None, str] = {person.pk: str(person) for person in people}
    for event in events:
        who, number = names.get(event.actor_id, ""), numbers.get(event.patient_id)
        yield EventRow(event, who, number, _thing(event.object_type))


@cache
def _thing(label: str) -> str:
    """What kind of object it was in words; one that a later program no longer knows keeps its label."""
    try:
        return str(apps.get_model(label)._meta.verbose_name) if label else ""
    except LookupError:
        return label


def _values(row: EventRow) -> tuple[Any, ...]:
    event = row.event
    return (
        event.at.astimezone(UTC).isoformat(timespec="seconds"),
        row.who,
        event.get_action_display(),
        row.number,
        row.thing,
        event.object_id,
        event.detail,
        event.why,
        event.address,
        event.session,
    )


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


class _Echo:
    """A file that gives back each line it is told to write."""

    def write(self, line: str) -> str:
        return line
