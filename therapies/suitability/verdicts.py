"""What the rules answer with: verdicts, reasons, and the advice for one person."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypedDict, cast


class Verdict(StrEnum):
    SUITABLE = "suitable"
    CAUTION = "caution"
    NOT_SUITABLE = "not_suitable"

    @property
    def severity(self) -> int:
        """0, 1 or 2: the higher, the stricter."""
        return _STRICTEST_LAST.index(self)


_STRICTEST_LAST = (Verdict.SUITABLE, Verdict.CAUTION, Verdict.NOT_SUITABLE)


def worst(*verdicts: Verdict) -> Verdict:
    """The strictest of them; SUITABLE when there are none."""
    return max(verdicts, key=lambda verdict: verdict.severity, default=Verdict.SUITABLE)


class Level(StrEnum):
    """The red-flag level of rules.md section 9."""

    NONE = "none"
    REVIEW = "review"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"

    @property
    def severity(self) -> int:
        """0 to 3: the higher, the stricter."""
        return _HIGHEST_LAST.index(self)


_HIGHEST_LAST = (Level.NONE, Level.REVIEW, Level.SAME_DAY, Level.EMERGENCY)


class Modality(StrEnum):
    ICE = "ice"
    HEAT = "heat"
    STRETCHING = "stretching"


# The kinds of therapy that the rules judge; nothing else may be given to take home.
JUDGED_KINDS: frozenset[str] = frozenset(modality.value for modality in Modality)


class ReasonJson(TypedDict):
    rule: str
    text: str
    source: str


class ModalityJson(TypedDict):
    verdict: str
    reasons: list[ReasonJson]


class ReasonRecord(ReasonJson):
    """What is kept of a reason with an issued plan: the database reads its verdict too."""

    verdict: str


class ModalityRecord(TypedDict):
    """What is kept of a verdict with an issued plan; `limits` are sentences to the patient."""

    verdict: str
    reasons: list[ReasonRecord]
    limits: list[str]


class RedFlagJson(TypedDict):
    rule: str
    level: str
    text: str
    source: str


class AdviceJson(TypedDict):
    red_flag_level: str
    advice: dict[str, ModalityJson]
    red_flags: list[RedFlagJson]
    unanswered: list[str]
    alerts: list[ReasonJson]


@dataclass(frozen=True)
class Reason:
    """Why: the id in rules.md, its verdict, a plain sentence for staff, one for the patient, the source.

    `found`: the findings that made it fire; none for a reason that the age of the injury or the level gives.
    """

    rule: str
    verdict: Verdict
    text: str
    patient_text: str
    source: str
    found: tuple[str, ...] = ()

    @cached_property
    def leniency(self) -> int:
        """Sorts reasons strictest first."""
        return -self.verdict.severity

    @cached_property
    def json_text(self) -> str:
        return json.dumps(ReasonJson(rule=self.rule, text=self.text, source=self.source))

    def as_record(self) -> ReasonRecord:
        return ReasonRecord(rule=self.rule, verdict=self.verdict.value, text=self.text, source=self.source)


@dataclass(frozen=True)
class PairingNote:
    """A row of rules.md section 7 that applies: what to do about ice and heat together."""

    rule: str
    text: str
    patient_text: str
    source: str


@dataclass(frozen=True)
class RedFlag:
    """A row of rules.md section 9 that applies. `patient_text`: what it might be, in one plain line."""

    rule: str
    level: Level
    text: str
    patient_text: str
    source: str

    @cached_property
    def json_text(self) -> str:
        flag = RedFlagJson(rule=self.rule, level=self.level.value, text=self.text, source=self.source)
        return json.dumps(flag)


@dataclass(frozen=True)
class Alert:
    """A row of rules.md section 10 that applies: about medicine, education only."""

    rule: str
    text: str
    patient_text: str
    source: str

    @cached_property
    def json_text(self) -> str:
        return json.dumps(ReasonJson(rule=self.rule, text=self.text, source=self.source))


@dataclass(frozen=True)
class ModalityAdvice:
    """One verdict. The deciding reason comes first; `limits` go with any use, so a bar has none."""

    modality: Modality
    verdict: Verdict
    reasons: tuple[Reason, ...]
    limits: tuple[str, ...]

    @property
    def json_text(self) -> str:
        reasons = ", ".join([reason.json_text for reason in self.reasons])
        return f'"{self.modality}": {{"verdict": "{self.verdict}", "reasons": [{reasons}]}}'

    def as_record(self) -> ModalityRecord:
        reasons = [reason.as_record() for reason in self.reasons]
        return ModalityRecord(verdict=self.verdict.value, reasons=reasons, limits=list(self.limits))


@dataclass(frozen=True)
class Advice:
    """The outcome for one person: a suggestion for the clinician, not a diagnosis.

    `red_flags` come strictest first; `level` is the first one's. `unanswered`: the red-flag questions whose answer
    is not known, in the vocabulary's order; while there is one, no plan may be issued. The red flags and alerts
    are complete at every level: what a patient is shown beside an urgent card is the page's to leave out.
    """

    level: Level
    ice: ModalityAdvice
    heat: ModalityAdvice
    stretching: ModalityAdvice
    pairing: tuple[PairingNote, ...]
    red_flags: tuple[RedFlag, ...]
    unanswered: tuple[str, ...]
    alerts: tuple[Alert, ...]

    def for_modality(self, modality: Modality) -> ModalityAdvice:
        by_modality = {Modality.ICE: self.ice, Modality.HEAT: self.heat, Modality.STRETCHING: self.stretching}
        return by_modality[modality]

    @property
    def json_text(self) -> str:
        """`as_json` as text: put together, as each reason's text is made only once for all who share it."""
        advice = f"{self.ice.json_text}, {self.heat.json_text}, {self.stretching.json_text}"
        return (
            f'{{"red_flag_level": "{self.level}", "advice": {{{advice}}}, '
            f'"red_flags": {_listed(flag.json_text for flag in self.red_flags)}, '
            f'"unanswered": {json.dumps(self.unanswered) if self.unanswered else "[]"}, '
            f'"alerts": {_listed(alert.json_text for alert in self.alerts)}}}'
        )

    def as_json(self) -> AdviceJson:
        """The shape of the `assess` contract, without the person's id."""
        return cast(AdviceJson, json.loads(self.json_text))

    def as_record(self) -> dict[str, ModalityRecord]:
        """The three verdicts by modality with the limits that go with them, to freeze (rules.md 3.7)."""
        return {modality.value: self.for_modality(modality).as_record() for modality in Modality}


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(texts)}]"
