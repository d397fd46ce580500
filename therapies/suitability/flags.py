"""What a row of rules.md sections 9 and 10 is made of."""

from dataclasses import dataclass
from functools import lru_cache

from therapies.suitability.conditions import Condition
from therapies.suitability.findings import Findings
from therapies.suitability.verdicts import Alert, Level, RedFlag
from therapies.suitability.wording import worded


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
