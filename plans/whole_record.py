"""Every row about one person, found by walking the models: what is exported, and what is erased.

A model belongs to a person when a foreign key leads from it to their Patient row, over as many others as it takes;
one that leads to no patient but to the person's own account (sessions, ways to sign in) belongs to them by that.
A table that somebody adds is found here without being named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from intake.models import NameEnding, NameUse, NameWord, Patient, PatientAccess
from plans.models import KeepOrder
from practice.models import AuditEvent, User

Model = type[models.Model]
# The search's index of names: what it holds stands in the patient's own row.
INDEX = (NameUse, NameWord, NameEnding)
# Events name nobody; they are told by the patient's key, and stay when the record goes.
EVENTS = AuditEvent


@dataclass(frozen=True)
class WholeRecord:
    """The keys of a person's rows, by model; `users` are the accounts that open nobody else's record."""

    patient: Patient
    users: frozenset[Any]
    rows: dict[Model, frozenset[Any]] = field(default_factory=dict)

    def of(self, model: Model) -> models.QuerySet[Any]:
        """Their rows of one model, past what a model's own manager leaves out or forbids."""
        return models.QuerySet(model).filter(pk__in=self.rows.get(model, ()))

    def last_moment(self) -> datetime:
        """When anything was last written about them, but for their sign-ins and orders to keep what is written."""
        found = [self.patient.registered_at]
        for model in self.rows:
            if model in models_about_patients() and model is not KeepOrder:
                found += _moments(self.of(model))
        return max(found)


def whole_record(patient: Patient, *, with_helpers: bool = True) -> WholeRecord:
    """`with_helpers`: also what belongs to the accounts of those who help nobody but this patient."""
    record = WholeRecord(patient, _own_users(patient, with_helpers=with_helpers))
    record.rows[Patient] = frozenset([patient.pk])
    # Until nothing more is found: a row may lead to the patient by a table that comes later.
    while _add_all(record, models_about_patients(), Patient):
        pass
    _add_all(record, models_about_accounts(), User)
    return record


def models_about_patients() -> list[Model]:
    """Each model that a chain of foreign keys leads from to a patient, those nearest to the patient first."""
    found: list[Model] = [Patient]
    for parent in found:
        found += [model for model in _models() if model not in found and _leads_to(model, parent)]
    return found


def models_about_accounts() -> list[Model]:
    others = {*models_about_patients(), EVENTS}
    return [model for model in _models() if model not in others and _leads_to(model, User)]


def _models() -> list[Model]:
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def _leads_to(model: Model, parent: Model) -> bool:
    return _history_of(model) is parent or bool(list(_keys(model, parent)))


def _keys(model: Model, parent: Model) -> Iterator[str]:
    """The names of the foreign keys from the one to the other."""
    for column in model._meta.concrete_fields:
        if isinstance(column, models.ForeignKey) and column.related_model is parent:
            yield column.name


def _history_of(model: Model) -> Model | None:
    """Whose earlier values the model holds (practice/history.py): the row it is about may be gone."""
    return getattr(model, "instance_type", None)


def _own_users(patient: Patient, *, with_helpers: bool) -> frozenset[Any]:
    accesses = PatientAccess.objects.filter(patient=patient)
    if not with_helpers:
        accesses = accesses.filter(relation=PatientAccess.Relation.SELF)
    theirs = set(accesses.values_list("user", flat=True))
    shared = PatientAccess.objects.filter(user__in=theirs).exclude(patient=patient)
    return frozenset(theirs - set(shared.values_list("user", flat=True)))


def _add_all(record: WholeRecord, wanted: list[Model], root: Model) -> bool:
    """Whether there was anything new."""
    before = sum(map(len, record.rows.values()))
    for model in wanted:
        found: Any = models.QuerySet(model).filter(_condition(record, model, root)).values_list("pk", flat=True)
        if keys := record.rows.get(model, frozenset()) | frozenset(found):
            record.rows[model] = keys
    return sum(map(len, record.rows.values())) > before


def _condition(record: WholeRecord, model: Model, root: Model) -> Q:
    condition = Q(pk__in=[])
    for parent, keys in _parents(record, root):
        for name in _keys(model, parent):
            condition |= Q(**{f"{name}__pk__in": keys})
        if _history_of(model) is parent:
            condition |= Q(**{f"{parent._meta.pk.name}__in": keys})
    return condition


def _parents(record: WholeRecord, root: Model) -> Iterable[tuple[Model, frozenset[Any]]]:
    if root is User:
        return [(User, record.users)]
    return [(model, keys) for model, keys in record.rows.items() if keys]


def _moments(rows: models.QuerySet[Any]) -> list[datetime]:
    """The newest of each column that says when; not of those that say until when."""
    columns = [
        column.name
        for column in rows.model._meta.concrete_fields
        if isinstance(column, models.DateTimeField) and "until" not in column.name and column.name != "ends_at"
    ]
    newest = rows.aggregate(**{f"newest_{name}": models.Max(name) for name in columns}) if columns else {}
    return [moment for moment in newest.values() if moment]
