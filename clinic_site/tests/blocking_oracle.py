"""What rules.md says of a few answers, written down a second time: the tests of blocking compare with this alone.

It knows no more answers than OPTIONS and OTHER, and asks nothing of the code that it judges.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Answers with the level that a "yes" raises (rules.md 9).
FLAGS = {
    "saddle_numbness": "emergency",
    "dvt_suspected": "same_day",
    "cancer_history": "review",
    "pain_severe": "review",
}
OTHER = ("poor_circulation", "area_pale", "diabetes")
ONSETS = (1, 10, 17, 30, None)
OVERRIDABLE = {f"{letter}-B{number}" for letter in "IH" for number in range(1, 6)} | {"I-C1"}
LEVELS = ("none", "review", "same_day", "emergency")
LIMIT_DAYS = 7


@dataclass(frozen=True)
class Asked:
    """A sent screening: what was answered "yes" or "not sure" (all else "no"), and how old the pain was then."""

    yes: frozenset[str]
    unsure: frozenset[str] = frozenset()
    onset: int | None = 10
    on_day: int = 0

    def days(self, today: int) -> int | None:
        return None if self.onset is None else self.onset + today - self.on_day

    @property
    def level(self) -> str:
        return max((FLAGS[key] for key in self.yes if key in FLAGS), key=LEVELS.index, default="none")

    @property
    def unanswered(self) -> bool:
        return any(key in FLAGS for key in self.unsure if key != "pain_severe")


@dataclass(frozen=True)
class Verdict:
    """The rules that bar a modality and those that ask for caution."""

    bars: set[str] = field(default_factory=set)
    cautions: set[str] = field(default_factory=set)

    def left(self, overridden: set[str]) -> "Verdict":
        return Verdict(self.bars - overridden, self.cautions - overridden)


def verdict(kind: str, asked: Asked, today: int) -> Verdict:
    return JUDGES[kind](asked, asked.days(today))


def _ice(asked: Asked, days: int | None) -> Verdict:
    bars, cautions = set(), set()
    if days is None:
        cautions.add("I-B5")
    elif days > 21:
        bars.add("I-B4")
    elif days >= 14:
        cautions.add("I-B3")
    if "poor_circulation" in asked.yes:
        bars.add("I-N1")
    if "area_pale" in asked.yes:
        cautions.add("I-C1")
    if "diabetes" in asked.yes:
        cautions.add("I-C2")
    if asked.level == "review":
        cautions.add("3.4")
    return Verdict(bars, cautions)


def _heat(asked: Asked, days: int | None) -> Verdict:
    bars, cautions = set(), set()
    if days is None:
        cautions.add("H-B5")
    elif days < 14:
        bars.add("H-B1")
    elif days <= 21:
        cautions.add("H-B3")
    if asked.yes & {"poor_circulation", "diabetes"}:
        cautions.add("H-C1")
    if "poor_circulation" in asked.yes and (days is None or days < 14):
        bars.add("B09")
    if asked.level == "review":
        cautions.add("3.4")
    return Verdict(bars, cautions)


def _stretching(asked: Asked, days: int | None) -> Verdict:
    """Of a movement that is not in the set for the first 48 hours."""
    bars, cautions = set(), set()
    if days is not None and days <= 2:
        bars.add("S-C1")
    if "pain_severe" in asked.yes:
        bars.add("S-N1")
    if asked.level == "review":
        cautions.add("S-R")
    return Verdict(bars, cautions)


JUDGES: Mapping[str, object] = {"ice": _ice, "heat": _heat, "stretching": _stretching}
