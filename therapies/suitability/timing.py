"""rules.md section 4: the derived values. A reading is one way that unknown answers may turn out."""

from dataclasses import dataclass
from enum import Enum
from itertools import product

from therapies.suitability.conditions import Condition, has
from therapies.suitability.constants import FIRST_48H_MAX_DAYS, LATE_MIN_DAYS, RECENT_MAX_DAYS
from therapies.suitability.findings import Findings
from therapies.suitability.truth import Truth, truth_of


class Band(Enum):
    RECENT = "recent"
    GREY = "grey"
    LATE = "late"


@dataclass(frozen=True)
class Reading:
    """`band` is None when the onset is unknown; `at_least` is a day count that is only a minimum."""

    band: Band | None
    at_least: bool
    flare: bool


def band(onset_days: int | None, *, at_least: bool) -> Band | None:
    """The age of the injury in bands; `at_least` is tested before the day count says "recent" (INT-1)."""
    if onset_days is None:
        return None
    if onset_days >= LATE_MIN_DAYS:
        return Band.LATE
    return Band.RECENT if onset_days <= RECENT_MAX_DAYS and not at_least else Band.GREY


def bands(findings: Findings) -> tuple[Band | None, ...]:
    """Each band that the answers leave possible."""
    readings = findings.truth("onset_is_minimum").readings
    return tuple(band(findings.onset_days, at_least=at_least) for at_least in readings)


def readings(findings: Findings) -> tuple[Reading, ...]:
    """Each combination of band, minimum and flare that the answers leave possible; one when all are known."""
    at_least = findings.truth("onset_is_minimum").readings
    return tuple(
        Reading(band(findings.onset_days, at_least=minimum), minimum, flare)
        for minimum, flare in product(at_least, FLARE.truth(findings).readings)
    )


def in_band(wanted: Band) -> Condition:
    """The injury is in this band; unknown when the onset is, or when another band is possible too."""

    def truth(findings: Findings) -> Truth:
        possible = bands(findings)
        if None in possible:
            return Truth.UNKNOWN
        if wanted not in possible:
            return Truth.NO
        return Truth.YES if set(possible) == {wanted} else Truth.UNKNOWN

    return Condition(TIMING_KEYS, truth, lambda findings: ())


def maybe_recent(findings: Findings) -> Truth:
    return truth_of(Band.RECENT in bands(findings))


def onset_at_most(days: int) -> Condition:
    """It began this many whole days ago or fewer; unknown when the onset is."""

    def truth(findings: Findings) -> Truth:
        onset = findings.onset_days
        return Truth.UNKNOWN if onset is None else truth_of(onset <= days)

    return Condition(frozenset(["onset_days"]), truth, lambda findings: ())


TIMING_KEYS = frozenset(["onset_days", "onset_is_minimum"])

INFLAM = has("area_warm", "area_hot", "area_red", "area_flushed", "area_swollen")  # INT-2
COLD_SIGN = has("area_cold", "whole_body_cold")
FLARE = has("recurrent", "chronic_label") & ~has("new_injury") & ~INFLAM  # INT-3

RECENT = in_band(Band.RECENT)
GREY = in_band(Band.GREY)
LATE = in_band(Band.LATE)
ONSET_UNKNOWN = Condition(
    frozenset(["onset_days"]), lambda findings: truth_of(findings.onset_days is None), lambda findings: ()
)
# For a rule that bars: when the answers leave "recent" possible, it counts as recent.
MAYBE_RECENT = Condition(TIMING_KEYS, maybe_recent, lambda findings: ())
FIRST_48H = onset_at_most(FIRST_48H_MAX_DAYS)
