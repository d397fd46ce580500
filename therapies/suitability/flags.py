"""What a row of rules.md sections 9 and 10 is made of, and which rows of a table fire."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from therapies.suitability.conditions import Condition
from therapies.suitability.findings import Findings
from therapies.suitability.truth import YES
from therapies.suitability.verdicts import Alert, Level, RedFlag
from therapies.suitability.wording import worded


class Row(Protocol):
    @property
    def when(self) -> Condition: ...


AnyRow = TypeVar("AnyRow", bound=Row)


def firing(rows: Iterable[AnyRow], findings: Findings) -> list[AnyRow]:
    """The rows whose condition is certain, in their order."""
    # Most rows ask about nothing that was found; that is seen without asking their condition.
    notable = findings.notable
    return [row for row in rows if not notable.isdisjoint(row.when.keys) and row.when.truth(findings) is YES]


# Rows are compared by identity (eq=False): a table is written once, and the words below are kept for each row.
@dataclass(frozen=True, eq=False)
class FlagRule:
    """An R-row. `patient_text` says what it might be in one plain line; what to do stands on the level's card."""

    rule: str
    level: Level
    when: Condition
    text: str
    patient_text: str
    source: str

    def flag(self, findings: Findings) -> RedFlag:
        return _flag(self, self.when.found(findings))


@dataclass(frozen=True, eq=False)
class AlertRule:
    """An M-row: education only, it changes no verdict."""

    rule: str
    when: Condition
    text: str
    patient_text: str
    source: str

    def alert(self, findings: Findings) -> Alert:
        text, patient_text = worded(self.text, self.patient_text, self.when.found(findings))
        return Alert(self.rule, text, patient_text, self.source)


@lru_cache(maxsize=4096)
def _flag(row: FlagRule, found: tuple[str, ...]) -> RedFlag:
    text, patient_text = worded(row.text, row.patient_text, found)
    return RedFlag(row.rule, row.level, text, patient_text, row.source)
