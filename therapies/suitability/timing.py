"""rules.md section 4: the derived values. A reading is one way that unknown answers may turn out."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from therapies.suitability.conditions import Condition, has, nothing_found
from therapies.suitability.constants import FIRST_48H_MAX_DAYS, LATE_MIN_DAYS, RECENT_MAX_DAYS
from therapies.suitability.findings import Findings
from therapies.suitability.truth import NO, UNKNOWN, YES, Truth, truth_of

Band = Literal["recent", "grey", "late"]


@dataclass(frozen=True)
class Reading:
    """`band` is None when the onset is unknown; `at_least` is a day count that is only a minimum.

    `calm` is D1's: no new injury and no sign of inflammation.
    """

    band: Band | None
    at_least: bool
    flare: bool
    calm: bool


def band(onset_days: int | None, *, at_least: bool) -> Band | None:
    """The age of the injury in bands; `at_least` is tested before the day count says "recent" (INT-1)."""
    if onset_days is None:
        return None
    if onset_days >= LATE_MIN_DAYS:
        return "late"
    return "recent" if onset_days <= RECENT_MAX_DAYS and not at_least else "grey"


def bands(findings: Findings) -> tuple[Band | None, ...]:
    """Each band that the answers leave possible."""
    return _bands(findings.onset_days, findings.truth("onset_is_minimum"))


def readings(findings: Findings) -> tuple[Reading, ...]:
    """Each combination of band, minimum, flare and calm that the answers leave possible; one when all are known."""
    at_least, flare = findings.truth("onset_is_minimum"), FLARE.truth(findings)
    return _readings(findings.onset_days, at_least, flare, CALM.truth(findings))


# Days and answers are few, people are many: both are worked out once for all who share them.
@lru_cache(maxsize=4096)
def _bands(onset_days: int | None, at_least: Truth) -> tuple[Band | None, ...]:
    return tuple(band(onset_days, at_least=minimum) for minimum in at_least.readings)


@lru_cache(maxsize=4096)
def _readings(onset_days: int | None, at_least: Truth, flare: Truth, calm: Truth) -> tuple[Reading, ...]:
    each = product(at_least.readings, flare.readings, calm.readings)
    return tuple(Reading(band(onset_days, at_least=minimum), minimum, *others) for minimum, *others in each)


def in_band(wanted: Band) -> Condition:
    """The injury is in this band; unknown when the onset is, or when another band is possible too."""

    def truth(findings: Findings) -> Truth:
        possible = bands(findings)
        if None in possible:
            return UNKNOWN
        if wanted not in possible:
            return NO
        return YES if all(one == wanted for one in possible) else UNKNOWN

    return Condition(TIMING_KEYS, truth, nothing_found, ONSET)


def maybe_recent(findings: Findings) -> Truth:
    return truth_of("recent" in bands(findings))


def onset_at_most(days: int) -> Condition:
    """It began this many whole days ago or fewer; unknown when the onset is."""

    def truth(findings: Findings) -> Truth:
        onset = findings.onset_days
        return UNKNOWN if onset is None else truth_of(onset <= days)

    return Condition(ONSET, truth, nothing_found, ONSET)


def onset_at_least(days: int) -> Condition:
    """It began this many whole days ago or more; a count that is only a minimum may still be that many."""

    def truth(findings: Findings) -> Truth:
        onset = findings.onset_days
        if onset is None:
            return UNKNOWN
        return YES if onset >= days else findings.truth("onset_is_minimum") & UNKNOWN

    return Condition(TIMING_KEYS, truth, nothing_found, ONSET)


ONSET = frozenset(["onset_days"])  # always among the notable answers: a count of days, or unknown
TIMING_KEYS = ONSET | {"onset_is_minimum"}

INFLAM = has("area_warm", "area_hot", "area_red", "area_flushed", "area_swollen")  # INT-2
COLD_SIGN = has("area_cold", "whole_body_cold")
CALM = ~has("new_injury") & ~INFLAM
FLARE = has("recurrent", "chronic_label") & CALM  # INT-3

RECENT = in_band("recent")
GREY = in_band("grey")
LATE = in_band("late")
ONSET_UNKNOWN = Condition(ONSET, lambda findings: truth_of(findings.onset_days is None), nothing_found, ONSET)
# For a rule that bars: when the answers leave "recent" possible, it counts as recent.
MAYBE_RECENT = Condition(TIMING_KEYS, maybe_recent, nothing_found, ONSET)
FIRST_48H = onset_at_most(FIRST_48H_MAX_DAYS)
