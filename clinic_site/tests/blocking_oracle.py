"""What rules.md says of a few answers, written down a second time: the tests of blocking compare with this alone.

It knows no more answers than FLAGS and OTHER, and asks nothing of the code that it judges.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

# Answers with the level that a "yes" raises (rules.md 9).
FLAGS = {
    "saddle_numbness": "emergency",
    "dvt_suspected": "same_day",
    "cancer_history": "review",
    "pain_severe": "review",
    "area_numb": "review",
}
# R08: these two together are more than each alone.
EMERGENCY_TOGETHER = frozenset({"cancer_history", "area_numb"})
# The red-flag set of section 2 holds these not: one unknown of them blocks nothing.
BESIDE_THE_SET = frozenset({"pain_severe", "area_numb"})
OTHER = ("poor_circulation", "area_pale", "diabetes", "falls_risk", "medicated_patch")
# What does not pass in weeks: asked again, it is said again.
LASTING = frozenset({"cancer_history", "poor_circulation", "diabetes", "falls_risk"})
ONSETS = (1, 10, 17, 30, None)
OVERRIDABLE = {f"{letter}-B{number}" for letter in "IH" for number in range(1, 6)} | {"I-C1"}
LEVELS = ("none", "review", "same_day", "emergency")
CARDS = {
    "emergency": "Call 911 now",
    "same_day": "Call us today",
    "review": "Your plan is on hold. Call us.",
}
# Bars that come from an answer and not from how old the pain is.
OF_ANSWERS = {"I-N1", "I-N4", "H-N4", "H-N12", "B09", "S-N1", "movement"}
# The movements: one for everybody, one of the first-48-hours set, one that is not for who may fall.
MOVEMENTS = ("stretching", "calm", "risky")
THINGS = ("ice", "heat", *MOVEMENTS)


def modality_of(thing: str) -> str:
    return "stretching" if thing in MOVEMENTS else thing


def worst_of(signs: Iterable[str]) -> str:
    return max((FLAGS[key] for key in signs if key in FLAGS), key=LEVELS.index, default="none")


@dataclass(frozen=True)
class Asked:
    """A sent screening: what was answered "yes" or "not sure" (all else "no"), and the day on which the pain began."""

    yes: frozenset[str]
    unsure: frozenset[str] = frozenset()
    began: int | None = -10
    on_day: int = 0

    def days(self, today: int) -> int | None:
        return None if self.began is None else today - self.began

    @property
    def level(self) -> str:
        return "emergency" if self.yes >= EMERGENCY_TOGETHER else worst_of(self.yes)

    @property
    def unanswered(self) -> bool:
        return any(key in FLAGS for key in self.unsure - BESIDE_THE_SET)


@dataclass(frozen=True)
class Verdict:
    """The rules that bar a thing and those that ask for caution."""

    bars: set[str] = field(default_factory=set)
    cautions: set[str] = field(default_factory=set)

    @property
    def is_suitable(self) -> bool:
        return not (self.bars or self.cautions)

    @property
    def is_at_caution(self) -> bool:
        return bool(self.cautions) and not self.bars

    def left(self, overridden: set[str]) -> "Verdict":
        return Verdict(self.bars - overridden, self.cautions - overridden)


def verdict(thing: str, asked: Asked, today: int) -> Verdict:
    return JUDGES[thing](asked, asked.days(today))


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
    if "area_numb" in asked.yes:
        bars.add("I-N4")
    if "area_pale" in asked.yes:
        cautions.add("I-C1")
    if "diabetes" in asked.yes:
        cautions.add("I-C2")
    if asked.unsure & {"poor_circulation", "area_pale", "diabetes", "area_numb"}:
        cautions.add("I-U")
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
    if asked.unsure & {"poor_circulation", "diabetes", "area_numb", "medicated_patch"}:
        cautions.add("H-U")
    if "area_numb" in asked.yes:
        bars.add("H-N4")
    if "medicated_patch" in asked.yes:
        bars.add("H-N12")
    if asked.yes & {"poor_circulation", "area_numb"} and days is not None and days < 14:
        bars.add("B09")
    if asked.level == "review":
        cautions.add("3.4")
    return Verdict(bars, cautions)


def _movement(asked: Asked, days: int | None, *, in_first_set: bool = False, for_who_falls: bool = True) -> Verdict:
    bars, cautions = set[str](), set[str]()
    if days is None or asked.unsure & {"pain_severe", "falls_risk"}:
        cautions.add("S-U")
    elif days <= 2:
        (cautions if in_first_set else bars).add("S-C1")
    if "pain_severe" in asked.yes:
        bars.add("S-N1")
    if "falls_risk" in asked.yes:
        cautions.add("S-C2")
    if not for_who_falls and "falls_risk" in asked.yes | asked.unsure:
        bars.add("movement")
    if asked.level == "review":
        cautions.add("S-R")
    return Verdict(bars, cautions)


JUDGES: Mapping[str, Callable[[Asked, int | None], Verdict]] = {
    "ice": _ice,
    "heat": _heat,
    "stretching": _movement,
    "calm": lambda asked, days: _movement(asked, days, in_first_set=True),
    "risky": lambda asked, days: _movement(asked, days, for_who_falls=False),
}
