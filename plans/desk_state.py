"""Whether what an open page of the desk shows has changed since it was drawn. Reads only.

A state is a short text that says nothing of anybody: the page sends back the one it was drawn with.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any

from django.db.models import Model, QuerySet, Value

from intake.models import Patient, RedFlag, Screening
from intake.tablet import running_visit_of
from plans.models import ItemHold, Plan, PlanItem, PlanVersion
from plans.overview import lists_of_today
from practice.models import Clinic, User

LENGTH = 16
BETWEEN = "-"


@dataclass(frozen=True)
class PatientState:
    """The red flags apart from the rest: a new one is told in other words."""

    red_flags: str
    rest: str

    def __str__(self) -> str:
        return f"{self.red_flags}{BETWEEN}{self.rest}"

    def has_other_red_flags(self, shown: str) -> bool:
        """Whether they changed since the page was drawn that shows `shown`."""
        return shown.split(BETWEEN)[0] != self.red_flags


def state_of_today(clinic: Clinic) -> str:
    """Another text as soon as a list of Today gains or loses a row. One query."""
    lists = lists_of_today(clinic)
    return _digest(clinic.today(), *_rows({field.name: getattr(lists, field.name) for field in fields(lists)}))


def state_of_patient(patient: Patient) -> PatientState:
    """Another text as soon as staff would read something else of the patient, but for each single answer."""
    visit, at_home = running_visit_of(patient), Plan.objects.active().filter(patient=patient)
    rows = _rows(
        {
            "screenings": Screening.objects.sent().filter(patient=patient),
            "drafts": Screening.objects.drafts().filter(patient=patient),
            "held": ItemHold.objects.at_home().filter(screening__patient=patient),
            "blocked": PlanItem.objects.blocked().filter(version__current_of__in=at_home),
            "plans": at_home,
            "stopped": Plan.objects.stopped().filter(patient=patient),
            "versions": PlanVersion.objects.filter(plan__patient=patient),
            "issued": PlanVersion.objects.issued().filter(plan__patient=patient),
        }
    )
    on_the_tablet = (visit.pk, visit.started_at, visit.holds_card) if visit else ()
    return PatientState(state_of_red_flags(patient), _digest(*on_the_tablet, *rows))


def state_of_red_flags(patient: Patient, *, besides: User | None = None) -> str:
    """Another text as soon as a red flag of the patient is new or closed, but for those that `besides` raised."""
    return _digest(*_rows({"red flags": RedFlag.objects.open().filter(patient=patient).exclude(raised_by=besides)}))


def _rows(lists: Mapping[str, QuerySet[Any]]) -> Iterable[tuple[str, object]]:
    """Which row stands on which list, in one query."""
    first, *others = (_named(name, found) for name, found in lists.items())
    return sorted((name, str(pk)) for name, pk in first.union(*others, all=True))


def _named(name: str, found: QuerySet[Model]) -> QuerySet[Model, tuple[Any, ...]]:
    # A compound statement takes no order of its parts.
    return found.order_by().select_related(None).values_list(Value(name), "pk")


def _digest(*parts: object) -> str:
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:LENGTH]
