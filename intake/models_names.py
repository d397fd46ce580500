"""The words of patients' names, laid out for the search. Kept up by name_words.py whenever a patient is saved."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from intake.names import LONGEST_SEARCH_KEY, LONGEST_WORD, just_after, one_slip_from


def begins(field: str, beginning: str) -> Q:
    """That the WordField begins so, as one stretch of its index; LIKE would read all of it on SQLite."""
    end = just_after(beginning)
    return Q((f"{field}__gte", beginning)) & (Q((f"{field}__lt", end)) if end else Q())


def key_holds(*parts: str) -> Q:
    """That the search key of a row holds one of the parts."""
    # Not LIKE: PostgreSQL takes that to be true of hardly anybody, and then reads everybody so as to sort those few.
    return reduce(or_, (Q(GreaterThan(StrIndex("search_key", Value(part)), 0)) for part in parts))


class WordField(models.CharField):
    """Sorted by code point on every database, so that all words that begin alike stand in one stretch."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        return super().db_parameters(connection) | {"collation": "C" if connection.vendor == "postgresql" else None}


class NameWordQuerySet(models.QuerySet["NameWord"]):
    def one_slip_from(self, word: str) -> list[str]:
        return list(self.filter(pk__in=one_slip_from(word)).order_by("pk").values_list("pk", flat=True))


class NameWord(models.Model):
    """A folded word that stands in somebody's name, once for all who bear it."""

    word = WordField(max_length=LONGEST_WORD, primary_key=True)

    objects = NameWordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.word


class NameEndingQuerySet(models.QuerySet["NameEnding"]):
    def words_that_hold(self, part: str, *, most: int) -> list[str]:
        """At most so many; a word that holds the part twice counts twice."""
        return list(self.filter(begins("ending", part)).values_list("word_id", flat=True)[:most])


class NameEnding(models.Model):
    """How a word ends, from each of its letters on: a word holds what one of its endings begins with."""

    word = models.ForeignKey(NameWord, on_delete=models.PROTECT, related_name="+", db_index=False)
    ending = WordField(max_length=LONGEST_WORD)

    objects = NameEndingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ending", "word"], name="an_ending_is_kept_once_per_word")]

    def __str__(self) -> str:
        return self.ending


class NameUseQuerySet(models.QuerySet["NameUse"]):
    def that_begin(self, beginning: str) -> "NameUseQuerySet":
        return self.filter(begins("word", beginning))

    def in_order(self, *, most: int) -> list[int]:
        """Record numbers in the order of names, each once."""
        found = self.values_list("patient_id", "search_key").distinct().order_by("search_key", "patient_id")
        return [number for number, _ in found[:most]]


class NameUse(models.Model):
    """A word in a patient's name. The key is the patient's, so that one index finds, narrows and sorts."""

    word = models.ForeignKey(NameWord, on_delete=models.PROTECT, related_name="+", db_index=False)
    # By its number, not its id: the index is half as large.
    patient = models.ForeignKey(
        "intake.Patient", to_field="record_number", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    search_key = models.CharField(max_length=LONGEST_SEARCH_KEY)

    objects = NameUseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["word", "search_key", "patient"], name="name_use_by_word")]
        constraints = [models.UniqueConstraint(fields=["patient", "word"], name="a_word_is_used_once_per_patient")]

    def __str__(self) -> str:
        return self.word_id
