"""The rows of every table: read, written as they are, counted and compared."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models

BATCH = 500
SPACE = 2**256


@dataclass(frozen=True)
class Tally:
    """How many rows a table has, and the sum of their hashes, in whatever order they lie."""

    rows: int
    digest: str


def every_model() -> list[type[models.Model]]:
    """Each model with a table of its own, those of many-to-many fields too."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def copy(model: type[models.Model], *, here: str, there: str) -> None:
    """Write the rows as they are: no default is filled in, no time is set anew, nobody is told."""
    fields = _stored(model)
    rows = model._base_manager.using(here).order_by("pk").iterator(chunk_size=BATCH)
    most = connections[there].ops.bulk_batch_size([field.name for field in fields], [None] * BATCH) or BATCH
    while batch := list(islice(rows, min(most, BATCH))):
        models.QuerySet(model, using=there)._insert(batch, fields=fields, using=there, raw=True)  # type: ignore[attr-defined]


def tally(model: type[models.Model], alias: str) -> Tally:
    count, total = 0, 0
    for row in _written(model, alias):
        count, total = count + 1, (total + int.from_bytes(sha256(row).digest())) % SPACE
    return Tally(count, f"{total:064x}")


def _written(model: type[models.Model], alias: str) -> Iterator[bytes]:
    """Each row in the same letters, whichever database it lies in."""
    names = [field.attname for field in _stored(model)]
    for row in model._base_manager.using(alias).values_list(*names).iterator(chunk_size=BATCH):
        yield json.dumps(dict(zip(names, row, strict=True)), cls=Letters, sort_keys=True).encode()


def _stored(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.generated]


class Letters(DjangoJSONEncoder):
    """The one way in which a value is written, to the microsecond: Django's own leaves out the last three digits."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | memoryview):
            return bytes(o).hex()
        if hasattr(o, "isoformat"):
            return o.isoformat()
        return super().default(o)
