"""Which rows of a table fire for one person, without asking every row."""

from typing import Generic, Protocol, TypeVar

from therapies.suitability.conditions import Condition
from therapies.suitability.findings import Findings
from therapies.suitability.truth import YES


class Row(Protocol):
    @property
    def when(self) -> Condition: ...


AnyRow = TypeVar("AnyRow", bound=Row)


class RowIndex(Generic[AnyRow]):
    """The rows by the findings that can make them fire: most rows ask about nothing that a person has."""

    def __init__(self, rows: tuple[AnyRow, ...]) -> None:
        self._rows = tuple((row, row.when.truth) for row in rows)
        self._always = frozenset(place for place, row in enumerate(rows) if row.when.sparks is None)
        self._by_key: dict[str, list[int]] = {}
        for place, row in enumerate(rows):
            for key in row.when.sparks or ():
                self._by_key.setdefault(key, []).append(place)
        self._keys = frozenset(self._by_key)

    def firing(self, findings: Findings) -> list[AnyRow]:
        """The rows whose condition is certain, in their order."""
        sparks = self._keys & findings.notable
        if not sparks and not self._always:
            return []
        places = self._always.union(*[self._by_key[key] for key in sparks])
        return [row for row, truth in [self._rows[place] for place in sorted(places)] if truth(findings) is YES]
