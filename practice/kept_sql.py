"""Queries that every request makes, turned into SQL once in a process.

Django builds a query and its SQL anew each time, at some 20 µs a column: for the plan page that took as long as
writing the page. What is kept is the SQL, never a row: each call asks the database. So whatever differs from one call
to the next (who asks, on which day) is a Given() in the query and never worked out while the query is built.
"""

from collections.abc import Callable, Hashable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)
MOST_SHAPES = 32


class Given(Expression):
    """Stands in a kept query for the value that each call gives by this name; `field` says how it is written."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        return "%s", [self]


class KeptQuery(Generic[M]):
    """Decorates what builds the query. That may look at its arguments, the query's shape, and at nothing else."""

    def __init__(self, build: Callable[..., QuerySet[M]]) -> None:
        self.build = build
        self._kept = lru_cache(MOST_SHAPES)(self._compile)

    def __call__(self, **shape: Hashable) -> "Kept[M]":
        return self._kept(connections[DEFAULT_DB_ALIAS].vendor, **shape)

    def _compile(self, vendor: str, **shape: Hashable) -> "Kept[M]":
        queryset = self.build(**shape)
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select or ()])
        compiler.get_converters = lambda _columns: converters
        return Kept(queryset.model, compiler, sql, tuple(params))


@dataclass(frozen=True)
class Kept(Generic[M]):
    """A query of one shape on one kind of database. `compiler` knows which column goes where."""

    model: type[M]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]

    def rows(self, **given: Any) -> list[M]:
        """What the query finds now, with a value for each Given()."""
        connection = connections[DEFAULT_DB_ALIAS]
        statement = self.sql, tuple(_value(each, given, connection) for each in self.params)
        compiler, query = copy(self.compiler), copy(self.compiler.query)
        compiler.connection = connection
        compiler.as_sql = lambda *_: statement  # type: ignore[method-assign]
        query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(QuerySet(self.model, query=query, using=DEFAULT_DB_ALIAS))


def _value(param: Any, given: dict[str, Any], connection: Any) -> Any:
    if not isinstance(param, Given):
        return param
    return param.output_field.get_db_prep_value(given[param.name], connection)
