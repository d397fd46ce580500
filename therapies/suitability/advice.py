"""From findings to advice: the three tables, then both or neither."""

from therapies.suitability import heat, ice, stretching
from therapies.suitability.findings import Findings
from therapies.suitability.pairing import pairing_notes
from therapies.suitability.tables import URGENT, judge
from therapies.suitability.timing import readings
from therapies.suitability.truth import Truth
from therapies.suitability.verdicts import Advice, Level


def advise(findings: Findings, level: Level = Level.NONE) -> Advice:
    """The advice of rules.md sections 3 to 8 for one person.

    `level` is the red-flag level (section 9): emergency and same-day bar everything, review caps at caution.
    """
    possible = readings(findings)
    by_ice = judge(ice.TABLE, findings, possible, level)
    by_heat = judge(heat.TABLE, findings, possible, level)
    return Advice(
        level=level,
        ice=by_ice,
        heat=by_heat,
        stretching=judge(stretching.TABLE, findings, possible, level),
        # An urgent level shows nothing but its card: not even what to do instead of ice and heat.
        pairing=() if level in URGENT else pairing_notes(findings, by_ice.verdict, by_heat.verdict, _barred),
    )


def _barred(findings: Findings) -> Truth:
    """Whether a contraindication of ice or heat applies; unknown while an answer it needs is."""
    return ice.TABLE.contraindicated(findings) | heat.TABLE.contraindicated(findings)
