"""What a table of rules is made of, and how it is judged by the precedence of rules.md section 3."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter

from therapies.suitability.conditions import Condition
from therapies.suitability.findings import Findings
from therapies.suitability.row_index import RowIndex
from therapies.suitability.timing import Reading
from therapies.suitability.truth import NO, Truth
from therapies.suitability.verdicts import Level, Modality, ModalityAdvice, Reason, Verdict
from therapies.suitability.wording import worded


# Rows are compared by identity (eq=False): a table is written once, and reasons are kept for each row.
@dataclass(frozen=True, eq=False)
class BaseRule:
    """A B-row: the verdict that the age of the injury gives. `{days}` in a text is the count of days."""

    rule: str
    when: Callable[[Reading], bool]
    verdict: Verdict
    text: str
    patient_text: str
    source: str

    def reason(self, findings: Findings) -> Reason:
        return _dated(self, findings.onset_days)


@dataclass(frozen=True, eq=False)
class Rule:
    """An S-, N- or C-row. `{found}` in a text becomes the labels of the findings that made it fire."""

    rule: str
    when: Condition
    verdict: Verdict
    text: str
    patient_text: str
    source: str

    def reason(self, findings: Findings) -> Reason:
        return _reason(self, self.when.found(findings))


@dataclass(frozen=True, eq=False)
class Unanswered:
    """The U-rule of section 2: an unknown answer to a question this table reads gives at best caution."""

    rule: str
    text: str
    patient_text: str
    own_rule_for: frozenset[str] = frozenset()  # keys whose "unknown" has a row of its own


@dataclass(frozen=True, eq=False)
class Table:
    """One modality: its rows by kind in the order of rules.md, the cap of a review, the limits of any use."""

    modality: Modality
    base: tuple[BaseRule, ...]
    signs: tuple[Rule, ...]
    bars: tuple[Rule, ...]
    cautions: tuple[Rule, ...]
    pairing_bars: tuple[Rule, ...]
    unanswered: Unanswered
    review: Reason
    keys: frozenset[str]
    limits: tuple[str, ...]

    @cached_property
    def limiting(self) -> RowIndex[Rule]:
        """The rows that can only make the verdict stricter, the strictest kind first."""
        return RowIndex((*self.bars, *self.pairing_bars, *self.cautions))

    @cached_property
    def speaking_for(self) -> RowIndex[Rule]:
        """The S-rows."""
        return RowIndex(self.signs)

    @cached_property
    def questions(self) -> frozenset[str]:
        """The findings whose unknown answer the U-rule names."""
        return self.keys - self.unanswered.own_rule_for

    def contraindicated(self, findings: Findings) -> Truth:
        """Whether an N-row fires; unknown while an answer it needs is."""
        truth = NO
        for row in self.bars:
            if not row.when.keys.isdisjoint(findings.notable):
                truth = truth | row.when.truth(findings)
        return truth


URGENT = {
    Level.EMERGENCY: (
        "A red flag ({rules}) calls for emergency care now, so there is no home care.",
        "Call 911 now and do not do any home care.",
    ),
    Level.SAME_DAY: (
        "A red flag ({rules}) calls for a doctor today, so there is no home care.",
        "See a doctor today and do not do any home care first.",
    ),
}


def judge(
    table: Table, findings: Findings, possible: tuple[Reading, ...], level: Level, raised_by: tuple[str, ...]
) -> ModalityAdvice:
    """The strictest verdict wins; it is the first reason's. `possible`: the readings the answers leave open.

    `raised_by`: the red-flag rules of that level. Among equally strict reasons: red flag, N-rows, pairing,
    C-rows, unanswered, base, signs.
    """
    reasons = [
        *_by_level(table, level, raised_by),
        *[row.reason(findings) for row in table.limiting.firing(findings)],
        *_open_questions(table, findings),
        _base_reason(table.base, findings, possible),
        *[row.reason(findings) for row in table.speaking_for.firing(findings)],
    ]
    reasons.sort(key=attrgetter("leniency"))
    verdict = reasons[0].verdict
    limits = () if verdict is Verdict.NOT_SUITABLE else table.limits
    return ModalityAdvice(table.modality, verdict, tuple(reasons), limits)


def keys_of(*rows: Rule) -> frozenset[str]:
    """Every finding these rows read."""
    return frozenset().union(*(row.when.keys for row in rows))


def _by_level(table: Table, level: Level, raised_by: tuple[str, ...]) -> tuple[Reason, ...]:
    if level is Level.NONE:
        return ()
    return (table.review if level is Level.REVIEW else _urgent(level, raised_by),)


def _open_questions(table: Table, findings: Findings) -> tuple[Reason, ...]:
    questions = findings.unanswered(table.questions)
    return (_unanswered(table.unanswered, questions),) if questions else ()


def _base_reason(rows: tuple[BaseRule, ...], findings: Findings, possible: tuple[Reading, ...]) -> Reason:
    return _strictest(rows, possible).reason(findings)


# The same words are asked for again and again: each is put together once.
@lru_cache(maxsize=1024)
def _strictest(rows: tuple[BaseRule, ...], possible: tuple[Reading, ...]) -> BaseRule:
    matching = [row for reading in possible for row in rows if row.when(reading)]
    return max(matching, key=lambda row: row.verdict.severity)


@lru_cache(maxsize=4096)
def _dated(row: BaseRule, days: int | None) -> Reason:
    text, patient_text = row.text.format(days=days), row.patient_text.format(days=days)
    return Reason(row.rule, row.verdict, text, patient_text, row.source)


@lru_cache(maxsize=4096)
def _reason(row: Rule, found: tuple[str, ...]) -> Reason:
    text, patient_text = worded(row.text, row.patient_text, found)
    return Reason(row.rule, row.verdict, text, patient_text, row.source, found)


@lru_cache(maxsize=4096)
def _unanswered(row: Unanswered, questions: tuple[str, ...]) -> Reason:
    text, patient_text = worded(row.text, row.patient_text, questions)
    return Reason(row.rule, Verdict.CAUTION, text, patient_text, "Decision rules, section 2", questions)


@lru_cache(maxsize=4096)
def _urgent(level: Level, rules: tuple[str, ...]) -> Reason:
    text, patient_text = URGENT[level]
    return Reason(
        "3.2",
        Verdict.NOT_SUITABLE,
        text.format(rules=", ".join(rules)),
        patient_text,
        "Decision rules, section 3",
    )
