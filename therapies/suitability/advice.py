"""From findings to advice: red flags, the three tables, both or neither, and medicine alerts."""

from therapies.suitability import heat, ice, stretching
from therapies.suitability.choices import AS_SHIPPED, ClinicChoices
from therapies.suitability.findings import RED_FLAG_KEYS, Findings
from therapies.suitability.medicines import alerts
from therapies.suitability.pairing import pairing_notes
from therapies.suitability.red_flags import level_of, red_flags
from therapies.suitability.tables import URGENT, judge
from therapies.suitability.timing import readings
from therapies.suitability.truth import Truth
from therapies.suitability.verdicts import Advice, Modality

TABLES = (ice.TABLE, heat.TABLE, stretching.TABLE)


def advise(findings: Findings, choices: ClinicChoices = AS_SHIPPED) -> Advice:
    """The advice of rules.md sections 3 to 10 for one person, in a clinic with these choices.

    The level is the highest red flag's: emergency and same-day bar everything, review caps at caution.
    """
    raised, possible = red_flags(findings), readings(findings)
    level, raised_by = level_of(raised)
    by_ice = judge(ice.TABLE, findings, possible, level, raised_by)
    by_heat = judge(heat.table_for(choices), findings, possible, level, raised_by)
    return Advice(
        level=level,
        ice=by_ice,
        heat=by_heat,
        stretching=judge(stretching.TABLE, findings, possible, level, raised_by),
        # An urgent level shows nothing but its card: not even what to do instead of ice and heat.
        pairing=() if level in URGENT else pairing_notes(findings, by_ice.verdict, by_heat.verdict, _barred),
        red_flags=raised,
        unanswered=findings.unanswered(RED_FLAG_KEYS),
        alerts=alerts(findings),
    )


def _barred(findings: Findings) -> Truth:
    """Whether a contraindication of ice or heat applies; unknown while an answer it needs is."""
    return ice.TABLE.contraindicated(findings) | heat.TABLE.contraindicated(findings)


def limits_of_use(modality: Modality) -> tuple[str, ...]:
    """The limits that go with any use of it, even one that a clinician allows in spite of a bar (rules.md 3.7)."""
    return next(table.limits for table in TABLES if table.modality is modality)
