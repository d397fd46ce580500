"""From findings to advice: the three tables, then both or neither."""

from therapies.suitability import heat, ice, stretching
from therapies.suitability.findings import Findings
from therapies.suitability.pairing import pairing_notes
from therapies.suitability.tables import URGENT, judge
from therapies.suitability.verdicts import Advice, Level


def advise(findings: Findings, level: Level = Level.NONE) -> Advice:
    """The advice of rules.md sections 3 to 8 for one person.

    `level` is the red-flag level (section 9): emergency and same-day bar everything, review caps at caution.
    """
    by_ice, by_heat = judge(ice.TABLE, findings, level), judge(heat.TABLE, findings, level)
    contraindicated = ice.TABLE.contraindicated(findings) | heat.TABLE.contraindicated(findings)
    # An urgent level shows nothing but its card: not even what to do instead of ice and heat.
    notes = pairing_notes(findings, by_ice.verdict, by_heat.verdict, contraindicated)
    return Advice(
        level=level,
        ice=by_ice,
        heat=by_heat,
        stretching=judge(stretching.TABLE, findings, level),
        pairing=() if level in URGENT else notes,
    )
