"""What a table of rules is made of, and how it is judged by the precedence of rules.md section 3."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from therapies.suitability.conditions import Condition
from therapies.suitability.findings import Findings, label_of
from therapies.suitability.timing import Reading
from therapies.suitability.truth import NO, YES, Truth
from therapies.suitability.verdicts import Level, Modality, ModalityAdvice, Reason, Verdict


@dataclass(frozen=True)
class BaseRule:
    """A B-row: the verdict that the age of the injury gives. `{days}` in a text is the count of days."""

    rule: str
    when: Callable[[Reading], bool]
    verdict: Verdict
    text: str
    patient_text: str
    source: str

    def reason(self, findings: Findings) -> Reason:
        days = findings.onset_days
        return Reason(
            self.rule,
            self.verdict,
            self.text.format(days=days),
            self.patient_text.format(days=days),
            self.source,
        )


@dataclass(frozen=True)
class Rule:
    """An S-, N- or C-row. `{found}` in a text becomes the labels of the findings that made it fire."""

    rule: str
    when: Condition
    verdict: Verdict
    text: str
    patient_text: str
    source: str

    def fires(self, findings: Findings) -> bool:
        return self.when.truth(findings) is YES

    def reason(self, findings: Findings) -> Reason:
        text, patient_text = self.text, self.patient_text
        if "{found}" in text or "{found}" in patient_text:
            found = in_words(self.when.found(findings))
            text, patient_text = text.format(found=found), patient_text.format(found=found)
        return Reason(self.rule, self.verdict, text, patient_text, self.source)


@dataclass(frozen=True)
class Unanswered:
    """The U-rule of section 2: an unknown answer to a question this table reads gives at best caution."""

    rule: str
    text: str
    patient_text: str
    own_rule_for: frozenset[str] = frozenset()  # keys whose "unknown" has a row of its own


@dataclass(frozen=True)
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
    def limiting(self) -> tuple[Rule, ...]:
        """The rows that can only make the verdict stricter, the strictest kind first."""
        return (*self.bars, *self.pairing_bars, *self.cautions)

    def contraindicated(self, findings: Findings) -> Truth:
        """Whether an N-row fires; unknown while an answer it needs is."""
        truth = NO
        for row in self.bars:
            truth = truth | row.when.truth(findings)
        return truth


URGENT = {
    Level.EMERGENCY: Reason(
        "3.2",
        Verdict.NOT_SUITABLE,
        "A red flag calls for emergency care now, so there is no home care.",
        "Call 911 now and do not do any home care.",
        "Decision rules, section 3",
    ),
    Level.SAME_DAY: Reason(
        "3.2",
        Verdict.NOT_SUITABLE,
        "A red flag calls for a doctor today, so there is no home care.",
        "See a doctor today and do not do any home care first.",
        "Decision rules, section 3",
    ),
}


def judge(table: Table, findings: Findings, possible: tuple[Reading, ...], level: Level) -> ModalityAdvice:
    """The strictest verdict wins; it is the first reason's. `possible`: the readings the answers leave open.

    Among equally strict reasons: red flag, N-rows, pairing, C-rows, unanswered, base, signs.
    """
    reasons = [
        *_by_level(table, level),
        *_fired(table.limiting, findings),
        *_open_questions(table, findings),
        _base_reason(table.base, findings, possible),
        *_fired(table.signs, findings),
    ]
    reasons.sort(key=lambda reason: -reason.verdict.severity)
    verdict = reasons[0].verdict
    limits = () if verdict is Verdict.NOT_SUITABLE else table.limits
    return ModalityAdvice(table.modality, verdict, tuple(reasons), limits)


def keys_of(*rows: Rule) -> frozenset[str]:
    """Every finding these rows read."""
    return frozenset().union(*(row.when.keys for row in rows))


def in_words(keys: Iterable[str]) -> str:
    """The labels of findings as a list in a sentence."""
    labels = [label_of(key) for key in keys]
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def _by_level(table: Table, level: Level) -> tuple[Reason, ...]:
    if level is Level.NONE:
        return ()
    return (table.review if level is Level.REVIEW else URGENT[level],)


def _fired(rows: tuple[Rule, ...], findings: Findings) -> list[Reason]:
    notable = findings.notable
    return [
        row.reason(findings) for row in rows if not notable.isdisjoint(row.when.keys) and row.fires(findings)
    ]


def _open_questions(table: Table, findings: Findings) -> tuple[Reason, ...]:
    row = table.unanswered
    questions = findings.unanswered(table.keys - row.own_rule_for)
    if not questions:
        return ()
    found = in_words(questions)
    text, patient_text = row.text.format(found=found), row.patient_text.format(found=found)
    return (Reason(row.rule, Verdict.CAUTION, text, patient_text, "Decision rules, section 2"),)


def _base_reason(rows: tuple[BaseRule, ...], findings: Findings, possible: tuple[Reading, ...]) -> Reason:
    matching = [row for reading in possible for row in rows if row.when(reading)]
    return max(matching, key=lambda row: row.verdict.severity).reason(findings)
